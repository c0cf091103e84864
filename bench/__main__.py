"""`python -m bench`: runs groups of cases and prints one table, or JSON; it never decides what is measured."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import bench
from bench import Case


def main(arguments: Sequence[str]) -> int:
    """Run the groups named, or all; 0 when they ran, whether the goals are met or not."""
    groups = group_names()
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Ratios to floors measured in the same run.")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"any of: {' '.join(groups)} (default: all)")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of the table")
    parser.add_argument("--rounds", type=int, default=11, help="counted rounds of each case (default 11)")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.groups if name not in groups]:
        parser.error(f"no such group: {' '.join(unknown)} (there are: {' '.join(groups)})")
    if options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    cases = list(run(options.groups or groups, options.rounds))
    print(json.dumps([case.as_json() for case in cases], ensure_ascii=False, indent=1) if options.json else table(cases))
    return 0


def group_names() -> list[str]:
    """Every module of the folder that is a group, in alphabetical order."""
    modules = pkgutil.iter_modules([str(folder) for folder in map(Path, bench.__path__)])
    return sorted(module.name for module in modules if not module.ispkg and not module.name.startswith("_"))


def run(groups: Sequence[str], rounds: int) -> Iterator[Case]:
    """The cases of each group as they are measured; progress goes to stderr."""
    for name in groups:
        print(f"bench: {name} …", file=sys.stderr, flush=True)
        yield from importlib.import_module(f"bench.{name}").cases(rounds)


def table(cases: Sequence[Case]) -> str:
    """The cases as lines of aligned columns."""
    rows = [("case", "floor", "ours", "ratio", "goal", "met")]
    for case in cases:
        ratio = "" if case.ratio is None else f"{case.ratio:.2f} ×"
        goal = f"≤ {case.goal:g}" + ("" if case.ratio is None else " ×")
        rows.append((case.name, figure(case.floor), figure(case.ours), ratio, goal, "met" if case.met else "not met"))
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join("  ".join(map(aligned, row, widths, (True, False, False, False, False, True))) for row in rows)


def aligned(cell: str, width: int, words: bool) -> str:
    """Words to the left of their column, numbers to the right."""
    return cell.ljust(width) if words else cell.rjust(width)


def figure(value: float) -> str:
    """Three significant digits, thousands apart."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
