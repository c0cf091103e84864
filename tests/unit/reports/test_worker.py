"""Rendering and signing in another process: same result, progress, stopped at once, faults come back as they are."""

from __future__ import annotations

import ast
import subprocess
import sys
import time

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.rendering import UnsignedPdf
from fieldtool.reports.worker import WorkerFailed, render_in_worker, sign_in_worker
from tests.unit.reports import certificates
from tests.unit.reports.conftest import NOON
from tests.unit.reports.sample import material, sample_visit


def test_the_worker_makes_the_same_document_and_tells_its_progress(checked: CheckedSummary, unsigned: UnsignedPdf) -> None:
    steps: list[tuple[str, int, int]] = []
    made = render_in_worker(checked, lambda *step: steps.append(step))
    assert made == unsigned
    assert steps[0] == ("layout", 1, 1)
    assert steps[-1] == ("finish", 1, 1)
    assert ("layout", unsigned.pages, unsigned.pages) in steps


def test_the_key_stays_here(unsigned: UnsignedPdf) -> None:
    signed = sign_in_worker(unsigned, certificates.head(), NOON)
    assert signed.verdict.proven
    assert signed.signer == "Elena Marković"


def test_a_wish_to_stop_ends_the_worker_soon(checked: CheckedSummary) -> None:
    begun = time.monotonic()
    with pytest.raises(KnownError, match="Stopped"):
        render_in_worker(checked, cancelled=lambda: True)
    assert time.monotonic() - begun < 5


def test_a_refusal_comes_back_as_it_is() -> None:
    visit, entity, team = sample_visit()
    visit.change(visit.records["note"][0].id, text="漢")
    with pytest.raises(KnownError) as refused:
        render_in_worker(compose_checked(material(visit, entity, team)))
    assert (refused.value.code, refused.value.values["place"]) == ("summary-unprintable", "note 1: text")


def test_a_bug_in_the_pen_is_a_bug_here(unsigned: UnsignedPdf) -> None:
    class Broken(certificates.Pen):
        def sign(self, data: bytes) -> bytes:
            return b"no signature"

    honest = certificates.head()
    with pytest.raises(WorkerFailed):
        sign_in_worker(unsigned, Broken(honest.holder, certificates.issuing(), certificates.root()), NOON)


def test_importing_the_room_loads_no_pdf_library() -> None:
    """The start-up stays light: reportlab, pikepdf and pyHanko come when a document is wanted."""
    modules = "compose, leaks, rendering, signing, verify, verdict, worker, tables, press, material, record"
    code = f"import sys; from fieldtool.reports import {modules}; print(sorted({{m.partition('.')[0] for m in sys.modules}}))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"reportlab", "pikepdf", "pyhanko", "openpyxl", "cryptography", "PIL"} & set(ast.literal_eval(said))
