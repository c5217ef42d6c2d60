"""A first session with a teacher: what a learner is told, and what shows that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wargame.model.text import Text

PLACES: Final = ("brief", "situation", "deals", "orders", "body", "results", "timeline", "end")
"""What can be looked at in a session, in the order of a turn."""


class Deed(StrEnum):
    """What a learner does to finish a lesson."""

    SEE = "see"
    """Look at one of ``PLACES``."""
    ASK = "ask"
    """Ask a question: one of ``QUESTIONS``."""
    ORDER = "order"
    """File so many orders in one turn."""
    TURN = "turn"
    """Reach a turn."""
    OFFER = "offer"
    """Make an offer, or accept one."""
    FORK = "fork"
    """Start again from a past turn."""
    END = "end"
    """Play to the end."""


QUESTIONS: Final = ("why", "forecast", "decisions")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One step: what it is about, how it is done on screens and in lines, and the deed that finishes it."""

    id: str
    title: Text
    text: Text
    screens: Text
    """Which keys do it."""
    lines: Text
    """What to type in line mode."""
    deed: Deed
    what: str
    """The place, question, number of orders or turn; empty for deeds that need none."""
