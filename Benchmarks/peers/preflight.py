"""This project's own command."""

import json

from variant import Peer, Variant, Work


def read(stdout, stderr):
    report = json.loads(stdout)
    totals = report["totals"]
    return Work(totals["rows"], totals["errors"] + totals["warnings"], report["input"]["decompressedBytes"])


def has_threads(tools):
    return "--threads" in (tools.output([tools.preflight, "check", "--help-hidden"]) or "")


def variants(file, tools):
    threads = ["1", "2"] if has_threads(tools) else [None]
    found = [variant(file, tools, file.csv, count, has_profile=True) for count in threads]
    if file.is_clean:
        found += [variant(file, tools, file.csv, count, has_profile=False) for count in threads]
    if file.has_gz:
        found += [variant(file, tools, file.gz, count, has_profile=True) for count in threads]
    return found


def variant(file, tools, path, threads, has_profile):
    command = [tools.preflight, "check", path, "--format", "json"]
    label = "preflight check" + (" -p PROFILE" if has_profile else "") + (" on .gz" if path == file.gz else "")
    note = ""
    if has_profile:
        command += ["-p", file.profile]
    if threads:
        command += ["--threads", threads]
        label += f", {threads} thread" + ("s" if threads != "1" else "")
    else:
        note = "The preflight measured here has no --threads yet: it was measured as it is, once."
    return Variant(label, "all" if has_profile else "all, types inferred", file, command, read=read, statuses=(0, 1), is_ours=True, note=note)


PEER = Peer(
    name="preflight check",
    checks="quoting, row width, line ends, UTF-8, NUL; with a profile each value against its column's type and format, with exact counts and "
    "places; without one, types inferred from the whole file.",
    may_skip="nothing of that.",
    version=lambda tools: tools.output([tools.preflight, "--version"]),
    variants=variants,
)
