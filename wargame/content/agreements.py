"""Terms of agreements, and how doctrines bargain with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wargame.content.binding import ACTOR, Roles
from wargame.content.choices import Verbs
from wargame.content.draft import Authored, Draft, maybe_text, outside, spot_words, text_of
from wargame.content.reading import Reading
from wargame.content.schema_agreements import OfferedShape, OfferShape, TermShape
from wargame.content.schema_rules import DoctrineShape
from wargame.content.scope import ANY, RuleScope
from wargame.content.spots import Spot
from wargame.content.verbs import AMOUNT, actor_kinds, check_gaps, costs, entity_roles
from wargame.model.agreements import AS_A_PLACE, TAKER, Bargaining, Between, Break, Offer, OfferedTerm, Term
from wargame.model.expression import Formula, Number
from wargame.model.institutions import BALLOT
from wargame.model.rules import AmountRange, Binding, Covert, Effects, EntityClause, Move
from wargame.model.text import Text

_ALWAYS: Final = Formula(Number(1.0, "1"), "1", "number")


@dataclass
class Vocabulary:
    """The terms built so far: what doctrines may offer."""

    verbs: Verbs
    terms: dict[str, Term] = field(default_factory=dict)
    subjects: dict[str, Text] = field(default_factory=dict)
    """Under what lists put terms, by id."""
    sides: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    """Term → the kinds that may give it and those that may receive it."""

    def seen(self, packs: frozenset[str]) -> list[str]:
        """Return the terms that some packs declare."""
        return [term.id for term in self.terms.values() if term.pack in packs]


BALLOT_ROLE: Final = "b"
"""The role of the ballot that a promise is about."""


# ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────


def build_term(entry: Authored[TermShape], draft: Draft, vocabulary: Vocabulary) -> Term:
    """Return a term; the roles of its formulas are actor (who gives), taker and those of its target."""
    shape, spot = entry.shape, entry.spot
    roles = Roles(draft, {ACTOR: actor_kinds(spot.get("by"), draft)})
    target = _target(roles, spot, draft)
    parameters = draft.parameters(shape.parameters, spot.get("parameters"))
    scope = RuleScope(
        draft.nouns, roles.kinds, frozenset(parameters), draft.cast, shape.amount is not None, allows_draws=True
    )
    reading = Reading(draft, scope)
    sure, worth = scope.without_draws(), spot.get("worth")
    move = _compiled(entry, target, reading)
    giver, taker = (reading.number(worth.get(side) if worth else None, sure) for side in (ACTOR, TAKER))
    term = Term(
        shape.id, entry.pack, text_of(shape.title), maybe_text(shape.text), move, tuple(shape.taker),
        _turns(spot, shape, draft), tuple(shape.forbids or ()), shape.against,
        _leaning(spot.get("leans"), roles, reading, sure), reading.maybe_truth(spot.get("kept"), sure),
        reading.maybe_number(spot.get("false_alarm"), sure),
        giver, taker, shape.public, move.basis, _between(shape, spot, draft), maybe_text(shape.short),
        _subject(shape, spot, draft, vocabulary),
    )  # fmt: skip
    _check_forbidden(spot, draft, vocabulary.verbs)
    reading.finish(spot.get("parameters"))
    named = entity_roles(roles, draft)
    gaps = {*named, *(f"{role}{AS_A_PLACE}" for role in named), *({"amount"} if shape.amount else ())}
    check_gaps(spot.get("title"), gaps, draft)
    check_gaps(spot.get("short"), gaps, draft)
    _check_parts(shape, spot, draft)
    vocabulary.terms[term.id] = term
    vocabulary.sides[term.id] = roles.kinds[ACTOR], roles.kinds[TAKER]
    return term


def _leaning(spot: Spot | None, roles: Roles, reading: Reading, scope: RuleScope) -> Formula | None:
    """Return by how much a promised ballot leans; the term must be about one, under the role ``b``."""
    if spot is None:
        return None
    if roles.kinds.get(BALLOT_ROLE) != frozenset((BALLOT,)):
        reading.draft.problems.add(spot.key_place, "no-ballot", _NO_BALLOT)
    return reading.number(spot, scope)


def _between(shape: TermShape, spot: Spot, draft: Draft) -> tuple[Between, ...]:
    """Return the pairs to which a term is narrowed down; names that nothing has are noted."""
    known = {r.name for kind in draft.nouns.kinds.values() for r in kind.references}
    for at in _each(spot, "between"):
        for side in ("by", "taker"):
            draft.kinds_chosen(at.get(side), draft.nouns.actors(), "actor-kind")
        for key in ("one", "apart"):
            name = next((name for name, _ in _words(at, key)), None)
            if isinstance(name, str) and name not in known:
                draft.unknown(at.at(key), "reference", name, known)
        for name, place in spot_words(at, "tied"):
            if name not in draft.nouns.ties and name not in draft.nouns.broken:
                draft.unknown(place, "tie", name, draft.nouns.ties)
    return tuple(
        Between(tuple(one.by), tuple(one.taker), one.one or "", one.apart or "", tuple(one.tied or ()))
        for one in shape.between or ()
    )


def _subject(shape: TermShape, spot: Spot, draft: Draft, vocabulary: Vocabulary) -> Text | None:
    if shape.subject is None:
        return None
    if shape.subject not in vocabulary.subjects and shape.subject not in draft.nouns.broken:
        draft.unknown(spot.at("subject"), "subject", shape.subject, vocabulary.subjects)
    return vocabulary.subjects.get(shape.subject)


def _target(roles: Roles, spot: Spot, draft: Draft) -> Binding:
    """Return the binding of the taker and what else the term is about."""
    actors, named = draft.nouns.actors(), spot.get("taker")
    roles.kinds[TAKER] = draft.kinds_chosen(named, actors, "actor-kind") or actors
    roles.clauses.append(EntityClause(TAKER, tuple(sorted(actors))))
    roles.only[TAKER] = tuple(name for name, _ in named.words()) if named else ()
    return roles.read(spot.get("target"), spot.get("only"))


def _compiled(entry: Authored[TermShape], target: Binding, reading: Reading) -> Move:
    shape, spot, draft, scope = entry.shape, entry.spot, reading.draft, reading.scope
    basis = draft.basis(shape, spot)
    legal = RuleScope(draft.nouns, scope.roles, scope.parameters, draft.cast)
    watch = reading.maybe_number(spot.get("watch"), scope.without_draws())
    return Move(
        id=shape.id, pack=entry.pack, title=text_of(shape.title), text=maybe_text(shape.text), by=tuple(shape.by),
        target=target, requires=reading.conditions(spot.get("requires"), legal.of_actor(amount=False)),
        where=reading.conditions(spot.get("where"), legal), amount=_amount(shape, spot, draft),
        cost=costs(spot.get("cost"), reading), chance=None,
        always=reading.effects(spot.get("effects"), spot.get("transfer")), success=Effects(), failure=Effects(),
        programmes=(), covert=Covert(watch or _ALWAYS, reading.effects(spot.get("breach"))), cooldown=0, once=False,
        escalation=0, tags=tuple(shape.tags), parameters=draft.parameters(shape.parameters, spot.get("parameters")),
        scale=draft.scale(shape.range, spot, basis), basis=basis, place=spot.place,
    )  # fmt: skip


def _amount(shape: TermShape, spot: Spot, draft: Draft) -> AmountRange | None:
    amount, at = shape.amount, spot.get("amount")
    if amount is None or at is None:
        return None
    if not amount.low <= amount.default <= amount.high:
        draft.problems.add(at.at("default"), "out-of-range", outside(amount.default, amount.low, amount.high))
    return AmountRange(amount.low, amount.high, amount.default, maybe_text(amount.title) or AMOUNT)


def _turns(spot: Spot, shape: TermShape, draft: Draft) -> tuple[int, int]:
    first, last = shape.turns
    if first > last:
        draft.problems.add(spot.at("turns"), "wrong-bounds", _TURNS_ORDER.fill(first=first, last=last))
    return min(first, last), max(first, last)


def _check_forbidden(spot: Spot, draft: Draft, verbs: Verbs) -> None:
    """Note moves that do not exist; a tag that no move has may be that of a pack that is not loaded here."""
    for name, place in spot_words(spot, "forbids"):
        if not name.startswith("#") and name not in verbs.moves_seen(draft.packs) and name not in verbs.broken:
            draft.unknown(place, "move", name, verbs.moves_seen(draft.packs))


def _check_parts(shape: TermShape, spot: Spot, draft: Draft) -> None:
    if not (shape.cost or shape.effects or shape.transfer or shape.forbids or shape.kept or shape.leans):
        draft.problems.add(spot.place, "no-effects", _EMPTY_TERM)
    if shape.against == "anyone" and not shape.forbids:
        draft.problems.add(spot.at("against"), "against-nothing", _AGAINST_NOTHING)


# ── doctrines ────────────────────────────────────────────────────────────────────────────────────────────────


def build_bargaining(entry: Authored[DoctrineShape], reading: Reading, vocabulary: Vocabulary) -> Bargaining:
    """Return how a doctrine bargains; ``reading`` has its parameters and its actor."""
    shape, spot = entry.shape, entry.spot
    offers = tuple(
        _offer(one, at, reading, vocabulary) for one, at in zip(shape.offers, _each(spot, "offers"), strict=False)
    )
    breaks = tuple(_break(at, reading, vocabulary) for at in _each(spot, "breaks"))
    return Bargaining(offers, tuple(b for b in breaks if b), shape.accepts.margin if shape.accepts else 0.0)


def _each(spot: Spot, key: str) -> Iterable[Spot]:
    at = spot.get(key)
    return at.each() if at else ()


def _offer(shape: OfferShape, spot: Spot, reading: Reading, vocabulary: Vocabulary) -> Offer:
    draft, own = reading.draft, reading.scope.roles[ACTOR]
    others = draft.kinds_chosen(spot.get("to"), draft.nouns.actors(), "actor-kind") or draft.nouns.actors()
    scope = RuleScope(draft.nouns, {ACTOR: own, TAKER: others}, reading.scope.parameters, draft.cast)
    give, ask = (
        tuple(_offered(one, at, spot, (own, others)[::way], shape.turns, draft, vocabulary)
              for one, at in zip(listed, _each(spot, key), strict=False))
        for key, listed, way in (("give", shape.give, 1), ("ask", shape.ask, -1))
    )  # fmt: skip
    if not give and not ask:
        draft.problems.add(spot.place, "empty-offer", _EMPTY_OFFER)
    when = reading.maybe_truth(spot.get("when"), scope)
    return Offer(tuple(shape.to), give, ask, shape.turns, when, reading.maybe_number(spot.get("prefer"), scope))


def _offered(
    shape: OfferedShape, spot: Spot, offer: Spot, sides: tuple[frozenset[str], ...], turns: int, draft: Draft,
    vocabulary: Vocabulary,
) -> OfferedTerm:  # fmt: skip
    term = _term(shape.term, spot, draft, vocabulary)
    if term is None:
        return OfferedTerm(shape.term, shape.amount or 1)
    for role, may, side in zip((ACTOR, TAKER), vocabulary.sides[term.id], sides, strict=True):
        if ANY not in may | side and not may & side:
            message = _NEVER_SIDE[role].fill(expected=", ".join(sorted(may)), given=", ".join(sorted(side)))
            draft.problems.add(spot.at("term"), "never-that-term", message)
    if not term.turns[0] <= turns <= term.turns[1]:
        draft.problems.add(offer.at("turns"), "out-of-range", outside(turns, *term.turns))
    limits = term.move.amount
    amount = shape.amount if shape.amount is not None else limits.default if limits else 1
    low, high = (limits.low, limits.high) if limits else (1, 1)
    if not low <= amount <= high:
        draft.problems.add(spot.at("amount"), "out-of-range", outside(amount, low, high))
    return OfferedTerm(term.id, amount)


def _term(name: str, spot: Spot, draft: Draft, vocabulary: Vocabulary) -> Term | None:
    seen = vocabulary.seen(draft.packs)
    if name in seen:
        return vocabulary.terms[name]
    if name not in vocabulary.verbs.broken:
        draft.unknown(spot.at("term"), "term", name, seen)
    return None


def _break(spot: Spot, reading: Reading, vocabulary: Vocabulary) -> Break | None:
    name = next((name for name, _ in _words(spot, "term")), "")
    term = _term(name, spot, reading.draft, vocabulary)
    if term is None:
        return None
    own, others = vocabulary.sides[term.id]
    mine = (reading.scope.roles[ACTOR] & own) or own
    scope = RuleScope(reading.draft.nouns, {ACTOR: mine, TAKER: others}, reading.scope.parameters, reading.draft.cast)
    return Break(term.id, reading.truth(spot.get("when"), scope))


def _words(spot: Spot, key: str) -> list[tuple[str, object]]:
    at = spot.get(key)
    return list(at.words()) if at else []


_TURNS_ORDER: Final = Text(
    "a promise for {first} turns at least cannot be for {last} at most",
    "una promesa por al menos {first} turnos no puede ser por {last} a lo sumo",
)
_EMPTY_TERM: Final = Text(
    "this promises nothing: give 'effects', 'transfer', 'cost', 'forbids' or 'kept'",
    "esto no promete nada: ponga «effects», «transfer», «cost», «forbids» o «kept»",
)
_AGAINST_NOTHING: Final = Text(
    "'against' says against whom the moves under 'forbids' are promised not to be given; there are none",
    "«against» dice contra quién se promete no dar las acciones de «forbids», y no hay ninguna",
)
_EMPTY_OFFER: Final = Text("this offers nothing and asks for nothing", "esto no ofrece nada ni pide nada")
_NEVER_SIDE: Final = {
    ACTOR: Text(
        "this term is given by {expected}; here it would be {given}",
        "esta cláusula la da {expected}; aquí sería {given}",
    ),
    TAKER: Text(
        "this term is received by {expected}; here it would be {given}",
        "esta cláusula la recibe {expected}; aquí sería {given}",
    ),
}
_NO_BALLOT: Final = Text(
    "only a term about a ballot 'b' can make it lean: target {{ballot: b, from: actor, to: p}}",
    "solo una cláusula sobre una papeleta «b» puede inclinarla: target {{ballot: b, from: actor, to: p}}",
).fill()
