"""A turn's ledger as the log keeps it: complete in itself, so that "why?" needs no re-run.

The payload of a record of kind ``ledger`` is made of columns:

    {"texts": ["adjudicate", "cost", "manual-eradication", …],  "numbers": [40.0, 12.5, …],
     "postings": {"phase": [0, …], "kind": [1, …], "rule": [2, …], "formula": [3, …], "yields": [4, …],
                  "leaves": [2, …], "lines": [3, …]},
     "lines": {"number": [7, 8, 9, …], "ticks": [-4194304, …], "of": [10, 11, 12, …], "filed": [2, 2, 2, …]},
     "values": [0, 0, 0, 1, 5, 8, …],
     "factors": [[0, 13, [14, 14, 15]], …]}

A posting is several lines that came about together: what one formula of a rule, or of the orders of one move, did to
several numbers. Each has an item in every column of ``postings``, and as many in every column of ``lines`` as its
``lines`` says: the number moved, by how many ticks, whose doing it was (an order, ``squads|patrol|z=valley``,
or the roles of a rule, ``z=valley``), and in which turn that order was filed. ``values`` has, posting after posting and
leaf after leaf of its formula, an item for each line; ``factors`` names a posting, what scaled it, and how much in each
line (1: not at all).

Every text and every number stands once, in ``texts`` and ``numbers``, and is named by its position. Only ``ticks``,
``filed``, ``leaves`` and ``lines`` are what they say. The empty text stands for what does not apply.

Sessions of format 1 have ``causes`` instead, a list for each line: phase, number, kind, ticks; where there is a rule,
rule, bound, order, filed; where there is a formula, formula, yields, values, factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar, overload

from wargame.engine.engine import Engine
from wargame.model.ledger import CauseKind, Column, Ledger, Posting
from wargame.model.orders import bound_of, targets_of
from wargame.model.ticks import PER_UNIT, TICK

OF_TERMS = frozenset({CauseKind.TERM, CauseKind.PLEDGE, CauseKind.BREACH})
"""Causes that are promises, not orders."""
_Item = TypeVar("_Item")

_POSTINGS = ("phase", "kind", "rule", "formula", "yields", "leaves", "lines")
_LINES = ("number", "ticks", "of", "filed")


@dataclass(frozen=True, slots=True)
class LoggedCause:
    """One cause of one change. ``ticks`` is the amount in whole ticks; ``formula`` its text, ``values`` its leaves."""

    phase: str
    number: str
    kind: CauseKind
    ticks: int
    rule: str = ""
    bound: Mapping[str, str] | None = None
    order: str = ""
    filed: int = 0
    formula: str = ""
    yields: str = ""
    values: tuple[float, ...] = ()
    factors: tuple[tuple[str, float], ...] = ()

    @property
    def amount(self) -> float:
        """Return the amount in units of the number."""
        return self.ticks * TICK


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def logged(engine: Engine, ledger: Ledger) -> dict[str, Any]:
    """Return a turn's ledger as the log keeps it."""
    writing = _Writing(engine.layout.names)
    for position, posting in enumerate(ledger.postings):
        writing.add(position, posting)
    return writing.payload()


class _Places(dict[_Item, int]):
    """Item → its position among all items, in the order in which they were first asked for."""

    def __missing__(self, item: _Item) -> int:
        self[item] = len(self)
        return self[item]


class _Writing:
    """Fills the columns of a payload, posting by posting."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.texts: _Places[str] = _Places()
        self.numbers: _Places[float] = _Places()
        self.postings: list[tuple[int, ...]] = []
        self.lines: dict[str, list[int]] = {name: [] for name in _LINES}
        self.values: list[int] = []
        self.factors: list[Any] = []

    def add(self, position: int, posting: Posting) -> None:
        """Add a posting."""
        texts, lines, count = self.texts, self.lines, len(posting.rows)
        lines["number"] += [texts[self.names[row]] for row in posting.rows]
        lines["ticks"] += [round(amount * PER_UNIT) for amount in posting.amounts]
        lines["of"] += [texts[name] for name in posting.names or [""] * count]
        lines["filed"] += posting.filed or [0] * count
        for column in posting.values:
            self.values += self._each(column, count)
        self.factors += [[position, texts[name], self._each(column, count)] for name, column in posting.factors]
        formula = posting.formula
        phase, kind, rule = texts[str(posting.phase)], texts[posting.kind.value], texts[posting.rule]
        told = (texts[formula.text], texts[formula.yields]) if formula else (texts[""], texts[""])
        self.postings.append((phase, kind, rule, *told, len(posting.values), count))

    def _each(self, column: Column, count: int) -> list[int]:
        if isinstance(column, float):
            return [self.numbers[column]] * count
        numbers = self.numbers
        return [numbers[number] for number in column]

    def payload(self) -> dict[str, Any]:
        """Return all that was added."""
        return {
            "texts": list(self.texts),
            "numbers": list(self.numbers),
            "postings": {name: [head[i] for head in self.postings] for i, name in enumerate(_POSTINGS)},
            "lines": self.lines,
            "values": self.values,
            "factors": self.factors,
        }


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Causes(Sequence[LoggedCause]):
    """The causes of a turn, in the order of the ledger; taken from what is logged when they are first asked for."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self._payload = payload

    @cached_property
    def _all(self) -> tuple[LoggedCause, ...]:
        return tuple(read_causes(self._payload))

    @cached_property
    def by_number(self) -> Mapping[str, Sequence[LoggedCause]]:
        """The causes of every number that changed, by its name."""
        return by_number(self._all)

    @overload
    def __getitem__(self, position: int) -> LoggedCause: ...
    @overload
    def __getitem__(self, position: slice) -> tuple[LoggedCause, ...]: ...
    def __getitem__(self, position: int | slice) -> LoggedCause | tuple[LoggedCause, ...]:
        return self._all[position]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[LoggedCause]:
        return iter(self._all)


def by_number(causes: Sequence[LoggedCause]) -> Mapping[str, Sequence[LoggedCause]]:
    """Return the causes of every number that changed, by its name."""
    if isinstance(causes, Causes):
        return causes.by_number
    found: dict[str, list[LoggedCause]] = {}
    for cause in causes:
        found.setdefault(cause.number, []).append(cause)
    return found


def read_causes(payload: Mapping[str, Any]) -> Iterator[LoggedCause]:
    """Yield the causes that the payload of a ledger record holds."""
    if "causes" in payload:
        return map(_cause_of_format_1, payload["causes"])
    return _Reading(payload).causes()


class _Reading:
    """Goes through the columns of a payload, posting by posting."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self.payload = payload
        self.texts: Sequence[str] = payload["texts"]
        self.lines = zip(*(payload["lines"][name] for name in _LINES), strict=True)
        numbers = payload["numbers"]
        self.values = (numbers[place] for place in payload["values"])
        self.factors: dict[int, list[tuple[str, list[float]]]] = {}
        for posting, name, sizes in payload["factors"]:
            self.factors.setdefault(posting, []).append((self.texts[name], [numbers[size] for size in sizes]))
        self.bounds: dict[str, Mapping[str, str]] = {"": {}}

    def causes(self) -> Iterator[LoggedCause]:
        """Yield every cause."""
        heads = zip(*(self.payload["postings"][name] for name in _POSTINGS), strict=True)
        for position, (*said, leaves, count) in enumerate(heads):
            columns = [list(islice(self.values, count)) for _ in range(leaves)]
            values = list(zip(*columns, strict=True)) or [()] * count
            yield from self._posting([self.texts[place] for place in said], values, self.factors.get(position, ()))

    def _posting(
        self, said: list[str], values: list[tuple[float, ...]], factors: Sequence[tuple[str, list[float]]]
    ) -> Iterator[LoggedCause]:
        phase, kind, rule, formula, yields = said
        for i, (number, ticks, of, filed) in enumerate(islice(self.lines, len(values))):
            name = self.texts[of]
            yield LoggedCause(
                phase,
                self.texts[number],
                CauseKind(kind),
                ticks,
                rule,
                self._bound(name),
                name if "|" in name and kind not in OF_TERMS else "",
                filed,
                formula,
                yields,
                values[i],
                tuple((factor, sizes[i]) for factor, sizes in factors if sizes[i] != 1.0),
            )

    def _bound(self, name: str) -> Mapping[str, str]:
        if name not in self.bounds:
            order = {"actor": name.split("|")[0], **targets_of(name)} if "|" in name else None
            self.bounds[name] = bound_of(name) if order is None else order
        return self.bounds[name]


def _cause_of_format_1(plain: Sequence[Any]) -> LoggedCause:
    phase, number, kind, ticks, *more = plain
    rule, bound, order, filed = more[:4] if more else ("", {}, "", 0)
    formula, yields, values, factors = more[4:8] if len(more) > 4 else ("", "", [], [])
    sizes = tuple((name, size) for name, size in factors)
    return LoggedCause(
        phase, number, CauseKind(kind), ticks, rule, bound, order, filed, formula, yields, tuple(values), sizes
    )
