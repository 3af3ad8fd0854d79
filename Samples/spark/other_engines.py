"""Checks one large CSV file with Ray or Dask, range by range: a task runs the command and returns the bytes of a partial result.

    python other_engines.py ray|dask export.csv ./preflight plan.json partials/

The file, the program and the plan are at the same path on all machines.
"""

import json
import subprocess
import sys
from pathlib import Path


def check(tool, source, plan, number):
    words = [tool, "check", source, "--plan", plan, "--range", str(number), "--partial", "-", "--threads", "1"]
    return number, subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout


def with_ray(tasks):
    import ray

    ray.init()
    remote = ray.remote(max_retries=3, retry_exceptions=True)(check)
    waiting = [remote.remote(*task) for task in tasks]
    while waiting:
        done, waiting = ray.wait(waiting)
        yield ray.get(done[0])


def with_dask(tasks):
    from dask.distributed import Client, as_completed

    with Client() as client:
        futures = [client.submit(check, *task, retries=3, pure=False) for task in tasks]
        for future in as_completed(futures):
            yield future.result()


if __name__ == "__main__":
    engine, source, tool, plan, folder = sys.argv[1:]
    count = len(json.loads(Path(plan).read_text())["ranges"])
    tasks = [(tool, source, plan, number) for number in range(count)]
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, partial in {"ray": with_ray, "dask": with_dask}[engine](tasks):
        (Path(folder) / f"part-{number}").write_bytes(partial)
