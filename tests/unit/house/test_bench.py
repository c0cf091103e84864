"""The arithmetic of the benchmark frame: ratios, verdicts, rounds and the printed keys; it times nothing."""

import json

import pytest

from bench import Case, interleave, percentile
from bench.__main__ import group_names, main, table


def test_a_goal_is_met_up_to_its_ratio_and_no_further() -> None:
    assert Case("a", 100, 130, 1.3).met
    assert not Case("a", 100, 130.001, 1.3).met


def test_a_count_that_must_be_nought() -> None:
    assert Case("imports", 0, 0, 0).met
    assert not Case("imports", 0, 1, 0).met
    assert Case("imports", 0, 1, 0).ratio is None


def test_json_has_exactly_the_promised_keys() -> None:
    assert list(Case("a", 2, 3, 1.3).as_json()) == ["case", "floor", "ours", "ratio", "goal", "met"]
    assert json.loads(json.dumps(Case("a", 2, 3, 1.3).as_json()))["ratio"] == 1.5


def test_rounds_interleave_turn_about_and_drop_the_warm_up() -> None:
    order: list[str] = []

    def run(name: str) -> float:
        order.append(name)
        return float(len(order))

    taken = interleave(3, {"floor": lambda: run("floor"), "ours": lambda: run("ours")})

    assert order == ["ours", "floor", "floor", "ours", "ours", "floor", "floor", "ours"]
    assert taken == {"floor": [3.0, 6.0, 7.0], "ours": [4.0, 5.0, 8.0]}


@pytest.mark.parametrize(("percent", "expected"), [(50, 5), (95, 10), (90, 9), (100, 10), (1, 1)])
def test_percentile_is_a_measured_figure(percent: float, expected: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == expected


def test_the_table_says_met_and_not_met() -> None:
    lines = table([Case("short", 10, 12, 1.3), Case("much longer", 1000, 2500, 1.3)]).splitlines()
    assert lines[1].split() == ["short", "10", "12", "1.20", "×", "≤", "1.3", "×", "met"]
    assert lines[2].split()[-3:] == ["×", "not", "met"]


def test_an_unknown_group_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nowhere"])
    assert "no such group: nowhere" in capsys.readouterr().err
    assert "start" in group_names()
