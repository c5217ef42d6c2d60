"""Canonical JSON: one value, one text, so that equal records have equal hashes on every machine.

Keys are sorted by code point, nothing is padded, characters stand as themselves (UTF-8), and a float is its shortest
exact form. NaN, infinities, keys that are not text, and objects of the program (a ``Text`` in two languages too:
the log is written in no language) are refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import chain
from typing import Any, NoReturn

from wargame.model.errors import SessionError
from wargame.model.text import Text, same

MAX_DEPTH = 50
"""How deep lists and mappings may be nested in each other."""

_LEAVES = frozenset({str, int, float, bool, type(None)})


class Unwritable(SessionError):
    """A value that has no place in the log."""


def canonical(value: object, depth: int = MAX_DEPTH) -> str:
    """Return the one JSON text of a value made of mappings, lists, texts, numbers, truths and None."""
    _check(value, depth)
    try:
        text = _ENCODER.encode(value)
        text.encode("utf-8")
    except (ValueError, TypeError) as error:
        raise _unwritable(same(str(error))) from error
    return text


def quoted(text: str) -> str:
    """Return a text as a JSON text, without the checks of ``canonical``."""
    return _ENCODER.encode(text)


def parse(text: str) -> Any:
    """Return the value of a JSON text; every kind of bad text is a ValueError."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("too deeply nested") from error


def digest(data: str | bytes) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, in hexadecimal."""
    return sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def _check(value: object, depth: int) -> None:
    """Refuse what the encoder would write differently from what was given, one level of nesting after the other."""
    level = [value]
    while level:
        lists = [part for part in level if type(part) is list or isinstance(part, (list, tuple))]
        mappings = [part for part in level if type(part) is not list and isinstance(part, Mapping)]
        if depth < 1 and (lists or mappings):
            raise _unwritable(Text("it is nested too deeply", "está anidado a demasiada profundidad"))
        if not all(isinstance(key, str) for key in set(chain.from_iterable(mappings))):
            raise _unwritable(Text("a key is not text", "una clave no es texto"))
        parts = chain(chain.from_iterable(lists), *(mapping.values() for mapping in mappings))
        level = [part for part in parts if type(part) not in _LEAVES]
        depth -= 1


def _mapping(value: object) -> dict[str, object]:
    """Let mappings that are not dicts through the encoder, and nothing else."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_mapping
)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _unwritable(why: Text) -> Unwritable:
    return Unwritable(
        Text("This cannot be written to the log: {why}.", "Esto no puede escribirse en la bitácora: {why}.").fill(
            why=why
        )
    )
