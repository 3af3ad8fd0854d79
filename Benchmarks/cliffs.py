"""Files of one kind of oddity from the first row to the last: what no file should be, and some are.

`guard` counts the instructions per byte of each and fails where one takes more than ten times as many as a usual file. To add a case, add a line
to CLIFFS: a name, a function that makes a file of at least so many bytes, and the lines of a profile if there is one.

    python3 cliffs.py OUT [--size BYTES] [NAME...]      writes the files and their profiles
"""

import argparse
import os
import random
import re
import zlib
from dataclasses import dataclass
from typing import Callable

COLUMNS = ("Entity", "Account", "Date", "Amount")
HEADER = ",".join(COLUMNS).encode() + b"\n"
PLAIN = b"FR01,401000,2026-01-31,1204.50\n"
TYPED = "version: 1\ncolumns:\n" + "".join(
    f"  - {{name: {name}, type: {kind}}}\n" for name, kind in zip(COLUMNS, ("text", "integer", "date", "number"))
)


@dataclass(frozen=True)
class Cliff:
    name: str
    make: Callable[[int], bytes]
    profile: str | None = None
    arguments: tuple = ()
    #: What the profile reads: the names of files and their content.
    files: tuple = ()
    #: Where the columns and lists of the file need more mebibytes than others.
    most_memory: int | None = None
    #: Where a byte needs more instructions than ten of a usual file.
    most_instructions: int | None = None
    #: Arguments of an output; `{}` is its path. Its bytes count with those that are read: what is written may be many times what is read.
    output: tuple = ()
    #: Whether files are often so: counted with the usual ones.
    is_usual: bool = False

    def written(self, path):
        """The arguments with an output at a path."""
        return [argument.replace("{}", path) for argument in self.output]

    @property
    def slug(self):
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


def times(unit, front=b""):
    """`unit` again and again."""
    return lambda size: front + unit * max(1, (size - len(front)) // len(unit))


def rows(*units):
    """Under the usual header."""
    return times(b"".join(units), HEADER)


def after_plain(tail):
    """A usual file, and something in its last quarter."""
    return lambda size: rows(PLAIN)(size * 3 // 4) + times(tail)(size // 4)


def in_between(tail):
    """A usual file with a tail of a few bytes."""
    return lambda size: rows(PLAIN)(size) + tail + PLAIN * 3


def columns(count, name=b"c%d", value=b"1"):
    """So many columns; at least one row."""
    def make(size):
        header = b",".join(name % number for number in range(count)) + b"\n"
        return times(b",".join([value] * count) + b"\n", header)(max(size, len(header)))
    return make


def random_bytes(alphabet, seed):
    """Bytes of an alphabet in an order that makes no sense."""
    def make(size):
        generator = random.Random(seed)
        return HEADER + bytes(generator.choices(alphabet, k=size))
    return make


def ragged(size):
    """Rows of 1 to 40 fields."""
    generator = random.Random(3)
    lines = [b",".join([b"1"] * generator.randint(1, 40)) + b"\n" for _ in range(4096)]
    return times(b"".join(lines), HEADER)(size)


def compressed(make):
    """As a gzip member."""
    def packed(size):
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(make(size)) + packer.flush()
    return packed


def numbered(text, front=HEADER, letters=False):
    """Rows in which `%s` is another number each time, or its digits as letters."""
    def make(size):
        found, length, number = [front], len(front), 0
        while length < size:
            digits = b"%d" % number
            found.append(text.replace(b"%s", digits.translate(AS_LETTERS) if letters else digits))
            length, number = length + len(found[-1]), number + 1
        return b"".join(found)
    return make


#: Letters that begin no month, weekday or word for no value.
AS_LETTERS = bytes.maketrans(b"0123456789", b"bcghklpqrv")


def typed(settings):
    """A profile of one column of text and one with these settings."""
    return f"version: 1\ncolumns: [{{name: A, type: text}}, {{name: B, {settings}}}]\n"


def many(count, kind):
    """A profile of so many columns of one type, as `columns` names them."""
    return "version: 1\ncolumns:\n" + "".join(f"  - {{name: c{number}, type: {kind}}}\n" for number in range(count))


def named(text, count):
    """So many items, one a line."""
    return b"".join(text % number + b"\n" for number in range(count))


def keyed(count):
    """A profile of `TYPED` columns of text with so many keys of one column each."""
    return "version: 1\nkeys: " + "[[" + "], [".join(COLUMNS[:count]) + "]]\n" + "columns:\n" + "".join(
        f"  - {{name: {name}, type: text}}\n" for name in COLUMNS
    )


#: A profile of eight columns of text, each of them a key.
EIGHT_KEYS = "version: 1\nkeys: [" + ", ".join(f"[c{number}]" for number in range(8)) + "]\ncolumns:\n" + "".join(
    f"  - {{name: c{number}, type: text}}\n" for number in range(8)
)
EIGHT_NAMES = ",".join(f"c{number}" for number in range(8)).encode() + b"\n"

#: Formats of dates that a value is held against one after the other.
DATE_FORMATS = (
    "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "dd.MM.yyyy", "MM.dd.yyyy", "yyyy.MM.dd", "dd-MM-yyyy", "MM-dd-yyyy", "yyyy-MM-dd", "dd MMM yyyy",
    "MMM dd yyyy", "yyyy MMM dd",
)


def table(header, *first_names):
    """A column of names and three of numbers under a header; the names change from row to row, as the numbers do."""
    def make(size):
        generator = random.Random(5)
        lines = [
            f"{generator.choice(first_names)},{generator.randint(1, 9999)},{generator.randint(0, 99)}.{generator.randint(10, 99)},{number}\n"
            for number in range(4096)
        ]
        return times("".join(lines).encode(), header.encode() + b"\n")(size)
    return make


def masks(size):
    """Values of which no two have the same mask: runs of letters, digits and signs, counted in base four."""
    found, length, number = [b"A,B\n"], 4, 0
    while length < size:
        digits, rest = b"", number
        while rest:
            digits, rest = digits + MASK_PARTS[rest % 4], rest // 4
        found.append(b"x," + digits + b"!\n")
        length, number = length + len(found[-1]), number + 1
    return b"".join(found)


MASK_PARTS = (b"1", b"a", b"#", b"-")


def listed(text, count):
    return "[" + ", ".join(f'"{text % number}"' for number in range(count)) + "]"


#: A date of each format.
DATES = b"".join(
    b"x," + date + b"\n" for date in (
        b"31/01/2026", b"01/31/2026", b"2026/01/31", b"31.01.2026", b"01.31.2026", b"2026.01.31", b"31-01-2026", b"01-31-2026", b"2026-01-31",
        b"31 Jan 2026", b"Jan 31 2026", b"2026 Jan 31",
    )
)

ALL_TEXT = "version: 1\ncolumns:\n" + "".join(f"  - {{name: {name}, type: text, required: true}}\n" for name in COLUMNS)

CLIFFS = [
    # Lines and delimiters
    Cliff("line ends: LF", times(b"\n")),
    Cliff("line ends: CR", times(b"\r")),
    Cliff("line ends: CRLF", times(b"\r\n")),
    Cliff("blank lines after a header", rows(b"\n"), TYPED),
    Cliff("a blank line after each row", rows(PLAIN, b"\n"), TYPED),
    Cliff("blank lines and rows of one byte", times(b"1\n\n", b"A\n")),
    Cliff("one row of commas", times(b",")),
    Cliff("one row of commas after a header", lambda size: HEADER + PLAIN + b"," * size),
    # The header has 1 048 576 names that are kept, of 64 bytes each.
    Cliff("blank lines, then one row of stray quotes", lambda size: b"\n" * (size // 2) + b'a"b,' * (size // 8), most_memory=64 + 64),
    Cliff("rows of commas", rows(b",,,\n")),
    Cliff("rows of commas, profile", rows(b",,,\n"), ALL_TEXT),
    Cliff("rows of 20 commas", rows(b"," * 20 + b"\n")),
    Cliff("one column of one byte", times(b"1\n", b"A\n")),
    Cliff("one column of one byte, profile", times(b"1\n", b"A\n"), "version: 1\ncolumns: [{name: A, type: number}]\n"),
    # Each row of three bytes is an odd quote and the header once more.
    Cliff("one column of a digit and a quote", times(b'5"\n')),
    Cliff("LF and CRLF in turns", rows(b"a,1,2,3\n", b"b,1,2,3\r\n")),
    # Quotes
    Cliff("empty quotes: one row", times(b'"",')),
    Cliff("empty quotes: all rows", rows(b'"","","",""\n')),
    Cliff("empty quotes: all rows, profile", rows(b'"","","",""\n'), TYPED),
    Cliff("quoted digits", rows(b'"1","2","3","4"\n')),
    Cliff("nothing but quotes", times(b'"')),
    Cliff("an unclosed quote in row 2", lambda size: HEADER + b'FR01,"401000,2026-01-31,1\n' + PLAIN * (size // len(PLAIN))),
    Cliff("an unclosed quote near the end", in_between(b'FR01,"401000,2026-01-31,1\n')),
    Cliff("an unclosed quote in each mebibyte", lambda size: rows(PLAIN * 33_000 + b'FR01,"x,2026-01-31,1\n')(size + (3 << 20))),
    Cliff("an unclosed quote and ragged lines", lambda size: HEADER + b'FR01,"401000\n' + b"a,b\nc\n" * (size // 6)),
    Cliff("a runaway quote in each row", rows(b'FR01,"4010,2026-01-31,1\nFR02,4010,2026-01-31,2\n')),
    Cliff("a runaway quote in each field", rows(b'"a,"b,"c,"d\n')),
    Cliff("a quote after each line end", rows(b'",\n')),
    Cliff("an opening quote in each field, profile", rows(b'"a,"b,"c,"d\n'), TYPED),
    Cliff("stray quotes", rows(b'a"b,c"d,e"f,g"h\n')),
    Cliff("stray quotes, profile", rows(b'a"b,c"d,e"f,g"h\n'), TYPED),
    Cliff("a stray quote in each row", rows(b'1,2,3,a"b\n')),
    Cliff("a stray quote in each row, profile", rows(b'1,2,3,a"b\n'), TYPED),
    Cliff("stray quotes and ragged rows in turns", rows(b'1,2,3,a"b\n', b"1,2,3\n")),
    Cliff("text after quotes", rows(b'"a"b,"c"d,"e"f,"g"h\n')),
    Cliff("text after quotes, profile", rows(b'"a"b,"c"d,"e"f,"g"h\n'), TYPED),
    Cliff("backslashes before quotes", rows(b'"say \\"hi\\" now","b","c","d"\n'), most_instructions=160),
    Cliff("quoted line ends", rows(b'"a\nb","c\nd","e\nf","g\nh"\n')),
    Cliff("quotes and line ends in no order", random_bytes(b'",\n', 1)),
    # Every other byte is an oddity, and no two rows are alike.
    Cliff("quotes, letters and line ends in no order", random_bytes(b'",\n\rab1', 2), most_instructions=165),
    Cliff("a bare CR in each field", rows(b"a\rb,c\rd,e\rf,g\rh\n")),
    Cliff("a bare CR at the end of each field", rows(b"a\r,c\r,e\r,g\n"), most_instructions=160),
    Cliff("a bare CR in each field, profile", rows(b"a\rb,c\rd,e\rf,g\rh\n"), TYPED),
    Cliff("CR CR LF", rows(b"a,1,2,3\r\r\n"), most_instructions=165),
    # Characters
    Cliff("FF and nothing else", rows(b"\xff")),
    Cliff("FF in rows", rows(b"\xff,\xff,\xff,\xff\n")),
    Cliff("FF in rows, profile", rows(b"\xff,\xff,\xff,\xff\n"), TYPED),
    Cliff("Windows-1252 in each field", rows(b"Z\xfcrich,K\xf6ln,M\xfcnchen,D\xe4nemark\n")),
    # Every byte is part of a fault.
    Cliff("cut characters", rows(b"\xe2\x82,\xe2\x82,\xe2\x82,\xe2\x82\n"), most_instructions=160),
    Cliff("halves of surrogates", rows(b"\xed\xa0\x80,\xed\xb0\x80,\xf4\x90\x80\x80,\xc0\xaf\n")),
    Cliff("characters of four bytes", rows("😀😀😀,😀,😀😀,😀\n".encode())),
    Cliff("characters cut by the chunks", rows("😀😀😀,😀,😀😀,😀\n".encode()), None, ("--chunk-bytes", "4095")),
    Cliff("faulty characters cut by the chunks", rows(b"\xf0\x9f\x98,\xf0\x9f,\xe2\x82,\xf0\n"), None, ("--chunk-bytes", "4095"), most_instructions=160),
    Cliff("one faulty character in each row", rows(b"1,2,3,\xff\n")),
    Cliff("NUL and nothing else", rows(b"\0")),
    Cliff("NUL in each field", rows(b"a\0,b\0,c\0,d\0\n")),
    Cliff("NUL in each field, profile", rows(b"a\0,b\0,c\0,d\0\n"), TYPED),
    Cliff("marks", rows(b"\xef\xbb\xbf,\xef\xbb\xbf,\xef\xbb\xbf,\xef\xbb\xbf\n")),
    Cliff("marks, profile", rows("\ufeffa,\ufeff1,\ufeff2,\ufeff3\n".encode()), TYPED),
    Cliff("halfwidth kana", rows("ｱ,ｲ,ｳ,ｴ\n".encode())),
    Cliff("encoded twice", rows("Ã©,Ã©,Ã©,Ã©\n".encode())),
    Cliff("encoded twice, profile", rows("Ã©,Ã©,Ã©,Ã©\n".encode()), TYPED),
    Cliff("decomposed letters", rows("e\u0301,a\u0300,o\u0302,u\u0308\n".encode())),
    Cliff("decomposed letters, profile", rows("e\u0301,a\u0300,o\u0302,u\u0308\n".encode()), TYPED),
    Cliff("decomposed letters in three keys", rows("e\u0301,a\u0300,o\u0302,u\u0308\n".encode()), keyed(3)),
    # 750 000 keys of 70 bytes and their text of 9.
    Cliff("decomposed letters in a key, all different", numbered("e\u0301%s,1,2,3\n".encode()), keyed(1), most_memory=64 + 58),
    Cliff("declared Windows-1252", rows(b"Z\xfcrich,K\xf6ln,M\xfcnchen,D\xe4nemark\n"), None, ("--encoding", "windows-1252")),
    Cliff("declared Windows-1252, stray quotes", rows(b'\xfc"b,c"d,e"f,g"h\n'), None, ("--encoding", "windows-1252")),
    # Rows
    Cliff("too few fields", rows(b"a,1\n")),
    Cliff("too few fields, profile", rows(b"a,1\n"), TYPED),
    Cliff("too many fields", rows(b"a,1,2,3,4,5\n")),
    Cliff("too few and too many in turns", rows(b"a\n", b"a,1,2,3,4\n")),
    Cliff("a ragged row after each good one", rows(b"a,1,2,3\n", b"a,1\n")),
    Cliff("a ragged row after each good one, profile", rows(b"1,1,2,3\n", b"a,1\n"), TYPED),
    Cliff("rows of 1 to 40 fields", ragged),
    Cliff("the header again and again", rows(HEADER)),
    Cliff("the header again and again, profile", rows(HEADER), TYPED),
    Cliff("the header at the end of each row", rows(b"1,2,3,4" + HEADER)),
    Cliff("a short header again and again", times(b"a,b\n")),
    Cliff("100 000 columns", columns(100_000)),
    Cliff("100 000 columns of wrong rows", lambda size: columns(100_000)(size)[:-1] + b",1\n" * 2),
    Cliff("names of nothing but digits", columns(200_000, b"%d", b"")),
    Cliff("rows of a mebibyte", lambda size: times(b",".join([b"12345"] * 180_000) + b"\n", b"x," * 179_999 + b"x\n")(max(size, 2_500_000))),
    Cliff("a field of all bytes", lambda size: HEADER + b"a,b,c," + b"x" * size),
    Cliff("a quoted field of all bytes", lambda size: HEADER + b'a,b,c,"' + b"x\n" * (size // 2) + b'"\n'),
    # Values
    Cliff("all values wrong", rows(b"a,b,c,d\n"), TYPED),
    Cliff("all values wrong, short", times(b"x,y\n", b"A,B\n"), "version: 1\ncolumns: [{name: A, type: number}, {name: B, type: date}]\n"),
    Cliff("required values missing", times(b",\n", b"A,B\n"), ALL_TEXT.replace("Entity", "A").replace("Account", "B").rsplit("  - ", 2)[0]),
    Cliff("distinct texts in a date column", numbered(b"x,%s\n", b"A,B\n", letters=True), typed("type: date")),
    Cliff("distinct texts in a number column", numbered(b"x,a%sb1\n", b"A,B\n", letters=True), typed("type: number")),
    Cliff("distinct texts in a boolean column", numbered(b"x,%s\n", b"A,B\n", letters=True), typed("type: boolean")),
    Cliff("distinct texts in an integer column", numbered(b"x,a%sb1\n", b"A,B\n", letters=True), typed("type: integer")),
    Cliff("distinct numbers in a date column", numbered(b"x,%s\n", b"A,B\n"), typed("type: date")),
    Cliff("distinct masks, text", masks, typed("type: text")),
    Cliff("distinct masks, number", masks, typed("type: number")),
    Cliff("distinct masks, date", masks, typed("type: date")),
    Cliff("distinct masks, boolean", masks, typed("type: boolean")),
    Cliff("distinct masks, no profile", masks),
    Cliff("wrong values, 1 000 null words", numbered(b"x,w%s\n", b"A,B\n"), typed("type: number, null: " + listed("NULL%d", 1_000))),
    Cliff("wrong values, 100 000 null words", numbered(b"x,w%s\n", b"A,B\n"), typed("type: number, null: " + listed("NULL%d", 100_000))),
    Cliff("wrong dates, 1 000 null words", numbered(b"x,w%s\n", b"A,B\n"), typed("type: date, null: " + listed("NULL%d", 1_000))),
    Cliff("a wrong value, 100 000 null words", times(b"x,w1\n", b"A,B\n"), typed("type: number, null: " + listed("NULL%d", 100_000))),
    Cliff(
        "wrong booleans, 30 000 spellings", numbered(b"x,w%s\n", b"A,B\n"),
        typed("type: boolean, boolean: {true: " + listed("J%d", 15_000) + ", false: " + listed("N%d", 15_000) + "}"),
    ),
    Cliff(
        "booleans of 30 000 spellings", times(b"".join(b"x,J%d\nx,N%d\n" % (number, number) for number in range(15_000)), b"A,B\n"),
        typed("type: boolean, boolean: {true: " + listed("J%d", 15_000) + ", false: " + listed("N%d", 15_000) + "}"),
    ),
    Cliff(
        "wrong dates, 12 formats", numbered(b"x,31/31/%s\n", b"A,B\n"), typed("type: date, date: {format: [" + ", ".join(DATE_FORMATS) + "]}"),
    ),
    Cliff("words in a column of months", numbered(b"x,%s\n", b"A,B\n", letters=True), typed("type: date, date: {format: [MMM yyyy, dd MMM yyyy]}")),
    # Numbers of six digits are no years, and what looks like a date is read in several ways: each value is another one.
    Cliff("months of another language", numbered(b"x,5 janvier %s\n", b"A,B\n"), typed("type: date, date: {format: [dd MMM yyyy, d MMMM yyyy]}")),
    Cliff("no-break spaces in dates", numbered("x,31\u00a001\u00a0%s\n".encode(), b"A,B\n"), typed("type: date, date: {format: dd MM yyyy}")),
    Cliff("dashes in dates", numbered("x,31\u201001\u2010%s\n".encode(), b"A,B\n"), typed("type: date, date: {format: dd-MM-yyyy}")),
    Cliff("numbers, 1 000 of them null words", numbered(b"x,%s\n", b"A,B\n"), typed("type: number, null: " + listed("%d", 1_000))),
    Cliff("null words that are numbers", times(b"x,0\nx,17\n", b"A,B\n"), typed('type: number, null: ["", "0"]')),
    Cliff("unknown items", numbered(b"x,wrong%s\n", b"A,B\n"), typed("type: dimension, on-missing: skip, items: " + listed("item%d", 20_000))),
    Cliff("one unknown item", times(b"x,wrong\n", b"A,B\n"), typed("type: dimension, on-missing: skip, items: " + listed("item%d", 20_000))),
    Cliff(
        "unknown items, a list of 1 000 000", numbered(b"x,wrong%s\n", b"A,B\n"), typed("type: dimension, on-missing: skip, items: items.txt"),
        files=(("items.txt", lambda: named(b"item%d", 1_000_000)),),
        # Items of 12 bytes and their text of 11.
        most_memory=64 + 22,
    ),
    # 470 000 rows: 1 400 000 keys of 70 bytes and their text of 7.
    Cliff("three keys, all different", numbered(b"a%s,b%s,c%s,d\n"), keyed(3), most_memory=64 + 103),
    Cliff("three keys, all the same", rows(b"a,b,c,d\n"), keyed(3)),
    Cliff("three keys, two values in turns", rows(b"a,b,c,d\nb,c,d,a\n"), keyed(3)),
    Cliff("blank keys in short rows", times(b",\n", b"A,B\n"), "version: 1\nkeys: [[A], [B]]\ncolumns: [{name: A, type: text}, {name: B, type: text}]\n"),
    Cliff("500 number columns, all wrong", columns(500, value=b"w1"), many(500, "number")),
    Cliff("5 000 number columns, all wrong", columns(5_000, value=b"w1"), many(5_000, "number")),
    # 2 KiB for each column that the profile describes.
    Cliff("50 000 number columns, all wrong", columns(50_000, value=b"w1"), many(50_000, "number"), most_memory=64 + 98, most_instructions=215),
    Cliff("500 date columns, all wrong", columns(500, value=b"w1"), many(500, "date")),
    Cliff("50 000 boolean columns, all wrong", columns(50_000, value=b"w1"), many(50_000, "boolean"), most_memory=64 + 98, most_instructions=215),
    Cliff("50 000 text columns, all missing", columns(50_000, value=b""), many(50_000, "text, required: true"), most_memory=64 + 98),
    Cliff("gzip of line ends", compressed(times(b"\n"))),
    Cliff(
        "one known item", times(b"x,item7\n", b"A,B\n"), typed("type: dimension, on-missing: skip, items: " + listed("item%d", 20_000)),
    ),
    Cliff(
        "items of a list of 30 000", times(b"".join(b"x,item%d\n" % number for number in range(30_000)), b"A,B\n"),
        typed("type: dimension, on-missing: skip, items: " + listed("item%d", 30_000)),
    ),
    Cliff(
        "items of a list of 30 000, in other case", times(b"".join(b"x,ITEM%d\n" % number for number in range(30_000)), b"A,B\n"),
        typed("type: dimension, on-missing: skip, items: " + listed("item%d", 30_000)), most_instructions=195,
    ),
    Cliff("dates of no calendar", numbered(b"x,31/31/%s\n", b"A,B\n"), typed("type: date, date: {format: dd/MM/yyyy}")),
    Cliff(
        "dates in 12 formats", times(DATES, b"A,B\n"), typed("type: date, date: {format: [" + ", ".join(DATE_FORMATS) + "]}"),
    ),
    # Outputs that are longer than the file
    Cliff("a report on eight keys", times(b"a,b,c,d,e,f,g,h\n", EIGHT_NAMES), EIGHT_KEYS, output=("--report", "csv={}")),
    Cliff("a report on all values", rows(b"a,b,c,d\n"), TYPED, output=("--report", "csv={}")),
    Cliff("all rows set apart", rows(b"a,b,c,d\n"), TYPED, output=("--quarantine", "{}")),
    # Each row of 8 bytes is looked up among the rows with findings, and the names of its codes and columns are put together for it.
    Cliff("all rows set apart, annotated", rows(b"a,b,c,d\n"), TYPED, output=("--quarantine", "{}", "--annotate"), most_instructions=270),
    # Other scripts
    Cliff("Cyrillic", table("Имя,Сумма,Доля,Номер", "Иванов", "Имаев", "Петрова", "Сидоренко", "Изюмов"), is_usual=True),
    Cliff("Chinese", table("客户,金额,比率,编号", "客人", "北京公司", "上海", "广州公司"), is_usual=True),
    Cliff("values like the first name", table("Name,Amount,Share,Number", "Name", "NAME", "name", "Names"), is_usual=True),
]


def write(folder, cliff, size):
    """The path of the file, that of its profile or None, and how many bytes the content has."""
    content = cliff.make(size)
    path = os.path.join(folder, f"{cliff.slug}-{size}.csv")
    with open(path, "wb") as file:
        file.write(content)
    count = len(zlib.decompress(content, 47)) if content[:2] == b"\x1f\x8b" else len(content)
    if cliff.profile is None:
        return path, None, count
    for name, made in cliff.files:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(made())
    profile = os.path.join(folder, f"{cliff.slug}.yaml")
    with open(profile, "w", encoding="utf-8") as file:
        file.write(cliff.profile)
    return path, profile, count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("names", nargs="*", help="only these")
    parser.add_argument("--size", type=int, default=1_000_000)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    for cliff in CLIFFS:
        if not options.names or cliff.name in options.names:
            print(*write(options.out, cliff, options.size))


if __name__ == "__main__":
    main()
