"""A session at one moment, and what a formula reads in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.oracle import draws
from tests.oracle.board import PER_UNIT, Board, Bound, ticks
from wargame.formula.evaluate import evaluate
from wargame.model.expression import START_LAG, Amount, Draw, Formula, Leaf, Parameter, Read, Turn
from wargame.model.rules import Lens, Mechanism
from wargame.model.rules import Parameter as Setting
from wargame.model.scenario import Scenario

Values = dict[str, int]
GivenOrder = tuple[str, str, Mapping[str, str], int]
"""Actor, move, targets by role, amount."""


@dataclass
class Running:
    """A programme that has been started."""

    order: GivenOrder
    which: int
    filed: int


@dataclass(frozen=True)
class Promise:
    """One side of a deal, due from one turn to another."""

    number: int
    """Its place in the order of all that can be promised."""
    actor: str
    term: str
    targets: Mapping[str, str]
    amount: int
    deal: int
    since: int
    until: int
    kept: int = 0
    missed: int = 0

    @property
    def key(self) -> str:
        """Return what tells it from all other promises."""
        return f"{self.actor}|{self.term}|{sorted(self.targets.items())}"


@dataclass
class State:
    """A session at one moment; ``turn`` is the turn being played (0 during the set-up)."""

    board: Board
    seed: int
    lens: Lens | None
    doctrines: dict[str, str] = field(default_factory=dict)
    """Seat → the doctrine by which its members lean."""
    leanings: dict[str, list[Mechanism]] = field(default_factory=dict)
    """Seat → what that doctrine adds."""
    values: Values = field(default_factory=dict)
    turn: int = 0
    past: list[Values] = field(default_factory=list)
    """The world at the start of every turn up to this one."""
    promises: list[Promise] = field(default_factory=list)
    """In force."""
    settled: list[str] = field(default_factory=list)
    """What became of the promises that were due in the last turn."""
    running: list[Running] = field(default_factory=list)
    filed: list[tuple[int, str, str]] = field(default_factory=list)
    """Turn, actor and move of every order so far."""
    fates: list[str] = field(default_factory=list)
    """What became of the orders of the last turn, in the order given."""
    happened: dict[str, int] = field(default_factory=dict)
    """Event binding or inject → the last turn in which it happened."""
    noted: dict[str, int] = field(default_factory=dict)
    ending: str | None = None

    @property
    def scenario(self) -> Scenario:
        """Return the scenario that is played."""
        return self.board.scenario

    @property
    def start_values(self) -> Values:
        """Return the world at the start of turn 1 (during the set-up: the world as it is)."""
        return self.past[0] if self.past else self.values

    def active(self, name: str) -> bool:
        """Tell whether an entity, or both ends of a tie, are in play."""
        if name in self.board.ties:
            tie = self.board.ties[name]
            return self.active(tie.source) and self.active(tie.target)
        return self.values[f"{name}.active"] * 2 >= PER_UNIT

    def all_active(self, bound: Mapping[str, str]) -> bool:
        """Tell whether everything bound is in play."""
        return all(self.active(name) for name in bound.values())


@dataclass(frozen=True)
class Desk:
    """Where a formula is computed: the world, what its roles stand for, its parameters and its draws."""

    state: State
    bound: Bound
    settings: Mapping[str, float]
    scope: str = ""
    amount: int = 1
    prefix: str = ""

    def number(self, formula: Formula) -> float:
        """Return what a formula yields as a number; a truth is 1 or 0."""
        return float(evaluate(formula.node, self._leaf, formula.yields))

    def holds(self, formula: Formula | None) -> bool:
        """Tell whether a condition holds; no condition does."""
        return formula is None or bool(evaluate(formula.node, self._leaf, "truth"))

    def odds(self, formula: Formula, factors: Iterable[float] = ()) -> float:
        """Return odds from 0 to 1 on the grid."""
        p = self.number(formula)
        for factor in factors:
            p = p * factor
        return ticks(min(max(p, 0.0), 1.0)) / PER_UNIT

    def comes(self, odds: float, purpose: str) -> bool:
        """Tell whether something with these odds comes about."""
        return draws.uniform(self.state.seed, self.state.turn, f"{self.scope}|{self.prefix}{purpose}") < odds

    def _leaf(self, number: int, leaf: Leaf, argument: float | None) -> float | bool:
        if isinstance(leaf, Read):
            return self._read(leaf)
        if isinstance(leaf, Parameter):
            return self.settings[leaf.name]
        if isinstance(leaf, Turn):
            return float(self.state.turn)
        if isinstance(leaf, Amount):
            return float(self.amount)
        assert argument is not None
        return self._draw(leaf, argument)

    def _draw(self, leaf: Draw, argument: float) -> float | bool:
        if leaf.kind == "chance":
            return self.comes(argument, leaf.purpose)
        text = f"{self.scope}|{self.prefix}{leaf.purpose}"
        return draws.noise(self.state.seed, self.state.turn, text) * argument

    def _read(self, read: Read) -> float:
        board = self.state.board
        owner = board.owner(read.subject, self.bound)
        if owner is None:
            return board.missing(read)
        return self._world(read.lag)[f"{owner}.{read.attribute}"] / PER_UNIT

    def _world(self, lag: int) -> Values:
        if lag == 0:
            return self.state.values
        past = self.state.past
        return self.state.start_values if lag == START_LAG or lag > len(past) else past[-lag]


def settings_of(state: State, rule: str, own: Mapping[str, Setting], scale: Setting | None = None) -> dict[str, float]:
    found = {name: p.value for name, p in own.items()}
    if scale is not None:
        found["scale"] = scale.value
    lens = state.lens.parameters if state.lens else {}
    return {name: lens.get(f"{rule}.{name}", value) for name, value in found.items()}


def is_on(state: State, rule: str, off: bool) -> bool:
    if state.lens is None:
        return not off
    return rule in state.lens.on or (not off and rule not in state.lens.off)
