"""Dagster: the gate of an export as asset checks, through the messages of Dagster Pipes.

`preflight check ledger.csv --report dagster=-` writes a message for each of the checks `gate`, `structure`, `values`, `keys` and `totals` of the asset
`ledger`, which is the name of the file up to its first dot.
"""

import os
import subprocess

from dagster import AssetCheckSpec, AssetExecutionContext, AssetSpec, Definitions, PipesEnvContextInjector, multi_asset, open_pipes_session
from dagster._core.pipes.utils import PipesFileMessageReader, extract_message_or_forward_to_stdout

EXPORT = os.environ.get("PREFLIGHT_EXPORT", "/var/lib/exports/ledger.csv")
PROFILE = os.environ.get("PREFLIGHT_PROFILE", "/etc/preflight/ledger.yaml")
CHECKS = ["gate", "structure", "values", "keys", "totals"]


@multi_asset(
    specs=[AssetSpec("ledger")],
    check_specs=[AssetCheckSpec(name, asset="ledger", blocking=name == "gate") for name in CHECKS],
)
def ledger(context: AssetExecutionContext):
    reader = PipesFileMessageReader(os.path.join(os.environ.get("TMPDIR", "/tmp"), f"pipes-{context.run_id}"))
    with open_pipes_session(context, PipesEnvContextInjector(), reader) as session:
        result = subprocess.run(
            ["preflight", "check", EXPORT, "-p", PROFILE, "--report", "dagster=-"], stdout=subprocess.PIPE, text=True)
        for line in result.stdout.splitlines():
            extract_message_or_forward_to_stdout(session.message_handler, line)
    # 1 and 9 close the gate, which the checks say. Everything else is a failure of the run.
    if result.returncode not in (0, 1, 9):
        raise RuntimeError(f"preflight ended with status {result.returncode}")
    yield from session.get_results()


defs = Definitions(assets=[ledger])
