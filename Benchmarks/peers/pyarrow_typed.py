"""PyArrow: a typed read, streaming on one thread, of the whole table on two."""

from variant import Peer, Variant, python_version


def variants(file, tools):
    runner = [tools.python, "peers/pyarrow_typed.py"]
    found = [
        Variant("PyArrow typed, streaming", "types, width", file, [*runner, file.csv, file.truth, "1"]),
        Variant("PyArrow typed, whole table, 2 threads", "types, width", file, [*runner, file.csv, file.truth, "2"]),
    ]
    if file.has_gz:
        found.append(Variant("PyArrow typed, streaming, on .gz", "types, width", file, [*runner, file.gz, file.truth, "1"]))
    return found


PEER = Peer(
    name="PyArrow",
    checks="types (string, float64, int64, date32), row width, UTF-8.",
    may_skip="all that comes after the first error, at which it stops; stray quotes, NUL bytes, blank lines.",
    version=python_version("pyarrow"),
    variants=variants,
)


def main():
    import pyarrow
    from pyarrow import csv
    from runner import Run

    run = Run()
    pyarrow.set_cpu_count(run.threads)
    parse = csv.ParseOptions(delimiter=run.delimiter, newlines_in_values=True)
    convert = csv.ConvertOptions(column_types=run.types(pyarrow.string(), pyarrow.float64(), pyarrow.int64(), pyarrow.date32()))
    if run.threads == 1:
        reading = csv.ReadOptions(use_threads=False)
        rows = sum(batch.num_rows for batch in csv.open_csv(run.path, reading, parse, convert))
    else:
        rows = csv.read_csv(run.path, csv.ReadOptions(use_threads=True), parse, convert).num_rows
    run.end(rows=rows, findings=0)


if __name__ == "__main__":
    from runner import guarded

    guarded(main)
