"""Comments of colleagues from the command line: written on a received draft, travelling, answered, settled, and in no edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.commands import Desk


def said(desk: Desk, on: str, text: str) -> str:
    """A new comment's id."""
    path = desk.files / "comment.txt"
    path.write_text(text + "\n", "utf-8")
    return str(desk.json("comments", "write", on, "--text-file", path)["id"])


def listed(desk: Desk, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.json("comments", "list", *words)["items"]
    return found


def handed(sender: Desk, receiver: Desk, to: str, path: Path) -> None:
    sender.done("export", "bundle", "--to", to, "-o", path)
    receiver.done("import", path)


def test_a_comment_reaches_the_head_is_answered_and_settled_and_a_late_answer_opens_it_again(
    head: Desk, expert: Desk, tmp_path: Path
) -> None:
    comment = said(expert, "Препятствия", "#P-02 The date is missing.\nAnd the place.")
    handed(expert, head, "Elena Marković", tmp_path / "1.ftbundle")
    (found,) = listed(head)
    assert (found["author"], found["section"], found["text"]) == ("Tomas Lindqvist", "obstacles", "The date is missing.\nAnd the place.")
    recommendations = {r["id"]: r["key"] for r in head.items("recommendations")}
    assert recommendations[found["record"]] == "KAZ-2021-PAR-P-02"
    assert comment in head.done("search", "missing place").out
    said(expert, comment, "It was in April.")  # the head has not seen that when she settles it
    said(head, comment[:18], "I shall ask.")
    assert head.json("comments", "settle", comment)["open"] == 0
    assert listed(head) == []
    assert [c["settled"] for c in listed(head, "--all")] == [True, True]
    handed(expert, head, "Elena Marković", tmp_path / "2.ftbundle")
    assert [(c["text"].splitlines()[0], c["answers"] and "answer", c["settled"]) for c in listed(head)] == [
        ("The date is missing.", None, True),
        ("It was in April.", "answer", False),
        ("I shall ask.", "answer", True),
    ]
    assert head.json("comments", "settle", comment)["open"] == 0
    assert head.json("comments", "settle", comment)["changes"] == 0
    assert head.json("comments", "reopen", comment)["open"] == 1
    gaps = head.json("export", "summary", "--draft", "-o", tmp_path / "draft.pdf")["gaps"]
    assert {"gap": "comment-open", "count": 1, "hinders": False}.items() <= next(g for g in gaps if g["gap"] == "comment-open").items()
    handed(head, expert, "Tomas Lindqvist", tmp_path / "3.ftbundle")
    assert listed(expert) == listed(head)


@pytest.mark.parametrize(
    ("on", "text", "code"),
    [
        ("obstacles", "   ", "value-missing"),
        ("conclusions", "There is no such section.", "record-unknown"),
        ("0190", "Nor such a record.", "record-unknown"),
    ],
)
def test_a_comment_without_words_or_on_nothing_is_refused(head: Desk, on: str, text: str, code: str) -> None:
    path = head.files / "comment.txt"
    path.write_text(text, "utf-8")
    outcome = head.run("--json", "comments", "write", on, "--text-file", path)
    assert (outcome.code, outcome.json["error"]["code"]) == (1, code)
    assert listed(head, "--all") == []


def test_only_a_comment_can_be_settled_and_only_one_that_is_there(head: Desk) -> None:
    recommendation = head.items("recommendations")[0]["id"]
    outcome = head.run("--json", "comments", "settle", recommendation)
    assert (outcome.code, outcome.json["error"]["code"]) == (1, "value-refused")
    first = said(head, recommendation, "On the wording.")
    answer = said(head, first, "Agreed.")
    head.done("delete", first)
    (left,) = listed(head)  # the answer stands for itself now
    assert (left["id"], left["section"], left["answers"]) == (answer, "recommendations", None)
    outcome = head.run("--json", "comments", "reopen", first)
    assert (outcome.code, outcome.json["error"]["code"]) == (1, "record-unknown")
    (people,) = [head.done("--lang", "ru", "comments", "list").out]
    assert "открыт" in people
    assert "Рекомендации" in people
