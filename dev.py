#!/usr/bin/env python3
"""The one list of developer commands; standard library only, and it must not do the project's own work itself.

Works on a Debian machine that has `python3` (3.11 to 3.13) and git: it installs the system packages that a command
needs, makes `.venv` in the checkout from the hash-pinned lock file, and runs the command in it. Arguments behind the
command's name are passed on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-lock"

# What Qt's own libraries and its xcb platform plugin link to; the offscreen platform needs the first two lines too.
WINDOW = (
    "libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libzstd1",
    "libxkbcommon0", "libxkbcommon-x11-0", "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-cursor0", "libxcb-glx0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render0", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xinerama0", "libxcb-xkb1",
)  # fmt: skip
DISPLAY = (*WINDOW, "xvfb", "xdotool", "x11-utils", "dbus-daemon")
# Strangers that confirm what the product wrote: the tests ask them, the product never does.
PROOF = ("age", "unzip", "openssl", "poppler-utils", "qpdf", "mupdf-tools", "libnss3-tools", "zbar-tools", "zstd", "postgresql",
         "softhsm2", "gcc", "libc6-dev")  # fmt: skip
MEASURE = ("postgresql", "weasyprint", "retext")  # a server to write into, and programs to be measured beside
BUILD = (*WINDOW, "binutils")


class Refused(Exception):
    """Something outside the checkout stands in the way; the text says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the list: what it does, the Debian packages it needs, and the function that does it."""

    summary: str
    run: Callable[[list[str]], int]
    packages: tuple[str, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code of what it ran, 1 when refused, 2 for wrong usage."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"dev.py has no command {arguments[0]!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        require_python()
        install_system(command.packages)
        make_environment()
        return command.run(list(arguments[1:]))
    except Refused as refusal:
        print(f"dev.py: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """The list of commands, one line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: python3 dev.py COMMAND [argument ...]   (arguments are passed on)", "", *lines])


# ------------------------------------------------------------------------------------------------------ the machine


def require_python() -> None:
    """Refuse a Python outside pyproject's range before anything is installed for it."""
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        found = ".".join(map(str, sys.version_info[:3]))
        raise Refused(f"Python 3.11, 3.12 or 3.13 is needed, this is {found}. Run dev.py with another python3.")


def install_system(packages: Iterable[str]) -> None:
    """Install what is missing through apt-get; raises `Refused` when one cannot be had. Elsewhere than on Debian it only says so."""
    wanted = list(packages)
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append("python3-venv")
    if shutil.which("git") is None:
        wanted.append("git")
    if not wanted:
        return
    if shutil.which("dpkg-query") is None:
        print("dev.py: not a Debian system; these packages' equivalents are yours to install: " + " ".join(wanted), file=sys.stderr)
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    print("dev.py: installing system packages: " + " ".join(missing), flush=True)
    apt = [*as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=600"]
    if subprocess.call([*apt, "update"]):
        print("dev.py: apt-get update failed; trying with the package lists that are here.", file=sys.stderr)
    failed = subprocess.call([*apt, "install", "-y", "--no-install-recommends", *missing])
    missing = missing_packages(wanted)
    if failed or missing:
        raise Refused(f"apt-get could not install {' '.join(missing) or 'the packages above'}; install them by hand, then try again.")


def missing_packages(wanted: Iterable[str]) -> list[str]:
    """Those that neither are installed nor are provided by an installed package (Debian renames libraries: libglib2.0-0t64)."""
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"], capture_output=True, text=True, check=True
    )
    present: set[str] = set()
    for line in listed.stdout.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            present.add(package)
            present.update(name.split("(")[0].strip() for name in provides.split(","))
    return [package for package in wanted if package not in present]


def as_root() -> list[str]:
    """The words that go before a command to run it as root; raises `Refused` when there is no way to."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise Refused("system packages are missing, and only root or sudo can install them. Run dev.py once as root.")


# ------------------------------------------------------------------------------------------------------- the checkout


def make_environment() -> None:
    """Make `.venv` hold what the lock file says, and the checkout itself as an editable package; instant when it does already."""
    inputs = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode() + str(ROOT).encode()
    stamp = hashlib.sha256(inputs).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == stamp:
        return
    print("dev.py: installing the lock file into .venv", flush=True)
    environment = child_environment()
    if subprocess.call([sys.executable, "-m", "venv", *venv_options(), str(VENV)], env=environment):
        raise Refused("the environment .venv could not be made; see the message above.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    for step in (["--require-hashes", "--no-deps", "-r", str(LOCK)], ["--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT)]):
        if subprocess.call([*pip, *step], cwd=ROOT, env=environment | {"PYTHONWARNINGS": "ignore"}):
            raise Refused("pip could not install the locked packages; see the message above, then try again.")
    STAMP.write_text(stamp)


def venv_options() -> list[str]:
    """Start over when the environment there was made by another Python or is broken, else keep it."""
    if not PYTHON.exists():
        return ["--clear"]
    asked = subprocess.run([str(PYTHON), "-c", "import sys; print(sys.version)"], capture_output=True, text=True)
    return [] if asked.stdout.strip() == sys.version else ["--clear"]


def child_environment() -> dict[str, str]:
    """What a command sees: `.venv` first, none of the caller's Python settings, and nothing taken for granted about HOME."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")}
    if not environment.get("HOME"):
        environment.pop("HOME", None)
    environment.update(
        PATH=f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}",
        VIRTUAL_ENV=str(VENV),
        PYTHONNOUSERSITE="1",
        PYTHONUTF8="1",
        PIP_ROOT_USER_ACTION="ignore",
    )
    chosen = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or "C"
    if not chosen.upper().replace("-", "").endswith("UTF8"):  # Qt insists on UTF-8 and complains on stderr
        environment["LC_ALL"] = "C.UTF-8"
    if not environment.get("XDG_RUNTIME_DIR"):  # Qt complains on stderr without one
        runtime = VENV / "runtime"
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        environment["XDG_RUNTIME_DIR"] = str(runtime)
    return environment


def python(*words: str, here: bool = False) -> int:
    """Run the environment's Python in the checkout, or in the caller's folder (`here`) when arguments are the caller's paths."""
    return subprocess.call([str(PYTHON), *words], cwd=None if here else ROOT, env=child_environment())


# ------------------------------------------------------------------------------------------------------- the commands


def demo(arguments: list[str]) -> int:
    """Play the whole loop on the sample visit, then open the head's vault."""
    return python("-m", "fieldtool", "demo", *arguments, here=True)


def run(arguments: list[str]) -> int:
    """The program itself: the window without arguments, the command line with them."""
    return python("-m", "fieldtool", *arguments, here=True)


def test(arguments: list[str]) -> int:
    """The whole suite on two processes; tests of one `xdist_group` stay together."""
    return python("-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments)


def check(arguments: list[str]) -> int:
    """Every check that runs no product code: all of them run, the exit code is 1 if one failed."""
    if arguments:
        raise Refused("check takes no arguments.")
    steps = {
        "ruff": ["-m", "ruff", "check", "."],
        "mypy": ["-m", "mypy"],
        "imports": ["-c", "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"],
        "house": ["-m", "pytest", "-q", "tests/unit/house/test_source.py", "tests/unit/house/test_lock.py"],
    }
    failed = []
    for name, words in steps.items():
        print(f"== {name}", flush=True)
        if python(*words):
            failed.append(name)
    print(f"check: {len(steps) - len(failed)} passed, {len(failed)} failed" + (f" ({', '.join(failed)})" if failed else ""))
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Ratios to floors measured in the same run."""
    return python("-m", "bench", *arguments)


def screenshots(arguments: list[str]) -> int:
    """A picture of every screen in both themes."""
    return python("-m", "tests.screens", *arguments, here=True)


def seed(arguments: list[str]) -> int:
    """Realistic records in a vault folder."""
    return python("-m", "tests.seed", *arguments, here=True)


def model(arguments: list[str]) -> int:
    """The reference model and real vaults by thousands of random histories; the suite plays a dozen."""
    os.environ.setdefault("FIELDTOOL_TEST_EFFORT", "200")
    return python("-m", "pytest", "-q", "-s", "-n0", "tests/model", *arguments)


def crash(arguments: list[str]) -> int:
    """Kill the program at random points, round after round."""
    return python("-m", "tests.campaigns.crash", *arguments)


def failing(arguments: list[str]) -> int:
    """Let the disk fail at every point of what writes to it."""
    return python("-m", "tests.campaigns.failing", *arguments)


def conform(arguments: list[str]) -> int:
    """A second validator, in an environment of its own, about every edition, language and stage of the summary."""
    return python("-m", "tests.campaigns.second_opinion", *arguments)


def mutants(arguments: list[str]) -> int:
    """Plant known faults, one at a time in a copy, and see each noticed."""
    return python("-m", "tests.campaigns.mutants", *arguments)


def fuzz(arguments: list[str]) -> int:
    """Let a coverage-guided fuzzer look for an input that the bundle reader does not refuse with a sentence."""
    return python("-m", "tests.campaigns.fuzz", *arguments)


def build(arguments: list[str]) -> int:
    """Freeze the app into one folder, then let the frozen program play the demo in a folder of its own."""
    made = python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *arguments, "pyinstaller.spec")
    if made:
        return made
    app = ROOT / "dist" / "fieldtool"
    size = sum(file.lstat().st_size for file in app.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"build: dist/fieldtool, {size / 1e6:.0f} MB", flush=True)
    with tempfile.TemporaryDirectory(prefix="fieldtool-build-") as folder:
        played = subprocess.call([str(app / "fieldtool"), "demo", "--no-window", "--out", str(Path(folder) / "demo-out")], cwd=folder)
    print("build: the frozen demo " + ("passed" if played == 0 else f"failed with exit code {played}"))
    return played


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml again, for every platform; versions in the lock stay unless `--upgrade` is passed."""
    return python(
        "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
        "--no-annotate", "--custom-compile-command", "python3 dev.py lock", "--extra", "dev", "-o", LOCK.name, *arguments, "pyproject.toml",
    )  # fmt: skip


COMMANDS = {
    "demo": Command("play the loop from headquarters to the signed summary on a sample visit, then open it", demo, WINDOW),
    "run": Command("start the app; with arguments, the command line", run, WINDOW),
    "test": Command("run every test", test, (*DISPLAY, *PROOF)),
    "check": Command("lint, strict types, import rules, house rules", check, WINDOW),
    "bench": Command("measure against floors of the same run: [GROUP ...] [--json]", bench, (*DISPLAY, *MEASURE)),
    "screenshots": Command("take a picture of every screen, or with --pages of every page of the summaries", screenshots, DISPLAY),
    "seed": Command("fill a vault folder with realistic records", seed, WINDOW),
    "model": Command("play thousands of random histories on the reference model and on real vaults", model, WINDOW),
    "crash": Command("kill -9 at random points of import, export, autosave and backup: [--rounds N] [--seed N]", crash, WINDOW),
    "failing": Command("let each single write fail, and fill a small disk: [--every N] [--part P]", failing, (*WINDOW, "gcc", "libc6-dev")),
    "conform": Command("ask a second validator about every edition, language, stage: [--lock]", conform, ("python3-venv", "openssl")),
    "mutants": Command("plant known faults one by one and see the tests notice each: [NAME ...]", mutants, (*DISPLAY, *PROOF)),
    "fuzz": Command("coverage-guided fuzzing of the bundle reader (Linux, x86-64): [--seconds N] [--seed N]", fuzz, WINDOW),
    "build": Command("freeze the app into dist/fieldtool and play its demo", build, BUILD),
    "lock": Command("resolve the dependencies again into requirements.lock", lock),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
