"""zsv, where it is installed."""

from variant import Peer, Variant, Work, on_path, shell


def read_count(stdout, stderr):
    return Work(rows=int(stdout.split()[-1]))


def read_check(stdout, stderr):
    return Work(findings=len(stdout.splitlines()) + len(stderr.splitlines()))


def variants(file, tools):
    if not tools.which("zsv"):
        return []
    found = [
        Variant("zsv count", "row ends", file, ["zsv", "count", file.csv], read=read_count),
        Variant("zsv check", "width, UTF-8", file, ["zsv", "check", file.csv], read=read_check, statuses=(0, 1)),
    ]
    if file.has_gz:
        found.append(Variant("gzip -dc | zsv check", "width, UTF-8", file, shell(f"gzip -dc {file.gz} | zsv check"), read=read_check, statuses=(0, 1)))
    return found


PEER = Peer(
    name="zsv",
    checks="count: where rows end; check: row width, UTF-8.",
    may_skip="types; stray quotes, unless its strict parser is asked for.",
    version=lambda tools: tools.output(["zsv", "version"]),
    variants=variants,
    missing=on_path("zsv"),
)
