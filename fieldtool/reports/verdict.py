"""What the verifier says of a signed document, in words for people; judges nothing itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from fieldtool.domain.errors import ExitCode, KnownError, refuse
from fieldtool.domain.remarks import Remark, in_english


class Flaw(StrEnum):
    """What can be wrong with a document; the value is the plain-language reason."""

    NOT_READABLE = "it is damaged and cannot be read as a PDF"
    NOT_SIGNED = "it carries no signature"
    NOT_CERTIFIED = "its first signature does not certify the document as the head of the visit's"
    BAD_SIGNATURE = "the signature does not hold: the file was changed after signing"
    UNTRUSTED = "it is signed by a certificate that the organisation did not issue"
    STAMP_UNKNOWN = "its time stamp is of an authority that is not believed here"
    STAMP_TIME = "its time stamp is older than a signature under it says that it is"
    CHANGED_AFTER = "something was added or changed after the last signature"
    FIELDS = "its signature fields are not the expected ones"
    NO_RECORD = "the attached record is missing or is not the one of this document"
    RECORD_MISMATCH = "the attached record is not the one whose number is printed on its pages"
    LEDGER_MISMATCH = "the record differs from the one kept in the ledger"
    METADATA_MISMATCH = "its title or other data about it do not match"


class Level(StrEnum):
    """How long a signature can be proven (EN 319 142-1); the value is its name, `LEVELS` says it in words."""

    BASIC = "B-B"
    STAMPED = "B-T"
    ARCHIVED = "B-LTA"


LEVELS = {
    Level.BASIC: Remark("no time-stamp authority vouches for the time (PAdES B-B)"),
    Level.STAMPED: Remark("a time-stamp authority that is believed here vouches for it (PAdES B-T)"),
    Level.ARCHIVED: Remark("everything that proves it later on is inside, under that time stamp (PAdES B-LTA)"),
}


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signature or time stamp: field, name in the certificate, its issuer; the time its maker's clock or the authority said."""

    field: str
    signer: str
    issuer: str
    certificate_sha256: str
    signed_at: datetime.datetime | None
    anchor_sha256: str = ""  # of the certificate at the end of its chain, which we were told to believe
    revision_sha256: str = ""  # of the file as it stood right after this signature
    by_card: bool = False  # by an RSA key: headquarters certifies one only where it is on an organisation's own card


@dataclass(frozen=True, slots=True)
class PdfVerdict:
    """Whether a document is proven; with no flaw it is whole, unchanged, trusted, and its record matches."""

    flaws: tuple[Flaw, ...]
    details: tuple[str, ...]
    signatures: tuple[SignatureFacts, ...]
    record_sha256: str
    pages: int
    archivable: bool = False  # its last signature is a time-stamp, under which stand the revocation lists of every issuer

    @property
    def proven(self) -> bool:
        """No flaw was found."""
        return not self.flaws

    @property
    def exit_code(self) -> ExitCode:
        """What a command ends with for this document."""
        return ExitCode.DONE if self.proven else ExitCode.NOT_AUTHENTIC

    @property
    def confirmed(self) -> bool:
        """Whether headquarters has counter-signed."""
        return self.proven and any(s.field == "Headquarters" for s in self.signatures)

    @property
    def stamp(self) -> SignatureFacts | None:
        """The time stamp over the whole file, where there is one."""
        return next((s for s in self.signatures if s.field == "ArchiveTimestamp"), None)

    @property
    def level(self) -> Level | None:
        """That of every signature, since the time stamp is over them all; None where nothing is proven."""
        if not self.proven:
            return None
        if self.archivable:
            return Level.ARCHIVED
        return Level.STAMPED if self.stamp else Level.BASIC

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The verdict, part by part."""
        if self.flaws:
            return (Remark("Do not rely on this file"), *(Remark(f.value) for f in self.flaws))
        head = self.signatures[0]
        who = {"name": head.signer, "issuer": head.issuer}
        if head.by_card:
            said = [Remark("Signed with the card of {name}, head of visit, certified by {issuer}", who)]
        else:
            said = [Remark("Signed by {name}, head of visit, certified by {issuer}", who)]
        if head.signed_at:
            said.append(Remark("on {when} UTC by the signer's clock", {"when": f"{head.signed_at:%Y-%m-%d %H:%M}"}))
        confirmed = Remark("confirmed by headquarters") if self.confirmed else Remark("not yet confirmed by headquarters")
        said += [Remark("unchanged since"), Remark("the attached record matches")]
        if self.stamp is not None and self.stamp.signed_at:
            seen = {"authority": self.stamp.signer, "when": f"{self.stamp.signed_at:%Y-%m-%d %H:%M}"}
            said.append(Remark("{authority} saw it on {when} UTC", seen))
        return (*said, LEVELS[self.level or Level.BASIC], confirmed)

    @property
    def sentence(self) -> str:
        """The verdict as one English sentence."""
        return in_english(self.remarks)


def refusal(verdict: PdfVerdict, file: str) -> KnownError | None:
    """The fault of a document that is not proven: pdf-unsigned, pdf-untrusted, pdf-stamp-unknown or pdf-altered; None for one that is."""
    if verdict.proven:
        return None
    if Flaw.NOT_SIGNED in verdict.flaws:
        return refuse("pdf-unsigned", file=file)
    if set(verdict.flaws) == {Flaw.UNTRUSTED}:
        return refuse("pdf-untrusted", file=file)
    if set(verdict.flaws) == {Flaw.STAMP_UNKNOWN}:
        return refuse("pdf-stamp-unknown", file=file)
    return refuse("pdf-altered", file=file, detail="; ".join(f.value for f in verdict.flaws))
