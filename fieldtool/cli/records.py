"""`list`, `add`, `edit`, `delete`, `history` and `search`: recording without a screen; it checks no value itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldtool.cli.edge import Call
from fieldtool.cli.vaults import opened, text_of
from fieldtool.domain import values
from fieldtool.domain.changes import Record
from fieldtool.domain.errors import refuse
from fieldtool.domain.fields import SETS, KindSpec, Shape, split_key
from fieldtool.domain.ids import LocalChange
from fieldtool.domain.schema import KINDS, kind_named
from fieldtool.domain.values import JsonValue
from fieldtool.services import listing, records, redaction
from fieldtool.services.session import Session
from fieldtool.services.vocabularies import load_labels

if TYPE_CHECKING:
    pass

_COLUMNS: dict[str, tuple[str, ...]] = {
    "recommendations": ("key", "themes", "text"),
    "visits": ("reference", "country", "start", "end", "state"),
    "meetings": ("start", "state", "attribution", "marking", "summary"),
    "notes": ("kind", "attribution", "text"),
    "institutions": ("type", "name"),
    "people": ("name", "name_latin", "title"),
    "positions": ("date", "value", "recommendation", "institution"),
    "conflicts": ("kind", "field"),
    "proposals": ("kind", "field", "author", "value"),
    "bundles": ("direction", "type", "n", "sender", "file", "at"),
    "quarantine": ("file", "reason", "size", "at"),
}


def show_list(call: Call) -> int:
    """`fieldtool list KIND`."""
    asked = call.arguments
    filters = _filters(asked.filter)
    with opened(call) as session:
        visit = session.find_visit(asked.visit) if asked.visit else None
        kind, items = listing.list_items(session, asked.kind, visit=visit, filters=filters)
    columns = _columns(kind)
    call.terminal.table(("id", *columns), [(str(i["id"]), *(_plain(i.get(c)) for c in columns)) for i in items])
    call.terminal.tell("{total} in all.", total=len(items))
    call.terminal.answer({"kind": kind, "total": len(items), "items": items})
    return 0


def add(call: Call) -> int:
    """`fieldtool add KIND --json-file F`."""
    asked = call.arguments
    wanted = _objects(asked.json_file)
    with opened(call) as session:
        visit = session.find_visit(asked.visit) if asked.visit else None
        made = records.add_records(session, asked.kind, wanted, visit=visit)
    for entity in made.ids:
        call.terminal.show(entity)
    call.terminal.answer({"kind": records.spec_of(asked.kind).plural, "ids": list(made.ids)})
    return 0


def edit(call: Call) -> int:
    """`fieldtool edit ID field=value …`."""
    asked = call.arguments
    with opened(call) as session:
        record = records.get_record(session, records.find_id(session, asked.id))
        wanted = _wanted(record, asked.fields)
        base = _base(session, record, wanted, asked.base)
        touched = records.edit_record(session, record.id, wanted, base=base)
    call.terminal.tell("{count} changes recorded.", count=touched.changes)
    call.terminal.answer({"id": record.id, "changes": touched.changes})
    return 0


def delete(call: Call) -> int:
    """`fieldtool delete ID`."""
    with opened(call) as session:
        entity = records.find_id(session, call.arguments.id)
        touched = records.delete_record(session, entity)
    call.terminal.tell("{id} is deleted; its history stays.", id=entity)
    call.terminal.answer({"id": entity, "changes": touched.changes})
    return 0


def redact(call: Call) -> int:
    """`fieldtool redact ID [FIELD]`."""
    asked = call.arguments
    with opened(call) as session:
        entity = records.find_id(session, asked.id)
        dropped = redaction.redact(session, entity, asked.field, reason=asked.reason)
    call.terminal.tell("{count} changes have lost their words; export a bundle, so that they are dropped everywhere.", count=dropped)
    call.terminal.answer({"id": entity, "redacted": dropped})
    return 0


def history(call: Call) -> int:
    """`fieldtool history ID`."""
    with opened(call) as session:
        entity = records.find_id(session, call.arguments.id)
        kind = records.get_record(session, entity).kind
        entries = records.history(session, entity)
    labels, terminal = load_labels(), call.terminal
    told = []
    for entry in entries:
        name, element = split_key(entry.field)
        value = None if entry.value is None else values.decode_trusted(entry.value)
        label = labels.field(kind, name, terminal.language) + (f" / {element}" if element is not None else "")
        terminal.show(f"{records.utc(entry.hlc >> 16)}  {entry.author}  {entry.name}{' *' if entry.current else ''}")
        terminal.show(f"    {label}: {terminal.words('redacted') if entry.value is None else _plain(value)}")
        told.append(
            {
                "change": entry.name,
                "field": entry.field,
                "value": value,
                "redacted": entry.value is None,
                "author": entry.author,
                "installation": entry.key.hex()[:16],
                "at": records.utc(entry.hlc >> 16),
                "state": entry.state.value,
                "current": entry.current,
            }
        )
    terminal.answer({"id": entity, "kind": KINDS[kind].plural, "changes": told, "total": len(told)})
    return 0


def attach(call: Call) -> int:
    """`fieldtool attach ID FILE`."""
    from fieldtool.services.attachments import attach_file

    asked = call.arguments
    with opened(call) as session:
        owner = records.find_id(session, asked.id)
        made = attach_file(session, owner, asked.file, source=asked.source, marking=asked.marking, progress=call.terminal.bar())
    call.terminal.show(made)
    call.terminal.answer({"kind": "attachments", "ids": [made], "record": owner})
    return 0


def search(call: Call) -> int:
    """`fieldtool search QUERY`."""
    asked = call.arguments
    with opened(call) as session:
        visit = session.find_visit(asked.visit) if asked.visit else None
        hits = records.search(session, " ".join(asked.query), visit=visit, limit=asked.limit)
    labels, terminal = load_labels(), call.terminal
    for hit in hits:
        terminal.show(f"{hit.id}  {labels.kind(hit.kind, terminal.language)}: {hit.excerpt}")
    terminal.tell("{total} found.", total=len(hits))
    found = [
        {"id": h.id, "kind": KINDS[h.kind].plural, "field": h.field, "excerpt": h.excerpt, "marks": [list(m) for m in h.marks]}
        for h in hits
    ]
    terminal.answer({"query": " ".join(asked.query), "total": len(hits), "items": found})
    return 0


# ------------------------------------------------------------------------------------------------------------- inside


def _filters(typed: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in typed:
        name, sign, word = one.partition("=")
        if not sign or not name:
            raise refuse("value-refused", kind="list", field="filter", value=one, reason="a filter is written field=value")
        found[name] = word
    return found


def _objects(source: str) -> list[Mapping[str, JsonValue]]:
    """The objects of a JSON file. Raises `KnownError` json-refused, file-unreadable."""
    name = "standard input" if source == "-" else Path(source).name
    text = sys.stdin.read() if source == "-" else text_of(Path(source))
    try:
        content = json.loads(text, object_pairs_hook=_unrepeated)
    except (ValueError, RecursionError) as error:
        raise refuse("json-refused", file=name, reason="it is not JSON") from error
    found = content if isinstance(content, list) else [content]
    if not found or not all(isinstance(one, dict) for one in found):
        raise refuse("json-refused", file=name, reason="it holds something else than objects")
    return found


def _unrepeated(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is repeated")
    return dict(pairs)


def _wanted(record: Record, typed: Sequence[str]) -> dict[str, JsonValue]:
    """`field=value`, `field:=JSON`, `field+=element`, `field-=element`, also with `field/element`, as the values that are wanted."""
    spec, wanted = KINDS[record.kind], dict[str, JsonValue]()
    for one in typed:
        name, sign, word = one.partition("=")
        if not sign or not name.rstrip("+-:"):
            raise refuse("value-refused", kind=spec.name, field=name or "?", value=one, reason="a change is written field=value")
        if name[-1] in "+-":
            wanted[f"{name[:-1]}/{word}"] = name[-1] == "+"
        elif name[-1] == ":":
            wanted[name[:-1]] = _json(spec, name[:-1], word)
        else:
            wanted[name] = _typed(spec, name, word)
    return wanted


def _json(spec: KindSpec, name: str, word: str) -> JsonValue:
    try:
        value: JsonValue = json.loads(word, object_pairs_hook=_unrepeated)
    except (ValueError, RecursionError) as error:
        raise refuse("value-refused", kind=spec.name, field=name, value=word, reason="it is not JSON") from error
    return value


def _typed(spec: KindSpec, name: str, word: str) -> JsonValue:
    """A word as the field's shape takes it; an empty one empties the field."""
    field = spec.field(split_key(name)[0])
    if field is None or word == "":
        return None
    if field.shape is Shape.FLAG and word.casefold() in _FLAGS:
        return _FLAGS[word.casefold()]
    if field.shape is Shape.NUMBER and word.lstrip("-").isdecimal():
        return int(word)
    if field.shape in SETS and "/" not in name:
        return [part.strip() for part in word.split(",")] if field.shape is not Shape.WORDS else [word]
    return word


_FLAGS = {"true": True, "yes": True, "да": True, "false": False, "no": False, "нет": False}


def _base(session: Session, record: Record, wanted: Mapping[str, JsonValue], name: str | None) -> dict[str, tuple[LocalChange, ...]] | None:
    """The version that `--base` names, as the parent of every field that is edited. Raises `KnownError` base-unknown."""
    if name is None:
        return None
    entry = next((e for e in records.history(session, record.id) if e.name == name), None)
    if entry is None or split_key(entry.field)[0] not in {split_key(key)[0] for key in wanted}:
        raise refuse("base-unknown", base=name)
    return {entry.field: (entry.change,)}


def _columns(kind: str) -> tuple[str, ...]:
    if kind in _COLUMNS:
        return _COLUMNS[kind]
    spec = kind_named(kind)
    return tuple(f.name for f in spec.fields if f.shape is not Shape.LINK and not f.elementwise)[:4] if spec else ()


def _plain(value: object) -> str:
    """A value for a reader: the English or only name of names, elements between semicolons."""
    if isinstance(value, dict):
        return str(value.get("en") or next(iter(value.values()), ""))
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return "" if value is None else str(value)
