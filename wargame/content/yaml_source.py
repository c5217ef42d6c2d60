"""YAML text → plain data in which every key and value knows its place.

A small, safe part of YAML 1.2: one document, mappings with text keys, lists, text, true/false, null and finite decimal
numbers. ``NO``, ``on`` and ``yes`` are words, dates are text. Anchors, aliases, tags, duplicate keys, octal numbers
and deep nesting are refused. The text is read as a stream of events, so that no input can exhaust the stack.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

import yaml

from wargame.content.problems import Problems
from wargame.model.errors import Place, Problem
from wargame.model.text import Text

MAX_DEPTH: Final = 24
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ODD_NUMBER: Final = re.compile(r"[-+]?(?:0[0-9]+|0[xob][0-9a-fA-F]+|\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN")

_NUMERIC: Final = frozenset("+-.0123456789")
_ENDS: Final = frozenset((yaml.SequenceEndEvent, yaml.MappingEndEvent))

Plain: TypeAlias = bool | int | float | str | None
Data: TypeAlias = "Plain | list[Data] | dict[str, Data]"


@dataclass(slots=True)
class Scalar:
    """One value. ``text`` is how it was written, ``index`` where in the file it begins."""

    line: int
    column: int
    index: int
    text: str
    style: str
    value: Plain

    def plain(self) -> Data:
        """Return the value."""
        return self.value


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: list[Node] = field(default_factory=list)

    def plain(self) -> Data:
        """Return the list as plain data."""
        return [item.plain() for item in self.items]


@dataclass(slots=True)
class Mapping:
    """Keys with their values; ``flow`` if written with braces."""

    line: int
    column: int
    flow: bool = False
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)

    def plain(self) -> Data:
        """Return the mapping as plain data."""
        return {key: value.plain() for key, (_, value) in self.entries.items()}


Node: TypeAlias = Scalar | Sequence | Mapping


class _Refused(Exception):
    """Reading cannot go on; the problem has been noted."""


def read_yaml(text: str, file: str, problems: Problems) -> Mapping | None:
    """Return the top mapping of a YAML text (empty for an empty file); None if it cannot be read at all.

    Trees are never changed once they are read, so scenarios that share a rule pack share its trees.
    """
    root, found = _read(text, file)
    for problem in found:
        problems.note(problem)
    return root


@lru_cache(maxsize=512)
def _read(text: str, file: str) -> tuple[Mapping | None, tuple[Problem, ...]]:
    problems = Problems()
    return _parse(text, file, problems), (*problems.errors, *problems.warnings)


def _parse(text: str, file: str, problems: Problems) -> Mapping | None:
    reading = _Reading(file, problems)
    try:
        return reading.document(yaml.parse(text, Loader=_LOADER))
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        problems.add(place, "yaml-syntax", _SYNTAX.fill(problem=" ".join(filter(None, (error.context, error.problem)))))
    except yaml.YAMLError as error:
        problems.add(Place(file), "yaml-syntax", _SYNTAX.fill(problem=str(error).splitlines()[0]))
    return None


class _Reading:
    """One pass over the events of one file."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems

    def document(self, events: Iterator[Any]) -> Mapping | None:
        """Return the only document's mapping."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise self._refuse(event, "yaml-documents", _ONE_DOCUMENT)
                root = self._tree(events)
        if root is None or (isinstance(root, Scalar) and root.value is None):
            return Mapping(1, 1)
        if not isinstance(root, Mapping):
            self.problems.add(Place(self.file, root.line, root.column), "yaml-top", _TOP_IS_MAPPING)
            return None
        return root

    def _tree(self, events: Iterator[Any]) -> Node:
        event = next(events)
        root = self._open(event)
        stack: list[tuple[Sequence | Mapping, Scalar | None]] = []
        if not isinstance(root, Scalar):
            stack.append((root, None))
        while stack:
            holder, key = stack[-1]
            event = next(events)
            if event.__class__ in _ENDS:
                stack.pop()
            elif isinstance(holder, Mapping) and key is None:
                stack[-1] = (holder, self._key(event))
            else:
                node = self._open(event)
                self._put(holder, key, node)
                stack[-1] = (holder, None)
                if not isinstance(node, Scalar):
                    stack.append((node, None))
                    self._check_depth(stack, event)
        return root

    def _open(self, event: Any) -> Node:
        self._refuse_marked(event)
        mark = event.start_mark
        if event.__class__ is yaml.ScalarEvent:
            return self._scalar(event)
        if event.__class__ is yaml.SequenceStartEvent:
            return Sequence(mark.line + 1, mark.column + 1)
        return Mapping(mark.line + 1, mark.column + 1, bool(event.flow_style))

    def _refuse_marked(self, event: Any) -> None:
        if event.__class__ is yaml.AliasEvent or event.anchor is not None:
            raise self._refuse(event, "yaml-alias", _NO_ALIAS)
        if event.tag is not None:
            raise self._refuse(event, "yaml-tag", _NO_TAG)

    def _scalar(self, event: Any) -> Scalar:
        mark = event.start_mark
        text = event.value
        style = event.style or ""
        value = text if style not in ("", "\0") else self._value(event, text)
        return Scalar(mark.line + 1, mark.column + 1, mark.index, text, style, value)

    def _value(self, event: Any, text: str) -> Plain:
        if text in _PLAIN_WORDS:
            return _PLAIN_WORDS[text]
        if text[0] not in _NUMERIC:
            return str(text)
        if _ODD_NUMBER.fullmatch(text):
            self._note(event, "yaml-number", _ODD.fill(text=text))
            return 0
        if not _NUMBER.fullmatch(text):
            return str(text)
        if text.lstrip("+-").isdigit() and len(text) <= 20:
            return int(text)
        number = float(text)
        if not math.isfinite(number):
            self._note(event, "yaml-number", _NOT_FINITE.fill(text=text))
            return 0
        return number

    def _key(self, event: Any) -> Scalar:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(event, "yaml-key", _KEY_IS_TEXT)
        self._refuse_marked(event)
        mark: Any = event.start_mark
        return Scalar(mark.line + 1, mark.column + 1, mark.index, event.value, event.style or "", event.value)

    def _put(self, holder: Sequence | Mapping, key: Scalar | None, node: Node) -> None:
        if isinstance(holder, Sequence):
            holder.items.append(node)
        elif key is not None and key.text in holder.entries:
            first = holder.entries[key.text][0]
            message = _DUPLICATE.fill(key=key.text, line=first.line, column=first.column)
            self.problems.add(Place(self.file, key.line, key.column), "yaml-duplicate-key", message)
        elif key is not None:
            holder.entries[key.text] = (key, node)

    def _check_depth(self, stack: list[Any], event: Any) -> None:
        if len(stack) > MAX_DEPTH:
            raise self._refuse(event, "yaml-depth", _TOO_DEEP.fill(most=MAX_DEPTH))

    def _note(self, event: Any, code: str, message: Text) -> None:
        mark = event.start_mark
        self.problems.add(Place(self.file, mark.line + 1, mark.column + 1), code, message)

    def _refuse(self, event: Any, code: str, message: Text) -> _Refused:
        self._note(event, code, message)
        return _Refused()


_SYNTAX: Final = Text("this is not valid YAML: {problem}", "esto no es YAML válido: {problem}")
_ONE_DOCUMENT: Final = Text("a file holds one document; split it", "un archivo contiene un solo documento; divídalo")
_TOP_IS_MAPPING: Final = Text(
    "a content file is a mapping of sections, such as 'moves:'",
    "un archivo de contenido es una serie de secciones, como «moves:»",
)
_NO_ALIAS: Final = Text(
    "anchors (&) and aliases (*) are not used here; write it out, or put the text in quotes",
    "aquí no se usan anclas (&) ni alias (*); escríbalo completo o ponga el texto entre comillas",
)
_NO_TAG: Final = Text(
    "tags (!) are not used here; put the text in quotes", "aquí no se usan etiquetas (!); ponga el texto entre comillas"
)
_KEY_IS_TEXT: Final = Text("a key must be a plain name", "una clave debe ser un nombre simple")
_DUPLICATE: Final = Text(
    "the key '{key}' is already given at line {line}, column {column}",
    "la clave «{key}» ya está en la línea {line}, columna {column}",
)
_TOO_DEEP: Final = Text("this is nested more than {most} deep", "esto está anidado a más de {most} niveles")
_ODD: Final = Text(
    "'{text}' is not a plain decimal number; write it without leading zero or prefix, or in quotes if it is a word",
    "«{text}» no es un número decimal simple; escríbalo sin cero inicial ni prefijo, o entre comillas si es palabra",
)
_NOT_FINITE: Final = Text("'{text}' is too large to be a number", "«{text}» es demasiado grande para ser un número")
