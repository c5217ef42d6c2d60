"""Which session is meant where an id was typed, or the word for the newest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.calling import to_type

if TYPE_CHECKING:
    from wargame.session.store import Store, Summary

LAST = "last"
"""Stands, where an id is typed, for the newest session that has not ended."""


def typed_session(store: Store, typed: str) -> str:
    """Return the session that was meant: the one whose id begins so, or the newest unfinished one that people play."""
    if typed != LAST:
        return store.find(typed)
    for summary in sorted(store.sessions(), key=lambda one: one.changed, reverse=True):
        if is_open(summary):
            return summary.session
    raise SessionError(_ALL_ENDED.fill(command=to_type("play")))


def is_open(summary: Summary) -> bool:
    """Say whether people can go on with a session: it can be read, has not ended, and has a seat for them."""
    return not summary.ended and summary.header is not None and any(s.by == "people" for s in summary.header.seats)


_ALL_ENDED = Text(
    "No unfinished session is kept here. To begin one: {command}",
    "Aquí no hay ninguna sesión sin terminar. Para comenzar una: {command}",
)
