"""What every store of sessions offers, whatever keeps the bytes: a file (``Library``), memory, later a database server.

All stores keep the same promises, and the same contract tests hold them to it:

- what ``create`` and ``append`` have returned is kept; what they have not returned is kept whole or not at all;
- records are never changed; reading checks the hash of every record read, the header and the digest of the content;
- ``append`` with ``expected_seq`` refuses when somebody else has appended meanwhile;
- a session goes as a whole, in one transaction, and leaves a tombstone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.canonical import parse
from wargame.session.header import Header
from wargame.session.records import Draft, Record, Row

MAX_CONTENT = 32 * 2**20
"""The longest pinned content, in bytes."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One session in a list; ``header`` is None when it cannot be read (``Store.header`` then says why)."""

    session: str
    header: Header | None
    turn: int
    records: int
    head: str
    changed: str
    ended: bool = False
    """It has come to its end, and can only be looked at or forked."""
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Every seat's score, as the record of the end has it; empty before the end, or where that cannot be read."""

    @property
    def scenario(self) -> str:
        """Return the scenario's id, or nothing when the header cannot be read."""
        return self.header.scenario if self.header else ""

    @property
    def created(self) -> str:
        """Return when the session began, or nothing when the header cannot be read."""
        return self.header.created if self.header else ""

    @property
    def people(self) -> tuple[str, ...]:
        """Return the ids of the seats that people play."""
        return tuple(seat.seat for seat in self.header.seats if seat.by == "people") if self.header else ()


def scores_in(end: str | None) -> dict[str, float]:
    """Return every seat's score from the payload of a record of the end; nothing where there is none to read."""
    try:
        payload = parse(end or "null")
    except ValueError:
        return {}
    found = payload.get("scores") if isinstance(payload, dict) else None
    if not isinstance(found, dict) or not all(isinstance(score, int | float) for score in found.values()):
        return {}
    return {seat: float(score) for seat, score in found.items()}


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a deleted session: how long its log was, its head hash, and when it went."""

    session: str
    head: str
    records: int
    time: str


class Overtaken(SessionError):
    """Somebody else has appended to the session since it was last read; ``next_seq`` is where it now goes on."""

    def __init__(self, session: str, expected: int, next_seq: int) -> None:
        super().__init__(
            Text(
                "Somebody else is writing to session {id}: the log goes on at record {next}, not {expected}. "
                "Open the session again.",
                "Alguien más está escribiendo en la sesión {id}: la bitácora sigue en el registro {next}, no en el "
                "{expected}. Vuelva a abrir la sesión.",
            ).fill(id=session, next=next_seq, expected=expected)
        )
        self.next_seq = next_seq


class Store(Protocol):
    """Sessions with their headers, pinned contents and records. Ids are whole ids; ``find`` completes a typed one."""

    def create(self, header: Header, content: bytes, drafts: Sequence[Draft] = ()) -> tuple[Row, ...]:
        """Start a session with record 0 and, in the same commit, its first records; return all as they are kept."""

    def append(self, session: str, drafts: Sequence[Draft], *, expected_seq: int | None = None) -> tuple[Row, ...]:
        """Add records, all or none; return them once they are kept. ``Overtaken`` if others have appended."""

    def restore(self, header: Header, content: bytes, records: Iterable[Record]) -> None:
        """Take in a whole session as it was elsewhere, all or nothing; refuse what is not an unbroken chain."""

    def has(self, session: str) -> bool:
        """Tell whether the session is here."""

    def find(self, text: str) -> str:
        """Return the id of the one session whose id begins with a text as typed."""

    def header(self, session: str) -> Header:
        """Return the header of a session."""

    def content(self, session: str) -> bytes:
        """Return the content pinned by a session."""

    def records(self, session: str, from_seq: int = 0, to_seq: int | None = None) -> tuple[Record, ...]:
        """Return the records from ``from_seq`` up to but not including ``to_seq``, checked."""

    def last(self, session: str) -> Record:
        """Return the newest record of a session, checked."""

    def sessions(self) -> tuple[Summary, ...]:
        """Return a summary of every session, oldest first."""

    def delete_session(self, session: str) -> Tombstone:
        """Remove a session whole, and its content if no other session pins it."""

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return what is left of deleted sessions, oldest first."""

    def check(self) -> None:
        """Look through the medium itself and raise LibraryError if it is damaged."""

    def close(self) -> None:
        """Let go of the medium; a second time does nothing."""


def already_here(session: str) -> SessionError:
    """Return the error for creating a session whose id is taken."""
    return SessionError(
        Text("Session {id} is already in the library.", "La sesión {id} ya está en la biblioteca.").fill(id=session)
    )
