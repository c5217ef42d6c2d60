"""The header of a session: what it is a run of, who plays, with which luck, and where it was forked from.

It is written once, at the start, and pinned by record 0. Session ids are ten characters without look-alikes: the
minute of the start (so that they sort by time) and then chance.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, Literal, NoReturn

from wargame.formula.suggest import did_you_mean
from wargame.model.errors import LibraryError, SessionError, VerificationError
from wargame.model.text import Language, Text, same
from wargame.session.canonical import canonical, digest, parse
from wargame.session.records import MAX_TURN, is_moment

FORMAT = 2
"""The version of headers and records. All earlier ones are read, and go on with records of this one; later ones are
refused. Version 1 had another form of ledger (see ``causes``)."""

SEEDS = 2**64
"""How many seeds there are: 0 ≤ seed < SEEDS."""

MAX_HEADER = 2**20
"""The longest header, in characters of canonical JSON."""

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOK_ALIKES = str.maketrans("oil", "011", "- ")
_ID = re.compile(f"[{_LETTERS}]{{10}}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_EPOCH = 1_577_836_800  # 2020-01-01


@dataclass(frozen=True, slots=True)
class Seating:
    """Who plays a seat when the session starts: people, or a bot with its doctrine."""

    seat: str
    by: Literal["people", "bot"]
    doctrine: str = ""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a fork left its parent: after which turn, at which record's hash, and whether with new luck."""

    parent: str
    turn: int
    head: str
    new_luck: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about a session that never changes; ``content`` is the digest of the pinned content."""

    session: str
    scenario: str
    content: str
    seed: int
    engine: str
    lens: str
    length: str
    level: str
    seats: tuple[Seating, ...]
    language: Language
    created: str
    lineage: Lineage | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    format: int = FORMAT

    def plain(self) -> dict[str, Any]:
        """Return the header as a mapping of JSON values."""
        values = {name: getattr(self, name) for name in _FIELDS}
        values["seats"] = [{name: getattr(s, name) for name in _SEATING} for s in self.seats]
        values["language"] = self.language.value
        if self.lineage is not None:
            values["lineage"] = {name: getattr(self.lineage, name) for name in _LINEAGE}
        return values

    def text(self) -> str:
        """Return the header as canonical JSON."""
        return canonical(self.plain())

    @property
    def hash(self) -> str:
        """Return the hash that record 0 carries."""
        return digest(self.text())


_FIELDS: dict[str, type | UnionType] = {
    "format": int, "session": str, "scenario": str, "content": str, "seed": int, "engine": str, "lens": str,
    "length": str, "level": str, "seats": list, "language": str, "created": str, "lineage": dict | None, "extra": dict,
}  # fmt: skip
_SEATING: dict[str, type | UnionType] = {"seat": str, "by": str, "doctrine": str}
_LINEAGE: dict[str, type | UnionType] = {"parent": str, "turn": int, "head": str, "new_luck": bool}


def read_header(text: str) -> Header:
    """Return the header that a canonical JSON text holds."""
    try:
        value = parse(text)
        if canonical(value) != text:
            _bad("not canonical")
    except (ValueError, SessionError) as error:
        _bad("not JSON", error)
    return header_of(value)


def header_of(value: object) -> Header:
    """Return the header that a mapping of JSON values holds."""
    _refuse_later_format(value)
    fields = _exactly(value, _FIELDS)
    seats = [_exactly(seat, _SEATING) for seat in fields["seats"]]
    lineage = None if fields["lineage"] is None else Lineage(**_exactly(fields["lineage"], _LINEAGE))
    if fields["language"] not in set(Language):
        _bad("language")
    fields |= {"seats": tuple(Seating(**seat) for seat in seats), "lineage": lineage}
    header = Header(**fields | {"language": Language(fields["language"])})
    return checked_header(header)


def checked_header(header: Header) -> Header:
    """Return the header, or refuse what no session may have."""
    names = [seat.seat for seat in header.seats]
    rules = {
        "format": 1 <= header.format <= FORMAT,
        "session": _ID.fullmatch(header.session),
        "content": _DIGEST.fullmatch(header.content),
        "seed": type(header.seed) is int and 0 <= header.seed < SEEDS,
        "created": is_moment(header.created),
        "seats": len(set(names)) == len(names) and {seat.by for seat in header.seats} <= {"people", "bot"},
        "lineage": header.lineage is None or _is_lineage(header.lineage),
        "size": len(header.text()) <= MAX_HEADER,
    }
    for name, fits in rules.items():
        if not fits:
            _bad(name)
    return header


def new_session_id() -> str:
    """Return a new id for a session; later minutes sort later."""
    minutes = int(time.time() - _EPOCH) // 60
    when = [_LETTERS[minutes >> shift & 31] for shift in (20, 15, 10, 5, 0)]
    return "".join(when + [secrets.choice(_LETTERS) for _ in range(5)])


def resolve(text: str, sessions: Iterable[str]) -> str:
    """Return the one session whose id begins with what somebody typed; look-alikes, case and dashes are forgiven."""
    known = sorted(sessions)
    wanted = text.lower().translate(_LOOK_ALIKES)
    found = [session for session in known if wanted and session.startswith(wanted)]
    if not found:
        raise no_session(text, known)
    if len(found) > 1:
        raise _ambiguous(text, found)
    return found[0]


def no_session(text: str, known: Iterable[str]) -> SessionError:
    """Return the error for an id that the library does not have, with the nearest that it has."""
    known = list(known)
    if not known:
        return SessionError(Text("The library has no sessions yet.", "La biblioteca aún no tiene sesiones."))
    hint = did_you_mean(text.lower().translate(_LOOK_ALIKES), known)
    return SessionError(
        Text("There is no session '{id}'{end}", "No hay ninguna sesión «{id}»{end}").fill(
            id=repr(text[:60])[1:-1], end=hint if hint.en else same(".")
        )
    )


def _ambiguous(text: str, found: list[str]) -> SessionError:
    shown = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
    return SessionError(
        Text(
            "{n} sessions begin with '{id}': {shown}. Type more of the one you mean.",
            "{n} sesiones empiezan por «{id}»: {shown}. Escriba más letras de la que busca.",
        ).fill(n=len(found), id=text, shown=shown)
    )


def _refuse_later_format(value: object) -> None:
    version = value.get("format") if isinstance(value, dict) else None
    if isinstance(version, int) and version > FORMAT:
        raise LibraryError(
            Text(
                "The session has format {version} and this program knows formats up to {known}: a newer wargame "
                "wrote it.",
                "La sesión tiene el formato {version} y este programa conoce hasta el formato {known}: la escribió "
                "una versión más nueva de wargame.",
            ).fill(version=version, known=FORMAT)
        )


def _exactly(value: object, fields: Mapping[str, type | UnionType]) -> dict[str, Any]:
    """Return a mapping that has these fields with these types and no others."""
    if not isinstance(value, dict) or value.keys() != fields.keys():
        _bad("fields")
    for name, kind in fields.items():
        if not isinstance(value[name], kind) or (kind is int and isinstance(value[name], bool)):
            _bad(name)
    return dict(value)


def _is_lineage(lineage: Lineage) -> bool:
    return (
        _ID.fullmatch(lineage.parent) is not None
        and 0 <= lineage.turn <= MAX_TURN
        and _DIGEST.fullmatch(lineage.head) is not None
    )


def _bad(what: str, cause: Exception | None = None) -> NoReturn:
    raise VerificationError(
        Text(
            "The header is not one that a session can have ({what}).",
            "La cabecera no es la que puede tener una sesión ({what}).",
        ).fill(what=same(what))
    ) from cause
