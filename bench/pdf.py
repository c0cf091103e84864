"""The summary's document: short and long, tagging's share, size, and two other ways of making a PDF of the same content."""

from __future__ import annotations

import datetime
import functools
import gc
import html
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from bench import Case, interleave, median, timed
from fieldtool.domain.errors import KnownError
from fieldtool.reports import layout
from fieldtool.reports.document import VisitSummary
from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.material import SummaryMaterial
from fieldtool.reports.rendering import render
from fieldtool.reports.signing import sign_pdf
from fieldtool.reports.structure import Node, Structure
from fieldtool.reports.worker import render_in_worker
from tests.unit.reports import certificates
from tests.unit.reports.sample import material, sample_visit

SHORT_PAGES, LONG_PAGES, MANY_NOTES = 12, 500, 10_000
NOON = datetime.datetime(2022, 4, 16, 12, 0, tzinfo=datetime.UTC)
_SAID = (
    "The commission described the amendments adopted since the last election and the training given to lower-level commissions. ",
    "Комиссия сообщила, что проект постановления обсуждается с участием гражданского общества и будет опубликован до конца года. ",
    "Interlocutors noted that guidance had not reached all regions in the languages used locally before polling day. ",
    "Құжаттың жобасы жарияланады, ал талқылау қыркүйек айында жалғасады; ұсыныстар ескеріледі. ",
)


def cases(rounds: int) -> Iterator[Case]:
    """Whole ways from records to a verified signature, then shares and peers."""
    few = max(1, min(rounds, 5))
    short = visit_of(SHORT_PAGES)
    whole(short)  # the libraries' own imports are no part of any figure
    yield Case(
        f"{pages_of(short)} pages: compose, lay out, finish, search, sign, read back (ms; limit)",
        500,
        _median(few, lambda: whole(short)),
        1,
    )
    long = visit_of(LONG_PAGES)  # only now: so many objects slow everything else down
    long_once = timed(lambda: whole(long))()
    yield Case(f"{pages_of(long)} pages: the same (ms; limit)", 15_000, long_once, 1)
    checked = compose_checked(short)
    tagged = interleave(
        few, {"plain": timed(lambda: _laid_out(checked, tagged=False)), "ours": timed(lambda: _laid_out(checked, tagged=True))}
    )
    yield Case(
        f"tagging: layout with structure / without, {pages_of(short)} pages (ms)", median(tagged["plain"]), median(tagged["ours"]), 1.15
    )
    yield Case(f"signed file of {pages_of(short)} pages (kB; limit)", 130, len(whole(short)) / 1000, 1)
    yield from _against_peers(few, checked)
    yield Case(f"longest wait of another thread while {MANY_NOTES} notes become a summary (ms; limit)", 100, _longest_wait(), 1)


def _against_peers(rounds: int, checked: CheckedSummary) -> Iterator[Case]:
    """The same texts and tables as a PDF by others: neither is tagged, attested or signed there, ours is tagged and finished."""
    page, source = html_of(checked.summary).encode(), typst_of(checked.summary)
    runs = {
        "ours": timed(lambda: render(checked)),
        "weasyprint": lambda: _by_weasyprint(page),
        "typst": timed(lambda: _by_typst(source)),
    }
    taken = interleave(rounds, runs)
    for peer in ("weasyprint", "typst"):
        yield Case(f"unsigned document / {peer}, equal content (ms)", median(taken[peer]), median(taken["ours"]), 1)


def _longest_wait() -> float:
    """Milliseconds that the window's thread would stand still while another composes, checks and hands over to the worker."""
    content = noted(MANY_NOTES)
    over = threading.Event()

    def work() -> None:
        try:
            checked = compose_checked(content)
            begun = time.monotonic()
            with suppress(KnownError):  # the wish to stop
                render_in_worker(checked, cancelled=lambda: time.monotonic() - begun > 1)
        finally:
            over.set()

    thread = threading.Thread(target=work)
    longest, last = 0.0, time.perf_counter()
    with _collecting_as_the_window_does():
        thread.start()
        while not over.is_set():
            time.sleep(0.005)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
    thread.join()
    return longest * 1000


@contextmanager
def _collecting_as_the_window_does() -> Iterator[None]:
    """The window freezes what it was started with and looks for garbage less often (`ui.gate`)."""
    kept = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*kept)
        gc.unfreeze()


def _median(rounds: int, work: Callable[[], object]) -> float:
    return median(interleave(rounds, {"ours": timed(work)})["ours"])


def whole(content: SummaryMaterial) -> bytes:
    """From records to a signed document; signing reads it back and verifies it."""
    return sign_pdf(render(compose_checked(content)), certificates.head(), NOON).content


def visit_of(pages: int) -> SummaryMaterial:
    """A visit whose summary has about that many pages."""
    visit, entity, team = sample_visit()
    meetings = [m.id for m in visit.records["meeting"] if m.fields["marking"] == "internal"]
    recommendations = [r.id for r in visit.records["recommendation"][:25]]
    if pages == SHORT_PAGES:
        visit.change(entity, scope="selected", selected=recommendations[:14])
        for kind in ("note", "position", "progress", "assistance", "action"):
            kept = [
                r
                for r in visit.records[kind]
                if not {*_ids(r.fields.get("recommendations")), r.fields.get("recommendation")} & {*recommendations[14:]}
            ]
            visit.records[kind] = kept
    for number in range(round((pages - 17) * 6.52) if pages > SHORT_PAGES else 0):
        said = "".join(_SAID[(number + i) % len(_SAID)] for i in range(4))
        fields = {"visit": entity, "meeting": meetings[number % len(meetings)], "kind": "statement", "language": "en"}
        visit.add("note", {**fields, "text": f"{number}: {said}", "recommendations": [recommendations[number % 25]]})
    return material(visit, entity, team)


def noted(notes: int) -> SummaryMaterial:
    """The sample visit with that many notes more."""
    visit, entity, team = sample_visit()
    meetings = [m.id for m in visit.records["meeting"] if m.fields["marking"] == "internal"]
    recommendations = [r.id for r in visit.records["recommendation"][:25]]
    for number in range(notes):
        fields = {"visit": entity, "meeting": meetings[number % len(meetings)], "kind": "statement", "language": "en"}
        said = _SAID[number % len(_SAID)] + _SAID[(number + 1) % len(_SAID)]
        visit.add("note", {**fields, "text": f"{number}: {said}", "recommendations": [recommendations[number % 25]]})
    return material(visit, entity, team)


def _ids(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


@functools.cache
def _pages(sha256: str, content: Callable[[], SummaryMaterial]) -> int:
    return render(compose_checked(content())).pages


def pages_of(content: SummaryMaterial) -> int:
    """How many pages the summary really has."""
    checked = compose_checked(content)
    return _pages(checked.record.sha256, lambda: content)


class PlainCanvas(Canvas):
    """A canvas without structure: what the layout costs by itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.structure = Structure()
        self.counting = False

    def begin(self, node: Node) -> None:
        """Note nothing."""

    def end(self) -> None:
        """Note nothing."""

    def artifact(self, kind: str = "") -> Any:
        """Mark nothing."""
        return nullcontext()


@contextmanager
def _canvas(kind: type) -> Iterator[None]:
    names = vars(layout)
    kept = names["TaggedCanvas"]
    names["TaggedCanvas"] = kind
    try:
        yield
    finally:
        names["TaggedCanvas"] = kept


def _laid_out(checked: CheckedSummary, tagged: bool) -> float:
    with nullcontext() if tagged else _canvas(PlainCanvas):
        begun = time.perf_counter()
        layout.lay_out(checked.summary, checked.record)
        return time.perf_counter() - begun


# --- the same content for others


def html_of(summary: VisitSummary) -> str:
    """The texts and tables of a summary as a page of HTML."""
    out = [f"<html lang=en><title>Summary</title><style>{_CSS}</style><h1>{html.escape(summary.cover.reference)}</h1>"]
    for title, rows in _tables(summary):
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows)
        out.append(f"<h2>{html.escape(title)}</h2><table>{cells}</table>")
    for key, texts in _blocks(summary):
        out.append(f"<h2>{html.escape(key)}</h2>" + "".join(f"<p>{html.escape(t)}</p>" for t in texts))
    return "".join(out)


def typst_of(summary: VisitSummary) -> str:
    """The same for typst, every text as a string."""
    out = ['#set page(paper: "a4", margin: 25mm, numbering: "1 / 1")\n#set text(font: "Noto Sans", size: 10pt)\n']
    for title, rows in _tables(summary):
        cells = ", ".join(f"[#{_quoted(c)}]" for row in rows for c in row)
        out.append(f"= #{_quoted(title)}\n#table(columns: {len(rows[0])}, {cells})\n")
    for key, texts in _blocks(summary):
        out.append(f"== #{_quoted(key)}\n" + "\n\n".join(f"#{_quoted(t)}" for t in texts) + "\n")
    return "\n".join(out)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_CSS = (
    "@page{size:A4;margin:25mm;@bottom-right{content:counter(page) ' / ' counter(pages)}}"
    "body{font:10pt/14pt 'Noto Sans','Noto Sans Georgian'} td{font-size:8.5pt;border-bottom:.35pt solid #ccc}"
)


def _tables(summary: VisitSummary) -> Iterator[tuple[str, list[list[str]]]]:
    matrix = summary.coverage
    said = [
        [r.key, "; ".join(f"{t.text} {n}" for t, n in zip(matrix.types, r.counts, strict=True) if n), str(sum(r.counts))]
        for r in matrix.rows
    ]
    yield "Coverage", said
    yield (
        "Meetings",
        [[str(m.number), m.start, "; ".join(p.name for p in m.parties), m.place, m.attribution.text] for m in summary.meetings],
    )
    yield (
        "Overview",
        [[r.key, "; ".join(t.text for t in r.themes), "; ".join(p.value.text for p in r.positions)] for r in summary.recommendations],
    )


def _blocks(summary: VisitSummary) -> Iterator[tuple[str, list[str]]]:
    for entry in summary.recommendations:
        notes = [summary.note(number) for number in entry.note_numbers]
        heads = [text for note in notes for text in (f"{note.kind.text} {note.source} {note.attribution.text}", note.text)]
        yield entry.key, [entry.text, "; ".join(entry.addressees), *heads]
    plans = [n for n in summary.notes if n.kind.word in ("plan announced", "commitment", "obstacle")]
    yield "Plans and obstacles", [n.text for n in plans]


_WEASYPRINT = """
import sys, time
import weasyprint
page = sys.stdin.buffer.read().decode()
weasyprint.HTML(string="<p>warm</p>").write_pdf()
begun = time.perf_counter()
weasyprint.HTML(string=page).write_pdf()
print((time.perf_counter() - begun) * 1000)
"""


def _by_weasyprint(page: bytes) -> float:
    """Debian's weasyprint, in the system's Python; its start and imports are not counted."""
    child = subprocess.run(["/usr/bin/python3", "-c", _WEASYPRINT], input=page, stdout=subprocess.PIPE, check=True)
    return float(child.stdout)


def _by_typst(source: str) -> bytes:
    import typst

    content: bytes = typst.compile(source.encode())
    return content
