"""Encrypting to named recipients with age, and reading what was encrypted to this installation; age proves nothing about a sender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import pyrage

from fieldtool.domain.errors import KnownError, refuse


class NotARecipient(ValueError):
    """The text is not an `age1…` recipient in its one spelling."""


def check_recipient(text: str) -> str:
    """`text`, if it is a well-written `age1…` recipient. Raises `NotARecipient`."""
    _recipient(text)
    return text


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """`plain` readable by each of the recipients. Raises `ValueError` for none, `NotARecipient` for a bad one."""
    encrypted: bytes = pyrage.encrypt(plain, _recipients(recipients))
    return encrypted


def encrypt_stream(source: BinaryIO, target: BinaryIO, recipients: Sequence[str]) -> None:
    """Encrypt all of `source` into `target`, holding neither in memory. Raises as `encrypt`, and what the streams raise."""
    reading, writing = _Watched(source), _Watched(target)
    try:
        pyrage.encrypt_io(reading, writing, _recipients(recipients))
    except (pyrage.EncryptError, OSError) as error:
        _raise_first((reading, writing), error)
        raise
    _raise_first((reading, writing))


class AgeReader:
    """An age identity: opens what was encrypted to its `recipient`."""

    __slots__ = ("_identity", "recipient")

    def __init__(self, text: str) -> None:
        try:
            self._identity = pyrage.x25519.Identity.from_str(text)
        except pyrage.IdentityError as error:
            raise ValueError("not an age identity") from error
        self.recipient = str(self._identity.to_public())

    @classmethod
    def generate(cls) -> AgeReader:
        """A new identity; its randomness is the operating system's, since age's library takes no other."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @classmethod
    def from_key_file(cls, text: str) -> AgeReader:
        """The one identity in a key file as `age-keygen` writes it. Raises `ValueError`."""
        keys = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if len(keys) != 1:
            raise ValueError("a key file with one identity was expected")
        return cls(keys[0])

    def as_text(self) -> str:
        """The secret identity, `AGE-SECRET-KEY-1…`."""
        return str(self._identity)

    def as_key_file(self) -> str:
        """The secret identity as the `age` program reads it with `-i`."""
        return f"# public key: {self.recipient}\n{self.as_text()}\n"

    def decrypt(self, encrypted: bytes) -> bytes:
        """What was encrypted, whole. Raises `KnownError` bundle-not-for-you, bundle-truncated or bundle-altered."""
        try:
            plain: bytes = pyrage.decrypt(encrypted, [self._identity])
        except pyrage.DecryptError as error:
            raise _fault(str(error)) from error
        return plain

    def decrypt_stream(self, source: BinaryIO, target: BinaryIO) -> None:
        """Decrypt in pieces; after a fault the caller throws away what `target` holds. Raises as `decrypt`, and what the streams raise."""
        reading, writing = _Watched(source), _Watched(target)
        try:
            pyrage.decrypt_io(reading, writing, [self._identity])
        except (pyrage.DecryptError, OSError) as error:
            _raise_first((reading, writing), error)  # the stream's fault, not the encryption's
            raise _fault(str(error)) from error
        _raise_first((reading, writing))


class _Watched:
    """A stream that remembers what it raised first, whatever that was, and is not touched again after it.

    WORKAROUND: pyrage wraps what a stream raises into an error of its own, and drops what it raises when the last piece is written, so that
    a full disk, a refused content or an interrupt would go unnoticed.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failed: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        self._demand_sound()
        try:
            return self._stream.read(size)
        except BaseException as error:
            self.failed = error
            raise

    def write(self, piece: bytes) -> int:
        self._demand_sound()
        try:
            return self._stream.write(piece)
        except BaseException as error:
            self.failed = error
            raise

    def flush(self) -> None:
        self._demand_sound()
        try:
            self._stream.flush()
        except BaseException as error:
            self.failed = error
            raise

    def _demand_sound(self) -> None:
        if self.failed is not None:
            raise OSError("the stream has failed before")


def _raise_first(streams: Sequence[_Watched], wrapped: Exception | None = None) -> None:
    """Raise what went wrong with a stream; an interrupt also when it came before the stream was reached and is only told of in words."""
    for stream in streams:
        if stream.failed is not None:
            raise stream.failed
    if wrapped is not None and str(wrapped).startswith(KeyboardInterrupt.__name__):
        raise KeyboardInterrupt


def _fault(message: str) -> KnownError:
    if "No matching keys" in message:
        return refuse("bundle-not-for-you")
    if "fill whole buffer" in message or "truncated" in message:
        return refuse("bundle-truncated", detail="it ends in the middle of its encryption")
    return refuse("bundle-altered", detail="its encryption does not hold, as when a copy was cut short")


def _recipients(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    if not texts:
        raise ValueError("nothing is encrypted to nobody")
    return [_recipient(text) for text in texts]


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        found = pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise NotARecipient("not an age recipient") from error
    if str(found) != text:
        raise NotARecipient("not in its one spelling")
    return found
