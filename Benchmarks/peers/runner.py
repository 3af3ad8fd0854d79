"""What the Python runners in this folder share: the schema of a file, and the line they print at the end."""

import json
import sys
import time


class Run:
    """A run of one library on one file, in a process of its own: `RUNNER FILE TRUTH [THREADS]`."""

    def __init__(self):
        self.path = sys.argv[1]
        with open(sys.argv[2], encoding="utf-8") as file:
            truth = json.load(file)
        self.delimiter = truth["delimiter"]
        self.schema = {column["name"]: column["type"] for column in truth["schema"]}
        self.required = {column["name"] for column in truth["schema"] if column["required"]}
        self.threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
        self.started = time.perf_counter()

    def types(self, text, number, integer, date):
        """The schema in the library's own types."""
        own = {"text": text, "number": number, "integer": integer, "date": date}
        return {name: own[kind] for name, kind in self.schema.items()}

    def end(self, rows=None, findings=None):
        seconds = round(time.perf_counter() - self.started, 6)
        print(json.dumps({"rows": rows, "findings": findings, "seconds": seconds}))


def guarded(main):
    """Runs it; an error ends the process with one line that says what it was."""
    try:
        main()
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        sys.exit(f"{type(error).__name__}: {lines[0] if lines else ''}")
