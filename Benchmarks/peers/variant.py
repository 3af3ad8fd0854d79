"""What a peer is: what it runs on a file, and how its output is read."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Work:
    """Proof of work: what a run says it counted and found. None where it does not say."""

    rows: int | None = None
    findings: int | None = None
    bytes: int | None = None
    #: Seconds inside the process, without its start-up, where it measures itself.
    inside: float | None = None


def last_json_line(stdout: str, stderr: str) -> Work:
    """Reads the line that the runners in this folder print."""
    output = json.loads(stdout.strip().splitlines()[-1])
    return Work(output.get("rows"), output.get("findings"), output.get("bytes"), output.get("seconds"))


def nothing(stdout: str, stderr: str) -> Work:
    return Work()


@dataclass(frozen=True)
class DataFile:
    """A generated file with what is known of it. Paths are relative to the folder of the benchmarks."""

    name: str
    base: str
    rows: int
    bytes: int
    columns: int
    faults: int
    #: The first 10 MB, for what would take minutes on the whole; None where the file is small itself.
    prefix: "DataFile | None" = None

    @property
    def csv(self) -> str:
        return self.base + ".csv"

    @property
    def gz(self) -> str:
        return self.csv + ".gz"

    @property
    def profile(self) -> str:
        return self.base + ".yaml"

    @property
    def truth(self) -> str:
        return self.base + ".json"

    @property
    def has_gz(self) -> bool:
        return self.name in ("narrow", "wide")

    @property
    def is_clean(self) -> bool:
        return self.faults == 0


@dataclass(frozen=True)
class Tools:
    """What is installed on this machine."""

    python: str
    preflight: str
    #: Path of a program, or None.
    which: Callable[[str], str | None]
    #: Output of a command, or None if it fails.
    output: Callable[[list[str]], str | None]


#: Looks at no CSV.
NOTHING = "nothing"


@dataclass(frozen=True)
class Variant:
    """One command on one file."""

    label: str
    #: What it looks at, in a word or two.
    judges: str
    file: DataFile
    command: list[str]
    read: Callable[[str, str], Work] = last_json_line
    #: Exit statuses that are an answer.
    statuses: tuple[int, ...] = (0,)
    is_yardstick: bool = False
    is_ours: bool = False
    #: Said beside the numbers.
    note: str = ""


@dataclass(frozen=True)
class Peer:
    """A program to compare with."""

    name: str
    checks: str
    may_skip: str
    version: Callable[[Tools], str | None]
    variants: Callable[[DataFile, Tools], list[Variant]]
    #: Why there are no variants, where the reason is the machine.
    missing: Callable[[Tools], str | None] = field(default=lambda tools: None)


def shell(command: str) -> list[str]:
    return ["sh", "-c", command]


def python_version(package: str) -> Callable[[Tools], str | None]:
    """The version of an installed Python package."""
    return lambda tools: tools.output([tools.python, "-c", f"from importlib.metadata import version; print(version('{package}'))"])


def on_path(program: str) -> Callable[[Tools], str | None]:
    """A reason to leave a peer out: its program is not installed."""
    return lambda tools: None if tools.which(program) else f"{program} is not on PATH"
