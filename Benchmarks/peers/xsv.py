"""xsv, where it is installed."""

from variant import Peer, Variant, Work, on_path


def read(stdout, stderr):
    return Work(rows=int(stdout))


def variants(file, tools):
    return [Variant("xsv count", "width", file, ["xsv", "count", file.csv], read=read)] if tools.which("xsv") else []


PEER = Peer(
    name="xsv",
    checks="row width; counts rows.",
    may_skip="types, quoting, UTF-8.",
    version=lambda tools: tools.output(["xsv", "--version"]),
    variants=variants,
    missing=on_path("xsv"),
)
