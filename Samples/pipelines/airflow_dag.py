"""Airflow: push every export of a folder, one mapped task for each file.

A file that was pushed before (exit status 99) is a skipped task, a temporary failure (5) is tried again, and every other failure is final. The last
line of a task is its XCom: totals, outcome and exit status as JSON.
"""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag, task

FOLDER = Path(os.environ.get("PREFLIGHT_EXPORTS", "/var/lib/exports"))
PROFILE = os.environ.get("PREFLIGHT_PROFILE", "/etc/preflight/ledger.yaml")

# Only a temporary failure is worth another attempt: 98 is no exit status of preflight.
PUSH = """
preflight push "$EXPORT" -p "$PROFILE" --already-pushed skip --quiet --summary-json
status=$?
[ "$status" = 0 ] || [ "$status" = 99 ] || [ "$status" = 5 ] || { echo "final failure: $status" >&2; exit 98; }
exit $status
"""


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False, tags=["preflight"])
def push_exports():
    @task
    def exports() -> list[dict[str, str]]:
        return [{"EXPORT": str(path), "PROFILE": PROFILE} for path in sorted(FOLDER.glob("*.csv"))]

    @task(trigger_rule="none_failed")
    def summary(lines: list[str]) -> int:
        """The rows of all files that this run has pushed."""
        return sum(json.loads(line)["totals"]["rows"] for line in lines if line)

    push = BashOperator.partial(
        task_id="push",
        bash_command=PUSH,
        # The key comes from the environment of the worker, or from a secrets backend.
        append_env=True,
        skip_on_exit_code=99,
        max_active_tis_per_dagrun=1,
        retries=3,
        retry_delay=timedelta(minutes=5),
    ).expand(env=exports())
    summary(push.output)


push_exports()
