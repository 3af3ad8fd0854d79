"""DuckDB: a typed read that records each rejected value."""

from variant import Peer, Variant, python_version


def variants(file, tools):
    # A lone carriage return ends a strict read; a lenient one takes stray quotes and text after a closing quote.
    modes = ("strict",) if file.is_clean else ("strict", "lenient")
    found = [variant(file, tools, file.csv, mode, threads) for mode in modes for threads in (1, 2)]
    if file.has_gz:
        found.append(variant(file, tools, file.gz, "strict", 2))
    return found


def variant(file, tools, path, mode, threads):
    label = f"DuckDB typed, store_rejects, {mode}, {threads} thread{'s' * (threads > 1)}{', on .gz' * (path == file.gz)}"
    judges = "types, width, quoting" if mode == "strict" else "types, width"
    return Variant(label, judges, file, [tools.python, "peers/duckdb_rejects.py", path, file.truth, str(threads), mode])


PEER = Peer(
    name="DuckDB",
    checks="types (VARCHAR, DOUBLE, BIGINT, DATE), row width, quoting, UTF-8; each rejected row is recorded with its place.",
    may_skip="stray quotes in an unquoted field, NUL bytes, blank lines, required values. A lone carriage return stops a strict read; a "
    "lenient one skips quoting too. The rows it counts are the good ones.",
    version=python_version("duckdb"),
    variants=variants,
)


def main():
    import sys

    import duckdb
    from runner import Run

    run = Run()
    database = duckdb.connect(config={"threads": run.threads})
    types = run.types("VARCHAR", "DOUBLE", "BIGINT", "DATE")
    columns = "{" + ", ".join(f"'{name}': '{type}'" for name, type in types.items()) + "}"
    # A column that nothing asks for would not be cast.
    counts = ", ".join(f'count("{name}")' for name in types)
    # All rows are fetched: the tables of rejects are there only when the read is finished.
    rows = database.execute(
        f"SELECT count(*), {counts} FROM read_csv('{run.path}', auto_detect = false, header = true, delim = '{run.delimiter}', "
        f"quote = '\"', escape = '\"', columns = {columns}, dateformat = '%Y-%m-%d', strict_mode = {sys.argv[4] == 'strict'}, "
        "store_rejects = true, rejects_limit = 0)"
    ).fetchall()
    findings = database.execute("SELECT count(*) FROM reject_errors").fetchall()
    run.end(rows=rows[0][0], findings=findings[0][0])


if __name__ == "__main__":
    from runner import guarded

    guarded(main)
