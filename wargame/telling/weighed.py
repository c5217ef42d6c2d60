"""What is found out about a session that has ended by playing others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wargame.analysis.decisions import Decision
from wargame.analysis.standing import Standing


@dataclass(frozen=True, slots=True)
class Weighed:
    """The decisions of a seat with their worth, and how its score lies among those of bots."""

    decisions: Sequence[Decision]
    standing: Standing
