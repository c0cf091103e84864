"""The seeded faults of `dev.py mutants`: what is said wrongly where, and the tests that have to notice; it applies and runs nothing."""

from __future__ import annotations

from dataclasses import dataclass

MODEL = "tests/model"
STORAGE = "tests/unit/storage/test_merge.py"
DOMAIN = "tests/unit/domain/test_merge.py"
EXCHANGE = "tests/integration/test_exchange.py"
BUNDLES = "tests/unit/sync/test_bundles.py"
HOSTILE = "tests/unit/sync/test_hostile.py"
IDENTITY = "tests/unit/identity/test_bundles.py"
VERDICTS = "tests/integration/test_verdicts.py"
TRUST = "tests/unit/identity/test_trust.py"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `old`, which stands exactly once in `file`, becomes `new`; one of `tests` fails by an assertion."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "last writer wins by clock",
        "fieldtool/domain/merge.py",
        "    return sorted((v for v in versions if v.accepted and v.change not in passed), key=order, reverse=True)",
        "    return sorted((v for v in versions if v.accepted and v.change not in passed), key=order, reverse=True)[:1]",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "heads are not traced through changes that do not count",
        "fieldtool/domain/merge.py",
        "        if not parent.accepted:\n            waiting.extend(parent.parents)",
        "        if not parent.accepted:\n            continue",
        (DOMAIN, MODEL),
    ),
    Fault(
        "the laxest marking and attribution is in force",
        "fieldtool/domain/merge.py",
        "    return max(values, key=rank)",
        "    return min(values, key=rank)",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "one of two deletes and the other keeps: the deletion wins",
        "fieldtool/domain/merge.py",
        "    if key == DELETED:\n        return FALSE, True",
        "    if key == DELETED:\n        return TRUE, True",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "a deletion covers edits that it has not seen",
        "fieldtool/domain/merge.py",
        "    return [h for h in heads if h.change not in seen]",
        "    return [h for h in heads if h.change not in seen and not deletions]",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "equal values are a conflict",
        "fieldtool/domain/merge.py",
        "    if all(h.value == first for h in heads):",
        "    if len(heads) == 1:",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "a set keeps only what everybody holds",
        "fieldtool/domain/merge.py",
        "(TRUE if TRUE in values else first)",
        "(FALSE if FALSE in values else first)",
        (DOMAIN, STORAGE),
    ),
    Fault(
        "a segment is known by its place in the stream, not by its hash",
        "fieldtool/storage/arrivals.py",
        "        ordered: list[Arrival] = []\n        for arrival in by_hash.values():",
        "        ordered: list[Arrival] = []\n"
        "        place = 'SELECT t.stream, s.seq0 FROM segment s JOIN stream t ON t.id = s.stream WHERE s.hash IS NOT NULL'\n"
        "        for stream, seq0 in work.rows(place):\n"
        "            known |= {h for h, a in by_hash.items() if (a.segment.stream, a.segment.seq0) == (stream, seq0)}\n"
        "        for arrival in by_hash.values():",
        (STORAGE, "tests/integration/test_clones.py"),
    ),
    Fault(
        "what an undone import set aside stays aside when it comes again",
        "fieldtool/storage/arrivals.py",
        "        taken.touched.update(self._readmit(work, coming))\n",
        "",
        (EXCHANGE,),
    ),
    Fault(
        "a change that came before its parent never learns of it",
        "fieldtool/storage/arrivals.py",
        "        self._settle_missing(work, numbers, taken)\n",
        "",
        (STORAGE, MODEL),
    ),
    Fault(
        "what has waited for a gap stays outside",
        "fieldtool/storage/arrivals.py",
        "        self._drain(work, numbers, taken)\n",
        "",
        (STORAGE, MODEL),
    ),
    Fault(
        "a segment counts before those it follows have come",
        "fieldtool/storage/arrivals.py",
        "(segment.prev is None or (prev is not None and prev.chained))",
        "(segment.prev is None or prev is None or prev.chained)",
        (STORAGE, MODEL),
    ),
    Fault(
        "a proposal is merged as a change",
        "fieldtool/storage/arrivals.py",
        "            elif link.verdict == PROPOSED:\n",
        "            elif link.verdict == PROPOSED and not arrival.proposals:\n",
        (EXCHANGE, STORAGE),
    ),
    Fault(
        "a fork is not detected",
        "fieldtool/storage/relay.py",
        "            if len(segments) > 1 and",
        "            if len(segments) > 2 and",
        ("tests/integration/test_clones.py", STORAGE),
    ),
    Fault(
        "an undone import stays in what this vault says it has",
        "fieldtool/storage/relay.py",
        " AND s.chained = 1 AND s.verdict IN ({COUNTING[0]}, {COUNTING[1]})",
        " AND s.chained = 1",
        (MODEL,),
    ),
    Fault(
        "a delta leaves out what stands before a tip of the reader, and that tip's successor",
        "fieldtool/storage/relay.py",
        "for r in rows if r[1] not in theirs})",
        "for r in rows if r[1] not in theirs and r[2] not in theirs})",
        (MODEL,),
    ),
    Fault(
        "private notes are packed",
        "fieldtool/services/records.py",
        '        scope = Scope.PRIVATE if fields.get("private") is True else Scope.SHARED',
        "        scope = Scope.SHARED",
        ("tests/integration/test_cursor.py",),
    ),
    Fault(
        "the cursor is what was once written for somebody, not what they signed to have",
        "fieldtool/services/exchange.py",
        "    lines: list[set[SegmentHash]] = []\n    for card in cards:",
        "    lines: list[set[SegmentHash]] = []\n"
        "    ours = [e for e in session.store.bundles() if e.direction == 'out' and set(e.recipients) >= {c.key for c in cards}]\n"
        "    if ours:\n"
        "        return {SegmentHash(bytes.fromhex(str(tip))) for e in ours for tip in list(e.facts['tips'])}\n"
        "    for card in cards:",
        ("tests/integration/test_cursor.py",),
    ),
    Fault(
        "an older receipt turns the cursor back",
        "fieldtool/storage/desk.py",
        "    if row is not None and row[0] >= state.n:",
        "    if row is not None and row[0] == state.n:",
        ("tests/unit/storage/test_desk.py", EXCHANGE),
    ),
    Fault(
        "the digest of a file in the bundle is not compared",
        "fieldtool/sync/reader.py",
        "part.sha256 != entry.sha256",
        "len(part.sha256) != 32",
        (BUNDLES,),
    ),
    Fault(
        "a bundle may name another sender than the one who signed it",
        "fieldtool/sync/reader.py",
        "    if manifest.sender != verified.signer:",
        "    if len(manifest.sender) != len(verified.signer):",
        (BUNDLES,),
    ),
    Fault(
        "whoever can decrypt may read, named or not",
        "fieldtool/sync/reader.py",
        "    if addresses is not None and not manifest.addressed_to(addresses):",
        "    if addresses == set() and not manifest.addressed_to(addresses):",
        (BUNDLES,),
    ),
    Fault(
        "the headers of the container are not compared",
        "fieldtool/sync/container.py",
        "        if head != _local(name, crc, size):",
        "        if head[:4] != b'PK\\x03\\x04':",
        (HOSTILE,),
    ),
    Fault(
        "the size that a frame declares is not checked",
        "fieldtool/sync/payload.py",
        " and frame.content_size <= limits.MAX_PAYLOAD",
        "",
        (HOSTILE,),
    ),
    Fault(
        "any key of the organisation may have signed a segment",
        "fieldtool/identity/bundles.py",
        "    if not verify_payload(signer.spki, SEGMENT_TYPE, sealed.body, sealed.signature):",
        "    keys = [signer, *(c for k in trust.cards if (c := trust.certificate_of(k)))]\n"
        "    if not any(verify_payload(c.spki, SEGMENT_TYPE, sealed.body, sealed.signature) for c in keys):",
        (IDENTITY,),
    ),
    Fault(
        "a revoked key goes on signing bundles",
        "fieldtool/identity/bundles.py",
        "    if trust.revoked(signer.key):",
        "    if trust.revoked(signer.key) and trust.card_of(signer.key) is None:",
        (IDENTITY, EXCHANGE),
    ),
    Fault(
        "the tips of a revocation are ignored",
        "fieldtool/services/judging.py",
        "        return all(any(name in self._back_from(tip) for tip in r.tips.values()) for r in revocations)",
        "        return all(r.tips for r in revocations)",
        (EXCHANGE, "tests/integration/test_revoked.py"),
    ),
    Fault(
        "the role is not judged",
        "fieldtool/services/judging.py",
        "for kind, field in segment.fields() if not may_change(role, kind, field)}",
        "for kind, field in segment.fields() if role is None}",
        (EXCHANGE,),
    ),
    Fault(
        "the epoch at which somebody wrote is ignored",
        "fieldtool/identity/trust.py",
        "        at = [c for c in ours if c.epoch <= epoch]",
        "        at = list(ours)",
        (TRUST,),
    ),
    Fault(
        "an expert may say what is headquarters' to say",
        "fieldtool/domain/authority.py",
        "    if spec.official:\n        return False",
        "    if spec.official:\n        return True",
        (EXCHANGE, "tests/unit/domain"),
    ),
    Fault(
        "what nobody vouches for any more stays in force where it was read",
        "fieldtool/services/judging.py",
        "    return Verdict(SegmentState.HELD, unread=True)",
        "    return None",
        (VERDICTS, MODEL),
    ),
    Fault(
        "cards that were taken in before a death are never acted upon",
        "fieldtool/services/session.py",
        "        if visits != self.left_to_settle():",
        "        if visits < self.left_to_settle():",
        (VERDICTS,),
    ),
    Fault(
        "anybody may write a card or a revocation",
        "fieldtool/services/judging.py",
        "        if segment.scope is Scope.ADMIN and beyond:",
        "        if segment.scope is Scope.ADMIN and role is None:",
        (MODEL,),
    ),
)
