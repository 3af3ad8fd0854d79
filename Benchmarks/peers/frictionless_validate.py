"""Frictionless: validates a file against a Table Schema."""

from variant import Peer, Variant, python_version


def variants(file, tools):
    file = file.prefix or file
    return [Variant("frictionless validate", "types, width, required", file, [tools.python, "peers/frictionless_validate.py", file.csv, file.truth])]


PEER = Peer(
    name="frictionless",
    checks="types (string, number, integer, date), required values, row width, blank rows, encoding; the nearest to what preflight checks.",
    may_skip="what follows after 1000 errors.",
    version=python_version("frictionless"),
    variants=variants,
)


def main():
    from frictionless import Dialect, Resource, Schema, fields
    from frictionless.formats import CsvControl
    from runner import Run

    run = Run()
    kinds = {"text": fields.StringField, "number": fields.NumberField, "integer": fields.IntegerField, "date": fields.DateField}
    columns = [kinds[kind](name=name, constraints={"required": True} if name in run.required else {}) for name, kind in run.schema.items()]
    dialect = Dialect(controls=[CsvControl(delimiter=run.delimiter)])
    report = Resource(path=run.path, dialect=dialect, schema=Schema(fields=columns), encoding="utf-8").validate()
    if report.errors:
        raise SystemExit(report.errors[0].message)
    task = report.task
    run.end(rows=task.stats.get("rows"), findings=task.stats.get("errors"))


if __name__ == "__main__":
    from runner import guarded

    guarded(main)
