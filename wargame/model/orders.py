"""Orders: what seats may do, and what became of what they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wargame.model.promises import Bargains

NONE = -1
"""The candidate id of an empty slot."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that one actor may ever order: a move with its targets bound (role → entity or tie id)."""

    id: int
    pair: int
    actor: str
    move: str
    targets: Mapping[str, str]

    @property
    def key(self) -> str:
        """Return the text that names the candidate in draws and logs."""
        return f"{self.actor}|{self.move}|{bound_text(self.targets)}"


def targets_of(key: str) -> dict[str, str]:
    """Return role → entity or tie from the text that names a candidate."""
    return bound_of(key.split("|", 2)[2])


def bound_text(bound: Mapping[str, str]) -> str:
    """Return role → entity or tie as one text: ``role=id,role=id``."""
    return ",".join(f"{role}={name}" for role, name in bound.items())


def bound_of(text: str) -> dict[str, str]:
    """Return role → entity or tie from such a text."""
    return dict(part.split("=", 1) for part in _parts(text))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """Return the ``role=id`` parts; a tie's id has commas and brackets of its own."""
    return tuple(_split(text))


def _split(text: str) -> Iterator[str]:
    part, depth = "", 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            yield part
            part = ""
        else:
            part += letter
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class Order:
    """One filled-in move: a candidate, an amount, and why the seat gave it."""

    candidate: int
    amount: int = 1
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a batch: candidate ids and amounts, ``[slot, session]``, NONE for an empty slot.

    ``checked``: every order was legal in its seat's view when it was filed. ``bargains``: what was agreed before.
    """

    candidates: NDArray[np.int32]
    amounts: NDArray[np.int16]
    checked: bool = False
    bargains: Bargains | None = None


class Fate(StrEnum):
    """What became of an order."""

    DONE = "done"
    """A move without odds."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    FIZZLED = "fizzled"
    """Legal in the seat's view, impossible in truth: paid for, without effect."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one order in a live session. ``odds`` and ``draw`` are None for a move without odds."""

    candidate: int
    amount: int
    fate: Fate
    odds: float | None
    draw: float | None
    exposed: bool
