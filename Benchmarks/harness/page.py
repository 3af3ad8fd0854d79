"""The page of a result: README.md beside results.json."""

import shlex

from variant import NOTHING

#: Bytes of a file on which only the start-up is measured.
SMALL = 1_000_000


def seconds(value):
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def grouped(number):
    return "not reported" if number is None else f"{number:,}".replace(",", " ")


def rows_said(measurement):
    rows, file = measurement.work.rows, measurement.variant.file
    if rows is None:
        return "not reported"
    return grouped(rows) + ("" if rows == file.rows else f" (of {grouped(file.rows)})")


def line(measurement, yardstick):
    walls = measurement.values("wall")
    inside = measurement.inside
    cells = [
        measurement.variant.label,
        measurement.variant.judges,
        size(measurement.variant.file),
        f"{seconds(measurement.median)} ({seconds(min(walls))}–{seconds(max(walls))})",
        seconds(inside) if inside is not None else "",
        *rates(measurement, yardstick),
        seconds(measurement.cpu),
        f"{measurement.peak / 2**20:.0f}",
        rows_said(measurement),
        grouped(measurement.work.findings),
    ]
    if measurement.variant.is_ours:
        cells[0] = f"**{cells[0]}**"
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def rates(measurement, yardstick):
    """MB/s and times the byte sum: without meaning where the start-up is all there is."""
    if measurement.variant.file.bytes < SMALL:
        return "", ""
    return f"{measurement.rate / 1e6:,.0f}".replace(",", " "), f"{measurement.ratio(yardstick):.2f}"


def size(file):
    return f"{file.bytes / 1e6:.0f} MB" if file.bytes >= 1e6 else f"{file.bytes} B"


HEAD = [
    "| command | judges | CSV | wall s: median (min–max) | of it inside | MB/s | × byte sum | CPU s | peak MiB | rows | findings |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
]


def section(name, measurements):
    file = measurements[0].variant.file
    yardstick = next(one for one in measurements if one.variant.is_yardstick)
    done = sorted((one for one in measurements if not one.failure), key=lambda one: one.median / one.variant.file.bytes)
    lines = [f"## {name}", "", about(file), ""]
    lines += HEAD + [line(one, yardstick) for one in done]
    failed = [one for one in measurements if one.failure]
    if failed:
        lines += ["", "Failed, or stopped before the end:", ""]
        lines += [f"- {one.variant.label}: {one.failure}" for one in failed]
    for note in sorted({one.variant.note for one in measurements if one.variant.note}):
        lines += ["", note]
    lines += ["", *doubts(yardstick), *losses(done)]
    return lines


def doubts(yardstick):
    """Says so where the machine was not quiet: the yardstick always does the same."""
    walls = yardstick.values("wall")
    if max(walls) < 1.3 * min(walls) or yardstick.variant.file.bytes < SMALL:
        return []
    return [f"- The machine was not quiet: the byte sum took from {seconds(min(walls))} to {seconds(max(walls))} s. Trust ratios only roughly."]


def about(file):
    text = f"{grouped(file.bytes)} bytes, {grouped(file.rows)} rows, {file.columns} columns, {grouped(file.faults)} faults."
    if file.prefix:
        text += f" Those who would take minutes get its first {file.prefix.bytes / 1e6:.0f} MB ({grouped(file.prefix.rows)} rows)."
    return text


def losses(done):
    """Says who takes less time per byte than our best run on the same input, and looks at the CSV."""
    lines = []
    for compressed in (False, True):
        inputs = [one for one in done if (".gz" in " ".join(one.variant.command)) == compressed]
        ours = [one for one in inputs if one.variant.is_ours]
        if not ours:
            continue
        best = min(ours, key=lambda one: one.median / one.variant.file.bytes)
        faster = [one for one in inputs if one.rate > best.rate and not one.variant.is_ours and one.variant.judges != NOTHING]
        what = "On the .gz" if compressed else "On the CSV"
        ours_per_byte = best.median / best.variant.file.bytes
        hidden = [one for one in inputs if one.inside and one.inside / one.variant.file.bytes < ours_per_byte and one not in faster]
        if faster:
            names = ", ".join(f"{one.variant.label} ({one.rate / best.rate:.1f} times the rate; judges {one.variant.judges})" for one in faster)
            lines.append(f"- {what}, faster than our fastest run ({best.variant.label}): {names}.")
        else:
            lines.append(f"- {what}, no peer that looks at the CSV is faster than our fastest run ({best.variant.label}).")
        if hidden:
            names = ", ".join(f"{one.variant.label} ({seconds(one.inside)} s; judges {one.variant.judges})" for one in hidden)
            lines.append(f"- {what}, faster only without their start-up (that of ours is counted): {names}.")
    return lines


def machine_lines(facts):
    commit = f"{facts['commit']}" + (f" with {facts['changedFiles']} changed files" if facts["changedFiles"] else "")
    return [
        f"- Machine: {facts['processor']}; {facts['cores']} cores; {facts['memoryBytes'] / 2**30:.0f} GiB",
        f"- System: {facts['distribution']}, {facts['kernel']}",
        f"- Toolchain: {facts['swift']}; {facts['cCompiler']}; Python {facts['python']}",
        f"- Commit: {commit}",
    ]


def page(result, sections, peers):
    """The whole page.

    `sections`: measurements by file; `peers`: name, checks, may_skip, version, missing of each.
    """
    lines = [f"# Results of {result['date']}", "", *machine_lines(result["machine"])]
    lines += [f"- Build measured: SHA-256 {result['preflightSHA256'][:16]}…", f"- Command: `{result['command']}`", ""]
    lines += [
        f"Medians of {result['rounds']} rounds after one that does not count; in each round every command runs once, in turns, on the same "
        "files in the page cache. Wall time is that of the whole process; *inside* is what the process measured of it without its start-up. "
        "*× byte sum* is time per byte of CSV relative to a C byte sum in the same round, median over the rounds. CPU is user and system "
        "time; peak is the largest resident memory of a process in any round. Sorted by time per byte. MB are 10^6 bytes of CSV, also where "
        "a .gz is read.",
        "",
    ]
    for name, measurements in sections.items():
        lines += section(name, measurements) + [""]
    lines += ["## What each one checks", ""]
    for peer in peers:
        version = f" {peer['version']}" if peer["version"] else ""
        missing = f" Not measured: {peer['missing']}." if peer["missing"] else ""
        lines.append(f"- **{peer['name']}**{version}: {peer['checks']} May skip: {peer['may_skip']}{missing}")
    commands = {result["shown"](command(one)): None for measurements in sections.values() for one in measurements}
    lines += ["", "## Commands", "", "In `Benchmarks/`; FILE is each of the files above, or its beginning.", ""]
    lines += ["```sh", *commands, "```", ""]
    return "\n".join(lines)


def command(measurement):
    return shlex.join(measurement.variant.command).replace(measurement.variant.file.base, "FILE")
