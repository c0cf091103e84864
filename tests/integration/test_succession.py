"""A new root: every vault follows it by itself and says so; what was signed before and after holds; a second successor is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldtool.domain.errors import ExitCode, KnownError
from fieldtool.identity.lineage import Lineage
from fieldtool.services import demo, exchange, importing, people, records, sample, succession, vaults, verifying, who
from fieldtool.services.session import Session
from tests.integration.test_exchange import note

Unlock = Callable[[str], Session]
NEW = "another passphrase for another root"


def words(session: Session) -> str:
    organisation = who.organisation_of(session)
    assert organisation is not None
    return organisation.words


def newcomer(copy: Path, headquarters: Session, name: str, passphrase: str = NEW) -> Session:
    """Another installation of headquarters, certified by the root."""
    session = vaults.create_vault(copy / "vaults" / name.split()[0], demo.PASSPHRASE, name=name).session
    request = people.identity_request(session)
    visit = headquarters.visits()[0].id
    try:
        people.add_headquarters(headquarters, request, passphrase, visit=visit)
    except KnownError:
        session.close()
        raise
    return session


def test_a_vault_follows_the_new_root_by_itself_and_says_so(copy: Path, unlock: Unlock) -> None:
    headquarters, head, one = unlock("hq"), unlock("head"), unlock("expert-1")
    before, org = words(head), head.org
    made = succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    assert made.kept == 1
    records.edit_record(headquarters, headquarters.visits()[0].id, {"state": "confirmed"})
    exchange.export_bundle(headquarters, copy / "new-root.ftbundle", to=["team"])
    assert importing.import_file(head, copy / "new-root.ftbundle", dry_run=True).succeeded == made.words
    assert words(head) == before
    taken = importing.import_file(head, copy / "new-root.ftbundle")
    assert (taken.succeeded, taken.error) == (made.words, None)
    assert (words(head), head.org) == (made.words, org)
    assert who.organisation_of(head).before == (before,)  # type: ignore[union-attr]
    assert importing.import_file(head, copy / "new-root.ftbundle").succeeded == ""
    note(head, "Noted under the new root.")  # and it goes on from colleague to colleague
    exchange.export_bundle(head, copy / "on.ftbundle", to=[sample.TOMAS])
    assert importing.import_file(one, copy / "on.ftbundle").succeeded == made.words
    assert one.store.check().whole


def test_whom_the_new_root_certifies_is_heard_by_vaults_of_the_old_one(copy: Path, unlock: Unlock) -> None:
    headquarters, head = unlock("hq"), unlock("head")
    succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    with pytest.raises(KnownError, match="passphrase"):
        newcomer(copy, headquarters, "Yun Li", demo.PASSPHRASE)  # the old root certifies nobody any more
    office = newcomer(copy, headquarters, "Ola Berg")
    exchange.export_bundle(headquarters, copy / "to-office.ftbundle", to=["Ola Berg"], everything=True)
    with pytest.raises(KnownError) as refused:
        importing.import_file(
            office, copy / "to-office.ftbundle", expect_root=words(head)
        )  # the old words are not the organisation's any more
    assert refused.value.code == "root-mismatch"
    importing.import_file(office, copy / "to-office.ftbundle", expect_root=words(headquarters))
    assert office.is_headquarters()
    assert office.org == head.org
    records.edit_record(office, office.visits()[0].id, {"state": "confirmed"})
    exchange.export_bundle(office, copy / "from-office.ftbundle", to=[sample.HEAD], everything=True)
    taken = importing.import_file(head, copy / "from-office.ftbundle")
    assert (taken.error, taken.held, taken.succeeded) == (None, 0, words(headquarters))
    assert head.store.get(head.visits()[0].id).fields["state"] == "confirmed"  # type: ignore[union-attr]
    office.close()


def test_what_was_signed_before_and_after_is_proven_by_either_root(copy: Path, unlock: Unlock) -> None:
    headquarters = unlock("hq")
    old, key = vaults.root_pem(headquarters), headquarters.keys.reader
    succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    note_file = copy / "after.ftbundle"
    records.edit_record(headquarters, headquarters.visits()[0].id, {"state": "confirmed"})
    exchange.export_bundle(headquarters, note_file, to=["team"])
    both = vaults.root_pem(headquarters)
    lineage = headquarters.lineage
    assert lineage is not None
    new = Lineage.of(lineage.present.der).to_pem()
    first, summary = copy / "bundles" / "07-head-to-all.ftbundle", copy / "summary-internal.pdf"
    pairs = ((first, old), (first, both), (note_file, old), (note_file, both), (note_file, new), (summary, old), (summary, both))
    for path, trusted in pairs:
        judged = verifying.verify_file(path, root=trusted, readers=[key])
        assert judged.error is None, (path.name, judged.sentence)
    for path in (first, summary):  # the new root alone has never heard of the old one
        assert verifying.verify_file(path, root=new, readers=[key]).exit_code is not ExitCode.DONE
    for path in (first, note_file, summary):
        assert verifying.verify_file(path, session=headquarters).error is None


def test_other_tools_take_the_trust_file(copy: Path, unlock: Unlock) -> None:
    headquarters = unlock("hq")
    succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    (copy / "trust.pem").write_bytes(vaults.root_pem(headquarters))
    (copy / "hq.pem").write_bytes(Lineage.of(headquarters.root or b"").to_pem())
    for name in ("hq.pem", "trust.pem"):
        done = subprocess.run(
            ["openssl", "verify", "-CAfile", copy / "trust.pem", copy / name], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_another_successor_of_the_same_root_is_refused_and_the_first_stays(copy: Path, unlock: Unlock) -> None:
    robbed = vaults.unlock_vault(Path(shutil.copytree(copy / "vaults" / "hq", copy / "vaults" / "stolen")), demo.PASSPHRASE)
    headquarters, head = unlock("hq"), unlock("head")
    made = succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    records.edit_record(headquarters, headquarters.visits()[0].id, {"state": "confirmed"})
    exchange.export_bundle(headquarters, copy / "true.ftbundle", to=["team"])
    importing.import_file(head, copy / "true.ftbundle")
    succession.succeed(robbed, demo.PASSPHRASE, "the thief's own")
    records.edit_record(robbed, robbed.visits()[0].id, {"state": "planned"})
    exchange.export_bundle(robbed, copy / "thief.ftbundle", to=["team"])
    before = demo.list_digests(head)
    with pytest.raises(KnownError) as refused:
        importing.import_file(head, copy / "thief.ftbundle")
    assert refused.value.code == "root-foreign"
    assert (words(head), demo.list_digests(head)) == (made.words, before)
    robbed.close()


def test_another_organisations_root_is_refused_whatever_it_says(copy: Path, unlock: Unlock) -> None:
    head, other = unlock("head"), vaults.create_vault(copy / "other", demo.PASSPHRASE, name="Ola", organisation=sample.ORGANISATION).session
    succession.succeed(other, demo.PASSPHRASE, NEW)
    assert other.lineage is not None
    with pytest.raises(KnownError) as refused:
        head.lineage.widened(other.lineage.statements)  # type: ignore[union-attr]
    assert refused.value.code == "root-foreign"
    ours = succession.open_root(unlock("hq"), demo.PASSPHRASE)  # even where our own root agreed to take over another organisation
    taken_over = succession.open_root(other, NEW).sign_successor(ours, [])
    with pytest.raises(KnownError) as refused:
        head.roots_with(head.lineage, [taken_over])  # type: ignore[arg-type]
    assert refused.value.code == "root-foreign"
    other.close()


def test_a_program_that_died_half_way_has_the_old_root_or_the_new_one(copy: Path, unlock: Unlock, monkeypatch: pytest.MonkeyPatch) -> None:
    headquarters = unlock("hq")
    before = words(headquarters)

    def dies(*_: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(Session, "follow", dies)
        with pytest.raises(OSError, match="power"):
            succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    assert words(headquarters) == before
    succession.open_root(headquarters, demo.PASSPHRASE)
    real = os.replace
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", lambda a, b: dies() if Path(a).name == succession.ROOT_KEY else real(a, b))
        with pytest.raises(OSError, match="power"):
            succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    assert words(headquarters) != before
    assert succession.open_root(headquarters, NEW).certificate == headquarters.root
    assert (headquarters.folder / succession.BEFORE).exists()
    assert not (headquarters.folder / succession.NEXT).exists()


def test_only_the_holder_of_the_root_names_a_successor(copy: Path, unlock: Unlock) -> None:
    headquarters, head = unlock("hq"), unlock("head")
    for session, passphrase, code in ((head, demo.PASSPHRASE, "role-needed"), (headquarters, "wrong", "wrong-passphrase")):
        with pytest.raises(KnownError) as refused:
            succession.succeed(session, passphrase, NEW)
        assert refused.value.code == code
    (headquarters.folder / "root.key").unlink()
    with pytest.raises(KnownError) as refused:
        succession.succeed(headquarters, demo.PASSPHRASE, NEW)
    assert refused.value.code == "role-needed"
