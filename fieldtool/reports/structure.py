"""The tree of meaning that is collected while pages are drawn and written as the PDF's structure tree; draws nothing itself."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TypeAlias

Attributes: TypeAlias = dict[str, "str | int | tuple[float, float, float, float]"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of page content: its page (from 0) and its number there."""

    page: int
    mcid: int


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree; `attributes` are those of PDF (Alt, Lang, Scope, …) and `text` what a link says."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    kids: list[Node | Marked] = field(default_factory=list)
    text: str = ""

    def add(self, tag: str, attributes: Attributes | None = None) -> Node:
        """A new child at the end."""
        node = Node(tag, dict(attributes or {}))
        self.kids.append(node)
        return node


@dataclass(slots=True)
class Structure:
    """The whole tree of a document under way, and where in it the drawing stands."""

    root: Node = field(default_factory=lambda: Node("Document"))
    page: int = 0
    next_mcid: int = 0
    depth: int = 0  # marked content that is open: none may be opened inside another
    current: Node | None = None
    annotations: list[tuple[int, int, Node]] = field(default_factory=list)  # (page, index among its annotations, element)
    _by_key: dict[Hashable, Node] = field(default_factory=dict)

    def node(self, key: Hashable, tag: str, parent: Node | None = None, attributes: Attributes | None = None) -> Node:
        """The element of that key, made under `parent` (the root) when it is asked for first: what splits over pages stays one element."""
        found = self._by_key.get(key)
        if found is None:
            found = self._by_key[key] = (parent or self.root).add(tag, attributes)
        return found

    def known(self, key: Hashable) -> Node | None:
        """The element of that key where there is one."""
        return self._by_key.get(key)

    def begin(self, node: Node) -> int:
        """Note that content of an element begins; returns its number on the page."""
        mcid = self.next_mcid
        node.kids.append(Marked(self.page, mcid))
        self.next_mcid += 1
        self.depth += 1
        self.current = node
        return mcid

    def turn_page(self) -> None:
        """Note that a page is finished."""
        self.page += 1
        self.next_mcid = 0
