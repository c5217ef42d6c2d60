"""Terms and offers made wrong, one problem at a time, and what a good one becomes."""

from __future__ import annotations

import pytest

# ruff: noqa: E501 (what stands in a file in one line is put in another's place in one line)
from tests.content.samples import MARK, SAMPLES, Case, place_of, samples
from wargame.content.load import check_texts, load_scenario
from wargame.model.rules import EntityClause
from wargame.model.text import Language

TERMS, DOCTRINES = "rules/bargains/terms.yaml", "rules/bargains/doctrines.yaml"
CASES = (
    Case("missing-key", TERMS, "    worth: {actor: -0.5, taker: 3}\n", "", says="'worth'"),
    Case("missing-key", TERMS, "worth: {actor: -0.5, taker: 3}", "worth: ‸{actor: -0.5}", says="'taker'"),
    Case("unknown-subject", TERMS, "text: {en: Money every turn., es: Dinero cada turno.}\n", "text: {en: Money every turn., es: Dinero cada turno.}\n    subject: ‸money\n"),
    Case("missing-basis", TERMS, "{value: 1, low: 0.8, high: 1, assumption: toy}", "‸{value: 1, low: 0.8, high: 1}"),
    Case("unknown-attribute", TERMS, "requires:\n      - check: actor.treasury", "requires:\n      - check: actor.‸gold"),
    Case("unknown-name", TERMS, "taker: 0.9 * amount +", "taker: 0.9 * ‸amonut +"),
    Case("unknown-actor-kind", TERMS, "by: [network]\n    taker: [state]\n    turns: [1, 4]\n    forbids: [bribe]", "by: [network]\n    taker: [‸stat]\n    turns: [1, 4]\n    forbids: [bribe]"),
    Case("unknown-resource", TERMS, "cost: {treasury: amount}", "cost: {‸tresury: amount}"),
    Case("unknown-move", TERMS, "forbids: [bribe]", "forbids: [‸brib]", says="did you mean 'bribe'?"),
    Case("no-ballot", TERMS, "    forbids: [bribe]\n", "    forbids: [bribe]\n    ‸leans: 5\n"),
    Case("unknown-gap", TERMS, "{actor} bribes nobody of {taker}", "{actor} bribes nobody of {other}"),
    Case("wrong-bounds", TERMS, "turns: [1, 3]", "turns: ‸[4, 3]"),
    Case("out-of-range", TERMS, "amount: {low: 1, high: 6, default: 2,", "amount: {low: 1, high: 6, default: ‸8,"),
    Case("against-nothing", TERMS, "    watch: 0.6\n", "    against: ‸anyone\n    watch: 0.6\n"),
    Case("no-effects", TERMS, "  - id: keep-it-small", "  - ‸id: nothing-at-all\n    title: {en: a, es: a}\n    by: [state]\n    taker: [state]\n    worth: {actor: 0, taker: 1}\n    assumption: toy\n  - id: keep-it-small"),
    Case("duplicate-id", TERMS, "id: no-bribes", "id: ‸no-raids", also=("unknown-term", "unknown-term")),
    Case("unused-parameter", TERMS, "0.5 + 0.5 * chance_of_talk", "0.5"),
    Case("unknown-term", DOCTRINES, "ask: [{term: keep-it-small}]", "ask: [{term: ‸keep-it-big}]", says="did you mean"),
    Case("unknown-term", DOCTRINES, "- {term: no-bribes, when", "- {term: ‸no-bribe, when"),
    Case("never-that-term", DOCTRINES, "give: [{term: no-raids}], ask: [{term: keep-it-small}]", "give: [{term: ‸no-bribes}], ask: [{term: keep-it-small}]", also=("never-that-term",)),
    Case("empty-offer", DOCTRINES, "give: [{term: pay-subsidy, amount: 1}], ask: [{term: no-raids}], turns", "turns"),
    Case("out-of-range", DOCTRINES, "ask: [{term: lend-company}], turns: 2", "ask: [{term: lend-company}], turns: ‸9", also=("out-of-range",)),
    Case("out-of-range", DOCTRINES, "give: [{term: pay-subsidy, amount: 1}], ask: [{term: lend-company}]", "give: [{term: pay-subsidy, amount: ‸9}], ask: [{term: lend-company}]"),
    Case("unknown-attribute", DOCTRINES, "when: actor.forces > 13", "when: actor.‸force > 13"),
)  # fmt: skip


def texts() -> dict[str, str]:
    """Return the sample that bargains, as texts."""
    return dict(samples("rules/toy", "rules/bargains", "scenarios/toy-accord"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}-{c.file.rsplit('/', 1)[1]}")
def test_every_problem_of_a_term_or_offer_is_told_with_its_place(case: Case) -> None:
    spoilt = texts()
    where = case.spoil(spoilt)
    report = check_texts(spoilt)
    told = [*report.problems, *report.warnings]
    everything = "\n".join(p.say(Language.EN) for p in told)
    found = [p for p in told if p.code == case.code and (MARK not in case.new or place_of(p) == where)]
    assert found, everything
    assert case.says in found[0].message.en
    assert found[0].message.es.strip()
    assert (report.scenario is None) == bool(report.problems)


def test_a_term_is_a_move_that_is_never_ordered() -> None:
    scenario = load_scenario(SAMPLES / "scenarios" / "toy-accord")
    term = scenario.ruleset.terms["lend-company"]
    assert term.id not in scenario.ruleset.moves
    assert term.move.target.clauses[0] == EntityClause("taker", ("network", "state"))
    assert (term.turns, term.public, term.move.amount) == ((1, 3), True, None)
    assert len(term.move.always.transfer) == 1
    dealer = scenario.ruleset.doctrines["dealer"].bargaining
    assert [len(offer.ask) for offer in dealer.offers] == [1, 1, 2]
    assert (dealer.margin, len(dealer.breaks)) == (0.1, 2)
