"""How compiled formulas reach the world: the only code that knows where a name lies in the arrays.

``Dense`` reads all bindings of a rule in all sessions (``[binding, session]``); ``Sparse`` reads filed orders
(``[order]``).
A seat's view is read through the same two, with its own rows put in place of the true ones when formulas are bound.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from wargame.engine import draws
from wargame.formula.compile import Compiled, compile_formula
from wargame.formula.walk import leaves
from wargame.model.bindings import Bound, Cast, row_of
from wargame.model.expression import START_LAG, Amount, Between, Draw, Formula, Leaf, Parameter, Read, Turn
from wargame.model.layout import Layout
from wargame.model.ticks import Floats
from wargame.model.world import World

Values: TypeAlias = Any
"""A float, a truth value, or an array of either: ``[binding, session]``, ``[session]`` or ``[order]``."""
Rows: TypeAlias = "slice | NDArray[np.intp]"
TURN_LEAF, AMOUNT_LEAF = -1, -2
"""Under what the turn and the amount are recorded among the leaves that a reader has given."""
RowOf: TypeAlias = Callable[[int, int], int]
"""(position of the binding, true row) → row to read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where one leaf of a bound formula gets its values."""

    rows: NDArray[np.intp] | None = None
    dense: Rows | None = None
    lag: int = 0
    words: draws.Hashes | None = None
    bell: bool = False
    truth: bool = False
    parameter: tuple[str, str] | None = None
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class BoundFormula:
    """A formula compiled once and bound to rows for every binding of its rule."""

    formula: Formula
    run: Compiled
    sources: tuple[Source, ...]
    leaves: tuple[Leaf, ...]
    keys: tuple[int, ...]
    """Under what a reader that records notes the value of each leaf."""

    @property
    def rows(self) -> set[int]:
        """Return every row that the formula reads now."""
        return {int(r) for s in self.sources if s.rows is not None for r in s.rows}

    @property
    def draws(self) -> bool:
        """Say whether the formula uses chance."""
        return any(s.words is not None for s in self.sources)


_Known: TypeAlias = tuple[Compiled, tuple[Leaf, ...], Formula]
_MOST: Final = 1 << 14
_known: dict[int, _Known] = {}
"""By the identity of the formula, which is kept alive here: one formula is bound several times, in several engines."""


def _compiled(formula: Formula) -> _Known:
    found = _known.get(id(formula))
    if found is None:
        if len(_known) >= _MOST:
            _known.clear()
        found = _known[id(formula)] = (compile_formula(formula), leaves(formula.node), formula)
    return found


@dataclass(frozen=True)
class Binder:
    """Binds formulas to the rows of one scenario under one lens."""

    cast: Cast
    layout: Layout
    parameters: Mapping[tuple[str, str], float]
    """(rule, parameter) → value under the lens."""
    absent: Mapping[tuple[str, str], float]
    """(tie type, attribute) → what is read where there is no such tie."""
    flags: frozenset[str]
    """Attributes that formulas read as truth values."""

    def bind(
        self,
        formula: Formula,
        rule: str,
        bounds: Sequence[Bound],
        texts: Sequence[str] = (),
        row: RowOf | None = None,
        purpose: str = "",
    ) -> BoundFormula:
        """Bind a formula; ``texts`` name the draws of each binding, ``purpose`` stands before each draw's own."""
        run, found, _ = _compiled(formula)
        named = [f"{text}|{purpose}" for text in texts]
        sources = tuple(self._source(leaf, rule, bounds, named, row) for leaf in found)
        return BoundFormula(formula, run, sources, found, tuple(_noted_under(leaf, n) for n, leaf in enumerate(found)))

    def _source(
        self, leaf: Leaf, rule: str, bounds: Sequence[Bound], texts: Sequence[str], row: RowOf | None
    ) -> Source:
        if isinstance(leaf, Read):
            rows = np.array([self._row(leaf, b, i, row) for i, b in enumerate(bounds)], dtype=np.intp)
            return Source(rows=rows, dense=_as_slice(rows), lag=leaf.lag, truth=leaf.attribute in self.flags)
        if isinstance(leaf, Draw):
            words = draws.words(text + leaf.purpose for text in texts)
            return Source(words=words, bell=leaf.kind == "noise")
        if isinstance(leaf, Parameter):
            return Source(parameter=(rule, leaf.name), value=self.parameters[rule, leaf.name])
        return Source()

    def _row(self, leaf: Read, bound: Bound, position: int, row: RowOf | None) -> int:
        true = self.true_row(leaf, bound)
        return true if row is None else row(position, true)

    def true_row(self, leaf: Read, bound: Bound) -> int:
        """Return the row of a read: the ``absent`` constant where there is no tie, 0 where no reference is given."""
        found = row_of(leaf.subject, leaf.attribute, bound, self.cast, self.layout)
        if found is not None:
            return found
        if isinstance(leaf.subject, Between):
            return self.layout.constant[self.absent[leaf.subject.tie, leaf.attribute]]
        return self.layout.constant[0.0]


def _noted_under(leaf: Leaf, number: int) -> int:
    if isinstance(leaf, Turn):
        return TURN_LEAF
    return AMOUNT_LEAF if isinstance(leaf, Amount) else number


def _as_slice(rows: NDArray[np.intp]) -> Rows:
    if len(rows) and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


class _Reader(ABC):
    """What both readers keep: the world and its keys, the formula being computed, and what they gave for its leaves."""

    __slots__ = ("amounts", "keys", "seen", "sources", "world")

    def __init__(self, world: World, keys: draws.Hashes, amounts: Values, record: bool) -> None:
        self.world = world
        self.keys = keys
        self.amounts = amounts
        """The amount of an order where costs and odds of one are asked for, or that of each order."""
        self.sources: tuple[Source, ...] = ()
        self.seen: dict[int, Values] | None = {} if record else None

    def evaluate(self, bound: BoundFormula) -> Values:
        """Return what the formula yields."""
        self.sources = bound.sources
        if self.seen is not None:
            self.seen = {}
        return bound.run(self)

    def read(self, leaf: int) -> Values:
        """Return the values of a read."""
        source = self.sources[leaf]
        values = self._values(source)
        return self._note(leaf, values >= 0.5 if source.truth else values)

    def parameter(self, leaf: int) -> Values:
        """Return a parameter: a number, or one for each session or order."""
        source = self.sources[leaf]
        varied = self.world.parameters.get(source.parameter)  # type: ignore[arg-type]
        return self._note(leaf, source.value if varied is None else self._each(varied))

    def draw(self, leaf: int, argument: Values) -> Values:
        """Return what chance gives: truth values, or bell-shaped numbers."""
        source = self.sources[leaf]
        hashes = draws.mix(self._hashes(source))
        return self._note(leaf, draws.bell(hashes) * argument if source.bell else draws.uniform(hashes) < argument)

    def turn(self) -> float:
        """Return the number of the turn."""
        return float(self._note(TURN_LEAF, float(self.world.turn)))

    def amount(self) -> Values:
        """Return the amount asked about, or those of the orders."""
        return self._note(AMOUNT_LEAF, self.amounts)

    def _note(self, leaf: int, values: Values) -> Values:
        if self.seen is not None:
            self.seen[leaf] = values
        return values

    @abstractmethod
    def _values(self, source: Source) -> Values:
        """Return the numbers of a read, as they lie in the world."""

    @abstractmethod
    def _each(self, varied: Floats) -> Values:
        """Return a parameter given as ``[session]``."""

    @abstractmethod
    def _hashes(self, source: Source) -> draws.Hashes:
        """Return what a draw is made from (a fresh array)."""


class Dense(_Reader):
    """Reads all bindings of a bound formula in all sessions: ``[binding, session]``."""

    __slots__ = ()

    def __init__(self, world: World, keys: draws.Hashes, record: bool = False, amount: float = 1.0) -> None:
        super().__init__(world, keys, amount, record)

    def _values(self, source: Source) -> Values:
        return _values_at(self.world, source.lag)[source.dense]

    def _each(self, varied: Floats) -> Values:
        return varied

    def _hashes(self, source: Source) -> draws.Hashes:
        assert source.words is not None
        return source.words[:, None] ^ self.keys[None, :]


class Sparse(_Reader):
    """Reads filed orders of one move: ``[order]``."""

    __slots__ = ("places", "session")

    def __init__(
        self,
        world: World,
        keys: draws.Hashes,
        places: NDArray[np.intp],
        session: NDArray[np.intp],
        amounts: Floats,
        record: bool = False,
    ) -> None:
        super().__init__(world, keys, amounts, record)
        self.places = places
        """Position of each order's candidate among the candidates of the move."""
        self.session = session

    def _values(self, source: Source) -> Values:
        assert source.rows is not None
        flat = source.rows[self.places]
        flat *= self.world.values.shape[1]
        flat += self.session
        return _values_at(self.world, source.lag).reshape(-1).take(flat)

    def _each(self, varied: Floats) -> Values:
        return varied[self.session]

    def _hashes(self, source: Source) -> draws.Hashes:
        assert source.words is not None
        return source.words[self.places] ^ self.keys[self.session]


def spread(values: Values, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return values in a shape (not to be changed); most have it already."""
    if isinstance(values, np.ndarray) and values.shape == shape:
        return values
    return np.broadcast_to(values, shape)


def _values_at(world: World, lag: int) -> Floats:
    if lag == 0:
        return world.values
    return world.start if lag == START_LAG else world.at_start_of(lag - 1)
