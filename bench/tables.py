"""The numbers of workload W, made from a seed: who acts, what moves do, which indicators pull on which.

20 actors with 10 indicators (0..100) and a directed relation to each other (−100..100); 40 moves; 80 links by which a
change of one indicator moves another; 8 random events; 12 turns, in each of which every actor gives one order.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ACTORS: Final = 20
INDICATORS: Final = 10
MOVES: Final = 40
LINKS: Final = 80
EVENTS: Final = 8
TURNS: Final = 12
FAILURE: Final = 0.25
"""The share of its effects that a move has when it fails."""

Amount = tuple[int, float]
"""An indicator and a number for it."""


@dataclass(frozen=True, slots=True)
class Odds:
    """Odds of success: ``base + own · (indicator − 50) / 100 + relation · relation / 100``, held in 0.05–0.95."""

    base: float
    indicator: int
    own: float
    relation: float


@dataclass(frozen=True, slots=True)
class Deed:
    """A move: allowed while each guard's indicator reaches its threshold and no cooldown runs."""

    guards: tuple[Amount, ...]
    cost: Amount
    odds: Odds
    own: tuple[Amount, ...]
    target: tuple[Amount, ...]
    relation: float
    cooldown: int


@dataclass(frozen=True, slots=True)
class Link:
    """What a change of the cause since the start of the turn adds to the effect: ``weight`` times it."""

    cause: tuple[int, int]
    """Actor and indicator."""
    effect: tuple[int, int]
    weight: float


@dataclass(frozen=True, slots=True)
class Shock:
    """A random event that befalls one actor."""

    odds: float
    actor: int
    effects: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything about W that is a number."""

    deeds: tuple[Deed, ...]
    links: tuple[Link, ...]
    shocks: tuple[Shock, ...]
    indicators: tuple[tuple[float, ...], ...]
    """``[actor][indicator]`` at the start."""
    relations: tuple[tuple[float, ...], ...]
    """``[actor][actor]`` at the start; 0 on the diagonal."""


def make(seed: int = 7) -> Tables:
    """Return the tables of a seed. The first move has no guards, no cost and no effects: it is always allowed."""
    draw = random.Random(seed)
    idle = Deed((), (0, 0.0), Odds(0.5, 0, 0.0, 0.0), (), (), 0.0, 0)
    deeds = (idle, *(_deed(draw) for _ in range(MOVES - 1)))
    links = tuple(_link(draw) for _ in range(LINKS))
    shocks = tuple(_shock(draw) for _ in range(EVENTS))
    indicators = tuple(tuple(_between(draw, 30, 80, 1) for _ in range(INDICATORS)) for _ in range(ACTORS))
    relations = tuple(
        tuple(0.0 if a == b else _between(draw, -60, 60, 1) for b in range(ACTORS)) for a in range(ACTORS)
    )
    return Tables(deeds, links, shocks, indicators, relations)


def _deed(draw: random.Random) -> Deed:
    return Deed(
        guards=tuple((draw.randrange(INDICATORS), _between(draw, 5, 55, 1)) for _ in range(2)),
        cost=(draw.randrange(INDICATORS), _between(draw, 0, 4, 2)),
        odds=Odds(
            base=_between(draw, 0.3, 0.9, 2),
            indicator=draw.randrange(INDICATORS),
            own=_between(draw, -0.4, 0.4, 2),
            relation=_between(draw, -0.3, 0.3, 2),
        ),
        own=_amounts(draw, 2, -4, 5, 2),
        target=_amounts(draw, 3, -6, 4, 2),
        relation=_between(draw, -15, 10, 1),
        cooldown=draw.choice([0, 0, 1, 2, 3]),
    )


def _link(draw: random.Random) -> Link:
    cause = draw.randrange(ACTORS), draw.randrange(INDICATORS)
    effect = draw.randrange(ACTORS), draw.randrange(INDICATORS)
    return Link(cause, effect, _between(draw, -0.3, 0.3, 3))


def _shock(draw: random.Random) -> Shock:
    return Shock(_between(draw, 0.02, 0.2, 3), draw.randrange(ACTORS), _amounts(draw, 3, -12, 8, 1))


def _amounts(draw: random.Random, count: int, low: float, high: float, decimals: int) -> tuple[Amount, ...]:
    """Return some effects; those on the same indicator are one, with their sum."""
    return _summed([(draw.randrange(INDICATORS), _between(draw, low, high, decimals)) for _ in range(count)])


def _summed(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    total: dict[int, float] = {}
    for indicator, amount in amounts:
        total[indicator] = round(total.get(indicator, 0.0) + amount, 2)
    return tuple(total.items())


def _between(draw: random.Random, low: float, high: float, decimals: int) -> float:
    return round(draw.uniform(low, high), decimals)
