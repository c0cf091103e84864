"""Identity requests: what a newcomer says of their keys, and that nobody can change a bit of it on the way to headquarters."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.authority import Role
from fieldtool.domain.values import canonical
from fieldtool.identity.certificates import Use, issued_by, read_certificate
from fieldtool.identity.keyfile import to_base64
from fieldtool.identity.pen import REQUEST_TYPE, SEGMENT_TYPE
from fieldtool.identity.requests import LARGEST, certify, looks_like_request, make_request, read_request
from tests.unit.identity.members import Member, code_of, counted, flipped, organisation


@pytest.fixture(scope="module")
def newcomer() -> Member:
    return organisation().newcomer


def request_of(member: Member, name: str = "", **more: str) -> bytes:
    return make_request(member.pen, member.envelope.document_certificate, member.reader.recipient, name=name or member.name, **more)


@pytest.fixture(scope="module")
def raw(newcomer: Member) -> bytes:
    return request_of(newcomer, name_latin="Narek Sargsyan", installation="laptop 7")


def resigned(member: Member, raw: bytes, change: Callable[[dict[str, Any]], None], kind: str = REQUEST_TYPE) -> bytes:
    """The request changed and signed anew, as a dishonest newcomer can."""
    members = json.loads(raw)
    del members["signature"]
    change(members)
    signature = member.pen.sign(kind, canonical(members).encode())
    return canonical({**members, "signature": to_base64(signature)}).encode() + b"\n"


def test_it_is_read_back_as_it_was_written(newcomer: Member, raw: bytes) -> None:
    request = read_request(raw)
    assert (request.name, request.name_latin, request.installation) == (newcomer.name, "Narek Sargsyan", "laptop 7")
    assert request.recipient == newcomer.reader.recipient
    assert request.key == newcomer.key
    assert looks_like_request(raw)
    assert len(raw) < 4_000


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=200).filter(lambda t: t.strip() and t.isprintable()))
def test_any_printable_name_goes_through(name: str) -> None:
    newcomer = organisation().newcomer
    assert read_request(request_of(newcomer, name)).name in (name, json.loads(canonical(name)))


def test_every_bit_flip_every_truncation_and_every_addition_is_refused(raw: bytes) -> None:
    found = {code_of(lambda bit=bit: read_request(flipped(raw, bit))) for bit in range(len(raw) * 8)}  # type: ignore[misc]
    found |= {code_of(lambda end=end: read_request(raw[:end])) for end in range(len(raw))}  # type: ignore[misc]
    found |= {code_of(lambda more=more: read_request(raw + more)) for more in (b"\0", b"\n", raw)}  # type: ignore[misc]
    assert found == {"request-altered"}


@pytest.mark.parametrize("bad", [b"", b"\n", b"{}\n", b"[]\n", b"\xff\n", b"PK\x03\x04", b'{"certificate":"' + b"A" * LARGEST])
def test_what_is_no_request_is_refused(bad: bytes) -> None:
    assert code_of(lambda: read_request(bad)) == "request-altered"


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.update(name=""),
        lambda m: m.update(name=" "),
        lambda m: m.update(name="x" * 201),
        lambda m: m.update(name="Анна\u202e"),
        lambda m: m.update(name="Анна\n"),
        lambda m: m.update(name=None),
        lambda m: m.update(installation=""),
        lambda m: m.update(recipient="age1"),
        lambda m: m.update(recipient=m["recipient"].upper()),
        lambda m: m.update(extra="x"),
        lambda m: m.update(format=0),
        lambda m: m.update(format=True),
        lambda m: m.update(what="another request"),
        lambda m: m.pop("document_certificate"),
        lambda m: m.update(document_certificate=m["certificate"]),
        lambda m: m.update(certificate=m["document_certificate"]),
        lambda m: m.update(certificate=to_base64(organisation().head.pen.self_certificate)),
        lambda m: m.update(certificate=to_base64(organisation().expert.chain[0])),
        lambda m: m.update(document_certificate=to_base64(organisation().root.certificate)),
        lambda m: m.update(document_certificate=to_base64(organisation().head.card().document_certificate or b"")),  # held by somebody else
        lambda m: m.update(certificate=m["certificate"] + "\n"),
    ],
)
def test_a_request_by_other_rules_is_refused_though_signed(newcomer: Member, raw: bytes, change: Callable[[dict[str, Any]], None]) -> None:
    assert resigned(newcomer, raw, lambda m: None) == raw
    assert code_of(lambda: read_request(resigned(newcomer, raw, change))) == "request-altered"


def test_somebody_elses_signature_or_a_signature_over_something_else_is_refused(newcomer: Member, raw: bytes) -> None:
    head = organisation().head
    assert code_of(lambda: read_request(resigned(head, raw, lambda m: None))) == "request-altered"
    assert code_of(lambda: read_request(resigned(newcomer, raw, lambda m: None, SEGMENT_TYPE))) == "request-altered"


def test_a_newer_request_is_named(newcomer: Member, raw: bytes) -> None:
    assert code_of(lambda: read_request(resigned(newcomer, raw, lambda m: m.update(format=2, more=[])))) == "bundle-newer"


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\nb", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_not_asked_with(newcomer: Member, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        make_request(newcomer.pen, newcomer.envelope.document_certificate, newcomer.reader.recipient, name=name)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.HEAD, Role.DEPUTY, Role.SERVICE])
def test_headquarters_certifies_the_keys_that_were_asked_for(newcomer: Member, raw: bytes, role: Role) -> None:
    org, request = organisation(), read_request(raw)
    issued = certify(org.hq.pen, request, role, randomness=counted(3))
    signing, document = read_certificate(issued.certificate), read_certificate(issued.document_certificate)
    assert (signing.use, document.use) == (Use.INSTALLATION, Use.DOCUMENT)
    assert signing.key == newcomer.key
    assert document.key == read_certificate(newcomer.envelope.document_certificate).key
    assert signing.organisation == document.organisation == "Sample organisation"
    for certificate in (signing, document):
        assert issued_by(certificate, read_certificate(org.hq.chain[0]))


def test_headquarters_is_certified_by_the_root_alone(raw: bytes) -> None:
    org, request = organisation(), read_request(raw)
    assert code_of(lambda: certify(org.hq.pen, request, Role.HQ)) == "role-needed"
    issued = certify(org.root, request, Role.HQ)
    for der in (issued.certificate, issued.document_certificate):
        assert issued_by(read_certificate(der), read_certificate(org.root.certificate))
    assert read_certificate(issued.certificate).use is Use.HEADQUARTERS


def test_nobody_else_certifies_anybody(newcomer: Member, raw: bytes) -> None:
    org, request = organisation(), read_request(raw)
    for issuer in (org.head.pen, org.expert.pen, newcomer.pen, org.root):
        assert code_of(lambda issuer=issuer: certify(issuer, request, Role.EXPERT)) == "role-needed"  # type: ignore[misc]
