"""A lost laptop: once its key is revoked nobody encrypts anything to it, by its name or as one of the team."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.domain.errors import KnownError
from fieldtool.services import exchange, importing, people
from fieldtool.services.session import Session


def test_nothing_is_encrypted_to_a_revoked_installation_and_nobody_revokes_their_own(copy: Path, unlock: Callable[[str], Session]) -> None:
    headquarters, lost = unlock("hq"), unlock("expert-1")
    (visit,) = (v.id for v in headquarters.visits())
    before = exchange.recipients_of(headquarters, visit, ["team"])
    assert lost.key in {c.key for c in before}
    people.revoke(headquarters, lost.name, visit=visit)
    written = exchange.export_bundle(headquarters, copy / "after.ftbundle", to=["team"], visit=visit)
    assert len(written.recipients) == len(before) - 1
    assert lost.key not in {r.key for r in written.facts.manifest.recipients}
    for refused_for, code in ((lost.name, "person-unknown"), (headquarters.name, "role-needed")):
        with pytest.raises(KnownError) as refused:
            people.revoke(headquarters, refused_for, visit=visit)
        assert refused.value.code == code
    with pytest.raises(KnownError) as unread:
        importing.import_file(lost, written.path)
    assert unread.value.code == "bundle-not-for-you"
