"""Causes in words: title, working with its numbers, luck, factors, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from wargame.content.sources import Source, source
from wargame.engine.naming import Names
from wargame.engine.views import SeatEyes
from wargame.formula.numbers import shown
from wargame.formula.parse import parse
from wargame.formula.walk import leaves
from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.expression import Node, Parameter, Read
from wargame.model.institutions import BODY, PROPOSAL
from wargame.model.ledger import CauseKind
from wargame.model.orders import Fate
from wargame.model.rules import Parameter as RuleParameter
from wargame.model.text import Language, Text, join, lower, same, unfilled
from wargame.session.causes import OF_TERMS, LoggedCause
from wargame.session.given import given
from wargame.session.readings import Shift
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.session import Session

_KINDS = {
    CauseKind.MECHANISM: Text("mechanism", "mecanismo"),
    CauseKind.MOVE: Text("order by {who}", "orden de {who}"),
    CauseKind.COST: Text("cost of the order by {who}", "costo de la orden de {who}"),
    CauseKind.PROGRAMME: Text("programme by {who}", "programa de {who}"),
    CauseKind.TERM: Text("promise kept", "promesa cumplida"),
    CauseKind.PLEDGE: Text("cost of the promise", "costo de la promesa"),
    CauseKind.BREACH: Text("promise reported broken", "promesa dada por incumplida"),
    CauseKind.EVENT: Text("event", "suceso"),
    CauseKind.INJECT: Text("news of the scenario as the next turn begins", "incidencia del turno que comienza"),
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
"""What sort of cause it is, in words; orders say whose they are."""
_IN_PART = Text("promise kept in part", "promesa cumplida en parte")
_FAILED = Text("failed order by {who}", "orden fallida de {who}")
_YOURS = {
    CauseKind.MOVE: Text("your order", "su orden"),
    CauseKind.COST: Text("cost of your order", "costo de su orden"),
    CauseKind.PROGRAMME: Text("your programme", "su programa"),
}
_YOURS_FAILED = Text("your failed order", "su orden fallida")
"""The same for what the seat that asks gave through its first actor."""

_PLACES = Text("{n} places together", "{n} lugares en conjunto")
_TIMES = Text("{n} together", "{n} en conjunto")


@dataclass(frozen=True, slots=True)
class Given:
    """A number of a rule that stands in a working: its value, and what the rule says of it."""

    value: float
    parameter: RuleParameter


@dataclass(frozen=True, slots=True)
class Entry:
    """One cause in words. ``working`` is the formula with its numbers; ``luck`` the draw against the odds."""

    amount: float
    kind: CauseKind | None
    """None: an input of a derived number, or what is left over."""
    rule: str
    title: Text
    head: Text | None = None
    """The title without whom or where it was about, as several of its kind go by together."""
    working: Text | None = None
    numbers: tuple[Given, ...] = ()
    """The parameters that the working names, with their ranges and what they rest on."""
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
    def key(self) -> tuple[object, ...]:
        """Return what causes have in common that are told as one."""
        return (self.kind, self.rule, self.head) if self.head is not None else (self.title,)

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
        found |= {t.id: (unfilled(t.title), t.basis) for t in rules.terms.values()}
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
                found[entity.id] = (entity.title, resolutions[entity.proposes].basis)
        return found

    def _basis(self, rule: str) -> tuple[Text, Basis | None]:
        return self._bases.get(rule, (same(rule), None))

    def entry(self, cause: LoggedCause, report: TurnReport, *, guess: bool = False) -> Entry:
        """Return a cause in words; ``guess``: its numbers are the seat's estimates."""
        rule = rule_of(cause)
        title, basis = self._basis(self._charter_of(cause) if cause.kind is CauseKind.VOTE else rule)
        factors = tuple((self.factor(name), size) for name, size in cause.factors)
        luck = self._luck(cause, report) if self.eyes is None or self._is_own(cause) else None
        head, whom = self._head(cause, title, report), self._whom(cause)
        said = Text("{head} — {whom}", "{head} — {whom}").fill(head=head, whom=whom) if whom.en else head
        return Entry(
            cause.amount, cause.kind, rule, said, head, self._working(cause), self._numbers(cause), factors,
            luck, basis, guess, place=self.names.brief(self._home(cause)), whom=whom,
        )  # fmt: skip

    def _head(self, cause: LoggedCause, title: Text, report: TurnReport) -> Text:
        """Return what a cause is, and whose: ``order by Peru: Build a road``, ``mechanism: Balloon effect``."""
        kind = self._kind(cause, report)
        if not rule_of(cause):
            return kind
        if cause.kind in OF_TERMS and (promise := given(self.session, self.eyes, cause, report)) is not None:
            title, kind = lower(promise.words), _IN_PART if promise.part and cause.kind is CauseKind.TERM else kind
        text = Text("{kind}: {title}", "{kind}: {title}")
        if cause.kind is CauseKind.PROGRAMME:
            text = Text("{kind}: {title} (ordered in turn {filed})", "{kind}: {title} (ordenado en el turno {filed})")
        return text.fill(kind=kind, title=title, filed=cause.filed)

    def _kind(self, cause: LoggedCause, report: TurnReport) -> Text:
        if not cause.order:
            return _KINDS[cause.kind]
        failed = cause.kind is CauseKind.MOVE and any(
            o.order == cause.order and o.fate is Fate.FAILED for o in report.outcomes
        )
        actor = _actor(cause)
        if self.eyes is not None and actor == self.eyes.seat.actors[0]:
            return _YOURS_FAILED if failed else _YOURS[cause.kind]
        return (_FAILED if failed else _KINDS[cause.kind]).fill(who=self.names.brief(actor))

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.session.engine.layout.names)}

    def _home(self, cause: LoggedCause) -> str:
        return self.session.engine.layout.owners[self._rows[cause.number]]

    def _whom(self, cause: LoggedCause) -> Text:
        ties, home = self.session.engine.cast.ties, self._home(cause)
        known = {home, ties[home].source, ties[home].target} if home in ties else {home}
        known |= {_actor(cause), rule_of(cause)}
        named = [n for n in dict.fromkeys((cause.bound or {}).values()) if n not in ties and n not in known]
        return join([self.names.brief(name) for name in named], ", ")

    def _charter_of(self, cause: LoggedCause) -> str:
        """Return the charter by which a vote was counted."""
        body = self.session.engine.cast.entities[rule_of(cause)].references[BODY]
        return self.session.scenario.ruleset.institutions.charters[body].id

    def _is_own(self, cause: LoggedCause) -> bool:
        return self.eyes is not None and _actor(cause) in self.eyes.seat.actors

    def _working(self, cause: LoggedCause) -> Text | None:
        if not cause.formula:
            return None
        node = _parse(cause)
        if not any(isinstance(leaf, Read | Parameter) for leaf in leaves(node)):
            return None
        return self.names.explain(node, cause.values, cause.bound or {}, cause.yields, self._home(cause))

    def numbers(self, rule: str, node: Node, values: Sequence[float]) -> tuple[Given, ...]:
        """Return the parameters of a rule that a formula names, with their values."""
        found = {
            leaf.name: Given(values[i], self._parameters[rule, leaf.name])
            for i, leaf in enumerate(leaves(node))
            if isinstance(leaf, Parameter) and (rule, leaf.name) in self._parameters
        }
        return tuple(found.values())

    def _numbers(self, cause: LoggedCause) -> tuple[Given, ...]:
        return self.numbers(cause.rule, _parse(cause), cause.values) if cause.formula else ()

    @cached_property
    def _parameters(self) -> Mapping[tuple[str, str], RuleParameter]:
        scenario, rules = self.session.scenario, self.session.scenario.ruleset
        found: dict[str, Mapping[str, RuleParameter]] = {m.id: m.parameters for m in rules.mechanisms}
        found |= {m.id: m.parameters for m in scenario.mechanisms} | {m.id: m.parameters for m in rules.moves.values()}
        found |= {m.id: m.parameters for m in rules.institutions.rules} | {
            t.id: t.parameters for t in rules.terms.values()
        }
        found |= {e.id: e.parameters for e in rules.events} | {d.attribute.id: d.parameters for d in rules.derived}
        return {(rule, name): parameter for rule, some in found.items() for name, parameter in some.items()}

    def merged(self, entries: Sequence[Entry], share: float = 1.0, *, across: bool = False) -> Entry:
        """Return the same cause, met several times, as one.

        ``across``: of several numbers of which a sum or mean is made; ``share`` is that of each in the whole.
        """
        first = entries[0]
        amount = sum(entry.amount for entry in entries) * share
        if len(entries) == 1:
            at = Text("{title} ({place})", "{title} ({place})").fill(title=first.title, place=first.place)
            return replace(first, amount=amount, title=at if across and first.place else first.title)
        parts = sorted((replace(e, amount=e.amount * share) for e in entries), key=lambda e: -abs(e.amount))
        if len({e.luck for e in parts}) == 1:
            parts = [replace(e, luck=None) for e in parts]
        numbers = tuple({given.parameter.name: given for e in parts for given in e.numbers}.values())
        return Entry(
            amount, first.kind, first.rule, _together(parts, across=across), first.head, numbers=numbers,
            luck=first.luck if parts[0].luck is None else None, basis=first.basis,
            guess=any(e.guess for e in parts), parts=tuple(parts),
        )  # fmt: skip

    def shift(self, shift: Shift) -> Entry:
        """Return what an input did to a derived number, in words."""
        name = self.names.leaf(shift.bound)(shift.leaf)
        text = Text("{name} went from {a} to {b}", "{name} pasó de {a} a {b}")
        title = text.fill(name=name, a=_number(shift.before), b=_number(shift.after))
        return Entry(shift.amount, None, "", title, guess=self.eyes is not None)

    def rest(self, rest: float, *, exact: bool) -> Entry:
        """Return what is left over, in words; ``exact``: of a number that is known, so that no estimate of it errs."""
        title = Text("other causes", "otras causas")
        if self.eyes is not None:
            title = _REST_OF_EXACT if exact else _REST
        return Entry(rest, None, "", title, rest=True)

    def factor(self, name: str) -> Text:
        """Return what scaled a cause, in words: a modifier, the scale of the rule, or rationing."""
        if name == "ration":
            return Text("rationed: more was asked for than there was", "prorrateo: se pidió más de lo que había")
        return Text("scale of the rule", "escala de la regla") if name == "scale" else self._basis(name)[0]

    def _luck(self, cause: LoggedCause, report: TurnReport) -> Text | None:
        if cause.kind is not CauseKind.MOVE:
            return None
        outcome = next((o for o in report.outcomes if o.order == cause.order), None)
        return None if outcome is None else luck(outcome, as_reckoned=self.eyes is not None)


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
    decimals = 1 if round(100 * odds) == round(100 * outcome.draw) else 0  # which of the two is the larger must show
    return text.fill(odds=_percent(odds, decimals), draw=_percent(outcome.draw, decimals))


def rule_of(cause: LoggedCause) -> str:
    """Return what did it: a rule, or the text that was voted, adopted or rejected."""
    by_text = cause.kind in (CauseKind.VOTE, CauseKind.RESOLUTION)
    return (cause.bound or {}).get("p", cause.rule) if by_text else cause.rule


def _actor(cause: LoggedCause) -> str:
    return cause.order.split("|")[0]


def _together(parts: Sequence[Entry], *, across: bool) -> Text:
    """Return the title of several entries of one cause, by what tells them apart: the place, or whom it is about."""
    head, text = parts[0].head, Text("{head} ({whose})", "{head} ({whose})")
    if head is None:
        return parts[0].title
    places, whom = (list(dict.fromkeys(found)) for found in ([e.place for e in parts], [e.whom for e in parts]))
    if len(places) > 1:
        return text.fill(head=head, whose=_PLACES.fill(n=len(places)))
    if len(whom) > 1:
        return text.fill(head=head, whose=places[0] if across and places[0] else _TIMES.fill(n=len(parts)))
    return text.fill(head=parts[0].title, whose=places[0]) if across and places[0] else parts[0].title


_REST = Text(
    "the rest: error of your estimate, or causes hidden from you",
    "el resto: error de su estimación, o causas que usted no ve",
)
_REST_OF_EXACT = Text(
    "the rest: your estimates by which these were reckoned err, or causes are hidden from you",
    "el resto: yerran las estimaciones con que se calculó lo anterior, o hay causas que usted no ve",
)


def _percent(share: float, decimals: int) -> Text:
    said = f"{100 * share:.{decimals}f} %"
    return Text(said, said.replace(".", ","))


def _number(value: float) -> Text:
    return Text(shown(value, Language.EN), shown(value, Language.ES))


def _parse(cause: LoggedCause) -> Node:
    return _tree(cause.formula, cause.rule)


@lru_cache(maxsize=2048)
def _tree(formula: str, rule: str) -> Node:
    return parse(formula, Place(rule))
