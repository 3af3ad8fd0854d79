"""Files of one shape each: what columns of real files hold, by number of columns, by type, by spelling, and with one fault in each row.

`matrix` measures all of them against a byte sum, `guard --only matrix` counts the instructions per byte of each. To add a cell, add a line to
CELLS. Values come from a seeded generator; a cell knows how many rows of its file a check must find, and in how many something fails.

    python3 matrix.py OUT [--size BYTES] [NAME...]      writes the files and their profiles
"""

import argparse
import os
import random
import re
from dataclasses import dataclass, field
from typing import Callable

#: Rows that are generated before they are repeated: as many as make this many bytes.
DISTINCT_BYTES = 2_000_000
WORDS = (
    "Travel", "Software licences", "Payroll", "Rent", "Cloud hosting", "Marketing", "Consulting", "Depreciation", "Utilities", "Insurance",
    "Training", "Office supplies", "Freight", "Customs", "Royalties", "Maintenance",
)
FOREIGN = ("Gehälter", "Énergie", "Büromaterial", "Działy", "Éclairage", "Größe", "Añadidos", "Smørrebrød", "Łódź", "Ångström")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Kind:
    """What a column holds, and how a profile says so."""

    value: Callable[[random.Random], str]
    settings: str = "type: text"


@dataclass(frozen=True)
class Cell:
    name: str
    kinds: tuple[Kind, ...]
    quotes: bool = False
    line_end: str = "\n"
    delimiter: str = ","
    #: What becomes of a row, a list of fields: its line as bytes.
    line: Callable[[list[str]], bytes] | None = None
    #: Whether something is wrong, or may be read as wrong, in rows under the profile.
    is_faulty: bool = False

    @property
    def slug(self):
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def profile(self):
        columns = "".join(f"  - {{name: c{number}, {kind.settings}}}\n" for number, kind in enumerate(self.kinds))
        return "version: 1\ncolumns:\n" + columns

    def row(self, generator):
        fields = [kind.value(generator) for kind in self.kinds]
        if self.line:
            return self.line(fields)
        if self.quotes:
            fields = [f'"{text}"' for text in fields]
        return (self.delimiter.join(fields) + self.line_end).encode()

    def content(self, size):
        """The bytes, at least so many, and the number of rows below the header."""
        generator = random.Random(self.name)
        names = [f"c{number}" for number in range(len(self.kinds))]
        header = (self.delimiter.join(f'"{name}"' if self.quotes else name for name in names) + self.line_end).encode()
        lines, length = [], 0
        while length < min(size, DISTINCT_BYTES):
            lines.append(self.row(generator))
            length += len(lines[-1])
        repeats = -(-size // length)
        return header + b"".join(lines) * repeats, len(lines) * repeats


def number(text):
    return Kind(text, "type: number")


def written(text, settings):
    return Kind(text, f"type: number, number: {{{settings}}}")


def date(text, pattern):
    return Kind(text, f'type: date, date: {{format: "{pattern}"}}')


def day(generator, last=None):
    month = generator.randrange(12)
    return generator.randint(2015, 2027), month, last(month) if last else generator.randint(1, LENGTHS[month])


def formatted(layout, last=None):
    def text(generator):
        year, month, number = day(generator, last)
        return layout.format(y=year, yy=year % 100, m=month + 1, d=number, name=MONTHS[month], h=generator.randrange(24), s=generator.randrange(60))
    return text


def grouped(generator, group, decimal):
    text = f"{generator.randint(1_000, 9_999_999):,}.{generator.randrange(100):02}"
    return text.translate({ord(","): group, ord("."): decimal})


def decimal(generator):
    return f"{generator.randint(-9_999, 99_999)}.{generator.randrange(100):02}"


def sometimes(share, kind, other=""):
    return Kind(lambda generator: other if generator.random() < share else kind.value(generator), kind.settings)


DEC = number(decimal)
INT = Kind(lambda generator: str(generator.randint(0, 9_999)), "type: integer")
CODE = Kind(lambda generator: f"{generator.randint(10, 99)}")
TEXT = Kind(lambda generator: f"{generator.choice(WORDS)} {generator.randint(1, 999)}")
ISO = date(formatted("{y}-{m:02}-{d:02}"), "yyyy-MM-dd")
ITEMS = [f"FR{number:03}" for number in range(200)]
BOOLEAN = "type: boolean"


def items(count):
    return Kind(lambda generator: generator.choice(ITEMS[:count]), "type: dimension, items: [" + ", ".join(ITEMS[:count]) + "]")


def either(true, false, settings=BOOLEAN):
    return Kind(lambda generator: generator.choice((true, false)), settings)


def eight(*kinds):
    return kinds * (8 // len(kinds))


PLANNING = (items(50), TEXT, ISO, DEC, INT, TEXT, either("TRUE", "FALSE"), sometimes(0.3, DEC))
WIDE_MIXED = (TEXT, ISO, items(50), TEXT) + (DEC,) * 58 + (INT,) * 58


def ragged(fields):
    return ",".join(fields[:-1]).encode() + b"\n"


def stray(fields):
    return ",".join([*fields[:-1], fields[-1][:1] + '"' + fields[-1][1:]]).encode() + b"\n"


def ill_formed(fields):
    return ",".join(fields).encode() + b"\xff\n"


def wrong_number(fields):
    return ",".join([*fields[:3], "n1x", *fields[4:]]).encode() + b"\n"


CELLS = [
    # Number of columns
    Cell("1 int", (INT,)),
    Cell("1 dec", (DEC,)),
    Cell("1 text", (TEXT,)),
    Cell("2 int", (INT,) * 2),
    Cell("2 dec", (DEC,) * 2),
    Cell("8 int", (INT,) * 8),
    Cell("8 dec", (DEC,) * 8),
    Cell("30 int", (INT,) * 30),
    Cell("30 dec", (DEC,) * 30),
    Cell("120 int", (INT,) * 120),
    Cell("120 dec", (DEC,) * 120),
    Cell("500 int", (INT,) * 500),
    Cell("500 dec", (DEC,) * 500),
    Cell("500 code text", (CODE,) * 500),
    # Numbers
    Cell("8 exponent", (number(lambda generator: f"{generator.uniform(1, 10):.4f}E+{generator.randint(0, 9):02}"),) * 8, is_faulty=True),
    Cell("8 percent suffix", (written(lambda generator: f"{generator.randint(0, 99)}.{generator.randrange(100):02}%", "percent: true"),) * 8),
    Cell("8 currency prefix", (written(lambda generator: "$" + decimal(generator).lstrip("-"), 'prefix: "$"'),) * 8),
    Cell("8 unit suffix", (written(lambda generator: decimal(generator) + " EUR", 'suffix: " EUR"'),) * 8),
    Cell("8 blank in front", (number(lambda generator: " " + decimal(generator)),) * 8, is_faulty=True),
    Cell("8 EU comma", (written(lambda generator: decimal(generator).replace(".", ","), 'decimal: ","'),) * 8, delimiter=";"),
    Cell("8 EU grouped", (written(lambda generator: grouped(generator, ".", ","), 'decimal: ",", group: "."'),) * 8, delimiter=";"),
    Cell("8 US grouped quoted", (written(lambda generator: grouped(generator, ",", "."), 'group: ","'),) * 8, quotes=True),
    Cell("8 3 decimals", (number(lambda generator: f"{generator.randint(1, 999)}.{generator.randrange(1000):03}"),) * 8),
    Cell("8 19 digits", (number(lambda generator: f"{generator.randrange(10**11, 10**12)}.{generator.randrange(10**7):07}"),) * 8),
    Cell("8 minus after", (number(lambda generator: f"{generator.randint(1, 9_999)}.{generator.randrange(100):02}-"),) * 8, is_faulty=True),
    Cell("120 3 decimals", (number(lambda generator: f"{generator.randint(1, 999)}.{generator.randrange(1000):03}"),) * 120),
    # Dates
    Cell("8 date ISO", (ISO,) * 8),
    Cell("8 date month end", (date(formatted("{y}-{m:02}-{d:02}", lambda month: LENGTHS[month]), "yyyy-MM-dd"),) * 8),
    Cell("8 date dd/MM/yyyy", (date(formatted("{d:02}/{m:02}/{y}"), "dd/MM/yyyy"),) * 8),
    Cell("8 date d/M/yyyy", (date(formatted("{d}/{m}/{y}"), "d/M/yyyy"),) * 8),
    Cell("8 date dd.MM.yyyy", (date(formatted("{d:02}.{m:02}.{y}"), "dd.MM.yyyy"),) * 8),
    Cell("8 date yyyyMMdd", (date(formatted("{y}{m:02}{d:02}"), "yyyyMMdd"),) * 8),
    Cell("8 date MMM yy", (date(formatted("{name} {yy:02}"), "MMM yy"),) * 8),
    Cell("8 date dd-MMM-yyyy", (date(formatted("{d:02}-{name}-{y}"), "dd-MMM-yyyy"),) * 8),
    Cell("8 datetime", (date(formatted("{y}-{m:02}-{d:02} {h:02}:{s:02}:{s:02}"), "yyyy-MM-dd HH:mm:ss"),) * 8),
    # Booleans, items, words for no value
    Cell("8 TRUE/FALSE", (either("TRUE", "FALSE"),) * 8),
    Cell("8 true/false", (either("true", "false"),) * 8, is_faulty=True),
    Cell("8 1/0", (either("1", "0"),) * 8, is_faulty=True),
    Cell("8 yes/no", (either("yes", "no"),) * 8, is_faulty=True),
    Cell("8 yes/no as set", (either("yes", "no", "type: boolean, boolean: {true: [\"yes\"], false: [\"no\"]}"),) * 8),
    Cell("8 item of 50", (items(50),) * 8),
    Cell("8 item of 200", (items(200),) * 8),
    Cell("8 item quoted", (items(50),) * 8, quotes=True),
    Cell("8 null words 90%", (sometimes(0.9, Kind(decimal, 'type: number, null: ["", "NULL"]'), "NULL"),) * 8),
    # Empty fields
    Cell("120 dec 5% empty", (sometimes(0.05, DEC),) * 120),
    Cell("120 dec 90% empty", (sometimes(0.9, DEC),) * 120),
    Cell("500 dec 90% empty", (sometimes(0.9, DEC),) * 500),
    Cell("120 all empty but id", (INT,) + (sometimes(1, DEC),) * 119),
    # Text
    Cell("8 text", (TEXT,) * 8),
    Cell("8 text required", (Kind(TEXT.value, "type: text, required: true"),) * 8),
    Cell("120 text", (TEXT,) * 120),
    Cell("8 text 60 B", (Kind(lambda generator: " ".join(generator.choices(WORDS, k=6))),) * 8),
    Cell("4 text 25 kB", (Kind(lambda generator: " ".join(generator.choices(WORDS, k=2_500))),) * 4),
    Cell("8 non-ASCII", (Kind(lambda generator: f"{generator.choice(FOREIGN)} {generator.choice(FOREIGN)}"),) * 8),
    Cell("8 quoted comma", (Kind(lambda generator: f"{generator.choice(WORDS)}, {generator.choice(WORDS)}"),) * 8, quotes=True),
    Cell("8 quoted line end", (Kind(lambda generator: f"{generator.choice(WORDS)}\n{generator.choice(WORDS)}"),) * 8, quotes=True),
    # Quotes and line ends
    Cell("8 dec CRLF", (DEC,) * 8, line_end="\r\n"),
    Cell("30 dec CRLF", (DEC,) * 30, line_end="\r\n"),
    Cell("8 dec quoted", (DEC,) * 8, quotes=True),
    Cell("120 dec quoted", (DEC,) * 120, quotes=True),
    Cell("8 text quoted CRLF", (TEXT,) * 8, quotes=True, line_end="\r\n"),
    # Mixtures
    Cell("8 planning", PLANNING),
    Cell("8 planning quoted CRLF", PLANNING, quotes=True, line_end="\r\n"),
    Cell("8 half text half dec", eight(TEXT, DEC)),
    Cell("60 int 60 dec", (INT,) * 60 + (DEC,) * 60),
    Cell("120 mixed", WIDE_MIXED),
    Cell("1 text 119 dec", (TEXT,) + (DEC,) * 119),
    Cell("120 text and dec in turns", (TEXT, DEC) * 60),
    # A fault in each row
    Cell("8 stray quote in each row", PLANNING[:7] + (TEXT,), line=stray),
    Cell("8 ill-formed UTF-8 in each row", PLANNING[:7] + (TEXT,), line=ill_formed),
    Cell("8 wrong number in each row", PLANNING, line=wrong_number, is_faulty=True),
    Cell("8 ragged in each row", PLANNING, line=ragged),
    Cell("8 all wrong", (Kind(lambda generator: generator.choice(("abc", "xyz", "n/k", "qrs")), "type: number"),) * 8, is_faulty=True),
]


def write(folder, cell, size):
    """The path of the file, that of its profile, and how many bytes and rows it has."""
    content, rows = cell.content(size)
    path, profile = (os.path.join(folder, f"{cell.slug}{end}") for end in (".csv", ".yaml"))
    with open(path, "wb") as file:
        file.write(content)
    with open(profile, "w", encoding="utf-8") as file:
        file.write(cell.profile)
    return path, profile, len(content), rows


def chosen(names):
    """The cells of these names, or all."""
    unknown = set(names) - {cell.name for cell in CELLS}
    if unknown:
        raise SystemExit(f"no such cell: {', '.join(sorted(unknown))}")
    return [cell for cell in CELLS if not names or cell.name in names]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--size", type=int, default=1_000_000)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    for cell in chosen(options.names):
        print(*write(options.out, cell, options.size))


if __name__ == "__main__":
    main()
