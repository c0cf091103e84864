"""Making P-256 keys from given randomness and the 32 bytes they are kept as; wraps and signs nothing."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from fieldtool.domain.ids import Randomness

CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # SEC 2, secp256r1


def new_key(randomness: Randomness) -> ec.EllipticCurvePrivateKey:
    """A fresh key: the first 32 random bytes that are a scalar of the curve (FIPS 186-5, A.2.2)."""
    while True:
        scalar = int.from_bytes(randomness(32), "big")
        if 0 < scalar < CURVE_ORDER:
            return ec.derive_private_key(scalar, ec.SECP256R1())


def to_scalar(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The 32 bytes of a key."""
    return key.private_numbers().private_value.to_bytes(32, "big")


def from_scalar(raw: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of 32 bytes. Raises `ValueError` for bytes that are none."""
    if len(raw) != 32:
        raise ValueError("a key has 32 bytes")
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())
