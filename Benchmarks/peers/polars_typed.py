"""Polars: a typed, streaming read, and a plain count of the rows."""

from variant import Peer, Variant, python_version


def variants(file, tools):
    found = []
    for threads in (1, 2):
        for mode in ("typed", "count") if file.is_clean else ("typed",):
            words = "row count" if mode == "count" else mode
            found.append(variant(file, tools, file.csv, threads, mode, f"Polars {words}, {threads} thread{'s' * (threads > 1)}"))
    if file.has_gz:
        found.append(variant(file, tools, file.gz, 2, "typed", "Polars typed, 2 threads, on .gz"))
    return found


def variant(file, tools, path, threads, mode, label):
    command = ["env", f"POLARS_MAX_THREADS={threads}", tools.python, "peers/polars_typed.py", path, file.truth, str(threads), mode]
    return Variant(label, "row ends" if mode == "count" else "types", file, command)


PEER = Peer(
    name="Polars",
    checks="typed: types (String, Float64, Int64, Date); row count: where rows end.",
    may_skip="typed: all that comes after the first error, at which it stops; places. Row count: everything but rows.",
    version=python_version("polars"),
    variants=variants,
)


def main():
    import sys

    import polars
    from runner import Run

    run = Run()
    schema = run.types(polars.String, polars.Float64, polars.Int64, polars.Date)
    frame = polars.scan_csv(run.path, separator=run.delimiter, schema=schema)
    if sys.argv[4] == "count":
        run.end(rows=frame.select(polars.len()).collect(engine="streaming").item())
    else:
        # A column that nothing asks for would not be parsed.
        counted = frame.select(polars.len().alias("rows of the file"), polars.all().count()).collect(engine="streaming")
        run.end(rows=counted["rows of the file"].item(), findings=0)


if __name__ == "__main__":
    from runner import guarded

    guarded(main)
