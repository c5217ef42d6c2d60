"""Names as people read them, within sentences and brackets, in both languages."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.scenes import scenario
from wargame.engine.naming import NOT_IN_PLAY, Names
from wargame.model.bindings import Cast
from wargame.model.scenario import Scenario
from wargame.model.text import Text


def names(of: Scenario) -> Names:
    return Names.of(of, Cast.of(of))


def titled(**titles: Text) -> Names:
    """Return the names of the Peruvian scenario with other titles for some entities."""
    plain = scenario("vraem-2020")
    return names(replace(plain, entities=tuple(replace(e, title=titles.get(e.id, e.title)) for e in plain.entities)))


def test_within_sentences_a_name_is_what_stands_before_its_colon() -> None:
    found = titled(peru=Text("Peru: the presidency", "Perú: la Presidencia"))
    assert found.owner("peru") == Text("Peru: the presidency", "Perú: la Presidencia")
    assert found.brief("peru") == Text("Peru", "Perú")
    assert found.brief("bolivia") == found.owner("bolivia")


def test_a_short_name_that_could_be_another_stays_long() -> None:
    found = titled(peru=Text("Peru: the presidency", "Perú: la Presidencia"), bolivia=Text("Peru", "Perú"))
    assert found.brief("peru") == found.owner("peru")


def test_a_name_of_a_tie_tells_both_ends_and_its_direction() -> None:
    found = titled(peru=Text("Peru: the presidency", "Perú: la Presidencia"))
    assert found.number("border(peru, bolivia)", "openness").en == "Openness (Peru – Bolivia)"
    assert found.number("border(peru, bolivia)", "openness").es == "Apertura (Perú – Bolivia)"
    corridor = "corridor(lima_callao, europe_ports)"
    assert found.number(corridor, "flow").es == "Flujo de cocaína (Lima y los puertos → Puertos europeos)"
    assert found.owner(corridor).en == "Corridor (Lima and the ports → European ports)"


def test_a_tie_with_a_title_of_its_own_goes_by_it() -> None:
    found = names(scenario("vraem-2020"))
    tie = next(t for t in scenario("vraem-2020").ties if t.title is not None)
    assert found.brief(tie.id) == found.owner(tie.id) == tie.title


def test_where_two_types_of_tie_have_a_number_its_name_says_which_is_meant() -> None:
    plain = scenario("vraem-2020")
    rules = plain.ruleset
    shared = tuple(replace(a, of=(*a.of, "border")) if a.id == "hold" else a for a in rules.attributes)
    found = names(replace(plain, ruleset=replace(rules, attributes=shared)))
    tie = next(t for t in plain.ties if t.type == "leverage" and t.title is None)
    assert found.number(tie.id, "hold").en.startswith("Hold (Leverage (")


def test_to_be_in_play_agrees_with_every_name() -> None:
    """No adjective and no verb that would have to be feminine, or plural, with the name."""
    found = names(scenario("vraem-2020"))
    assert found.number("clan_federation", "active").es == "En actividad (Federación de clanes)"
    assert NOT_IN_PLAY.fill(who=found.owner("illegal_miners")).es == (
        "Sin actividad por ahora: Mineros ilegales y compradores de oro."
    )


def test_a_requirement_without_words_of_its_own_shows_its_parameters_as_numbers() -> None:
    plain = scenario("vraem-2020")
    formula = next(d.value for d in plain.ruleset.derived if d.attribute.id == "tips")
    said = names(plain).words(formula, {"z": "vizcatan"}, {"silence": 140.5})
    assert "140.5" in said.en
    assert "140,5" in said.es
    assert "silence" not in said.en + said.es
