"""csvclean of csvkit."""

from variant import Peer, Variant, Work, python_version


def read(stdout, stderr):
    # The good rows go to standard output, which is thrown away; the bad ones to standard error, under a header of their own.
    if stderr and not stderr.startswith("line_number,"):
        raise ValueError("no list of errors")
    return Work(findings=max(0, len(stderr.splitlines()) - 1))


def variants(file, tools):
    file = file.prefix or file
    program = tools.python.removesuffix("python") + "csvclean"
    command = ["sh", "-c", f"{program} --length-mismatch {file.csv} > /dev/null"]
    return [Variant("csvclean --length-mismatch", "width", file, command, read=read, statuses=(0, 1))]


PEER = Peer(
    name="csvkit csvclean",
    checks="row width, UTF-8.",
    may_skip="types, quoting; it does not say how many rows there are.",
    version=python_version("csvkit"),
    variants=variants,
)
