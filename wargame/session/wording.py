"""Causes in words: title, working with its numbers, luck, factors, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wargame.content.sources import Source, source
from wargame.engine.naming import Names
from wargame.engine.views import SeatEyes
from wargame.formula.numbers import shown
from wargame.formula.parse import parse
from wargame.formula.walk import leaves
from wargame.model.errors import Place
from wargame.model.expression import Node, Parameter, Read
from wargame.model.institutions import BODY, PROPOSAL
from wargame.model.ledger import CauseKind
from wargame.model.rules import Basis
from wargame.model.text import Language, Text, join, same
from wargame.session.causes import LoggedCause
from wargame.session.readings import Shift
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.session import Session

_KINDS = {
    CauseKind.MECHANISM: Text("mechanism", "mecanismo"),
    CauseKind.MOVE: Text("order", "orden"),
    CauseKind.COST: Text("cost of the order", "costo de la orden"),
    CauseKind.PROGRAMME: Text("programme", "programa"),
    CauseKind.TERM: Text("promise kept", "promesa cumplida"),
    CauseKind.PLEDGE: Text("cost of the promise", "costo de la promesa"),
    CauseKind.BREACH: Text("promise reported broken", "promesa dada por incumplida"),
    CauseKind.EVENT: Text("event", "suceso"),
    CauseKind.INJECT: Text("inject", "inyecto"),
    CauseKind.INTEREST: Text("interest", "interés"),
    CauseKind.VOTE: Text("count of the vote", "recuento de la votación"),
    CauseKind.RESOLUTION: Text("resolution", "resolución"),
    CauseKind.CHARTER: Text("charter", "estatuto"),
    CauseKind.SERIES: Text("outside condition", "condición externa"),
    CauseKind.RULING: Text("ruling", "dictamen"),
    CauseKind.CAP: Text("cut to the range of the number", "recorte al rango del indicador"),
    CauseKind.CLIP: Text("held at its bound", "tope del indicador"),
    CauseKind.RESET: Text("signal fades", "la señal se apaga"),
}
"""What sort of cause it is, in words."""


_GAP = re.compile(r"\{\w+\}")
_CAUSE = Text("{kind}: {title} ({whose})", "{kind}: {title} ({whose})")
_IN_ALL = Text("{n} places together", "{n} lugares en conjunto")


@dataclass(frozen=True, slots=True)
class Entry:
    """One cause in words. ``working`` is the formula with its numbers; ``luck`` the draw against the odds."""

    amount: float
    kind: CauseKind | None
    """None: an input of a derived number, or what is left over."""
    rule: str
    title: Text
    working: Text | None = None
    factors: tuple[tuple[Text, float], ...] = ()
    luck: Text | None = None
    basis: Basis | None = None
    guess: bool = False
    """The amount is the seat's own estimate."""
    rest: bool = False
    """Not a cause, but all that is left over."""
    place: Text | None = None
    """Whose number it moved."""
    whom: Text | None = None
    """Who or what else the cause was about."""
    parts: tuple[Entry, ...] = ()
    """The same cause place by place, where several were taken together."""
    because: tuple[Entry, ...] = ()
    """Of a vote: the interests by which the member leaned, in points of inclination."""

    @property
    def citations(self) -> tuple[Source, ...]:
        """Return the sources that stand behind the cause."""
        found = (source(s) for s in (self.basis.sources if self.basis else ()))
        return tuple(s for s in found if s is not None)


class Wording:
    """Words causes of one session, for one seat's eyes or (None) for those who may see everything."""

    def __init__(self, session: Session, eyes: SeatEyes | None) -> None:
        self.session = session
        self.names: Names = session.names
        self.eyes = eyes

    @cached_property
    def _bases(self) -> dict[str, tuple[Text, Basis]]:
        scenario, rules = self.session.scenario, self.session.scenario.ruleset
        found = {m.id: (m.title, m.basis) for m in (*rules.mechanisms, *scenario.mechanisms)}
        found |= {m.id: (m.title, m.basis) for m in rules.moves.values()}
        found |= {t.id: (_plainly(t.title), t.basis) for t in rules.terms.values()}
        found |= {e.id: (e.title, e.basis) for e in rules.events}
        found |= {i.id: (i.title, i.basis) for i in scenario.injects}
        found |= {s.id: (s.title, s.basis) for s in scenario.series}
        found |= {d.id: (d.title, d.basis) for d in rules.doctrines.values()}
        found |= {i.id: (i.title, i.basis) for i in rules.institutions.interests}
        found |= {m.id: (m.title, m.basis) for m in rules.modifiers}
        return found | self._bases_of_bodies()

    def _bases_of_bodies(self) -> dict[str, tuple[Text, Basis]]:
        """Return what charters and resolutions rest on; resolutions go by the text that proposes them."""
        entities, institutions = self.session.scenario.entities, self.session.scenario.ruleset.institutions
        resolutions = {r.id: r for r in institutions.resolutions}
        found = {c.id: (c.title, c.basis) for c in institutions.charters.values()}
        for entity in entities:
            if entity.kind == PROPOSAL:
                found[entity.id] = (entity.title, resolutions[entity.tags[0]].basis)
        return found

    def _basis(self, rule: str) -> tuple[Text, Basis | None]:
        return self._bases.get(rule, (same(rule), None))

    def entry(self, cause: LoggedCause, report: TurnReport, *, guess: bool = False) -> Entry:
        """Return a cause in words; ``guess``: its numbers are the seat's estimates."""
        rule = rule_of(cause)
        title, basis = self._basis(self._charter_of(cause) if cause.kind is CauseKind.VOTE else rule)
        factors = tuple((self._factor(name), size) for name, size in cause.factors)
        luck = self._luck(cause, report) if self.eyes is None or self._is_own(cause) else None
        return Entry(
            cause.amount, cause.kind, rule, self._title(cause, title), self._working(cause), factors, luck, basis,
            guess, place=self.names.owner(self._home(cause)), whom=self._whom(cause),
        )  # fmt: skip

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

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.session.engine.layout.names)}

    def _home(self, cause: LoggedCause) -> str:
        return self.session.engine.layout.owners[self._rows[cause.number]]

    def _whom(self, cause: LoggedCause) -> Text:
        ties, home = self.session.engine.cast.ties, self._home(cause)
        known = {home, ties[home].source, ties[home].target} if home in ties else {home}
        known.add(rule_of(cause))
        named = [n for n in dict.fromkeys((cause.bound or {}).values()) if n not in ties and n not in known]
        return join([self.names.owner(name) for name in named], ", ")

    def _charter_of(self, cause: LoggedCause) -> str:
        """Return the charter by which a vote was counted."""
        body = self.session.engine.cast.entities[rule_of(cause)].references[BODY]
        return self.session.scenario.ruleset.institutions.charters[body].id

    def _is_own(self, cause: LoggedCause) -> bool:
        return self.eyes is not None and cause.order.split("|")[0] in self.eyes.seat.actors

    def _working(self, cause: LoggedCause) -> Text | None:
        if not cause.formula:
            return None
        node = _parse(cause)
        if not any(isinstance(leaf, Read | Parameter) for leaf in leaves(node)):
            return None
        return self.names.explain(node, cause.values, cause.bound or {}, cause.yields, self._home(cause))

    def merged(self, entries: Sequence[Entry], share: float) -> Entry:
        """Return the same cause in several places as one; ``share`` is that of each place in the whole."""
        first = entries[0]
        amount = sum(entry.amount for entry in entries) * share
        if len(entries) == 1:
            at = Text("{title} ({place})", "{title} ({place})").fill(title=first.title, place=first.place)
            return replace(first, amount=amount, title=at if first.place else first.title)
        parts = sorted((replace(e, amount=e.amount * share) for e in entries), key=lambda e: -abs(e.amount))
        title = first.title
        if first.kind is not None:
            places = dict.fromkeys(e.place for e in parts if e.place)
            whose = next(iter(places)) if len(places) == 1 else _IN_ALL.fill(n=len(places))
            title = _CAUSE.fill(kind=_KINDS[first.kind], title=self._basis(first.rule)[0], whose=whose)
        guess = any(entry.guess for entry in entries)
        return Entry(amount, first.kind, first.rule, title, basis=first.basis, guess=guess, parts=tuple(parts))

    def shift(self, shift: Shift) -> Entry:
        """Return what an input did to a derived number, in words."""
        name = self.names.leaf(shift.bound)(shift.leaf)
        text = Text("{name} went from {a} to {b}", "{name} pasó de {a} a {b}")
        title = text.fill(name=name, a=_number(shift.before), b=_number(shift.after))
        return Entry(shift.amount, None, "", title, guess=self.eyes is not None)

    def rest(self, rest: float) -> Entry:
        """Return what is left over, in words."""
        title = Text("other causes", "otras causas")
        if self.eyes is not None:
            title = Text(
                "the rest: error of your estimate, or causes hidden from you",
                "el resto: error de su estimación, o causas que usted no ve",
            )
        return Entry(rest, None, "", title, rest=True)

    def _factor(self, name: str) -> Text:
        if name == "ration":
            return Text("rationed: more was asked for than there was", "prorrateo: se pidió más de lo que había")
        return Text("scale of the rule", "escala de la regla") if name == "scale" else self._basis(name)[0]

    def _luck(self, cause: LoggedCause, report: TurnReport) -> Text | None:
        if cause.kind is not CauseKind.MOVE:
            return None
        outcome = next((o for o in report.outcomes if o.order == cause.order), None)
        return None if outcome is None else luck(outcome, as_reckoned=self.eyes is not None)


def _plainly(title: Text) -> Text:
    """Return the title of a term with its gaps left as they are read: somebody, something."""
    return Text(_GAP.sub("…", title.en), _GAP.sub("…", title.es))


def luck(outcome: LoggedOutcome, *, as_reckoned: bool) -> Text | None:
    """Return how the draw of an order compared with its odds: the true ones, or those that its seat reckoned with."""
    odds = outcome.reckoned if as_reckoned else outcome.odds
    if odds is None or outcome.draw is None:
        return None
    text = Text("odds {odds}, draw {draw}", "probabilidad {odds}, sorteo {draw}")
    if as_reckoned:
        text = Text(
            "odds by your estimates {odds}, draw {draw}", "probabilidad según sus estimaciones {odds}, sorteo {draw}"
        )
    return text.fill(odds=_share(odds), draw=_share(outcome.draw))


def rule_of(cause: LoggedCause) -> str:
    """Return what did it: a rule, or the text that was voted, adopted or rejected."""
    by_text = cause.kind in (CauseKind.VOTE, CauseKind.RESOLUTION)
    return (cause.bound or {}).get("p", cause.rule) if by_text else cause.rule


def _share(value: float) -> Text:
    return Text(f"{value:.2f}", f"{value:.2f}".replace(".", ","))


def _number(value: float) -> Text:
    return Text(shown(value, Language.EN), shown(value, Language.ES))


def _parse(cause: LoggedCause) -> Node:
    return parse(cause.formula, Place(cause.rule))
