"""Numbers, dates, lines and names as people read and type them."""

from __future__ import annotations

import pytest

from wargame.cli.lines import item, prose, table, wrapped
from wargame.cli.speech import Voice, language_of
from wargame.content.listing import scenario_names
from wargame.content.load import load_scenario
from wargame.model.text import Language
from wargame.telling.figures import _UNITS, Figures
from wargame.telling.typed import matching, plain

EN, ES = Voice(Language.EN), Voice(Language.ES)


@pytest.mark.parametrize(
    ("value", "decimals", "english", "spanish"),
    [
        (0, 1, "0", "0"),
        (-0.04, 1, "0", "0"),
        (-3.25, 1, "−3.2", "−3,2"),
        (1234.5, 1, "1,234.5", "1234,5"),
        (54655, 0, "54,655", "54\u00a0655"),
        (-1234567, 0, "−1,234,567", "−1\u00a0234\u00a0567"),
        (100, 1, "100", "100"),
        (10, 0, "10", "10"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float, decimals: int, english: str, spanish: str) -> None:
    assert (EN.number(value, decimals), ES.number(value, decimals)) == (english, spanish)


def test_changes_have_a_sign_and_nothing_has_none() -> None:
    assert [EN.signed(v) for v in (2.0, -2.0, 0.001)] == ["+2", "−2", "0"]


def test_every_unit_of_shipped_content_is_known_in_both_languages() -> None:
    for name in scenario_names():
        scenario = load_scenario(name)
        rules = scenario.ruleset
        used = {a.unit for a in (*rules.attributes, *(d.attribute for d in rules.derived))}
        used |= {s.unit for s in scenario.series} | {m.unit for m in scenario.measures}
        assert used - {""} <= _UNITS.keys()


@pytest.mark.parametrize(
    ("amount", "english", "spanish"),
    [
        (0.86, "+1 person", "+1 persona"),
        (2.6, "+3 people", "+3 personas"),
        (-0.2, "−<1 person", "−<1 persona"),
        (-17.4, "−17 people", "−17 personas"),
    ],
)
def test_of_people_there_is_no_half(amount: float, english: str, spanish: str) -> None:
    ruleset = load_scenario("vraem-2020").ruleset
    killed = next(a for a in ruleset.attributes if a.id == "civilians_killed")
    assert (Figures(EN).amount(amount, killed), Figures(ES).amount(amount, killed)) == (english, spanish)
    assert Figures(EN).amount(amount, killed, bare=True) == english.split()[0]


def test_turns_are_told_in_words() -> None:
    calendar = load_scenario("vraem-2020").calendar
    assert Figures(EN).period(calendar, 1) == "January to March 2020"
    assert Figures(ES).period(calendar, 4) == "octubre a diciembre de 2020"


def test_a_paragraph_hangs_from_its_label() -> None:
    lines = item("12.", "word " * 30, 2)
    assert lines[0].startswith("  12. word")
    assert all(line.startswith("      word") for line in lines[1:])
    assert max(map(len, lines)) <= 80


def test_long_words_stand_alone() -> None:
    assert wrapped("a " + "x" * 90) == ["a", "x" * 90]


def test_authored_text_becomes_plain_lines() -> None:
    text = "# Who\n\n**Bold** and *soft* and `code`: 2 * 3 * 4\n\n1. one\n2. two\n   more\n\n- dash\n* star"
    assert prose(text) == [
        "WHO",
        "",
        "Bold and soft and code: 2 * 3 * 4",
        "",
        "1. one",
        "2. two more",
        "",
        "- dash",
        "- star",
    ]


def test_a_table_lines_its_columns_up() -> None:
    assert table(["", "n"], [["aa", "1"], ["b", "10"]]) == ["     n", "aa   1", "b   10"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("vizcatan", [0]),
        ("VIZCATÁN", [0]),
        ("pich", [1, 2]),
        ("palcazu", [2]),
        ("kimbiri pichari", [1]),
        ("zzz", []),
        ("", []),
    ],
)
def test_names_are_found_however_they_are_typed(typed: str, found: list[int]) -> None:
    named = {0: ("vizcatan", "Vizcatán y las quebradas"), 1: ("Pichari, Kimbiri",), 2: ("Pichis y Palcazú",)}
    assert matching(typed, named) == found


def test_plain_words_have_no_case_accents_or_marks() -> None:
    assert plain("  Órdenes: ¿«Ñandú»? ") == "ordenes nandu"


@pytest.mark.parametrize(
    ("line", "environment", "language"),
    [
        (["--lang", "es"], {}, Language.ES),
        (["list", "--lang=es"], {"WARGAME_LANG": "en"}, Language.ES),
        ([], {"WARGAME_LANG": "es"}, Language.ES),
        ([], {"LC_ALL": "es_PE.UTF-8"}, Language.ES),
        ([], {"LC_ALL": "fr_FR.UTF-8"}, Language.EN),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_machine(
    line: list[str], environment: dict[str, str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WARGAME_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of(line)[0] is language
