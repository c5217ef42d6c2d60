"""What the log is made of: drafts that become records, each chained to the one before by its hash.

The hash of a record is the SHA-256 of the hash before it followed by the canonical JSON of all its other fields
(``game_date, kind, payload, phase, seat, seq, time, turn``). Record 0 is written by the store itself: its payload is
the hash of the session's header, and the header names the digest of the pinned content, so that one head hash vouches
for everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from wargame.model.errors import SessionError
from wargame.model.text import Text, same
from wargame.session.canonical import canonical, digest, parse, quoted

GENESIS = "0" * 64
"""The hash that record 0 follows."""

FIRST_KIND = "session"
"""The kind of record 0, which no other record may have."""

MAX_PAYLOAD = 8 * 2**20
"""The longest payload of one record, in characters of canonical JSON."""

MAX_WORDS = 200
MAX_TURN = 2**31 - 1

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def utc_now() -> str:
    """Return this moment in UTC with microseconds, as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def is_moment(text: object) -> bool:
    """Tell whether something is a moment as ``utc_now`` writes it."""
    return isinstance(text, str) and _TIME.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be: everything but its place in the chain. An empty time is filled in by the store."""

    kind: str
    payload: Mapping[str, Any]
    turn: int = 0
    phase: str = ""
    game_date: str = ""
    seat: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened in a session, where it stands in the log, and the hash that vouches for it."""

    seq: int
    time: str
    turn: int
    phase: str
    game_date: str
    seat: str
    kind: str
    payload: Mapping[str, Any] = field(hash=False)
    previous: str
    hash: str

    def draft(self) -> Draft:
        """Return the record as a draft with its time, as a fork copies it."""
        return Draft(self.kind, self.payload, self.turn, self.phase, self.game_date, self.seat, self.time)

    def plain(self) -> dict[str, Any]:
        """Return the record as a mapping, as exports carry it."""
        return {name: getattr(self, name) for name in Row._fields}


class Row(NamedTuple):
    """A record as stores keep it: the payload is canonical JSON."""

    seq: int
    time: str
    turn: int
    phase: str
    game_date: str
    seat: str
    kind: str
    payload: str
    previous: str
    hash: str

    def record(self) -> Record:
        """Return the record; ValueError if the payload is not a JSON mapping."""
        payload = parse(self.payload)
        if not isinstance(payload, dict):
            raise ValueError("the payload is not a mapping")
        return Record(*self[:7], payload, *self[8:])

    def expected_hash(self) -> str:
        """Return the hash that the fields as they stand should have."""
        return seal(self.seq, self.previous, _fields_of(self), self.payload, self.time).hash


def seal(seq: int, previous: str, draft: Draft, payload: str, time: str) -> Row:
    """Give a draft its place in the chain; ``payload`` is the draft's payload as canonical JSON."""
    body = (
        f'{{"game_date":{quoted(draft.game_date)},"kind":{quoted(draft.kind)},"payload":{payload}'
        f',"phase":{quoted(draft.phase)},"seat":{quoted(draft.seat)},"seq":{seq}'
        f',"time":{quoted(time)},"turn":{draft.turn}}}'
    )
    own = digest(previous + body)
    phase, game_date, seat, kind = map(str.__str__, (draft.phase, draft.game_date, draft.seat, draft.kind))
    return Row(seq, time, draft.turn, phase, game_date, seat, kind, payload, previous, own)


def first_row(header: str, time: str) -> Row:
    """Return record 0 of a session: it carries the hash of the header's canonical JSON."""
    payload = {"header": digest(header)}
    return seal(0, GENESIS, Draft(FIRST_KIND, payload), canonical(payload), time)


def link(seq: int, previous: str, drafts: Iterable[tuple[Draft, str]], time: str) -> Iterator[Row]:
    """Chain drafts, each with its payload as text, one after the other from ``seq`` on."""
    for number, (draft, payload) in enumerate(drafts, seq):
        row = seal(number, previous, draft, payload, draft.time or time)
        previous = row.hash
        yield row


def written(drafts: Iterable[Draft]) -> list[tuple[Draft, str]]:
    """Check drafts and return each with its payload as canonical JSON."""
    return [(draft, payload_of(draft)) for draft in drafts]


def payload_of(draft: Draft) -> str:
    """Return a draft's payload as canonical JSON; SessionError if the draft has no place in a log."""
    for name, fits in _faults(draft):
        if not fits:
            raise _unfit(draft, same(name))
    text = canonical(draft.payload)
    if len(text) > MAX_PAYLOAD:
        raise _unfit(draft, Text("the payload is too long", "el contenido es demasiado largo"))
    return text


def _faults(draft: Draft) -> Iterator[tuple[str, bool]]:
    """Return each field's name and whether it can be written."""
    yield "kind", _is_word(draft.kind) and draft.kind not in {"", FIRST_KIND}
    yield "payload", isinstance(draft.payload, Mapping)
    yield "turn", type(draft.turn) is int and 0 <= draft.turn <= MAX_TURN
    for name in ("phase", "game_date", "seat"):
        yield name, _is_word(getattr(draft, name))
    yield "time", draft.time == "" or is_moment(draft.time)


def _is_word(text: object) -> bool:
    return isinstance(text, str) and text.isprintable() and len(text) <= MAX_WORDS


def _unfit(draft: Draft, what: Text) -> SessionError:
    return SessionError(
        Text(
            "A record of kind '{kind}' cannot be written: {what}.",
            "No se puede escribir un registro de tipo «{kind}»: {what}.",
        ).fill(kind=repr(draft.kind)[1:-1], what=what)
    )


def _fields_of(row: Row) -> Draft:
    return Draft(row.kind, {}, row.turn, row.phase, row.game_date, row.seat)
