"""`export …`: bundles, receipts, summaries and tables out of a vault; it composes none of them itself."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.people import visit_of
from fieldtool.cli.terminal import Terminal
from fieldtool.cli.vaults import opened, passphrase_of, pin_of
from fieldtool.domain.errors import refuse
from fieldtool.domain.ids import EntityId
from fieldtool.services import exchange, records, verifying
from fieldtool.services.cards import CardKey, Token, TokenChoice, opened_card_file, opened_token

if TYPE_CHECKING:
    from fieldtool.services.exchange import Exported
    from fieldtool.services.session import Session


def bundle(call: Call) -> int:
    """`fieldtool export bundle`."""
    asked = call.arguments
    limit, bar = None if asked.max_size is None else _bytes(asked.max_size), call.terminal.bar()
    with opened(call) as session:
        visit, everything = visit_of(session, asked.visit), asked.everything
        if limit is None:
            written = [exchange.export_bundle(session, asked.out, to=asked.to, visit=visit, everything=everything, progress=bar)]
        else:
            written = exchange.export_parts(
                session, asked.out, to=asked.to, most_bytes=limit, visit=visit, everything=everything, progress=bar
            )
    for one in written:
        _tell_bundle(call.terminal, one)
    call.terminal.tell("For: {names}. Read back and whole: the medium is safe to remove.", names=", ".join(written[0].recipients))
    call.terminal.answer({"files": [_written(one) for one in written]})
    return 0


def _tell_bundle(terminal: Terminal, written: Exported) -> None:
    counts = written.facts.manifest.counts
    terminal.tell(
        "{path}: bundle {n}, {changes} changes in {segments} parts, {blobs} attachments, {size} kB ({mailed} kB as an e-mail attachment).",
        path=written.path,
        n=written.facts.manifest.n,
        changes=counts.changes,
        segments=counts.segments,
        blobs=counts.blobs,
        size=math.ceil(written.facts.size / 1000),
        mailed=math.ceil(written.facts.size * 4 / 3000),
    )


def receipt(call: Call) -> int:
    """`fieldtool export receipt`."""
    asked = call.arguments
    with opened(call) as session:
        judged = verifying.verify_file(asked.file, session=session)
        if judged.error is not None:
            raise judged.error
        if judged.kind != "bundle":
            raise refuse("file-foreign", file=asked.file.name)
        visit, sender = visit_of(session, str(judged.facts["visit"])), str(judged.facts["sender"])
        written = exchange.export_receipt(session, asked.out, to=[sender], visit=visit)
    call.terminal.tell("{path}: receipt for {names}.", path=written.path, names=", ".join(written.recipients))
    call.terminal.answer({"files": [_written(written)]})
    return 0


def summary(call: Call) -> int:
    """`fieldtool export summary`: first what is missing, then the file."""
    from fieldtool.services import summary as summaries

    asked = call.arguments
    with opened(call) as session:
        visit = visit_of(session, asked.visit)
        gaps = summaries.completeness(session, visit)
        for gap in gaps:
            call.terminal.warn("{count} × {gap}", count=gap.count, gap=call.terminal.words(_GAPS.get(gap.key, gap.key)))
        write = _write_press if asked.edition == "press" else _write_signed if asked.sign else _write_draft
        answer = write(call, session, visit)
    answer |= {"file": str(asked.out), "edition": asked.edition, "language": asked.language, "signed": bool(asked.sign)}
    call.terminal.answer({**answer, "gaps": [{"gap": g.key, "count": g.count, "hinders": g.hinders} for g in gaps]})
    return 0


def _write_draft(call: Call, session: Session, visit: EntityId) -> dict[str, object]:
    from fieldtool.reports.document import Edition
    from fieldtool.services import summary as summaries

    asked = call.arguments
    made = summaries.export_draft(
        session, asked.out, visit=visit, edition=Edition(asked.edition), language=asked.language, progress=call.terminal.bar()
    )
    call.terminal.tell("{path}: a draft, {pages} pages, marked as one.", path=asked.out, pages=made.pages)
    return {"pages": made.pages}


def _write_signed(call: Call, session: Session, visit: EntityId) -> dict[str, object]:
    from fieldtool.reports.document import Edition
    from fieldtool.services import summary as summaries

    asked = call.arguments
    with _signing_key(call, session, visit) as key:
        signed = summaries.sign_summary(
            session, asked.out, key, visit=visit, edition=Edition(asked.edition), language=asked.language, progress=call.terminal.bar()
        )
    call.terminal.tell("{path}: {sentence}", path=asked.out, sentence=call.terminal.sentence(signed.remarks))
    return {"sha256": signed.sha256, "record_sha256": signed.record_sha256, "signer": signed.signer, "record": signed.record}


@contextmanager
def _signing_key(call: Call, session: Session, visit: EntityId) -> Iterator[str | CardKey]:
    """What opens the document key, for this one use: a person at a terminal is asked again; or the organisation's own card, opened."""
    asked = call.arguments
    if asked.token is not None:
        choice = TokenChoice(asked.token, asked.token_name, asked.token_key)
        with opened_token(session, choice, lambda token: _token_pin(call, token), visit=visit) as key:
            yield key
    elif asked.card is not None:
        with opened_card_file(asked.card, pin_of(call)) as key:
            yield key
    else:
        yield passphrase_of(call, "Passphrase, to sign: ")


def _token_pin(call: Call, token: Token) -> str | None:
    """The PIN of a card in a reader; the last one it will take is typed by a person who was told so. None: the reader asks."""
    from_file = call.arguments.pin_file is not None
    if token.keypad and not from_file:
        call.terminal.warn("Type the PIN of {token} at the reader.", token=token.name)
        return None
    if token.last_try and from_file:
        raise refuse("token-last-try", token=token.name)
    if token.last_try:
        call.terminal.warn("The next wrong PIN locks {token}.", token=token.name)
    return pin_of(call)


def _write_press(call: Call, session: Session, visit: EntityId) -> dict[str, object]:
    """With --sign the head approves the text first; without it only an approved one leaves, unless it says that it is a draft."""
    from fieldtool.services import press

    asked = call.arguments
    if asked.sign:
        press.approve_press(session, passphrase_of(call, "Passphrase, to approve: "), visit=visit, language=asked.language)
    text = press.export_press(session, asked.out, visit=visit, language=asked.language, draft=asked.draft)
    if text.approved_by:
        call.terminal.tell("{path}: the press text, approved by {name}.", path=asked.out, name=text.approved_by)
    else:
        call.terminal.tell("{path}: a draft of the press text, marked as one.", path=asked.out)
    return {"sha256": text.sha256, "approved_by": text.approved_by or None, "approved_at": text.approved_at or None}


def table(call: Call) -> int:
    """`fieldtool export table KIND`."""
    from fieldtool.services.tables import export_table

    asked = call.arguments
    with opened(call) as session:
        visit = session.find_visit(asked.visit) if asked.visit else None
        rows = export_table(session, asked.kind, asked.out, visit=visit, language=call.terminal.language)
    call.terminal.tell("{path}: {rows} rows.", path=asked.out, rows=rows)
    call.terminal.answer({"file": str(asked.out), "rows": rows})
    return 0


def attachment(call: Call) -> int:
    """`fieldtool export attachment ID`."""
    from fieldtool.services.attachments import save_attachment

    asked = call.arguments
    if asked.out.exists():
        raise refuse("file-exists", file=asked.out.name)
    with opened(call) as session:
        entity = records.find_id(session, asked.id)
        size = save_attachment(session, entity, asked.out, progress=call.terminal.bar())
    call.terminal.tell("{path}: {size} bytes.", path=asked.out, size=size)
    call.terminal.answer({"file": str(asked.out), "id": entity, "size": size})
    return 0


_UNITS = {"": 1, "B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30}


def _bytes(typed: str) -> int:
    """A size such as 10MB, 700 kB, 1.5GB. Raises `KnownError` value-refused."""
    found = re.match(r"\s*(\d{1,9}(?:[.,]\d{1,3})?)\s*([A-Za-z]*)\s*\Z", typed)
    if found is None or found[2].upper() not in _UNITS:
        raise refuse("value-refused", kind="bundle", field="size", value=typed, reason="a size is written 10MB")
    return int(float(found[1].replace(",", ".")) * _UNITS[found[2].upper()])


def _written(written: Exported) -> dict[str, object]:
    manifest = written.facts.manifest
    return {
        "file": str(Path(written.path)),
        "type": manifest.type.value,
        "n": manifest.n,
        "visit": manifest.visit,
        "recipients": list(written.recipients),
        "changes": manifest.counts.changes,
        "segments": manifest.counts.segments,
        "attachments": manifest.counts.blobs,
        "size": written.facts.size,
        "sha256": written.facts.sha256.hex(),
    }


_GAPS = {
    "strict-conflict": "open conflict about attribution or marking",
    "conflict": "open conflict",
    "meeting-not-held": "meeting not marked as held",
    "meeting-without-note": "meeting without a note",
    "meeting-without-summary": "meeting without a summary",
    "priority-never-raised": "priority recommendation that nobody raised",
    "finding-missing": "recommendation that was raised and has no finding",
    "finding-draft": "finding still a draft",
    "quote-not-cleared": "quote not cleared by its speaker: it stays in the internal edition",
    "comment-open": "comment not settled",
    "action-without-owner": "action point without an owner",
    "segment-waiting": "part of a bundle waiting for another",
}
