"""Runs commands in turns and keeps the time and output of each run."""

import json
import statistics
import subprocess
from dataclasses import dataclass, field

from variant import Variant, Work

MEASURE = ".work/measure"
RESULT = ".work/measured.json"


@dataclass
class Measurement:
    """All runs of one variant."""

    variant: Variant
    peer: str
    rounds: list[dict] = field(default_factory=list)
    work: Work | None = None
    #: Why there are no numbers.
    failure: str | None = None

    def values(self, key):
        return [taken[key] for taken in self.rounds]

    @property
    def median(self):
        return statistics.median(self.values("wall"))

    @property
    def cpu(self):
        return statistics.median(taken["user"] + taken["system"] for taken in self.rounds)

    @property
    def peak(self):
        return max(self.values("peakBytes"))

    @property
    def rate(self):
        """Bytes of CSV a second, in the median run."""
        return self.variant.file.bytes / self.median

    @property
    def inside(self):
        seconds = [taken["inside"] for taken in self.rounds if taken["inside"] is not None]
        return statistics.median(seconds) if seconds else None

    def ratio(self, yardstick):
        """Time per byte relative to the yardstick's: the median of the ratios of each round."""
        own, other = self.variant.file.bytes, yardstick.variant.file.bytes
        pairs = zip(self.values("wall"), yardstick.values("wall"), strict=True)
        return statistics.median((wall / own) / (sum / other) for wall, sum in pairs)


def last_line(stdout, stderr, status):
    lines = [line.strip() for line in (stdout + "\n" + stderr).splitlines() if any(letter.isalpha() for letter in line)]
    return f"exit status {status}: {lines[-1][:300] if lines else 'nothing was printed'}"


def run_once(variant, limit):
    """One run: its time and output, or why it failed."""
    command = [MEASURE, RESULT, *variant.command]
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return None, None, f"took more than {limit} s"
    with open(RESULT, encoding="utf-8") as file:
        taken = json.load(file)
    if taken["status"] not in variant.statuses:
        return None, None, last_line(run.stdout, run.stderr, taken["status"])
    try:
        work = variant.read(run.stdout, run.stderr)
    except (ValueError, IndexError, KeyError) as error:
        return None, None, f"unreadable output ({error}): {last_line(run.stdout, run.stderr, taken['status'])}"
    return {**taken, "inside": work.inside}, work, None


def measure(measurements, rounds, limit, say):
    """One warm-up each, then `rounds` rounds in turns: A B C … A B C …"""
    for count in range(rounds + 1):
        for measurement in measurements:
            if measurement.failure:
                continue
            taken, work, failure = run_once(measurement.variant, limit)
            if failure:
                measurement.failure = failure
                say(f"  {measurement.variant.label}: failed: {failure}")
            elif count == 0:
                say(f"  {measurement.variant.label}: {taken['wall']:.2f} s")
                measurement.work = work
            else:
                measurement.rounds.append(taken)
                if (work.rows, work.findings) != (measurement.work.rows, measurement.work.findings):
                    measurement.failure = f"two runs differ: {measurement.work} and {work}"
