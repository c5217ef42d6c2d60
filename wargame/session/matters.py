"""Which numbers matter to a seat, how well it believes it is doing, and which changes of a turn it should hear of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wargame.engine.views import SeatEyes, View
from wargame.model.institutions import BALLOT, NEEDED, PROPOSAL
from wargame.model.kinds import AttributeType, Sight
from wargame.model.scenario import Objective
from wargame.session.beliefs import Beliefs
from wargame.session.reports import TurnReport
from wargame.session.session import Session
from wargame.session.why import Reasons, Why

HEADLINES = 3
"""How many measures of a scenario, the first ones, are told whenever they move."""

_OBJECTIVE, _HEADLINE, _ORDERED, _OWN, _OTHER = 6.0, 4.0, 2.0, 1.2, 0.3
_CERTAIN = 1.5
"""A change beyond so many deviations of an estimate is taken to be more than its error."""
_WORTH_TELLING = 0.015
"""The least change of other numbers that is told, as a share of their range."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An objective, the degree that the seat believes it has reached, and the rows that decide it."""

    objective: Objective
    degree: float
    rows: tuple[int, ...]


class Matters:
    """Knows what one seat wants, and so what it should look at."""

    def __init__(self, session: Session, seat: str) -> None:
        self.session = session
        self.engine = session.engine
        self.eyes: SeatEyes = session.eyes(seat)
        self.seat = self.eyes.seat

    # ── objectives ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def objectives(self) -> Mapping[str, tuple[int, ...]]:
        """Objective → the rows that it reads, as the formula names them."""
        constants = range(self.engine.layout.sections.constants, self.engine.layout.sections.derived)
        return {
            objective.id: tuple(dict.fromkeys(int(r) for s in bound.sources if s.rows is not None for r in s.rows
                                              if int(r) not in constants))
            for objective, bound in self.engine.reckoning.objectives[self.seat.id]
        }  # fmt: skip

    @cached_property
    def headlines(self) -> tuple[int, ...]:
        """The rows that the first measures of the scenario read, of those that the seat is not blind to."""
        rows = [r for _, bound in self.engine.reckoning.measures[:HEADLINES] for r in sorted(bound.rows)]
        return tuple(row for row in dict.fromkeys(rows) if self.eyes.seen[row].sight is not Sight.HIDDEN)

    def standings(self, beliefs: Beliefs, turn: int) -> list[Standing]:
        """Return how far the seat believes its objectives are reached at the start of a turn.

        They are read as at the end of a session that ended with the turn before.
        """
        return [
            Standing(objective, self._degree(objective, beliefs, turn), self.objectives[objective.id])
            for objective, _ in self.engine.reckoning.objectives[self.seat.id]
        ]

    def score(self, standings: Iterable[Standing]) -> float:
        """Return the weighted mean of some degrees."""
        found = list(standings)
        weights = sum(s.objective.weight for s in found)
        return sum(s.degree * s.objective.weight for s in found) / (weights or 1.0)

    def _degree(self, objective: Objective, beliefs: Beliefs, turn: int) -> float:
        if turn > 1:
            value = beliefs.reckon_at_end(objective.degree, objective.id, turn - 1).value
        else:
            value = beliefs.reckon(objective.degree, objective.id, {}, 1).value
        return min(max(value, 0.0), 1.0)

    # ── changes ─────────────────────────────────────────────────────────────────────────────────────────────

    def changed(self, reasons: Reasons, view: View, turn: int, limit: int) -> list[Why]:
        """Return why the numbers moved that matter most to the seat in a turn: those of its objectives first."""
        before, after = reasons.beliefs.at_start_of(turn), reasons.beliefs.at_start_of(turn + 1)
        ordered = self._ordered(reasons, reasons.report(turn))
        scored = []
        for row in self._shown:
            change = float(after[row] - before[row])
            if self._visible(row, float(before[row]), float(after[row]), float(view.deviations[row])):
                weight = self._weight(row, row in ordered)
                size = self._size(row, change, float(before[row]), view)
                if weight >= _HEADLINE or size >= _WORTH_TELLING:
                    scored.append((weight * size, weight, row))
        scored.sort(key=lambda s: (-(s[1] >= _HEADLINE), -s[0], s[2]))
        kept = [row for _, weight, row in self._without_echoes(scored)]
        return [reasons.why(self.engine.layout.names[row], turn) for row in kept[:limit]]

    def largest(self, reasons: Reasons, turn: int, limit: int) -> list[Why]:
        """Return why the numbers moved most in a turn, whoever cares: the headlines, then by share of their range."""
        before, after = reasons.beliefs.at_start_of(turn), reasons.beliefs.at_start_of(turn + 1)
        layout = self.engine.layout
        rows = [
            row
            for row in range(layout.sections.signals)
            if row not in self._business and self._visible(row, float(before[row]), float(after[row]))
        ]
        rows.sort(key=lambda row: (-self._share(row, float(after[row] - before[row]), float(before[row])), row))
        heads = [row for row in self.headlines if before[row] != after[row]]
        kept = dict.fromkeys([*heads, *rows])
        return [reasons.why(layout.names[row], turn) for row in list(kept)[:limit]]

    @cached_property
    def _shown(self) -> tuple[int, ...]:
        """The rows that may be told as changes: all that the seat sees, but signals, constants and its own means."""
        sections, layout = self.engine.layout.sections, self.engine.layout
        wanted = {*self.headlines, *(row for rows in self.objectives.values() for row in rows)}
        groups = {group.row for group in layout.groups}
        business = self._business
        found = []
        for row in range(layout.count):
            if sections.signals <= row < sections.mutable or sections.constants <= row < sections.derived:
                continue
            if self.eyes.seen[row].sight is Sight.HIDDEN or self._is_own_means(row):
                continue
            if row in business and row not in wanted:
                continue
            if row in wanted or (row < sections.derived and row not in groups):
                found.append(row)
        return tuple(found)

    @cached_property
    def _business(self) -> frozenset[int]:
        """The rows that votes and charters keep for themselves; results tell of them in sentences of their own."""
        layout, entities, ties = self.engine.layout, self.engine.cast.entities, self.engine.cast.ties
        kinds = {e.id: e.kind for e in entities.values()} | {t.id: t.type for t in ties.values()}
        found = (
            row
            for row, owner in enumerate(layout.owners)
            if kinds.get(owner) in (BALLOT, PROPOSAL)
            or layout.names[row][len(owner) + 1 :] in NEEDED.get(kinds.get(owner, ""), ())
        )
        return frozenset(found)

    def _is_own_means(self, row: int) -> bool:
        attribute = self.engine.layout.attributes[row]
        return attribute is not None and attribute.resource and self.engine.layout.owners[row] in self.seat.actors

    def _ordered(self, reasons: Reasons, report: TurnReport) -> set[int]:
        """Return the rows that the seat's own orders and programmes changed."""
        if reasons.surmise is not None:
            return reasons.surmise.own_rows(report)
        own = set(self.seat.actors)
        return {reasons.row(c.number) for c in report.causes if c.order and c.order.split("|")[0] in own}

    def _visible(self, row: int, before: float, after: float, deviation: float = 0.0) -> bool:
        """Say whether a change shows in the number as it is told: an estimate goes without decimals."""
        attribute = self.engine.layout.attributes[row]
        decimals = 1 if attribute is None or attribute.type is AttributeType.LEVEL else attribute.decimals
        decimals = 0 if deviation >= 1.0 else decimals
        return round(before, decimals) != round(after, decimals)

    def _weight(self, row: int, ordered: bool) -> float:
        wanted = [o for o in self.seat.objectives if row in self.objectives.get(o.id, ())]
        if wanted:
            return _OBJECTIVE + max(o.weight for o in wanted)
        if row in self.headlines:
            return _HEADLINE
        if ordered:
            return _ORDERED
        owner, ties = self.engine.layout.owners[row], self.engine.cast.ties
        ends = {ties[owner].source, ties[owner].target} if owner in ties else {owner}
        return _OWN if ends & set(self.seat.actors) else _OTHER

    def _size(self, row: int, change: float, before: float, view: View) -> float:
        """Return how large a change is beyond the error of the estimate, as a share of the range of the number."""
        noise = float(view.deviations[row])
        beyond = max(abs(change) - _CERTAIN * noise, 0.1 * abs(change)) if noise else abs(change)
        return self._share(row, beyond, before)

    def _share(self, row: int, change: float, before: float) -> float:
        attribute, layout = self.engine.layout.attributes[row], self.engine.layout
        if attribute is not None and attribute.type is AttributeType.STOCK:
            width = max(abs(before), 1.0) * 2
        else:
            width = float(layout.high[row] - layout.low[row])
        return min(abs(change) / width, 1.0)

    def _without_echoes(self, scored: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
        """Leave out rows that show the same number as one before: what is reported, and the report of it."""
        shown: set[int] = set()
        found = []
        for score, weight, row in scored:
            if self.eyes.seen[row].row not in shown:
                shown.add(self.eyes.seen[row].row)
                found.append((score, weight, row))
        return found
