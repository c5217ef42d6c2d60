"""A turn's ledger as the log keeps it: complete in itself, so that "why?" needs no re-run.

The payload of a record of kind ``ledger``:

    {"texts": ["adjudicate", "cost", "eradication-squads.treasury", "manual-eradication", …],
     "numbers": [40.0, 12.5, 0.8, …],
     "postings": [{"phase": 0, "kind": 1, "number": [2, …], "ticks": [-4194304, …],
                   "rule": 3, "order": [4, …], "filed": [2, …],
                   "formula": 5, "yields": 6, "values": [0, [1, …]], "factors": [[7, [2, …]]]},
                  {"phase": 8, …, "rule": 12, "bound": [[13, [14, …]], …], …}, …]}

A posting is several lines that came about together: what one formula of a rule, or of the orders of one move, did to
several numbers. ``number`` and ``ticks`` have an item for each line, and so have ``order`` and ``filed``, or else each
role in ``bound``; in ``values`` (one for each leaf of the formula) and ``factors``, what is not a list goes for all
lines. Only ``ticks`` and ``filed`` stand for themselves: every other item is a position in ``texts``, or in ``numbers``
for values and factors. What does not apply is left out: orders, for what rules do; rule, formula, yields, values and
factors, for the clips of a phase.

Sessions of format 1 have ``causes`` instead, a list for each line: phase, number, kind, ticks; where there is a rule,
rule, bound, order, filed; where there is a formula, formula, yields, values, factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, overload

from wargame.engine.engine import Engine
from wargame.model.ledger import CauseKind, Column, Ledger, Posting, at
from wargame.model.orders import targets_of
from wargame.model.ticks import PER_UNIT, TICK

OF_TERMS = frozenset({CauseKind.TERM, CauseKind.PLEDGE, CauseKind.BREACH})
"""Causes that are promises, not orders."""
_Item = TypeVar("_Item")


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
    texts: _Places[str] = _Places()
    numbers: _Places[float] = _Places()
    postings = [_plain(posting, engine, texts, numbers) for posting in ledger.postings]
    return {"texts": list(texts), "numbers": list(numbers), "postings": postings}


class _Places(dict[_Item, int]):
    """Item → its position among all items, in the order in which they were first asked for."""

    def __missing__(self, item: _Item) -> int:
        self[item] = len(self)
        return self[item]


def _plain(posting: Posting, engine: Engine, texts: _Places[str], numbers: _Places[float]) -> dict[str, Any]:
    names = engine.layout.names
    found: dict[str, Any] = {
        "phase": texts[str(posting.phase)],
        "kind": texts[posting.kind.value],
        "number": [texts[names[row]] for row in posting.rows],
        "ticks": [round(amount * PER_UNIT) for amount in posting.amounts],
    }
    if posting.rule:
        found["rule"] = texts[posting.rule]
    if posting.candidates and posting.kind not in OF_TERMS:
        found["order"] = [texts[engine.candidates[candidate].key] for candidate in posting.candidates]
    elif posting.bounds:
        roles = posting.bounds[0]
        found["bound"] = [[texts[role], [texts[bound[role]] for bound in posting.bounds]] for role in roles]
    if posting.filed:
        found["filed"] = posting.filed
    if posting.formula is not None:
        found["formula"], found["yields"] = texts[posting.formula.text], texts[posting.formula.yields]
        found["values"] = [_placed(column, numbers) for column in posting.values]
    if posting.factors:
        found["factors"] = [[texts[name], _placed(column, numbers)] for name, column in posting.factors]
    return found


def _placed(column: Column, numbers: _Places[float]) -> int | list[int]:
    return numbers[column] if isinstance(column, float) else [numbers[number] for number in column]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Causes(Sequence[LoggedCause]):
    """The causes of a turn, in the order of the ledger; taken from what is logged when they are first asked for."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self._payload = payload

    @cached_property
    def _all(self) -> tuple[LoggedCause, ...]:
        return tuple(read_causes(self._payload))

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


def read_causes(payload: Mapping[str, Any]) -> Iterator[LoggedCause]:
    """Yield the causes that the payload of a ledger record holds."""
    if "causes" in payload:
        yield from map(_cause_of_format_1, payload["causes"])
        return
    for posting in payload["postings"]:
        yield from _causes(posting, payload["texts"], payload["numbers"])


def _causes(posting: Mapping[str, Any], texts: Sequence[str], numbers: Sequence[float]) -> Iterator[LoggedCause]:
    phase, kind = texts[posting["phase"]], CauseKind(texts[posting["kind"]])
    rule, formula, yields = (texts[posting[part]] if part in posting else "" for part in ("rule", "formula", "yields"))
    roles = [(texts[role], column) for role, column in posting.get("bound", ())]
    orders, filed = posting.get("order"), posting.get("filed")
    values = [_column(places, numbers) for places in posting.get("values", ())]
    factors = [(texts[name], _column(places, numbers)) for name, places in posting.get("factors", ())]
    for i, (number, ticks) in enumerate(zip(posting["number"], posting["ticks"], strict=True)):
        order = texts[orders[i]] if orders else ""
        bound = {role: texts[column[i]] for role, column in roles}
        yield LoggedCause(
            phase,
            texts[number],
            kind,
            ticks,
            rule,
            {"actor": order.split("|")[0], **targets_of(order)} if order else bound,
            order,
            filed[i] if filed else 0,
            formula,
            yields,
            tuple(at(column, i) for column in values),
            tuple((name, size) for name, column in factors if (size := at(column, i)) != 1.0),
        )


def _column(places: int | Sequence[int], numbers: Sequence[float]) -> Column:
    return numbers[places] if isinstance(places, int) else [numbers[place] for place in places]


def _cause_of_format_1(plain: Sequence[Any]) -> LoggedCause:
    phase, number, kind, ticks, *more = plain
    rule, bound, order, filed = more[:4] if more else ("", {}, "", 0)
    formula, yields, values, factors = more[4:8] if len(more) > 4 else ("", "", [], [])
    sizes = tuple((name, size) for name, size in factors)
    return LoggedCause(
        phase, number, CauseKind(kind), ticks, rule, bound, order, filed, formula, yields, tuple(values), sizes
    )
