"""Moves bound to every candidate that may ever give them: legality, cost, odds, effects and programmes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.engine.readers import BoundFormula
from wargame.model.bindings import Bound
from wargame.model.orders import Candidate
from wargame.model.rules import Move, Requirement


@dataclass(frozen=True, slots=True)
class Pair:
    """One actor and one move: the first level of legality. Its candidates are consecutive."""

    id: int
    seat: int
    actor: str
    move: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """One effect of a move: the row of each candidate, −1 where the tie does not exist."""

    amount: BoundFormula
    rows: NDArray[np.intp]
    fixed: bool
    """The amount is the same in every order."""


@dataclass(frozen=True, slots=True)
class MoveTransfer:
    """One transfer of a move: the rows of each candidate, −1 where a tie does not exist."""

    amount: BoundFormula
    source: NDArray[np.intp]
    target: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class MoveEffects:
    """Everything that happens together when an order comes out in some way."""

    add: tuple[MoveEffect, ...]
    transfer: tuple[MoveTransfer, ...]

    def __bool__(self) -> bool:
        return bool(self.add or self.transfer)


@dataclass(frozen=True, slots=True)
class Factor:
    """A modifier bound to the candidates of a move: while ``when`` holds, ``factor`` scales."""

    id: str
    when: BoundFormula | None
    factor: BoundFormula
    meant: NDArray[np.bool_] | None
    """Which bindings have an actor that the modifier means; None: all."""


@dataclass(frozen=True, slots=True)
class Check:
    """A requirement bound twice: to the truth of each candidate, and to what the seat sees of it."""

    requirement: Requirement
    true: BoundFormula
    seen: BoundFormula
    exact: bool
    """Every number it reads is seen exactly, so an order that was legal when filed passes."""


@dataclass(frozen=True)
class BoundMove:
    """A move with its pairs and candidates. ``requires``/``cost_of_pair`` are bound by pair, the rest by candidate."""

    move: Move
    pairs: tuple[Pair, ...]
    first: int
    bounds: tuple[Bound, ...]
    names: tuple[str, ...]
    """What names each candidate in draws and logs."""
    pair_of: NDArray[np.intp]
    """Position of each candidate's pair among the pairs."""
    actors_active: NDArray[np.intp] | None
    active: NDArray[np.intp] | None
    requires: tuple[Check, ...]
    where: tuple[Check, ...]
    cost: Mapping[str, tuple[BoundFormula, BoundFormula]]
    """Resource → its formula by pair and by candidate."""
    fixed_costs: frozenset[str]
    """Resources of which every order costs the same."""
    resource_rows: Mapping[str, NDArray[np.intp]]
    """Resource → row of each candidate's actor."""
    chance: BoundFormula | None
    chance_seen: BoundFormula | None
    always: MoveEffects
    success: MoveEffects
    failure: MoveEffects
    exposed: MoveEffects
    exposure: BoundFormula | None
    programmes: tuple[MoveEffects, ...]
    cost_factors: tuple[Factor, ...]
    """Bound by candidate."""
    pair_cost_factors: tuple[Factor, ...]
    odds_factors: tuple[Factor, ...]
    odds_factors_seen: tuple[Factor, ...]
    effect_factors: tuple[Factor, ...]
    scale: float
    success_words: NDArray[np.uint64]
    exposure_words: NDArray[np.uint64]

    @property
    def count(self) -> int:
        """Return the number of candidates."""
        return len(self.bounds)


@dataclass(frozen=True)
class Catalogue:
    """Every pair and candidate of a scenario, grouped by move."""

    pairs: tuple[Pair, ...]
    candidates: tuple[Candidate, ...]
    moves: tuple[BoundMove, ...]
    move_of: NDArray[np.int32]
    """Number of the move of each candidate."""
    pair_of: NDArray[np.int32]
    pairs_of_seat: tuple[NDArray[np.intp], ...]
    resources: tuple[str, ...]
    convenes: NDArray[np.bool_] | None
    """Which candidates are about the agenda of a body, and so come before the vote; None if none is."""
