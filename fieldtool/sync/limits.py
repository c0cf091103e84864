"""Every number the bundle format fixes, in one place; a change here is a change of the format and belongs in docs/bundle-format.md."""

from __future__ import annotations

FORMAT = 1  # of segments and of manifests
SCHEMA = 1  # edition of the list of kinds and fields its author knew; readers keep what they do not know
FEATURES: frozenset[str] = frozenset()  # names that may stand in `must` and that this version understands

# --- a segment
MAX_ROWS = 1 << 16  # a local change number has 16 bits for the row
MAX_ENTITIES = 1 << 16
MAX_REFS = 1 << 16
MAX_PARENTS = 1 << 12  # of one change: a deletion names all heads of a record
MAX_MUST = 32
MAX_FEATURE = 64  # bytes of a feature's name
MAX_KIND = 64  # bytes of a kind's name
MAX_FIELD = 8 << 10  # bytes of a field key: elements of sets are free words of up to 2,000 characters
MAX_AUTHOR = 1 << 10  # bytes of an origin's author
MAX_VALUE = 2 << 20  # bytes of one canonical value
MAX_BODY = 64 << 20
MAX_VALUES = 128 << 20
MAX_NUMBER = (1 << 63) - 1  # HLC, epoch, seq0
SALT = 16  # bytes
DIGEST = 32  # bytes of SHA-256: segment, key, organisation, stream
SIGNATURE = 64  # bytes: r and s of ECDSA P-256

# --- a container
MAX_MANIFEST = 8 << 20
MAX_CMS = 256 << 10
MAX_SEGMENTS_FILE = 256 << 20  # compressed
MAX_PAYLOAD = 256 << 20  # decompressed
MAX_WINDOW = 8 << 20  # zstd window
MAX_SEGMENTS = 1 << 16
MAX_BLOB = 200 << 20
MAX_BLOBS = 4096
MAX_CONTAINER = 2 << 30  # stays below what needs zip64
MAX_ENVELOPE = 1 << 20  # what the encryption may add: 100 bytes for each recipient in front, 16 for every 64 KiB of a full container
MAX_RECIPIENTS = 256
MAX_TIPS = 1 << 14
MAX_SUCCESSIONS = 32
MAX_STATEMENT = 64 << 10  # characters of one, in base64
MAX_NAME = 1 << 10  # bytes of a person's or bundle's name

SEGMENT_TYPE = "application/vnd.fieldtool.segment.v1+msgpack"  # DSSE payload type that the segment signature covers
MANIFEST_NAME = "manifest.json"
SIGNATURE_NAME = "manifest.p7s"
SEGMENTS_NAME = "segments.zst"
BLOB_FOLDER = "blobs/"
