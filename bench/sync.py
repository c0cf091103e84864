"""Bundles of 100,000 changes against RAW: one executemany of the same log rows into SQLCipher; it never measures a cache of its own."""

from __future__ import annotations

import gc
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import Case, interleave, median
from bench._changes import Log, Writer, seal_all
from bench._film_memory import film_memory
from bench._import_memory import hand_over
from fieldtool.domain.changes import SealedSegment, SegmentState
from fieldtool.identity.age import AgeReader
from fieldtool.identity.bundles import verify_segment
from fieldtool.storage import Arrival, Store, create_vault, open_vault
from fieldtool.storage.engine import FILE, connector
from fieldtool.sync.reader import OpenBundle, open_bundle, read_bundle
from fieldtool.sync.segments import decode_segment
from fieldtool.sync.writer import BundleFacts
from tests.unit.sync.containers import write_bundle
from tests.unit.sync.made import VISIT
from tests.unit.sync.organisation import sample

CHANGES = 100_000
DELTA = 1_000
FILM = 200 << 20  # bytes of the largest attachment
KEY = bytes(range(32))
READERS = 5


def cases(rounds: int) -> Iterator[Case]:
    """The rows of the table of goals that concern one machine: time against RAW and against git, sizes against limits."""
    with tempfile.TemporaryDirectory(prefix="fieldtool-bench-") as name:
        yield from Bench(Path(name)).cases(rounds)


class Bench:
    """One log, its bundles, and what is done to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.organisation = sample()
        writer = Writer(self.organisation)
        self.small = writer.write(CHANGES // 10)
        self.small_delta = writer.write(DELTA)
        rest = writer.write(CHANGES - self.small.changes - self.small_delta.changes)
        self.all = _joined([self.small, self.small_delta, rest])
        self.delta = writer.write(DELTA)
        self.others = [AgeReader.generate() for _ in range(READERS - 2)]
        self.bundle = self.write(self.all.sealed, "all").path
        self.numbered = 0

    # ---------------------------------------------------------------------------------------------------------------- steps

    def write(self, segments: Sequence[SealedSegment], name: str) -> BundleFacts:
        """Pack, sign, encrypt to five, write, read back."""
        ours = self.organisation
        addresses = [ours.hq.reader.recipient, ours.expert.reader.recipient, *(r.recipient for r in self.others)]
        return write_bundle(
            self.folder / f"{name}.ftbundle", ours.manifest(ours.expert, [ours.hq]), segments, locks=ours.locks(ours.expert, addresses)
        )

    def create(self) -> object:
        """Encode and sign every segment, then write the bundle and check it."""
        return self.write(seal_all(self.organisation, self.all.segments), "made")

    def open(self, path: Path) -> OpenBundle:
        """Decrypt, verify the manifest, compare digests, unpack."""
        ours = self.organisation
        return open_bundle(ours.verify(read_bundle(path, ours.hq.reader.decrypt_stream)), {ours.hq.reader.recipient})

    def prove(self, segments: Iterable[SealedSegment]) -> list[Arrival]:
        """Decode and verify every segment."""
        trust = self.organisation.trust
        proven = []
        for sealed in segments:
            found = decode_segment(sealed)
            proven.append(Arrival(sealed, found, SegmentState.ACCEPTED, claimed_name=verify_segment(sealed, found, trust).signer.name))
        return proven

    def take(self, store: Store, path: Path) -> None:
        """The whole import of a file: what is known already costs no more than to be recognised."""
        bundle = self.open(path)
        known = store.known([s.hash for s in bundle.segments])
        fresh = [s for s in bundle.segments if s.hash not in known]
        store.merge(self.prove(fresh), origin="bench")

    def take_and_index(self, store: Store) -> None:
        """The same, with the search index brought up to date."""
        self.take(store, self.bundle)
        while store.index_pending(2_000):
            pass

    def vault(self) -> Store:
        """An empty vault."""
        self.numbered += 1
        folder = self.folder / f"vault-{self.numbered}"
        folder.mkdir()
        store = create_vault(folder, KEY, clock=_now, randomness=secrets.token_bytes)
        store.set_organisation(self.organisation.trust.org)
        return store

    def fresh(self, work: Callable[[Store], object], base: Sequence[SealedSegment] = ()) -> Callable[[], float]:
        """A run of `work` on a new vault that holds `base` and has been opened since; making it is not measured."""

        def run() -> float:
            store = self.vault()
            try:
                if base:
                    store.merge(self.prove(base), origin="bench")
                    store.close()
                    store = open_vault(self.folder / f"vault-{self.numbered}", KEY, clock=_now, randomness=secrets.token_bytes)
                    store.conflicts(VISIT)  # as the window does when it opens
                return _timed(lambda: work(store))
            finally:
                store.close()
                shutil.rmtree(self.folder / f"vault-{self.numbered}")

        return run

    # --------------------------------------------------------------------------------------------------------------- floors

    def log_rows(self) -> tuple[str, list[tuple[object, ...]], int, Store]:
        """How the log's table is made, its rows, the bytes of the vault that holds them, and that vault, still open."""
        store = self.vault()
        store.merge(self.prove(self.all.sealed), origin="bench")
        file = self.folder / f"vault-{self.numbered}" / FILE
        connection = connector(file, KEY)()
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            made = connection.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'change' AND sql IS NOT NULL").fetchall()
            rows = [tuple(r) for r in connection.execute("SELECT * FROM change ORDER BY id").fetchall()]
        finally:
            connection.close()
        return ";".join(r[0] for r in made), rows, file.stat().st_size, store

    def raw(self, tables: str, rows: Sequence[tuple[object, ...]]) -> Callable[[], float]:
        """RAW: the rows of the log by one executemany in one transaction."""
        file = self.folder / "raw.db"
        places = ", ".join("?" * len(rows[0]))

        def run() -> float:
            for leftover in self.folder.glob("raw.db*"):
                leftover.unlink()
            file.touch()
            connection: Any = connector(file, KEY)()
            try:
                connection.executescript(tables)

                def write() -> None:
                    connection.execute("BEGIN")
                    connection.executemany(f"INSERT INTO change VALUES ({places})", rows)
                    connection.execute("COMMIT")

                return _timed(write)
            finally:
                connection.close()

        return run

    # ---------------------------------------------------------------------------------------------------------------- table

    def cases(self, rounds: int) -> Iterator[Case]:
        """Measure everything in turns, then tell."""
        tables, rows, vault_bytes, full = self.log_rows()
        delta, small_delta = self.write(self.delta.sealed, "delta").path, self.write(self.small_delta.sealed, "small").path
        git = _Git(self.folder, self.all)
        try:
            taken = interleave(
                rounds,
                {
                    "raw": self.raw(tables, rows),
                    "create": lambda: _timed(self.create),
                    "verify": lambda: _timed(lambda: self.prove(self.open(self.bundle).segments)),
                    "import": self.fresh(lambda store: self.take(store, self.bundle)),
                    "searched": self.fresh(self.take_and_index),
                    "known": lambda: _timed(lambda: self.take(full, self.bundle)),
                    "rebuild": lambda: _timed(full.rebuild),
                    "conflicts": lambda: _timed(lambda: full.conflicts(VISIT)),
                    "git create": git.create,
                    "git import": git.take,
                },
            )
            few = interleave(
                max(1, rounds // 3),
                {
                    "small": self.fresh(lambda store: self.take(store, small_delta), self.small.sealed),
                    "large": self.fresh(lambda store: self.take(store, delta), self.all.sealed),
                },
            )
        finally:
            full.close()
        at = {name: median(figures) for name, figures in {**taken, **few}.items()}
        yield from self._times(at)
        size = self.bundle.stat().st_size
        yield Case("bundle size (bytes a change)", 64, size / self.all.changes, 1)
        yield Case("bundle size / git bundle of one file a record (bytes)", git.size(), size, 0.85)
        peak = hand_over(self.folder / "memory", self.organisation, self.bundle)
        yield Case("memory of a full import / 96 MB + 4 × bundle (MB)", 96 + 4 * size / 1e6, peak / 1e6, 1)
        yield from self._films()
        yield Case("vault without search index (bytes a change)", 350, vault_bytes / self.all.changes, 1)

    def _films(self) -> Iterator[Case]:
        """A process that writes a bundle with an attachment of 200 MB, and one that takes it in: most memory beyond one without it."""
        for step, more in film_memory(self.folder / "film", FILM).items():
            yield Case(f"memory of {step} with an attachment of {FILM >> 20} MB, beyond one without (MB)", 32, more / 1e6, 1)

    def _times(self, at: dict[str, float]) -> Iterator[Case]:
        raw = at["raw"]
        yield Case("create: encode, sign, pack, encrypt to 5, check / RAW (ms)", raw, at["create"], 1.2)
        yield Case("open, verify, decode / RAW (ms)", raw, at["verify"], 0.6)
        yield Case("full import without search index / RAW (ms)", raw, at["import"], 3.0)
        yield Case("full import with search index / RAW (ms)", raw, at["searched"], 4.5)
        yield Case("import of a known bundle / RAW (ms)", raw, at["known"], 0.15)
        yield Case("delta of 1,000 into 100,000 (ms)", 50, at["large"], 1)
        yield Case("delta of 1,000 into 100,000 / into 10,000 (ms)", at["small"], at["large"], 1.3)
        yield Case("rebuild of everything derived / full import (ms)", at["import"], at["rebuild"], 1)
        yield Case("list of conflicts at 100,000 changes (ms)", 5, at["conflicts"], 1)
        yield Case("create / git fast-import and bundle create (ms)", at["git create"], at["create"], 1)
        yield Case("full import / git fetch with fsck and checkout (ms)", at["git import"], at["import"], 1)


class _Git:
    """The peer: the same log as one text file a record, in a git bundle."""

    def __init__(self, folder: Path, log: Log) -> None:
        self.here, self.there, self.file = folder / "git-here", folder / "git-there", folder / "git.bundle"
        files: dict[str, list[str]] = {}
        for made in log.segments:
            for row in made.rows:
                files.setdefault(made.entities[row.entity][0], []).append(f"{row.hlc} {made.key.hex()} {row.field} {row.value}\n")
        parts = [b"commit refs/heads/main\ncommitter x <x@x> 1760000000 +0000\ndata 1\nm\n"]
        for record, lines in files.items():
            content = "".join(lines).encode()
            parts.append(f"M 100644 inline {record[-2:]}/{record}\ndata {len(content)}\n".encode() + content + b"\n")
        self.stream = b"".join(parts)

    def create(self) -> float:
        """fast-import and bundle create."""
        shutil.rmtree(self.here, ignore_errors=True)
        self.here.mkdir()
        self._run(self.here, "init", "-q")

        def work() -> None:
            self._run(self.here, "fast-import", "--quiet", given=self.stream)
            self._run(self.here, "bundle", "create", "-q", str(self.file), "main")

        return _timed(work)

    def take(self) -> float:
        """fetch with its own checks, and checkout."""
        if not self.file.exists():
            self.create()
        shutil.rmtree(self.there, ignore_errors=True)
        self.there.mkdir()
        self._run(self.there, "init", "-q")

        def work() -> None:
            self._run(self.there, "-c", "transfer.fsckObjects=true", "fetch", "-q", str(self.file), "main:refs/heads/in")
            self._run(self.there, "checkout", "-q", "in")

        return _timed(work)

    def size(self) -> int:
        """Bytes of the bundle."""
        return self.file.stat().st_size

    def _run(self, folder: Path, *words: str, given: bytes = b"") -> None:
        options = ("-c", "init.defaultBranch=main", "-c", "gc.auto=0")
        subprocess.run(["git", *options, *words], cwd=folder, input=given, check=True, capture_output=True)


def _joined(logs: Sequence[Log]) -> Log:
    whole = Log()
    for log in logs:
        whole.segments += log.segments
        whole.sealed += log.sealed
        whole.changes += log.changes
        whole.value_bytes += log.value_bytes
    return whole


def _now() -> int:
    return time.time_ns() // 1_000_000


def _timed(work: Callable[[], object]) -> float:
    """Wall time in milliseconds, with the garbage of earlier runs already collected."""
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1_000
