"""On what an entry rests: its sources, what is assumed, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wargame.model.text import Text


class Confidence(StrEnum):
    """How sure the sources are of the direction of a rule."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Basis:
    """On what an entry rests: ids of sources, or what is assumed, or both."""

    sources: tuple[str, ...] = ()
    assumption: Text | None = None
    confidence: Confidence | None = None
