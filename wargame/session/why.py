"""Why a number is what it is: the causes of one change, each with its working, luck and sources, in words.

Read from the log alone. For a seat, while the session is open, causes and inputs that it may not see are merged into
one line, and the totals are those that it believes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from wargame.content.sources import Source, source
from wargame.engine.naming import Names
from wargame.engine.views import SeatEyes
from wargame.formula.explain import explain
from wargame.formula.parse import parse
from wargame.formula.walk import leaves
from wargame.model.errors import Place, SessionError
from wargame.model.expression import Parameter, Read
from wargame.model.ledger import CauseKind
from wargame.model.rules import Basis, Sight
from wargame.model.text import Language, Text, join, same
from wargame.session.causes import LoggedCause
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.session import Session

_KINDS = {
    CauseKind.MECHANISM: Text("mechanism", "mecanismo"),
    CauseKind.MOVE: Text("order", "orden"),
    CauseKind.COST: Text("cost of the order", "costo de la orden"),
    CauseKind.PROGRAMME: Text("programme", "programa"),
    CauseKind.EVENT: Text("event", "suceso"),
    CauseKind.INJECT: Text("inject", "inyecto"),
    CauseKind.SERIES: Text("outside condition", "condición externa"),
    CauseKind.RULING: Text("ruling", "dictamen"),
    CauseKind.CAP: Text("cut to the range of the number", "recorte al rango del indicador"),
    CauseKind.CLIP: Text("held at its bound", "tope del indicador"),
    CauseKind.RESET: Text("signal fades", "la señal se apaga"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One cause in words. ``working`` is the formula with its numbers; ``luck`` the draw against the odds."""

    amount: float
    kind: CauseKind | None
    rule: str
    title: Text
    working: Text | None
    factors: tuple[tuple[Text, float], ...]
    luck: Text | None
    basis: Basis | None

    @property
    def citations(self) -> tuple[Source, ...]:
        """Return the sources that stand behind the cause."""
        found = (source(s) for s in (self.basis.sources if self.basis else ()))
        return tuple(s for s in found if s is not None)


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

    @property
    def change(self) -> float:
        """Return by how much the number moved."""
        return self.after - self.before


class Reasons:
    """Answers "why?" for one session, for one seat or (seat None) for those who may see everything."""

    def __init__(self, session: Session, seat: str | None = None) -> None:
        self.session = session
        self.names: Names = session.names
        self.eyes = None if seat is None or session.ended else SeatEyes(session.engine, session.seat(seat))
        self.seat = seat

    @cached_property
    def _bases(self) -> dict[str, tuple[Text, Basis]]:
        scenario, rules = self.session.scenario, self.session.scenario.ruleset
        found = {m.id: (m.title, m.basis) for m in (*rules.mechanisms, *scenario.mechanisms)}
        found |= {m.id: (m.title, m.basis) for m in rules.moves.values()}
        found |= {e.id: (e.title, e.basis) for e in rules.events}
        found |= {i.id: (i.title, i.basis) for i in scenario.injects}
        found |= {s.id: (s.title, s.basis) for s in scenario.series}
        return found | {m.id: (m.title, m.basis) for m in rules.modifiers}

    def report(self, turn: int) -> TurnReport:
        """Return the report of a played turn; raises SessionError."""
        for report in self.session.reports:
            if report.turn == turn:
                return report
        raise SessionError(
            Text("Turn {turn} has not been played; turns 1 to {n} have.", "El turno {turn} no se ha jugado; sí del 1 al {n}.")
            .fill(turn=turn, n=len(self.session.reports))
        )  # fmt: skip

    def why(self, number: str, turn: int) -> Why:
        """Return why a number (``vizcatan.crop_ha``) moved in a turn; raises SessionError for an unknown one."""
        row = self.row(number)
        report = self.report(turn)
        sight = Sight.EXACT if self.eyes is None else self.eyes.seen[row].sight
        before, after = self._values(row, turn)
        causes = report.changes().get(number, [])
        entries = self._entries(causes, report, after - before)
        attribute = self.session.engine.layout.attributes[row]
        layout = self.session.engine.layout
        return Why(
            self.names.number(layout.owners[row], number[len(layout.owners[row]) + 1 :]),
            number,
            turn,
            before,
            after,
            attribute.unit if attribute else "",
            attribute.decimals if attribute else 2,
            sight,
            entries,
        )

    def row(self, number: str) -> int:
        """Return the row of a number by its name; raises SessionError with the nearest that there is."""
        from wargame.formula.suggest import did_you_mean

        names = self.session.engine.layout.names
        visible = names[: self.session.engine.layout.sections.constants]
        if number in names:
            return names.index(number)
        raise SessionError(
            Text("There is no number '{n}'{hint}", "No existe el indicador «{n}»{hint}").fill(
                n=number, hint=did_you_mean(number, visible)
            )
        )

    def _values(self, row: int, turn: int) -> tuple[float, float]:
        past = list(self.session.world.past)
        before = past[turn - 1]
        after = past[turn] if turn < len(past) else self.session.world.values
        if self.eyes is None:
            return float(before[row, 0]), float(after[row, 0])
        return self._believed(row, turn)

    def _believed(self, row: int, turn: int) -> tuple[float, float]:
        assert self.eyes is not None
        now = self.session.world
        earlier = [self.eyes.look_at(now, t)[row] for t in (turn, turn + 1)]
        return float(earlier[0]), float(earlier[1])

    # ── causes in words ─────────────────────────────────────────────────────────────────────────────────────

    def _entries(self, causes: Sequence[LoggedCause], report: TurnReport, change: float) -> tuple[Entry, ...]:
        shown = [self.entry(c, report) for c in causes if self.may_see(c, report)]
        rest = change - sum(entry.amount for entry in shown)
        entries = sorted(shown, key=lambda entry: -abs(entry.amount))
        if self.eyes is not None and rest:
            other = Text("other causes, or a better estimate", "otras causas, o una mejor estimación")
            entries.append(Entry(rest, None, "", other, None, (), None, None))
        return tuple(entries)

    def may_see(self, cause: LoggedCause, report: TurnReport) -> bool:
        """Say whether the seat may see a cause with all its numbers."""
        if self.eyes is None:
            return True
        row = self.row(cause.number)
        if self.eyes.seen[row].sight is not Sight.EXACT:
            return False
        return self._knows(cause, report) and self._sees_inputs(cause)

    def _knows(self, cause: LoggedCause, report: TurnReport) -> bool:
        if cause.order:
            return any(o.order == cause.order and (o.seat == self.seat or o.open) for o in report.outcomes) or (
                cause.order.split("|")[0] in self.session.seat(self.seat or "").actors
            )
        if cause.kind is CauseKind.INJECT:
            inject = next(i for i in self.session.scenario.injects if i.id == cause.rule)
            return not inject.audience or self.seat in inject.audience
        if cause.kind is CauseKind.EVENT:
            return next(e.public for e in self.session.scenario.ruleset.events if e.id == cause.rule)
        return True

    def _sees_inputs(self, cause: LoggedCause) -> bool:
        assert self.eyes is not None
        binder = self.session.engine.binder
        for leaf in leaves(parse(cause.formula, Place(cause.rule))) if cause.formula else ():
            if isinstance(leaf, Read):
                row = binder.true_row(leaf, cause.bound or {})
                if self.eyes.seen[row].sight is not Sight.EXACT:
                    return False
        return True

    def entry(self, cause: LoggedCause, report: TurnReport) -> Entry:
        """Return a cause in words."""
        title, basis = self._bases.get(cause.rule, (same(cause.rule), None))
        return Entry(
            cause.amount,
            cause.kind,
            cause.rule,
            self._title(cause, title),
            self._working(cause),
            tuple((self._factor(name), size) for name, size in cause.factors),
            self._luck(cause, report),
            basis,
        )

    def _title(self, cause: LoggedCause, title: Text) -> Text:
        kind = _KINDS[cause.kind]
        if not cause.rule:
            return kind
        whom = self._whom(cause)
        filed = Text(" (ordered in turn {n})", " (ordenado en el turno {n})").fill(n=cause.filed)
        return join([
            Text("{kind}: {title}", "{kind}: {title}").fill(kind=kind, title=title),
            Text(" — {whom}", " — {whom}").fill(whom=whom) if whom.en else same(""),
            filed if cause.kind is CauseKind.PROGRAMME else same(""),
        ], "")  # fmt: skip

    def _whom(self, cause: LoggedCause) -> Text:
        ties = self.session.engine.cast.ties
        named = [self.names.owner(name) for name in (cause.bound or {}).values() if name not in ties]
        return join(named, ", ")

    def _working(self, cause: LoggedCause) -> Text | None:
        if not cause.formula:
            return None
        node = parse(cause.formula, Place(cause.rule))
        if not any(isinstance(leaf, Read | Parameter) for leaf in leaves(node)):
            return None
        name = self.names.leaf(cause.bound or {})
        yields = "truth" if cause.yields == "truth" else "number"
        return Text(
            explain(node, cause.values, name, Language.EN, yields=yields),
            explain(node, cause.values, name, Language.ES, yields=yields),
        )

    def _factor(self, name: str) -> Text:
        if name == "ration":
            return Text("rationed: more was asked for than there was", "prorrateo: se pidió más de lo que había")
        if name == "scale":
            return Text("scale of the rule", "escala de la regla")
        return self._bases.get(name, (same(name), None))[0]

    def _luck(self, cause: LoggedCause, report: TurnReport) -> Text | None:
        if cause.kind is not CauseKind.MOVE:
            return None
        outcome = next((o for o in report.outcomes if o.order == cause.order), None)
        if outcome is None or outcome.odds is None or outcome.draw is None:
            return None
        return luck(outcome)


def luck(outcome: LoggedOutcome) -> Text:
    """Return how the draw of an order compared with its odds."""
    assert outcome.odds is not None
    assert outcome.draw is not None
    text = Text("odds {odds}, draw {draw}", "probabilidad {odds}, sorteo {draw}")
    return text.fill(odds=_share(outcome.odds), draw=_share(outcome.draw))


def _share(value: float) -> Text:
    return Text(f"{value:.2f}", f"{value:.2f}".replace(".", ","))
