"""What seats are told: events that became public and the injects addressed to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from wargame.engine.happenings import AT_SETUP
from wargame.model.basis import Basis
from wargame.model.text import Text
from wargame.session.session import Session

Kind: TypeAlias = Literal["event", "inject"]


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news; ``expected`` (of an inject) is for the facilitator alone.

    An event happens in the turn before the one whose brief tells of it, and belongs to the results of that turn; an
    inject comes with the turn that it opens, and belongs to no results.
    """

    kind: Kind
    id: str
    title: Text
    text: Text
    expected: Text | None
    audience: tuple[str, ...]
    """Seats that are told; empty: all, or (an event that is not public) none."""
    public: bool
    basis: Basis

    def reaches(self, seat: str) -> bool:
        """Say whether a seat is told."""
        return self.public if self.kind == "event" else not self.audience or seat in self.audience


def news_of(session: Session, turn: int, seat: str | None = None, kind: Kind | None = None) -> list[News]:
    """Return what is read in the brief of a turn: by one seat, or (None) by those who may read everything."""
    found = [news for news in _told(session, _happened_before(session, turn)) if kind is None or news.kind == kind]
    return [news for news in found if seat is None or news.reaches(seat)]


def _happened_before(session: Session, turn: int) -> Iterable[str]:
    if turn > 1:
        return next((report.happened for report in session.reports if report.turn == turn - 1), ())
    fired = session.world.fired[:, 0]
    return [name for name, when in zip(session.engine.happenings.names, fired, strict=True) if when == AT_SETUP]


def _told(session: Session, names: Iterable[str]) -> Iterator[News]:
    happenings = session.engine.happenings
    injects = {f"inject|{i.inject.id}": i.inject for i in happenings.injects}
    events = [(e.event, bound) for e in happenings.events for bound in e.rule.bounds]
    bound_events = dict(zip(happenings.names, events, strict=False))
    for name in names:
        if name in injects:
            inject = injects[name]
            yield News(
                "inject", inject.id, inject.title, inject.text, inject.expected, inject.audience, False, inject.basis
            )
        else:
            event, bound = bound_events[name]
            roles = {role: session.names.brief(who) for role, who in bound.items()}
            yield News("event", event.id, event.title, event.news.fill(**roles), None, (), event.public, event.basis)
