"""The texts that name the draws of W, as 64-bit numbers: the same in all three programs.

Ids here are those of the rule pack and scenario in ``workload``.
"""

from __future__ import annotations

from dataclasses import dataclass

from bench.tables import ACTORS, EVENTS, MOVES, Tables
from wargame.engine.draws import word


def actor_id(actor: int) -> str:
    """Return the id of an actor."""
    return f"actor{actor:02d}"


def indicator_id(indicator: int) -> str:
    """Return the id of an indicator."""
    return f"ind{indicator}"


def move_id(move: int) -> str:
    """Return the id of a move."""
    return f"move-{move:02d}"


def shock_id(shock: int) -> str:
    """Return the id of an event."""
    return f"shock-{shock}"


@dataclass(frozen=True, slots=True)
class Words:
    """The number of every draw but for session and turn. On the diagonal (actor = target) nothing is ever drawn."""

    choice: list[list[int]]
    """``[actor][move]``: the legal move with the largest draw is taken."""
    target: list[list[list[int]]]
    """``[actor][move][target]``: so is the target."""
    success: list[list[list[int]]]
    """``[actor][move][target]``"""
    shock: list[int]


def words_of(tables: Tables) -> Words:
    """Return the words of W."""
    choice = [[word(f"choice|{actor_id(a)}|{move_id(m)}") for m in range(MOVES)] for a in range(ACTORS)]
    orders = [
        [[f"{actor_id(a)}|{move_id(m)}|t={actor_id(t)}" for t in range(ACTORS)] for m in range(MOVES)]
        for a in range(ACTORS)
    ]
    return Words(
        choice,
        [[[word(f"choice|{order}") for order in row] for row in rows] for rows in orders],
        [[[word(f"{order}|success") for order in row] for row in rows] for rows in orders],
        [word(f"{shock_id(e)}|p={actor_id(tables.shocks[e].actor)}|happens") for e in range(EVENTS)],
    )
