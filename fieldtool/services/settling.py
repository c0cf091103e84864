"""What follows from a visit's admin stream, brought about: verdicts, one's own certificate, redactions; it writes into no stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fieldtool.domain.ids import EntityId
from fieldtool.services.judging import judge_anew
from fieldtool.services.redaction import apply_redactions
from fieldtool.services.session import Session


@contextmanager
def settled_afterwards(session: Session, visit: EntityId) -> Iterator[None]:
    """The block writes into the visit's admin stream, or brings what revocations speak of; what follows is brought about behind it.

    Where this process dies in between, or the block fails, the next opening of the vault does it.
    """
    session.leave_to_settle({*session.left_to_settle(), visit})
    yield
    settle(session, visit)
    session.leave_to_settle(session.left_to_settle() - {visit})


def settle(session: Session, visit: EntityId) -> None:
    """Judge what is here by the admin stream as it stands; done again it changes nothing."""
    session.forget_trust()
    judge_anew(session, visit)
    session.adopt_card(visit)
    apply_redactions(session, visit)


def settle_what_is_left(session: Session) -> None:
    """Bring about what a process that died has left, and judge what a revoked installation has sealed since."""
    if session.root is not None and session.store.may_write:
        for visit in sorted(session.left_to_settle()):
            with session.store.held(), settled_afterwards(session, visit):
                pass
