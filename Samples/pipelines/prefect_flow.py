"""Prefect: push the exports of a folder. A temporary failure is tried again, a file that was pushed before is skipped, every other failure is final."""

import json
import os
import subprocess
from pathlib import Path

from prefect import flow, get_run_logger, task

FOLDER = Path(os.environ.get("PREFLIGHT_EXPORTS", "/var/lib/exports"))
PROFILE = os.environ.get("PREFLIGHT_PROFILE", "/etc/preflight/ledger.yaml")
TEMPORARY, ALREADY_PUSHED = 5, 99


class PushFailed(Exception):
    def __init__(self, path, status, words):
        super().__init__(f"{path}: exit status {status}: {words}")
        self.status = status


def is_temporary(task, run, state):
    try:
        state.result()
    except PushFailed as failure:
        return failure.status == TEMPORARY
    except Exception:
        return False
    return False


@task(retries=3, retry_delay_seconds=300, retry_condition_fn=is_temporary)
def push(path: str) -> dict:
    command = ["preflight", "push", path, "-p", PROFILE, "--already-pushed", "skip", "--quiet", "--summary-json"]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode not in (0, ALREADY_PUSHED):
        raise PushFailed(path, result.returncode, result.stderr.strip().splitlines()[-1:])
    summary = json.loads(result.stdout.splitlines()[-1])
    get_run_logger().info("%s: %s", path, "pushed before" if result.returncode else f"{summary['totals']['rows']} rows")
    return summary


@flow
def push_exports() -> int:
    """The rows of all files that this run has pushed."""
    # One after the other: the order of the names.
    summaries = [push(str(path)) for path in sorted(FOLDER.glob("*.csv"))]
    return sum(each["totals"]["rows"] for each in summaries if each["exit"]["status"] == 0)


if __name__ == "__main__":
    print(push_exports())
