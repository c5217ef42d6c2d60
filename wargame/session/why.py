"""Why a number is what it is: the causes of one change, each with its working, luck and sources, in words.

Read from the log alone. For a seat, while the session is open, the totals are those that it believes, causes whose
inputs it only estimates are reckoned from its estimates, and what it cannot know of is merged into one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from wargame.engine.naming import Names
from wargame.formula.parse import parse
from wargame.formula.suggest import did_you_mean
from wargame.formula.walk import leaves
from wargame.model.agreements import TAKER
from wargame.model.errors import Place, SessionError
from wargame.model.expression import Read
from wargame.model.kinds import Attribute, Sight
from wargame.model.layout import OUTSIDE
from wargame.model.ledger import CauseKind
from wargame.model.text import Text, counted, same
from wargame.session.beliefs import Beliefs
from wargame.session.causes import OF_TERMS, LoggedCause
from wargame.session.comings import Comings
from wargame.session.counts import CAST_BY_PEOPLE, NOTHING_LEANS, Counts
from wargame.session.readings import Members, Readings
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.session import Session
from wargame.session.surmise import Surmise
from wargame.session.wording import Entry, Given, Wording, rule_of

_SUMS = (CauseKind.CAP, CauseKind.CLIP)
"""Causes whose size says how large all the others were together."""


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that moved one number in one turn. The amounts of the entries add up to ``after − before``."""

    name: Text
    row: str
    turn: int
    before: float
    after: float
    unit: str
    decimals: int
    sight: Sight
    entries: tuple[Entry, ...]
    attribute: Attribute | None = None
    working: Text | None = None
    """How a derived number is computed from its inputs, where one line says it."""
    numbers: tuple[Given, ...] = ()
    """The parameters in that line."""

    @property
    def change(self) -> float:
        """Return by how much the number moved."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Deed:
    """What one order did to one number in its turn; ``guess``: by the seat's own estimates."""

    row: int
    amount: float
    guess: bool


class Reasons:
    """Answers "why?" for one session as it stands, for one seat or (seat None) for those who may see everything."""

    def __init__(self, session: Session, seat: str | None = None) -> None:
        self.session = session
        self.names: Names = session.names
        self.seat = seat
        self.eyes = None if seat is None or session.ended else session.eyes(seat)
        self.beliefs = Beliefs(session.engine, session.world, self.eyes)
        self.readings = Readings(session.engine, self.beliefs)
        self.surmise = Surmise(session, self.eyes.seat.id, self.eyes, self.beliefs) if self.eyes else None
        self.wording = Wording(session, self.eyes)
        self.counts = Counts(session, self.eyes, self.beliefs)
        self.comings = Comings(session, self.beliefs)
        self._known: dict[tuple[str, int], Why] = {}
        self._causes_of: dict[tuple[int, int], list[tuple[LoggedCause, bool]]] = {}

    def report(self, turn: int) -> TurnReport:
        """Return the report of a played turn; raises SessionError."""
        for report in self.session.reports:
            if report.turn == turn:
                return report
        played = len(self.session.reports)
        if not played:
            raise SessionError(Text("No turn has been played yet.", "Aún no se ha jugado ningún turno."))
        text = Text("Turn {turn} has not been played; {so_far}.", "El turno {turn} no se ha jugado; {so_far}.")
        raise SessionError(text.fill(turn=turn, so_far=counted(played, *_PLAYED)))

    def why(self, number: str, turn: int) -> Why:
        """Return why a number (``vizcatan.crop_ha``) moved in a turn; raises SessionError for an unknown one."""
        if (number, turn) not in self._known:
            self._known[number, turn] = self._why(self.row(number), self.report(turn))
        return self._known[number, turn]

    def row(self, number: str) -> int:
        """Return the row of a number by its name; raises SessionError with the nearest that there is."""
        if number in self._rows:
            return self._rows[number]
        text = Text("There is no number '{n}'{hint}", "No existe el indicador «{n}»{hint}")
        hint = did_you_mean(number, self._rows)
        raise SessionError(text.fill(n=repr(number[:80])[1:-1], hint=hint if hint.en else same(".")))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        layout = self.session.engine.layout
        constants = range(layout.sections.constants, layout.sections.derived)
        return {name: row for row, name in enumerate(layout.names) if row not in constants}

    def _why(self, row: int, report: TurnReport) -> Why:
        layout, turn = self.session.engine.layout, report.turn
        sight = Sight.EXACT if self.eyes is None else self.eyes.seen[row].sight
        told = row if self.eyes is None else self.eyes.seen[row].row
        before = float(self.beliefs.at_start_of(turn)[row])
        after = float(self.beliefs.at_start_of(turn + 1)[row])
        entries: list[Entry] = []
        if sight is not Sight.HIDDEN:
            entries = self._by_cause(self._entries(told, report))
            entries.sort(key=lambda entry: -abs(entry.amount))
            rest = after - before - sum(entry.amount for entry in entries)
            entries += [self.wording.rest(rest, exact=sight is Sight.EXACT)] if rest else []
        attribute, owner = layout.attributes[row], layout.owners[row]
        name = self.names.number(owner, layout.names[row][len(owner) + 1 :])
        unit = attribute.unit if attribute else self._unit(row)
        decimals = attribute.decimals if attribute else 1
        working, numbers = self._formula_of(told, turn + 1) if sight is not Sight.HIDDEN else (None, ())
        return Why(
            name, layout.names[row], turn, before, after, unit, decimals, sight, tuple(entries), attribute, working,
            numbers,
        )  # fmt: skip

    def _unit(self, row: int) -> str:
        owner, _, name = self.session.engine.layout.names[row].partition(".")
        return next((s.unit for s in self.session.scenario.series if owner == OUTSIDE and s.id == name), "")

    # ── which causes ────────────────────────────────────────────────────────────────────────────────────────

    def _entries(self, row: int, report: TurnReport) -> list[Entry]:
        if not self.readings.is_derived(row):
            return self._causes(row, report)
        members = self.readings.members(row)
        if members is None:
            return [self.wording.shift(shift) for shift in self.readings.shifts(row, report.turn)]
        return self._together(members, report)

    def _causes(self, row: int, report: TurnReport) -> list[Entry]:
        found = self.causes(row, report)
        return [self._told(self.wording.entry(c, report, guess=guess), c, report) for c, guess in found]

    def causes(self, row: int, report: TurnReport) -> list[tuple[LoggedCause, bool]]:
        """Return the causes that moved a stored number, each with whether it is only surmised."""
        if (row, report.turn) not in self._causes_of:
            self._causes_of[row, report.turn] = self._find_causes(row, report)
        return self._causes_of[row, report.turn]

    def _find_causes(self, row: int, report: TurnReport) -> list[tuple[LoggedCause, bool]]:
        logged = report.changes().get(self.session.engine.layout.names[row], [])
        seen = [cause for cause in logged if self.may_see(cause, report)]
        if len(seen) < len(logged):
            seen = [cause for cause in seen if cause.kind not in _SUMS]
        found = [(cause, False) for cause in seen]
        if self.surmise is not None and (len(seen) < len(logged) or not self._is_exact(row)):
            told = {_identity(cause) for cause in seen}
            guesses = (cause for cause in self.surmise.causes(row, report) if _identity(cause) not in told)
            found += [(cause, True) for cause in guesses]
        return found

    # ── votes ───────────────────────────────────────────────────────────────────────────────────────────────

    def _told(self, entry: Entry, cause: LoggedCause, report: TurnReport) -> Entry:
        """Return an entry about a vote with how it was decided: by whom, or by which interests; others as they are."""
        count = self.counts.count_on(rule_of(cause), report) if cause.kind is CauseKind.VOTE else None
        if count is None:
            return entry
        owner, _, attribute = cause.number.rpartition(".")
        if owner not in self.session.engine.cast.ties:
            return replace(entry, working=self.counts.explain(count, attribute))
        own = self.eyes is None or self.session.engine.cast.ties[owner].source in self.eyes.seat.actors
        if owner in report.votes and own:
            return replace(entry, working=CAST_BY_PEOPLE)
        if attribute != "vote":
            return entry
        leaning = self.leaning(owner, report)
        return replace(entry, because=leaning) if leaning else replace(entry, working=NOTHING_LEANS)

    def effects_of(self, proposal: str, report: TurnReport) -> list[tuple[int, float, bool]]:
        """Return what the vote on a text did: (row, amount, whether it is the seat's estimate), as far as it sees."""
        rows = {self.row(c.number) for c in report.causes if _is_about(c, proposal)}
        if self.surmise is not None and self.eyes is not None:
            touched = self.surmise.rows_of_text(proposal)
            rows = {row for row in touched if self.eyes.seen[row].sight is not Sight.HIDDEN}
        return [
            (row, cause.amount, guess)
            for row in sorted(rows)
            for cause, guess in self.causes(row, report)
            if _is_about(cause, proposal)
        ]

    def leaning(self, ballot: str, report: TurnReport) -> tuple[Entry, ...]:
        """Return why a member leaned as it did, as far as the seat knows or by its estimates."""
        found = self.causes(self.session.engine.layout.row(ballot, "inclination"), report)
        entries = [self.wording.entry(c, report, guess=guess) for c, guess in found if c.kind is CauseKind.INTEREST]
        return tuple(sorted(entries, key=lambda entry: -abs(entry.amount)))

    def foremost(self, ballot: str, report: TurnReport, vote: int) -> Entry | None:
        """Return what inclined a member most toward its vote, as far as the seat knows or by its estimates."""
        found = self.causes(self.session.engine.layout.row(ballot, "inclination"), report)
        toward = [(c, guess) for c, guess in found if c.kind is CauseKind.INTEREST and c.amount * vote > 0.0]
        if not toward:
            return None
        cause, guess = max(toward, key=lambda one: abs(one[0].amount))
        return self.wording.entry(cause, report, guess=guess)

    def _by_cause(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries with those of one rule, or of one order, as one."""
        groups: dict[tuple[object, ...], list[Entry]] = {}
        for entry in entries:
            groups.setdefault(entry.key, []).append(entry)
        return [some[0] if len(some) == 1 else self.wording.merged(some) for some in groups.values()]

    def _is_exact(self, row: int) -> bool:
        return self.eyes is None or self.eyes.seen[row].sight is Sight.EXACT

    def _together(self, members: Members, report: TurnReport) -> list[Entry]:
        """Return the causes of all members of a sum or mean, rule by rule."""
        groups: dict[tuple[object, ...], list[Entry]] = {}
        for row in members.rows:
            for entry in self._entries(self.eyes.seen[row].row if self.eyes else row, report):
                if not entry.rest:
                    groups.setdefault(entry.key, []).append(entry)
        merged = [self.wording.merged(entries, members.share, across=True) for entries in groups.values()]
        return [entry for entry in merged if entry.amount]

    def _formula_of(self, row: int, turn: int) -> tuple[Text | None, tuple[Given, ...]]:
        reading = self.readings.reading(row)
        if reading is None or reading.derived.fold != "value":
            return None, ()
        bound, formula = self.readings.owner(row), reading.derived.value
        found = self.beliefs.reckon(formula, reading.derived.attribute.id, bound, turn)
        owner = self.session.engine.layout.owners[row]
        numbers = self.wording.numbers(reading.derived.attribute.id, formula.node, found.leaves)
        return self.names.explain(formula.node, found.leaves, bound, formula.yields, owner), numbers

    # ── what orders did ─────────────────────────────────────────────────────────────────────────────────────

    def deeds(self, outcome: LoggedOutcome, turn: int) -> list[Deed]:
        """Return what an order did to the numbers that the seat is not blind to, as far as the seat can tell."""
        report = self.report(turn)
        found = []
        for row in self._touched(outcome, report):
            mine = [(c, guess) for c, guess in self.causes(row, report) if _is_of(c, outcome, turn)]
            amount = sum(cause.amount for cause, _ in mine)
            if amount:
                found.append(Deed(row, amount, any(guess for _, guess in mine)))
        return found

    def _touched(self, outcome: LoggedOutcome, report: TurnReport) -> list[int]:
        """Return the rows that an order changed, but for signals, which fade within the turn."""
        if self.surmise is None or self.eyes is None:
            rows = list(dict.fromkeys(self.row(c.number) for c in report.causes if c.order == outcome.order))
        else:
            rows = [r for r in self.surmise.rows_of(outcome) if self.eyes.seen[r].sight is not Sight.HIDDEN]
        return [row for row in rows if row < self.session.engine.layout.sections.signals]

    # ── what a seat may see ─────────────────────────────────────────────────────────────────────────────────

    def may_see(self, cause: LoggedCause, report: TurnReport) -> bool:
        """Say whether the seat may see a cause with all its numbers."""
        if self.eyes is None:
            return True
        return self._is_exact(self.row(cause.number)) and self._knows(cause, report) and self._sees_inputs(cause)

    def _knows(self, cause: LoggedCause, report: TurnReport) -> bool:
        assert self.surmise is not None
        if cause.order:
            return any(o.order == cause.order and self.surmise.known(o) for o in self._filed(cause.filed))
        if cause.kind in OF_TERMS:
            return self._is_party(cause)
        if cause.kind is CauseKind.INJECT:
            return self.surmise.told(f"inject|{cause.rule}")
        if cause.kind is CauseKind.INTEREST and cause.rule in self.session.scenario.ruleset.doctrines:
            return False
        return cause.kind is not CauseKind.EVENT or self.surmise.told(cause.rule)

    def _is_party(self, cause: LoggedCause) -> bool:
        """Say whether a promise was given by or to the seat, or before everybody's eyes."""
        assert self.eyes is not None
        sides = [(cause.bound or {}).get(role, "") for role in ("actor", TAKER)]
        public = self.session.scenario.ruleset.terms[cause.rule].public
        return public or any(side in self.eyes.seat.actors for side in sides)

    def _filed(self, turn: int) -> Iterable[LoggedOutcome]:
        return (outcome for report in self.session.reports if report.turn == turn for outcome in report.outcomes)

    def _sees_inputs(self, cause: LoggedCause) -> bool:
        assert self.eyes is not None
        found = leaves(parse(cause.formula, Place(cause.rule))) if cause.formula else ()
        binder = self.session.engine.binder
        return all(self._is_exact(binder.true_row(leaf, cause.bound or {})) for leaf in found if isinstance(leaf, Read))


def _is_about(cause: LoggedCause, proposal: str) -> bool:
    return cause.kind is CauseKind.RESOLUTION and rule_of(cause) == proposal


def _is_of(cause: LoggedCause, outcome: LoggedOutcome, turn: int) -> bool:
    return cause.order == outcome.order and cause.filed == turn and cause.kind is CauseKind.MOVE


_PLAYED = (Text("turn 1 has", "sí el turno 1"), Text("turns 1 to {n} have", "sí los turnos 1 a {n}"))


def _identity(cause: LoggedCause) -> tuple[object, ...]:
    """Return what two accounts of one cause have in common."""
    bound = tuple(sorted((cause.bound or {}).items()))
    return cause.phase, cause.kind, cause.rule, bound, cause.order, cause.filed, cause.formula
