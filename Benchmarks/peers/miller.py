"""Miller."""

import json

from variant import Peer, Variant, Work, on_path, shell


def read(stdout, stderr):
    return Work(rows=json.loads(stdout)[0]["count"], findings=0)


def variants(file, tools):
    if not tools.which("mlr"):
        return []
    found = [Variant("Miller count", "width", file, ["mlr", "--icsv", "--ojson", "count", file.csv], read=read)]
    if file.has_gz:
        command = shell(f"gzip -dc {file.gz} | mlr --icsv --ojson count")
        found.append(Variant("gzip -dc | Miller count", "width", file, command, read=read))
    return found


PEER = Peer(
    name="Miller",
    checks="row width; counts rows.",
    may_skip="types, quoting, UTF-8; all that comes after the first ragged row, at which it stops.",
    version=lambda tools: tools.output(["mlr", "--version"]),
    variants=variants,
    missing=on_path("mlr"),
)
