"""What a person says about files that left this computer; whether they arrived is known from signed receipts alone."""

from __future__ import annotations

from fieldtool.services.session import Session


def mark_handed_over(session: Session, number: int) -> None:
    """The file of that number in the ledger was given to everybody it is for."""
    for entry in session.store.bundles():
        if entry.number == number:
            session.store.hand_over(number, entry.recipients)


def forget_quarantined(session: Session, digest: bytes) -> None:
    """Throw away a file that was put aside."""
    session.store.release(digest)
