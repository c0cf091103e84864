"""Documents made once for the whole room: they are expensive and never changed by a test."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from fieldtool.reports.leaks import CheckedSummary, compose_checked
from fieldtool.reports.rendering import UnsignedPdf, render
from fieldtool.reports.signing import SignedPdf, sign_pdf
from tests.unit.reports import certificates
from tests.unit.reports.sample import sample_material

NOON = datetime.datetime(2022, 4, 16, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def checked() -> CheckedSummary:
    """The sample visit's internal edition in English."""
    return compose_checked(sample_material())


@pytest.fixture(scope="session")
def unsigned(checked: CheckedSummary) -> UnsignedPdf:
    """Its document."""
    return render(checked)


@pytest.fixture(scope="session")
def signed(unsigned: UnsignedPdf) -> SignedPdf:
    """Its document, signed by the head of the visit."""
    return sign_pdf(unsigned, certificates.head(), NOON, location="Nur-Sultan")


@pytest.fixture(scope="session")
def signed_file(signed: SignedPdf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The signed document as a file, for other people's tools."""
    path = tmp_path_factory.mktemp("signed") / "summary.pdf"
    path.write_bytes(signed.content)
    return path
