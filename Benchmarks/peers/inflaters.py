"""Programs that only inflate: the floor under checking a .gz."""

from variant import NOTHING, Peer, Variant, Work, last_json_line, shell


def read(stdout, stderr):
    return Work(bytes=int(stdout))


def variants(file, tools):
    if not file.has_gz:
        return []
    found = [Variant("zlib inflate alone (C)", NOTHING, file, [".work/inflate", file.gz], read=last_json_line)]
    for program in ("gzip", "pigz", "igzip"):
        if tools.which(program):
            found.append(Variant(f"{program} -dc | wc -c", NOTHING, file, shell(f"{program} -dc {file.gz} | wc -c"), read=read))
    return found


PEER = Peer(
    name="inflating alone",
    checks="nothing but the checksum and length of the gzip stream.",
    may_skip="the CSV in it.",
    version=lambda tools: (tools.output(["gzip", "--version"]) or "").splitlines()[0],
    variants=variants,
)
