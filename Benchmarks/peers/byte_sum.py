"""The machine itself: Baseline/byte_sum.c."""

from variant import NOTHING, Peer, Variant


def variants(file, tools):
    return [Variant("C byte sum", NOTHING, file, [".work/byte_sum", file.csv], is_yardstick=True)]


PEER = Peer(
    name="C byte sum",
    checks="nothing: adds up the bytes of the file, read in blocks of 256 KiB.",
    may_skip="everything; it is the yardstick.",
    version=lambda tools: None,
    variants=variants,
)
