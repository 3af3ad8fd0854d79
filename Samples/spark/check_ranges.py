"""Checks one large CSV file on Spark, range by range. Reports and exit status are those of one `preflight check`.

    spark-submit check_ranges.py export.csv --preflight ./preflight --profile profile.yaml --range-size 512MiB -- --report html=report.html

The driver plans and merges, the workers check ranges. Words after `--` go to `preflight merge`. The source is a path that driver and workers
have mounted, or a URI that pyarrow can open (s3://, gs://, hdfs://): then the driver needs a copy of its beginning for the plan, and workers
get the bytes of their range from pyarrow. Works on classic Spark and on Spark Connect, from 4.0 on. Needs nothing on the workers but
Python, pandas and pyarrow, which Spark needs for `mapInArrow`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PIECE = 1 << 20
# Partial results that the driver holds in memory.
AT_A_TIME = 1_000


def feed(process, source, first, last):
    """Writes bytes of an object in a store to a process."""
    from pyarrow import fs

    system, path = fs.FileSystem.from_uri(source)
    with system.open_input_file(path) as file, process.stdin:
        file.seek(first)
        while first < last:
            piece = file.read(min(PIECE, last - first))
            if not piece:
                break
            first += len(piece)
            process.stdin.write(piece)


def check(tool, plan_path, plan, source, number, start):
    """Checks a range. Anything but success is an error, so that Spark tries again, perhaps elsewhere."""
    is_object = "://" in source
    words = [tool, "check", "-" if is_object else source, "--plan", plan_path, "--range", str(number), "--partial", "-", "--threads", "1"]
    if start is not None:
        words += ["--from", str(start)]
    # To files, not pipes: it writes its partial result as soon as it has seen enough, perhaps before it is given its last bytes.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(words, stdin=subprocess.PIPE if is_object else subprocess.DEVNULL, stdout=output, stderr=complaints)
        if is_object:
            bytes_of_range = plan["ranges"][number]
            # A compressed range is decompressed from its beginning, whatever its first row is.
            is_whole = start is None or plan["source"]["compression"] != "none"
            first = bytes_of_range["from"] if is_whole else min(start, bytes_of_range["to"])
            try:
                feed(process, source, first, min(plan["source"]["bytes"], bytes_of_range["to"] + plan["overlapBytes"]))
            except BrokenPipeError:
                # It has seen enough, or says why it has not.
                pass
        if process.wait() != 0:
            complaints.seek(0)
            reason = complaints.read().decode(errors="replace").strip()
            raise RuntimeError(f"range {number}: preflight ended with status {process.returncode}: {reason}")
        output.seek(0)
        return output.read()


def checker(plan_text, source, tasks, tool_name):
    """The function that Spark runs: it turns indexes of tasks into partial results."""

    def run(batches):
        import pyarrow
        from pyspark import SparkFiles

        plan = json.loads(plan_text)
        with tempfile.TemporaryDirectory() as folder:
            # What Spark ships may not be executable.
            tool = shutil.copy(SparkFiles.get(tool_name), folder)
            os.chmod(tool, 0o700)
            plan_path = os.path.join(folder, "plan.json")
            Path(plan_path).write_text(plan_text)
            for batch in batches:
                for index in batch.column("id").to_pylist():
                    number, start = tasks[index]
                    partial = check(tool, plan_path, plan, source, number, start)
                    yield pyarrow.RecordBatch.from_pydict(
                        {"range": pyarrow.array([number], pyarrow.int64()), "partial": pyarrow.array([partial], pyarrow.binary())})

    return run


def ship(spark, path):
    """Makes a file known to all workers, by its name."""
    if hasattr(spark, "_jsc") or hasattr(spark, "_sc"):
        spark.sparkContext.addFile(path)
    else:
        spark.addArtifacts(path, file=True)


def main():
    words, merge_words = sys.argv[1:], []
    if "--" in words:
        place = words.index("--")
        words, merge_words = words[:place], words[place + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--preflight", required=True, help="the statically linked binary for the workers' platform")
    parser.add_argument("--profile")
    parser.add_argument("--plan-option", action="append", default=[], help="an option of preflight plan, such as --plan-option=--columns")
    parser.add_argument("--range-size", default="512MiB")
    parser.add_argument("--plan", help="a plan that exists, needed for an object in a store")
    parser.add_argument("--partials", default="partials", help="folder for plan and partial results")
    options = parser.parse_args(words)

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("preflight").getOrCreate()
    folder = Path(options.partials)
    folder.mkdir(parents=True, exist_ok=True)
    plan_path = options.plan
    if plan_path is None:
        profile = ["-p", options.profile] if options.profile else []
        plan_path = str(folder / "plan.json")
        with open(plan_path, "w") as output:
            subprocess.run(
                [options.preflight, "plan", options.source, "--range-size", options.range_size, *profile, *options.plan_option],
                stdout=output, check=True)
    plan_text = Path(plan_path).read_text()
    ship(spark, os.path.abspath(options.preflight))
    source = options.source if "://" in options.source else os.path.abspath(options.source)

    tasks = [(number, None) for number in range(len(json.loads(plan_text)["ranges"]))]
    while tasks:
        for first in range(0, len(tasks), AT_A_TIME):
            some = tasks[first:first + AT_A_TIME]
            function = checker(plan_text, source, some, os.path.basename(options.preflight))
            for row in spark.range(0, len(some), 1, len(some)).mapInArrow(function, "range long, partial binary").collect():
                start = dict(some)[row.range]
                (folder / f"part-{row.range}{'' if start is None else f'-{start}'}").write_bytes(row.partial)
        merge = [options.preflight, "merge", "--plan", plan_path, *sorted(map(str, folder.glob("part-*")))]
        listing = subprocess.run([*merge, "--format", "json"], capture_output=True, text=True)
        tasks = [(task["range"], task["from"]) for task in json.loads(listing.stdout)["again"]] if listing.returncode == 10 else []
        if tasks:
            print(f"ranges to check again: {tasks}", file=sys.stderr)
    spark.stop()
    sys.exit(subprocess.run([*merge, *merge_words]).returncode)


if __name__ == "__main__":
    main()
