"""The csv module of Python: counts rows, compares their width."""

from variant import Peer, Variant


def variants(file, tools):
    file = file.prefix or file
    return [Variant("Python csv", "width", file, [tools.python, "peers/python_csv.py", file.csv, file.truth])]


PEER = Peer(
    name="Python csv",
    checks="row width, UTF-8.",
    may_skip="types; stray quotes, which it reads leniently.",
    version=lambda tools: tools.output([tools.python, "-c", "import platform; print(platform.python_version())"]),
    variants=variants,
)


def main():
    import csv

    from runner import Run

    run = Run()
    rows = ragged = 0
    with open(run.path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=run.delimiter)
        width = len(next(reader))
        for row in reader:
            rows += 1
            if len(row) != width:
                ragged += 1
    run.end(rows=rows, findings=ragged)


if __name__ == "__main__":
    from runner import guarded

    guarded(main)
