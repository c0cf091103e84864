"""Encryption to recipients: the `age` program and this room read one another, and nobody else reads either."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldtool.domain.errors import refuse
from fieldtool.identity.age import AgeReader, NotARecipient, check_recipient, encrypt, encrypt_stream
from tests.unit.identity.members import code_of, flipped

PLAIN = "конфиденциально".encode() * 3

ALICE, BOB, EVE = AgeReader.generate(), AgeReader.generate(), AgeReader.generate()


@settings(max_examples=20)
@given(st.binary(max_size=200_000))
def test_each_recipient_reads_it_and_nobody_else(plain: bytes) -> None:
    sealed = encrypt(plain, [ALICE.recipient, BOB.recipient])
    assert ALICE.decrypt(sealed) == BOB.decrypt(sealed) == plain
    assert code_of(lambda: EVE.decrypt(sealed)) == "bundle-not-for-you"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_files_stream_through(tmp_path: Path, size: int) -> None:
    plain = b"\x5a" * size
    (tmp_path / "plain").write_bytes(plain)
    with (tmp_path / "plain").open("rb") as source, (tmp_path / "sealed").open("wb") as target:
        encrypt_stream(source, target, [ALICE.recipient])
    with (tmp_path / "sealed").open("rb") as source, (tmp_path / "opened").open("wb") as target:
        ALICE.decrypt_stream(source, target)
    assert (tmp_path / "opened").read_bytes() == plain
    assert ALICE.decrypt((tmp_path / "sealed").read_bytes()) == plain


def test_the_age_program_opens_it_with_the_exported_identity(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(ALICE.as_key_file())
    (tmp_path / "other").write_text(EVE.as_key_file())
    (tmp_path / "sealed").write_bytes(encrypt(PLAIN, [BOB.recipient, ALICE.recipient]))
    opened = subprocess.run(["age", "-d", "-i", "key", "sealed"], cwd=tmp_path, capture_output=True)
    assert (opened.returncode, opened.stdout) == (0, PLAIN)
    assert subprocess.run(["age", "-d", "-i", "other", "sealed"], cwd=tmp_path, capture_output=True).returncode != 0


def test_what_the_age_program_wrote_is_read_here(tmp_path: Path) -> None:
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    theirs = AgeReader.from_key_file(made)
    assert f"# public key: {theirs.recipient}" in made
    command = ["age", "-r", ALICE.recipient, "-r", theirs.recipient, "-o", "sealed"]
    subprocess.run(command, cwd=tmp_path, input=PLAIN, check=True, capture_output=True)
    sealed = (tmp_path / "sealed").read_bytes()
    assert ALICE.decrypt(sealed) == theirs.decrypt(sealed) == PLAIN


def test_an_identity_comes_back_from_its_text() -> None:
    for again in (AgeReader(ALICE.as_text()), AgeReader.from_key_file(ALICE.as_key_file())):
        assert again.recipient == ALICE.recipient
    for bad in ("", "AGE-SECRET-KEY-1", ALICE.recipient, ALICE.as_text() + ALICE.as_text()):
        with pytest.raises(ValueError, match="identity"):
            AgeReader(bad)
    for bad in ("", "# nothing\n", ALICE.as_key_file() + BOB.as_key_file()):
        with pytest.raises(ValueError, match="identity"):
            AgeReader.from_key_file(bad)


def test_every_bit_flip_and_every_truncation_is_refused_in_both_ways_of_reading() -> None:
    sealed = encrypt(b"small", [ALICE.recipient])
    refused = {"bundle-altered", "bundle-not-for-you", "bundle-truncated"}
    for bit in range(len(sealed) * 8):
        assert code_of(lambda bit=bit: ALICE.decrypt(flipped(sealed, bit))) in refused  # type: ignore[misc]
    for end in range(len(sealed)):
        assert code_of(lambda end=end: ALICE.decrypt(sealed[:end])) in refused  # type: ignore[misc]
        assert code_of(lambda end=end: ALICE.decrypt_stream(io.BytesIO(sealed[:end]), io.BytesIO())) in refused  # type: ignore[misc]
    assert code_of(lambda: ALICE.decrypt(sealed + b"\0")) in refused


def test_a_cut_in_the_middle_of_a_long_file_is_noticed() -> None:
    sealed = encrypt(b"\0" * 200_000, [ALICE.recipient])
    for end in (len(sealed) - 1, len(sealed) - 65_552, 70_000):
        assert code_of(lambda end=end: ALICE.decrypt_stream(io.BytesIO(sealed[:end]), io.BytesIO())) == "bundle-altered"  # type: ignore[misc]


class FullDisk(io.BytesIO):
    """A disk without room, faked: a real one would need root."""

    def write(self, data: object) -> int:
        raise OSError(28, "No space left on device")


class Pulled(io.BytesIO):
    """A stick that is pulled after its first bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(min(size or 100, 100))


@pytest.mark.parametrize("size", [1, 70_000, 300_000])
def test_a_full_disk_is_not_taken_for_a_bad_file(size: int) -> None:
    plain = b"x" * size
    with pytest.raises(OSError, match="No space left"):
        ALICE.decrypt_stream(io.BytesIO(encrypt(plain, [ALICE.recipient])), FullDisk())
    with pytest.raises(OSError, match="No space left"):
        encrypt_stream(io.BytesIO(plain), FullDisk(), [ALICE.recipient])


@pytest.mark.parametrize("size", [1, 70_000, 300_000])
def test_a_stick_that_is_pulled_is_not_taken_for_a_bad_file(size: int) -> None:
    sealed = encrypt(b"x" * size, [ALICE.recipient])
    with pytest.raises(OSError, match="Input/output"):
        ALICE.decrypt_stream(Pulled(sealed), io.BytesIO())
    with pytest.raises(OSError, match="Input/output"):
        encrypt_stream(Pulled(sealed), io.BytesIO(), [ALICE.recipient])


class Raising(io.BytesIO):
    """A stream whose owner stops in the middle, by whatever exception."""

    def __init__(self, content: bytes, error: BaseException, after: int) -> None:
        super().__init__(content)
        self.error, self.after = error, after

    def read(self, size: int | None = -1, /) -> bytes:
        self._count()
        return super().read(size)

    def write(self, data: object) -> int:
        self._count()
        return super().write(data)  # type: ignore[arg-type]

    def _count(self) -> None:
        self.after -= 1
        if self.after < 0:
            raise self.error


STOPS = [KeyboardInterrupt(), refuse("cancelled"), refuse("bundle-altered", detail="a test"), LookupError("a bug"), OSError(5, "pulled")]


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("error", STOPS, ids=["interrupt", "cancelled", "refused", "bug", "disk"])
def test_whatever_a_stream_raises_comes_out_as_it_is(error: BaseException, after: int) -> None:
    plain = b"x" * 300_000
    sealed = encrypt(plain, [ALICE.recipient])
    works: list[Callable[[], None]] = [
        lambda: encrypt_stream(Raising(plain, error, after), io.BytesIO(), [ALICE.recipient]),
        lambda: encrypt_stream(io.BytesIO(plain), Raising(b"", error, after), [ALICE.recipient]),
        lambda: ALICE.decrypt_stream(Raising(sealed, error, after), io.BytesIO()),
        lambda: ALICE.decrypt_stream(io.BytesIO(sealed), Raising(b"", error, after)),
    ]
    for work in works:
        with pytest.raises(type(error)) as caught:
            work()
        assert caught.value is error


def test_an_interrupt_that_comes_before_the_stream_is_reached_is_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signals are looked at when a function begins: then the library wraps the interrupt, and no stream has seen it."""

    def interrupted(*_arguments: object) -> None:
        raise pyrage.DecryptError("KeyboardInterrupt: ")

    monkeypatch.setattr(pyrage, "decrypt_io", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ALICE.decrypt_stream(io.BytesIO(), io.BytesIO())


NO_RECIPIENTS = ["", "age1", "age1nobody", ALICE.as_text(), ALICE.recipient.upper(), " " + ALICE.recipient, ALICE.recipient[:-1] + "!"]


@pytest.mark.parametrize("bad", NO_RECIPIENTS, ids=["empty", "stub", "nobody", "secret", "upper", "space", "damaged"])
def test_recipients_have_one_spelling(bad: str) -> None:
    with pytest.raises(NotARecipient):
        check_recipient(bad)
    with pytest.raises(NotARecipient):
        encrypt(PLAIN, [ALICE.recipient, bad])


def test_nothing_is_encrypted_to_nobody() -> None:
    with pytest.raises(ValueError, match="nobody"):
        encrypt(PLAIN, [])
