"""What a result depends on besides the code: machine, kernel, toolchain."""

import os
import platform
import re
import subprocess


def output(command):
    """What a command prints, or None if it cannot run or fails."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return (run.stdout or run.stderr).strip()


def first_line(text):
    """Without the text in parentheses, which says where a compiler was built from."""
    return re.sub(r" \(http[^)]*\)", "", text.splitlines()[0]) if text else None


def processor():
    """The processor's name and family: virtual machines often hide the model."""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            text = file.read()
        facts = {key: re.search(rf"^{key}\s*: (.*)$", text, re.MULTILINE) for key in ("model name", "cpu family", "model", "flags")}
        name = facts["model name"].group(1) if facts["model name"] else platform.machine()
        family = f" (family {facts['cpu family'].group(1)}, model {facts['model'].group(1)})" if facts["cpu family"] else ""
        flags = facts["flags"].group(1).split() if facts["flags"] else []
        vectors = [name for name, flag in (("AVX2", "avx2"), ("AVX-512", "avx512bw")) if flag in flags]
        return name.strip(), f"{name.strip()}{family}" + (", " + ", ".join(vectors) if vectors else "")
    name = output(["sysctl", "-n", "machdep.cpu.brand_string"]) or platform.machine()
    return name, name


def distribution():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError, AttributeError):
        return platform.platform(terse=True)


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def facts():
    name, description = processor()
    state = output(["git", "status", "--porcelain"])
    return {
        "processor": description,
        "slug": slug(name),
        "cores": os.cpu_count(),
        "memoryBytes": memory(),
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "distribution": distribution(),
        "swift": first_line(output(["swift", "--version"])),
        "cCompiler": first_line(output(["clang", "--version"]) or output(["cc", "--version"])),
        "python": platform.python_version(),
        "commit": output(["git", "rev-parse", "--short", "HEAD"]),
        "changedFiles": len(state.splitlines()) if state else 0,
    }
