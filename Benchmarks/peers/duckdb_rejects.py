"""DuckDB: a typed read that records each rejected value."""

from variant import Peer, Variant, python_version


def variants(file, tools):
    runner = [tools.python, "peers/duckdb_rejects.py"]
    found = []
    # A lone carriage return ends a strict read; a lenient one takes stray quotes and text behind a closing quote.
    for mode in ("strict",) if file.is_clean else ("strict", "lenient"):
        for threads in (1, 2):
            label = f"DuckDB typed, store_rejects, {mode}, {threads} thread{'s' * (threads > 1)}"
            found.append(Variant(label, file, [*runner, file.csv, file.truth, str(threads), mode]))
    if file.has_gz:
        found.append(Variant("DuckDB typed, store_rejects, strict, 2 threads, on .gz", file, [*runner, file.gz, file.truth, "2", "strict"]))
    return found


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
