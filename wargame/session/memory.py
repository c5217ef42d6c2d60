"""A store that forgets: for practice turns that are thrown away, and for tests. It keeps every promise but the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import RLock

from wargame.session.chain import Chain, checked_content, records_of
from wargame.session.header import Header, checked_header, no_session, resolve
from wargame.session.records import Draft, Record, Row, first_row, link, utc_now, written
from wargame.session.store import Overtaken, Summary, Tombstone, already_here, scores_in


@dataclass(slots=True)
class _Kept:
    header: Header
    content: bytes
    rows: list[Row] = field(default_factory=list)


class MemoryStore:
    """A store of sessions that is gone with the process."""

    def __init__(self, clock: Callable[[], str] = utc_now) -> None:
        self._clock = clock
        self._lock = RLock()
        self._sessions: dict[str, _Kept] = {}
        self._tombstones: list[Tombstone] = []

    def create(self, header: Header, content: bytes, drafts: Sequence[Draft] = ()) -> tuple[Row, ...]:
        """Start a session with record 0 and its first records; return all as they are kept."""
        pairs = written(drafts)
        first = first_row(checked_header(header).text(), header.created)
        rows = [first, *link(1, first.hash, pairs, self._clock())]
        self._keep(header, content, rows)
        return tuple(rows)

    def append(self, session: str, drafts: Sequence[Draft], *, expected_seq: int | None = None) -> tuple[Row, ...]:
        """Add records, all or none. ``Overtaken`` if the next seq is not as expected."""
        pairs = written(drafts)
        with self._lock:
            kept = self._known(session).rows
            if expected_seq not in (None, len(kept)):
                raise Overtaken(session, expected_seq or 0, len(kept))
            rows = tuple(link(len(kept), kept[-1].hash, pairs, self._clock()))
            kept.extend(rows)
        return rows

    def restore(self, header: Header, content: bytes, records: Iterable[Record]) -> None:
        """Take in a whole session as it was elsewhere; refuse what is not an unbroken chain."""
        chain = Chain(checked_header(header))
        rows = [chain.take(record) for record in records]
        chain.close()
        self._keep(header, content, rows)

    def has(self, session: str) -> bool:
        """Tell whether the session is here."""
        return session in self._sessions

    def find(self, text: str) -> str:
        """Return the id of the one session whose id begins with a text as typed."""
        return resolve(text, list(self._sessions))

    def header(self, session: str) -> Header:
        """Return the header of a session."""
        return self._known(session).header

    def content(self, session: str) -> bytes:
        """Return the content pinned by a session."""
        return self._known(session).content

    def records(self, session: str, from_seq: int = 0, to_seq: int | None = None) -> tuple[Record, ...]:
        """Return the records from ``from_seq`` up to but not including ``to_seq``."""
        end = None if to_seq is None else max(to_seq, 0)
        return records_of(self._known(session).rows[max(from_seq, 0) : end])

    def last(self, session: str) -> Record:
        """Return the newest record of a session."""
        return self._known(session).rows[-1].record()

    def sessions(self) -> tuple[Summary, ...]:
        """Return a summary of every session, oldest first."""
        found = (_summary(kept.header, kept.rows) for kept in list(self._sessions.values()))
        return tuple(sorted(found, key=lambda summary: (summary.created, summary.session)))

    def delete_session(self, session: str) -> Tombstone:
        """Remove a session whole and leave a tombstone."""
        with self._lock:
            rows = self._known(session).rows
            stone = Tombstone(session, rows[-1].hash, len(rows), self._clock())
            self._tombstones.append(stone)
            del self._sessions[session]
        return stone

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return what is left of deleted sessions, oldest first."""
        return tuple(self._tombstones)

    def check(self) -> None:
        """Find nothing: memory is not a medium that could be damaged."""

    def close(self) -> None:
        """Do nothing: what is here goes with the process."""

    def _keep(self, header: Header, content: bytes, rows: list[Row]) -> None:
        checked_content(header, content)
        with self._lock:
            if header.session in self._sessions:
                raise already_here(header.session)
            self._sessions[header.session] = _Kept(header, bytes(content), rows)

    def _known(self, session: str) -> _Kept:
        kept = self._sessions.get(session)
        if kept is None:
            raise no_session(session, list(self._sessions))
        return kept


def _summary(header: Header, rows: list[Row]) -> Summary:
    last = rows[-1]
    end = next((row.payload for row in rows if row.kind == "end"), None)
    return Summary(header.session, header, last.turn, len(rows), last.hash, last.time, end is not None, scores_in(end))
