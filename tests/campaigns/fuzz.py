"""`dev.py fuzz [--seconds N]`: a coverage-guided fuzzer on every layer of the bundle reader; what it finds is kept and tried by the suite.

Seeds are good files and the hostile corpus. Whatever is raised and is no sentence is a finding: its input goes into the folder `findings`
beside this file, and the run fails.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

INSIDE = "--inside"


def main(arguments: list[str]) -> int:
    """Outside: write the seeds, run the fuzzer in a process of its own, count the findings. Inside: fuzz; it never returns."""
    if arguments[:1] == [INSIDE]:
        return fuzz(Path(arguments[1]), arguments[2:])
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    asked = parser.parse_args(arguments)
    from tests.campaigns.reading import FINDINGS, read, seeds

    with tempfile.TemporaryDirectory(prefix="fieldtool-fuzz-") as folder:
        corpus, fresh = Path(folder) / "corpus", Path(folder) / "found"
        corpus.mkdir()
        fresh.mkdir()
        for content in seeds():
            read(content)
            (corpus / hashlib.sha256(content).hexdigest()).write_bytes(content)
        words = [sys.executable, "-m", "tests.campaigns.fuzz", INSIDE, str(fresh), str(corpus), f"-max_total_time={asked.seconds}"]
        done = subprocess.run([*words, "-max_len=4096", "-timeout=20", "-rss_limit_mb=2048", f"-seed={asked.seed}", "-print_final_stats=1"])
        found = sorted(fresh.iterdir())
        for path in found:
            FINDINGS.mkdir(exist_ok=True)
            kept = FINDINGS / f"{path.stem}.bin"
            kept.write_bytes(path.read_bytes())
            print(f"FOUND: {FINDINGS.name}/{kept.name}")
        grown = len(list(corpus.iterdir()))
    print(f"fuzz: {asked.seconds} s, {grown} inputs that reach something of their own, {len(found)} findings")
    return 1 if found or done.returncode else 0


def fuzz(fresh: Path, options: list[str]) -> int:
    """Run the fuzzer over the instrumented reader, keeping one input for each place where something unexpected was raised."""
    import atheris  # here: it instruments what is imported after it

    with atheris.instrument_imports(include=["fieldtool"]):
        from tests.campaigns.reading import read
    seen: set[tuple[str, int]] = set()

    def one(data: bytes) -> None:
        try:
            read(data)
        except Exception as error:  # noqa: BLE001  anything that is no sentence is what we look for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = type(error).__name__, last.lineno or 0
            if place not in seen:
                seen.add(place)
                traceback.print_exc()
                name = f"{type(error).__name__}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
                (fresh / name).write_bytes(data)

    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={fresh}/"], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
