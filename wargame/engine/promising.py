"""Where what a seat would promise is checked, at one moment of a live session, with the sentence that refuses it."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import numpy as np

from wargame.engine.dues import owed
from wargame.engine.engine import Engine
from wargame.engine.legality import Legality
from wargame.engine.moves import BoundMove, Check
from wargame.engine.naming import Names
from wargame.engine.options import TARGET_INACTIVE, Desk, points
from wargame.formula.walk import leaves
from wargame.model.agreements import AS_A_PLACE, TAKER
from wargame.model.bindings import Bound
from wargame.model.errors import Refusal
from wargame.model.expression import Formula, Read
from wargame.model.kinds import Sight
from wargame.model.layout import ACTIVE
from wargame.model.orders import Candidate
from wargame.model.promises import Obligations
from wargame.model.scenario import Seat
from wargame.model.text import Text, capitalised, join, same
from wargame.model.world import World

Clause = tuple[int, int]
"""A term candidate and its amount."""


def term_words(engine: Engine, names: Names, candidate: int, amount: int, *, begins: bool = True) -> Text:
    """Return a promise in words: who gives what to whom. ``begins``: it stands at the beginning of a sentence."""
    title = engine.agreements.term_of(candidate).term.title
    named = gaps_of_term(engine, names, candidate)
    if begins:
        return title.fill(**named, amount=amount)
    said = Text(f", {title.en}", f", {title.es}").fill(**named, amount=amount)
    return Text(said.en[2:], said.es[2:])


def short_words(engine: Engine, names: Names, candidate: int, amount: int) -> Text:
    """Return what it is to keep a promise, for lists in which both sides are known."""
    term = engine.agreements.term_of(candidate).term
    if term.short is None:
        return term_words(engine, names, candidate, amount)
    return capitalised(term.short.fill(**gaps_of_term(engine, names, candidate), amount=amount))


def gaps_of_term(engine: Engine, names: Names, candidate: int, hidden: Container[str] = ()) -> dict[str, Text]:
    """Return what fills the gaps of a term: its roles, and each as a country; dots for those that are ``hidden``."""
    found = engine.agreements.candidates[candidate]
    filled = {}
    for role, name in {"actor": found.actor, **found.targets}.items():
        filled[role] = same("…") if role in hidden else names.party(name)
        filled[role + AS_A_PLACE] = same("…") if role in hidden else names.land(name)
    return filled


class PromiseDesk(Desk):
    """Checks the promises of one seat, by what it sees."""

    def __init__(self, engine: Engine, names: Names, world: World, seat: Seat) -> None:
        super().__init__(engine, names, world, seat)
        self.legality = Legality(engine.agreements.catalogue, world, engine.reader(world))
        self._moves = {move.move.id: move for move in engine.agreements.catalogue.moves}

    def refuse_deal(
        self, other: int, gives: Sequence[Clause], asks: Sequence[Clause], turns: int, promised: Obligations
    ) -> Refusal | None:
        """Return why a seat may not propose or strike a deal; ``promised`` is all that is in force already."""
        if not gives and not asks:
            return Refusal("empty-deal", Text("The deal says nothing.", "El trato no dice nada."))
        candidates = [candidate for candidate, _ in (*gives, *asks)]
        if len(set(candidates)) < len(candidates):
            return Refusal("twice-in-deal", Text("One clause stands twice.", "Una cláusula figura dos veces."))
        for clause, sides in [(c, (self.number, other)) for c in gives] + [(c, (other, self.number)) for c in asks]:
            refusal = self._refuse_clause(clause, sides, turns, promised)
            if refusal is not None:
                return refusal
        for clause in gives:
            refusal = self._refuse_giving(clause)
            if refusal is not None:
                return refusal
        return self._refuse_means(gives, promised)

    def refuse_giving(self, candidate: int, promised: Obligations) -> Refusal | None:
        """Return why a term may not be given now, even at its least and for its shortest time; the reason alone."""
        clause, sides, turns = self._least(candidate)
        return (
            self._refuse_clause(clause, sides, turns, promised)
            or self._why_not_given(candidate)
            or self._refuse_means([clause], promised)
        )

    def refuse_asking(self, candidate: int, promised: Obligations, exact: Callable[[int], bool]) -> Refusal | None:
        """Return why a term of this seat may not be asked of it now, as far as those who ask can tell.

        ``exact`` says of a row whether they see it exactly. Only what both sides see exactly speaks against a clause:
        neither what this seat alone knows nor what it takes a number to be may show in the answer.
        """
        clause, sides, turns = self._least(candidate)
        found = self.engine.agreements.candidates[candidate]
        move, actor = self._moves[found.move], {"actor": found.actor}
        bound = {**actor, **found.targets}

        def known(checks: Sequence[Check], of: Bound) -> list[Check]:
            return [check for check in checks if self._is_known(check.requirement.check, of, exact)]

        return (
            self._refuse_clause(clause, sides, turns, promised)
            or self._refuse_check(known(move.requires, actor), found.pair - move.pairs[0].id, actor)
            or self._refuse_unknown_target(candidate, move, exact)
            or self._refuse_check(known(move.where, bound), candidate - move.first, bound)
        )

    def cannot_promise(self, clause: Clause, refusal: Refusal) -> Refusal:
        """Return the reason why a clause cannot be promised as the sentence that names the clause."""
        if refusal.code in _WHOLE:
            return refusal
        text = Text("{what}: that cannot be promised. {why}", "{what}: eso no puede prometerse. {why}")
        said = term_words(self.engine, self.names, *clause)
        return Refusal(refusal.code, text.fill(what=said, why=refusal.message))

    def _is_known(self, check: Formula, bound: Bound, exact: Callable[[int], bool]) -> bool:
        rows = [self.engine.binder.true_row(leaf, bound) for leaf in leaves(check.node) if isinstance(leaf, Read)]
        return all(exact(row) and self.engine.eyes.see(self.seat, row).sight is Sight.EXACT for row in rows)

    def _refuse_unknown_target(self, candidate: int, move: BoundMove, exact: Callable[[int], bool]) -> Refusal | None:
        """Return that a target is not in play, if those who ask know."""
        rows = [] if move.active is None else move.active[:, candidate - move.first].tolist()
        gone = [row for row in rows if self.world.values[row, 0] < 0.5]
        return TARGET_INACTIVE if any(exact(row) for row in gone) else None

    def _least(self, candidate: int) -> tuple[Clause, tuple[int, int], int]:
        agreements = self.engine.agreements
        term = agreements.term_of(candidate).term
        giver, taker = agreements.sides[candidate].tolist()
        return (candidate, term.move.amount.low if term.move.amount else 1), (giver, taker), term.turns[0]

    def _refuse_clause(
        self, clause: Clause, sides: tuple[int, int], turns: int, promised: Obligations
    ) -> Refusal | None:
        """Return what is wrong with a clause whoever looks at it."""
        agreements = self.engine.agreements
        candidate, amount = clause
        if not 0 <= candidate < len(agreements.candidates):
            return Refusal("unknown-term", Text("There is no such clause.", "No existe esa cláusula."))
        term, said = agreements.term_of(candidate).term, term_words(self.engine, self.names, candidate, amount)
        if tuple(agreements.sides[candidate].tolist()) != sides:
            text = Text("'{what}' is not between these two seats.", "«{what}» no es entre estos dos puestos.")
            return Refusal("not-these-seats", text.fill(what=said))
        low, high = (term.move.amount.low, term.move.amount.high) if term.move.amount else (1, 1)
        if not low <= amount <= high:
            text = Text("'{what}': the amount must lie between {low} and {high}.",
                        "«{what}»: la cantidad debe estar entre {low} y {high}.")  # fmt: skip
            return Refusal("amount-out-of-range", text.fill(what=said, low=low, high=high))
        if not term.turns[0] <= turns <= term.turns[1]:
            text = Text("'{what}' can be promised for {low} to {high} turns.",
                        "«{what}» puede prometerse por {low} a {high} turnos.")  # fmt: skip
            return Refusal("turns-out-of-range", text.fill(what=said, low=term.turns[0], high=term.turns[1]))
        if ((promised.candidate == candidate) & (promised.session == 0)).any():
            text = Text("'{what}' is promised already.", "«{what}» ya está prometido.")
            return Refusal("promised-already", text.fill(what=said))
        return None

    def _refuse_giving(self, clause: Clause) -> Refusal | None:
        refusal = self._why_not_given(clause[0])
        return None if refusal is None else self.cannot_promise(clause, refusal)

    def _why_not_given(self, candidate: int) -> Refusal | None:
        found = self.engine.agreements.candidates[candidate]
        move = self._moves[found.move]
        return self._refuse_actor(found, move) or self._refuse_target(found, move)

    def _refuse_means(self, gives: Sequence[Clause], promised: Obligations) -> Refusal | None:
        due = self.due(promised)
        for clause in gives:
            candidate = self.engine.agreements.candidates[clause[0]]
            for resource, cost in self.cost(candidate, clause[1]).items():
                key = candidate.actor, resource
                due[key] = due.get(key, 0.0) + cost
                held = float(self.world.values[self.engine.layout.row(*key), 0])
                if due[key] > held:
                    return self._too_much(candidate, clause, resource, due[key], held)
        return None

    def _too_much(self, candidate: Candidate, clause: Clause, resource: str, due: float, held: float) -> Refusal:
        text = Text(
            "{actor} cannot promise '{what}': {resource} promised for this turn {due}, held {held}.",
            "{actor} no puede prometer «{what}»: {resource} comprometido para este turno {due}, disponible {held}.",
        )
        said = term_words(self.engine, self.names, *clause)
        return Refusal("not-enough", text.fill(
            actor=self.names.owner(candidate.actor), what=said, resource=self.names.attribute(resource),
            due=points(due), held=points(held)))  # fmt: skip

    def due(self, promised: Obligations) -> dict[tuple[str, str], float]:
        """Return what promises will take from the seat this turn: (actor, resource) → points."""
        layout = self.engine.layout
        found = {}
        for row, cost in owed(self.engine, self.world, promised).items():
            owner = layout.owners[row]
            if owner in self.seat.actors:
                found[owner, layout.names[row][len(owner) + 1 :]] = float(cost[0])
        return found

    def may_ever(self, other: int) -> tuple[list[Candidate], list[Candidate]]:
        """Return everything that the seat may ever give another seat, and ever receive from it."""
        return self._between(self.number, other), self._between(other, self.number)

    def _between(self, giver: int, taker: int) -> list[Candidate]:
        sides, candidates = self.engine.agreements.sides, self.engine.agreements.candidates
        found = np.flatnonzero((sides == (giver, taker)).all(axis=1)).tolist()
        return [candidates[c] for c in found if self._is_there(candidates[c])]

    def _is_there(self, candidate: Candidate) -> bool:
        layout = self.engine.layout
        names = (candidate.actor, candidate.targets[TAKER])
        return all(float(self.world.values[layout.row(n, ACTIVE), 0]) >= 0.5 for n in names)


def join_words(engine: Engine, names: Names, clauses: Sequence[Clause]) -> Text:
    """Return several promises in words, as they stand within a sentence."""
    return join([term_words(engine, names, *clause, begins=False) for clause in clauses], "; ")


_WHOLE = frozenset({"promised-already", "not-enough", "amount-out-of-range", "turns-out-of-range", "not-these-seats"})
"""Codes of refusals whose sentence names the clause itself."""
