"""The roots of one organisation from its first to its present one, each named by the one before it; it reads no file and pins nothing."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from fieldtool.domain.errors import KnownError, refuse
from fieldtool.domain.ids import KeyHash
from fieldtool.identity.certificates import Certificate, NotOurCertificate, Use, certificates_in, issued_by, pem, read_root
from fieldtool.identity.roots import Succession, verify_succession

_LABEL = "FIELDTOOL ROOT SUCCESSION"  # of a statement in a trust file; tools that know certificates only pass over it
_BLOCK = re.compile(f"-----BEGIN {_LABEL}-----\\s+([A-Za-z0-9+/=\\s]+?)-----END {_LABEL}-----")
_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Lineage:
    """Roots that vouch for one organisation, whose id is the first one's key: what was signed under it stays its own for ever.

    An earlier root vouches only for the installations of headquarters that it named when it stepped down: whoever steals it afterwards
    certifies nobody.
    """

    roots: tuple[Certificate, ...]
    steps: tuple[Succession, ...] = ()

    @classmethod
    def of(cls, root: bytes, statements: Sequence[bytes] = ()) -> Lineage:
        """The roots that follow the one in `root` (DER) by these statements, in order.

        Raises `KnownError` bundle-forged for a statement that does not hold or does not continue; `NotOurCertificate` for no root.
        """
        roots, steps = [read_root(root)], []
        for statement in statements:
            step = verify_succession(statement)
            if step.old != roots[-1] or step.new in roots:
                raise refuse("bundle-forged", detail="the organisation's roots do not follow each other")
            roots.append(step.new)
            steps.append(step)
        return cls(tuple(roots), tuple(steps))

    @property
    def org(self) -> KeyHash:
        """The organisation's id: SHA-256 of its first root's public key, 32 bytes."""
        return self.roots[0].key

    @property
    def present(self) -> Certificate:
        """The root that people compare now."""
        return self.roots[-1]

    @property
    def statements(self) -> tuple[bytes, ...]:
        """What makes each root the successor of the one before."""
        return tuple(step.statement for step in self.steps)

    @property
    def ders(self) -> tuple[bytes, ...]:
        """The roots' certificates (DER), first to last."""
        return tuple(root.der for root in self.roots)

    def holds(self, root: bytes) -> bool:
        """Whether that certificate (DER) is one of these roots."""
        return root in self.ders

    def widened(self, statements: Sequence[bytes]) -> Lineage:
        """The same organisation as far as these statements know it too; the longer of two that agree.

        Raises `KnownError` bundle-forged for statements that do not hold, root-foreign where they are of other roots, or where one root has
        named two successors: the first that came here stays, and people have to compare.
        """
        if not statements:
            return self
        theirs = Lineage.of(verify_succession(statements[0]).old.der, statements)
        for long, short in ((theirs, self), (self, theirs)):
            if short.roots[0] in long.roots:
                at = long.roots.index(short.roots[0])
                if long.steps[at : at + len(short.steps)] == short.steps:
                    return long
        raise refuse("root-foreign")

    def certified(self, certificate: Certificate) -> Certificate | None:
        """The root that made this certificate that of an installation of headquarters, believed to this day; None for any other."""
        if certificate.use is not Use.HEADQUARTERS:
            return None
        root = self.issuer(certificate)
        at = self.roots.index(root) if root else 0
        return root if root is None or at == len(self.steps) or certificate.key in self.steps[at].kept else None

    def issuer(self, certificate: Certificate) -> Certificate | None:
        """The root that issued this certificate, of whatever use."""
        return next((root for root in self.roots if issued_by(certificate, root)), None)

    def to_pem(self) -> bytes:
        """A trust file: every root's certificate, the present one first, and the statements between them."""
        parts = [pem(root.der) for root in reversed(self.roots)]
        return b"".join([*parts, *(_block(statement) for statement in self.statements)])


def read_trust(text: bytes) -> Lineage:
    """The roots in a trust file, or in the PEM of a single root. Raises `NotOurCertificate` for anything else."""
    found = certificates_in(text)
    try:
        statements = [b64decode(block, validate=False) for block in _BLOCK.findall(text.decode("ascii", "replace"))]
        first = verify_succession(statements[0]).old.der if statements else found[0]
        lineage = Lineage.of(first, statements)
    except (KnownError, ValueError) as error:
        raise NotOurCertificate("its roots do not follow each other") from error
    if sorted(found) != sorted(lineage.ders):
        raise NotOurCertificate("other certificates than the roots that it speaks of")
    return lineage


def _block(statement: bytes) -> bytes:
    coded = b64encode(statement).decode()
    lines = "\n".join(coded[i : i + _WIDTH] for i in range(0, len(coded), _WIDTH))
    return f"-----BEGIN {_LABEL}-----\n{lines}\n-----END {_LABEL}-----\n".encode()
