"""Everything that a comparison needs on disk, under `.work/`: the peers' virtual environment, the baselines, the files."""

import hashlib
import json
import os
import shutil
import subprocess

from variant import DataFile

WORK = ".work"
DATA = WORK + "/data"
PYTHON = WORK + "/venv/bin/python"
PACKAGES = ["duckdb", "polars", "pyarrow", "csvkit", "frictionless"]
#: Bytes of what is given to peers that would take minutes for a whole file.
PREFIX = 10_000_000


def run(command):
    subprocess.run(command, check=True)


def install_peers(say):
    if not os.path.exists(PYTHON):
        run(["python3", "-m", "venv", WORK + "/venv"])
    probe = subprocess.run([PYTHON, "-c", "import " + ", ".join(PACKAGES)], capture_output=True, check=False)
    if probe.returncode != 0:
        say("installing " + ", ".join(PACKAGES))
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES])
    if not shutil.which("mlr") and shutil.which("apt-get") and os.geteuid() == 0:
        say("installing miller")
        subprocess.run(["apt-get", "install", "-y", "-q", "miller"], stdout=subprocess.DEVNULL, check=False)


def compile_baselines():
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        raise SystemExit("A C compiler is needed for the yardstick: clang or cc.")
    for name, libraries in (("byte_sum", []), ("measure", []), ("inflate", ["-lz"])):
        run([compiler, "-O2", "-o", f"{WORK}/{name}", f"Baseline/{name}.c", *libraries])


def keep_build(path):
    """A copy to measure, so that a build in the meantime does not change it between two rounds; with its SHA-256."""
    kept = WORK + "/preflight"
    shutil.copy2(path, kept)
    with open(kept, "rb") as file:
        return kept, hashlib.sha256(file.read()).hexdigest()


def generate(name, shape, *options):
    """Writes a file unless it is there as asked for, and warms the page cache with it."""
    base = f"{DATA}/{name}"
    recipe = " ".join([shape, *options])
    stamp = base + ".recipe"
    made = os.path.exists(stamp) and open(stamp, encoding="utf-8").read() == recipe
    if not made:
        run([".build/release/generate", shape, *options, "--out", DATA, "--name", name])
        if os.path.exists(base + ".csv.gz"):
            os.remove(base + ".csv.gz")
        with open(stamp, "w", encoding="utf-8") as file:
            file.write(recipe)
    with open(base + ".json", encoding="utf-8") as file:
        truth = json.load(file)
    faults = sum(fault["count"] for fault in truth["faults"])
    return DataFile(name, base, truth["rows"], truth["bytes"], truth["columns"], faults)


def compress(file):
    if not os.path.exists(file.gz):
        run(["gzip", "-6", "--keep", "--force", "--no-name", file.csv])


def prepare_files(scale, names, say):
    """The files by name, in the order in which they are measured."""
    os.makedirs(DATA, exist_ok=True)
    run(["swift", "build", "-c", "release", "--product", "generate"])
    recipes = {
        "narrow": ("narrow", 500_000_000),
        "wide": ("wide", 250_000_000),
        "dirty": ("dirty", 250_000_000),
        "every-row-wrong": ("dirty", 250_000_000, "--every-row-wrong"),
    }
    files = []
    for name in names:
        if name == "tiny":
            files.append(generate("tiny", "narrow", "--rows", "10"))
            continue
        shape, size, *options = recipes[name]
        size = int(size * scale)
        say(f"{name}: {size / 1e6:.0f} MB")
        file = generate(name, shape, "--size", str(size), *options)
        prefix = generate(name + "-prefix", shape, "--size", str(PREFIX), *options) if size > PREFIX else None
        file = DataFile(**{**file.__dict__, "prefix": prefix})
        if file.has_gz:
            compress(file)
        files.append(file)
    return files


#: In the order in which they are measured.
FILES = ["narrow", "wide", "dirty", "every-row-wrong", "tiny"]
