"""A value in a file with its place: what builders pass around so that every complaint can point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wargame.content.schema_parts import TAGS
from wargame.content.yaml_source import Mapping, Node, Scalar, Sequence
from wargame.model.errors import Place, Problem

_FOLD = re.compile(r"[ ]*\n\s*")


@dataclass(frozen=True, slots=True)
class Spot:
    """One value of a file; ``key`` is the key it stands under, if it stands in a mapping."""

    file: str
    text: str
    node: Node
    key: Scalar | None = None

    @property
    def place(self) -> Place:
        """Return where the value begins."""
        return Place(self.file, self.node.line, self.node.column)

    @property
    def key_place(self) -> Place:
        """Return where the key begins (the value, where there is no key)."""
        return Place(self.file, self.key.line, self.key.column) if self.key else self.place

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands here."""
        return isinstance(self.node, Scalar) and self.node.value is None

    def get(self, key: str) -> Spot | None:
        """Return the value under a key; None if there is none or it is empty."""
        if not isinstance(self.node, Mapping) or key not in self.node.entries:
            return None
        at, node = self.node.entries[key]
        empty = isinstance(node, Scalar) and node.value is None
        return None if empty else Spot(self.file, self.text, node, at)

    def at(self, key: str) -> Place:
        """Return where the value of a key begins; the place of the whole if there is no such key."""
        found = self.get(key)
        return found.place if found else self.place

    def items(self) -> Iterator[tuple[str, Spot]]:
        """Yield the keys of a mapping with their values (nothing for anything else)."""
        if isinstance(self.node, Mapping):
            for key, (at, node) in self.node.entries.items():
                yield key, Spot(self.file, self.text, node, at)

    def each(self) -> Iterator[Spot]:
        """Yield the items of a list; a value that is not a list is its own only item."""
        if isinstance(self.node, Sequence):
            yield from (Spot(self.file, self.text, node) for node in self.node.items)
        else:
            yield self

    def words(self) -> list[tuple[str, Place]]:
        """Return the texts of a list with their places."""
        return [(s.node.text, s.place) for s in self.each() if isinstance(s.node, Scalar)]

    def find(self, path: tuple[int | str, ...]) -> Spot:
        """Follow a path as far as it exists; names of alternatives in it stand in no file and are passed over."""
        spot = self
        for part in path:
            node = spot.node
            if isinstance(node, Mapping) and part in node.entries:
                at, child = node.entries[str(part)]
                spot = Spot(self.file, self.text, child, at)
            elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
                spot = Spot(self.file, self.text, node.items[part])
            elif part not in TAGS:
                break
        return spot

    # ── formulas ────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def formula_place(self) -> Place:
        """Return where the text of a scalar begins, inside its quotes."""
        return _inside(self.file, self.node)

    @property
    def path_place(self) -> Place:
        """Return where the text of the key begins, inside its quotes."""
        return _inside(self.file, self.key or self.node)

    def relocate(self, problem: Problem) -> Problem:
        """Return a problem of the formula with its true place, also when the formula is folded over lines."""
        node = self.node
        if not isinstance(node, Scalar) or problem.place.line != node.line or node.style in ("|", ">"):
            return problem
        offset = problem.place.column - self.formula_place.column
        begin = node.index + (node.style in ("'", '"'))
        raw = self.text[begin : begin + 4 * len(node.text) + 2000]
        for fold in _FOLD.finditer(raw):
            if offset <= fold.start():
                break
            offset += len(fold.group()) - 1
        if "\n" not in raw[:offset]:
            return problem
        line = node.line + raw[:offset].count("\n")
        column = offset - raw.rfind("\n", 0, offset)
        return Problem(Place(self.file, line, column), problem.code, problem.message)


def _inside(file: str, node: Node) -> Place:
    quoted = isinstance(node, Scalar) and node.style in ("'", '"')
    return Place(file, node.line, node.column + quoted)
