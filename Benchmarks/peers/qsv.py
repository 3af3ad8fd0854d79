"""qsv, where it is installed."""

from variant import Peer, Variant, Work, nothing, on_path


def read_count(stdout, stderr):
    return Work(rows=int(stdout.split()[-1]))


def variants(file, tools):
    if not tools.which("qsv"):
        return []
    return [
        Variant("qsv count", "row ends", file, ["qsv", "count", file.csv], read=read_count),
        Variant("qsv validate", "width, UTF-8", file, ["qsv", "validate", file.csv], read=nothing, statuses=(0, 1)),
    ]


PEER = Peer(
    name="qsv",
    checks="count: where rows end; validate: row width, UTF-8.",
    may_skip="types; all that comes after the first error, at which it stops.",
    version=lambda tools: tools.output(["qsv", "--version"]),
    variants=variants,
    missing=on_path("qsv"),
)
