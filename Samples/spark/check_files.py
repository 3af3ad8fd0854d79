"""Checks many CSV files on Spark, each as a whole: one line of JSON for each, and the exit status of `preflight check` over all of them.

    spark-submit check_files.py --preflight ./preflight --results results.jsonl exports/*.csv -- --profile profile.yaml --max-skipped 0.5%

Words after `--` go to each `preflight check`. Paths are those that driver and workers have mounted. A line has the file's path, its exit status, and
its summary, which is that of `preflight check --summary-json`. The last line of standard output counts the files by status.
"""

import argparse
import json
import os
import subprocess
import sys

from check_ranges import ship

# Of several files: one that has no result outranks one that is not the expected file, and that one with findings.
RANK = [0, 1, 9, 2]


def checker(files, words, tool_name):
    """The function that Spark runs: it turns indexes of files into the last line of `--summary-json`."""

    def run(batches):
        import shutil
        import tempfile

        import pyarrow
        from pyspark import SparkFiles

        with tempfile.TemporaryDirectory() as folder:
            tool = shutil.copy(SparkFiles.get(tool_name), folder)
            os.chmod(tool, 0o700)
            for batch in batches:
                for index in batch.column("id").to_pylist():
                    ending = subprocess.run(
                        [tool, "check", files[index], "--quiet", "--summary-json", "--threads", "1", *words], capture_output=True)
                    if ending.returncode not in RANK:
                        raise RuntimeError(f"{files[index]}: status {ending.returncode}: {ending.stderr.decode(errors='replace')}")
                    yield pyarrow.RecordBatch.from_pydict(
                        {"id": pyarrow.array([index], pyarrow.int64()),
                         "status": pyarrow.array([ending.returncode], pyarrow.int64()),
                         "summary": pyarrow.array([ending.stdout.decode()], pyarrow.string())})

    return run


def main():
    words, check_words = sys.argv[1:], []
    if "--" in words:
        place = words.index("--")
        words, check_words = words[:place], words[place + 1:]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--preflight", required=True)
    # spark-submit joins the driver's standard error to its standard output: warnings of libraries would come between the lines.
    parser.add_argument("--results", required=True, help="where the lines go, in the order of the files")
    options = parser.parse_args(words)

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("preflight").getOrCreate()
    ship(spark, os.path.abspath(options.preflight))
    files = [os.path.abspath(file) for file in options.files]
    count = len(files)
    found = spark.range(0, count, 1, min(count, 10_000)).mapInArrow(
        checker(files, check_words, os.path.basename(options.preflight)), "id long, status long, summary string")
    worst, counts, lines = 0, {}, {}
    for row in found.collect():
        lines[row.id] = {"file": files[row.id], "status": row.status, "summary": json.loads(row.summary)}
        counts[row.status] = counts.get(row.status, 0) + 1
        worst = max(worst, row.status, key=RANK.index)
    spark.stop()
    with open(options.results, "w") as output:
        for index in range(count):
            output.write(json.dumps(lines[index]) + "\n")
    print(json.dumps({"files": count, "byStatus": {str(status): counts[status] for status in sorted(counts)}, "status": worst}))
    sys.exit(worst)


if __name__ == "__main__":
    main()
