"""Who may promise what to whom in what is shipped: nothing that nobody would put on paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from wargame.content.listing import scenario_names
from wargame.content.load import load_scenario
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.parties import may_pair
from wargame.engine.promising import short_words, term_words
from wargame.model.agreements import TAKER, Between
from wargame.model.orders import Candidate


@cache
def engine(name: str) -> Engine:
    return Engine(load_scenario(name))


def promises(name: str, *terms: str) -> Iterator[tuple[str, str, str]]:
    """Yield term, giver and taker of everything that may be promised."""
    for candidate in engine(name).agreements.candidates:
        if not terms or candidate.move in terms:
            yield candidate.move, candidate.actor, candidate.targets[TAKER]


@pytest.mark.parametrize("name", scenario_names())
def test_nobody_promises_not_to_do_what_it_has_no_means_of_doing(name: str) -> None:
    agreements = engine(name).agreements
    for candidate in agreements.candidates:
        row = agreements.forbidding[candidate.id]
        if row >= 0 and not agreements.term_of(candidate.id).term.move.cost:
            assert agreements.forbidden[row].any(), candidate.key


@pytest.mark.parametrize("name", scenario_names())
def test_agencies_neither_pay_nor_fight_their_own_state(name: str) -> None:
    found = engine(name)
    own = {e.id: e.references.get("state") for e in found.scenario.entities if e.kind == "agency"}
    for term, giver, taker in promises(name, "pay-each-turn", "cease-fire", "supply-arms", "lend-forces", "extradite"):
        assert own.get(giver) != taker, (term, giver, taker)
        assert own.get(taker) != giver, (term, giver, taker)


def test_a_rival_authority_makes_no_treaty_with_the_state_that_it_claims() -> None:
    states = {"recognise", "lend-forces", "supply-arms", "open-trade", "credit-line", "host-and-overflight"}
    assert not [p for p in promises("venezuela-2019", *states) if "venezuela_assembly" in p]


def test_clauses_about_borders_name_countries_and_amounts_say_of_what() -> None:
    found = engine("venezuela-2019")
    names = Names.of(found.scenario, found.cast)

    def said(term: str) -> tuple[str, str]:
        one: Candidate = found.agreements.find(term, "venezuela", "colombia")[0]
        return term_words(found, names, one.id, 2).es, short_words(found, names, one.id, 2).es

    assert said("guard-the-border")[0] == "El Gobierno de Venezuela vigila su lado de la frontera con Colombia"
    assert said("pay-each-turn") == (
        "El Gobierno de Venezuela paga al Gobierno de Colombia 2 de tesorería por turno",
        "Pagar 2 de tesorería por turno",
    )


def test_whoever_speaks_for_a_state_at_home_goes_as_its_government() -> None:
    found = engine("vraem-2020")
    names = Names.of(found.scenario, found.cast)
    one = found.agreements.find("calm-in-the-chamber", "congress", "peru")[0]
    assert "al Ejecutivo" in term_words(found, names, one.id, 1).es
    police = found.agreements.find("lend-forces", "police_devida", "armed_forces")[0]
    assert term_words(found, names, police.id, 1, begins=False).es.startswith("la policía antidrogas y DEVIDA prestan")


def test_a_pair_fits_by_kind_by_reference_and_by_tie() -> None:
    found = engine("vraem-2020")
    term = found.scenario.ruleset.terms["lend-forces"]
    assert may_pair(term, found.cast, "police_devida", "armed_forces")
    assert not may_pair(term, found.cast, "armed_forces", "peru")
    assert not may_pair(term, found.cast, "congress", "armed_forces")
    assert Between(("state",), ("agency",)).tied == ()


@pytest.mark.parametrize("name", scenario_names())
def test_every_clause_has_a_subject_and_short_words(name: str) -> None:
    for term in engine(name).scenario.ruleset.terms.values():
        assert term.subject is not None, term.id
        assert term.short is not None, term.id


@pytest.mark.parametrize("name", scenario_names())
def test_what_a_breach_costs_in_trust_is_slowly_earned_by_keeping(name: str) -> None:
    for term in engine(name).scenario.ruleset.terms.values():
        lost = [e for e in term.move.covert.exposed.add if e.path.attribute == "trust"] if term.move.covert else []
        kept = {e.path.attribute for e in term.move.always.add}
        assert not lost or "trust" in kept, term.id
