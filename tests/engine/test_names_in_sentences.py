"""Names take their article within sentences, contract, begin sentences with a capital, and stay bare as labels."""

from __future__ import annotations

import pytest

from wargame.content.load import load_scenario
from wargame.engine.naming import enumerated
from wargame.model.text import Language, Name, Text, gaps_of, lower, of, same, unfilled

GOVERNMENT = Name("Government of Colombia", "Gobierno de Colombia", Text("the Government", "el Gobierno de Colombia"))
CLANS = Name("Family clans", "Clanes familiares", Text("the family clans", "los clanes familiares"))
POLICE = Name("Police and prosecutors", "Policía y fiscalía", Text("the police", "la policía y la fiscalía"))
BOLIVIA = Name("Bolivia", "Bolivia", same("Bolivia"))


def spanish(template: str, **names: Text) -> str:
    return same(template).fill(**names).es


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("orden de {a}", "orden del Gobierno de Colombia"),
        ("paga a {a}", "paga al Gobierno de Colombia"),
        ("en {b}", "en los clanes familiares"),
        ("{b} {b:paga|pagan} a {a}", "Los clanes familiares pagan al Gobierno de Colombia"),
        ("{c} {c:deja|dejan} a {d}", "La policía y la fiscalía dejan a Bolivia"),
        ("Fin. {a} no está", "Fin. El Gobierno de Colombia no está"),
        ("{a}: nada", "Gobierno de Colombia: nada"),
        ("Sin actividad: {b}.", "Sin actividad: Clanes familiares."),
        ("Tesorería ({a})", "Tesorería (Gobierno de Colombia)"),
        ("«{a}»", "«Gobierno de Colombia»"),
        ("{a} – {b}", "Gobierno de Colombia – Clanes familiares"),
        ("{a}", "Gobierno de Colombia"),
        ("de {d}", "de Bolivia"),
        ("{b:activo|activa|activos|activas}", "activos"),
        ("{a:activo|activa|activos|activas}", "activo"),
    ],
)
def test_a_name_in_its_place(template: str, said: str) -> None:
    assert spanish(template, a=GOVERNMENT, b=CLANS, c=POLICE, d=BOLIVIA) == said


def test_a_title_alone_goes_without_its_article() -> None:
    assert GOVERNMENT.say(Language.ES) == "Gobierno de Colombia"
    assert of(GOVERNMENT) == Text("of the Government", "del Gobierno de Colombia")


def test_lists_of_names_are_names() -> None:
    listed = enumerated([BOLIVIA, GOVERNMENT])
    assert spanish("voto de {all}", all=listed) == "voto de Bolivia y el Gobierno de Colombia"
    assert spanish("ausentes: {all}.", all=listed) == "ausentes: Bolivia y Gobierno de Colombia."


def test_gaps_without_names_show_dots_and_the_first_form() -> None:
    assert unfilled(same("{actor} {actor:paga|pagan} a {taker}")).es == "… paga a …"


def test_words_in_their_forms_are_well_formed() -> None:
    assert gaps_of("{a} {a:paga|pagan}") == [("a", True), ("a", True)]
    assert gaps_of("{a:>3} {a:x|y|z} {a!r}") == [("a", False), ("a", False), ("a", False)]


def test_initials_keep_their_capitals() -> None:
    assert lower(Text("Trust", "PIB")) == Text("trust", "PIB")


SHIPPED = (
    "la-pampa-2019",
    "vraem-2020",
    "vraem-2012",
    "empty-chair-2017",
    "after-unasur-2019",
    "venezuela-2019",
    "venezuela-2018",
    "northern-triangle-2014",
    "migrant-surge-2012",
    "colombia-2012",
    "bodies-2017",
)
COMMON = (
    "Gobierno",
    "Fuerzas",
    "Policía",
    "Fiscalía",
    "Comisión",
    "Grupo",
    "Resto",
    "Red",
    "Clan",
    "Congreso",
    "Misión",
    "Federación",
    "Facción",
    "Facciones",
    "Cuadrillas",
    "Altiplano",
    "Selva",
    "Ejecutivo",
    "Comunidades",
    "Comités",
    "Clanes",
    "Banda",
    "Remanente",
    "Mercados",
    "Cámaras",
    "Traficantes",
    "Pandillas",
    "Disidencia",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_titles_that_are_common_nouns_say_what_they_are_called(name: str) -> None:
    scenario = load_scenario(name)
    titles = [e.title for e in scenario.entities if not e.proposes] + [seat.title for seat in scenario.seats]
    for title in titles:
        if title.es.startswith(COMMON):
            assert isinstance(title, Name)
            assert title.called.es.split()[0] in ("el", "la", "los", "las"), title.es
