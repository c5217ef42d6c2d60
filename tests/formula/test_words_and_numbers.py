"""What people read: formulas with numbers filled in, and formulas in the words of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula.expressions import numbers, truths
from tests.formula.worlds import HERE, named
from wargame.formula.evaluate import evaluate
from wargame.formula.explain import explain
from wargame.formula.numbers import shown
from wargame.formula.parse import parse
from wargame.formula.suggest import nearest
from wargame.formula.walk import leaves
from wargame.formula.words import words
from wargame.model.text import Language

EN, ES = Language.EN, Language.ES


def test_an_explanation_is_the_formula_with_its_numbers_and_its_result() -> None:
    node = parse("-0.04 * z.violence * (1 - z.capacity/100)", HERE)
    assert explain(node, [62, 35], named, EN, 1) == "−0.04 × violence 62 × (1 − capacity 35/100) = −1.6"
    assert explain(node, [62, 35], named, ES, 1) == "−0,04 × violence_es 62 × (1 − capacity_es 35/100) = −1,6"


@pytest.mark.parametrize(
    ("text", "values", "english", "spanish"),
    [
        ("3", [], "3 = 3", "3 = 3"),
        ("0.50", [], "0.50 = 0.5", "0,50 = 0,5"),
        ("z.a - (z.b - 1)", [5, 2], "a 5 − (b 2 − 1) = 4", "a_es 5 − (b_es 2 − 1) = 4"),
        ("z.a - z.b - 1", [5, 2], "a 5 − b 2 − 1 = 2", "a_es 5 − b_es 2 − 1 = 2"),
        ("z.a - -z.b", [5, 2], "a 5 − (−b 2) = 7", "a_es 5 − (−b_es 2) = 7"),
        ("z.a * (z.b + 1)", [5, -2], "a 5 × (b −2 + 1) = −5", "a_es 5 × (b_es −2 + 1) = −5"),
        ("z.a / z.b", [1, 3], "a 1 / b 3 = 0.3333", "a_es 1 / b_es 3 = 0,3333"),
        ("max(z.a, 2.5)", [1], "max(a 1, 2.5) = 2.5", "máx(a_es 1; 2,5) = 2,5"),
        ("2 * ramp(z.a, 0, 10)", [6], "2 × ramp(a 6, 0, 10) [0.6] = 1.2", "2 × rampa(a_es 6; 0; 10) [0,6] = 1,2"),
        ("z.b - sqrt(z.a)", [1, 9], "b 1 − √(a 9) [3] = −2", "b_es 1 − √(a_es 9) [3] = −2"),
        ("noise(sqrt(z.a)) + 1", [5, 9], "[luck ±√(a 9) [3]: 5] + 1 = 6", "[azar ±√(a_es 9) [3]: 5] + 1 = 6"),
        ("turn + amount", [4, 2], "turn 4 + amount 2 = 6", "turno 4 + amount_es 2 = 6"),
        ("z.a > 3", [4], "a 4 > 3 = yes", "a_es 4 > 3 = sí"),
        ("z.a >= 3 and not z.f", [4, 1], "a 4 ≥ 3 and not f (yes) = no", "a_es 4 ≥ 3 y no f_es (sí) = no"),
        ("noise(2, x) + 1", [-0.7], "[luck ±2: −0.7] + 1 = 0.3", "[azar ±2: −0,7] + 1 = 0,3"),
        ("1 if z.f else z.a", [0, 7], "a 7 [as not: f (no)] = 7", "a_es 7 [pues no: f_es (no)] = 7"),
        ("z.a if z.f else 1", [7, 1], "a 7 [as f (yes)] = 7", "a_es 7 [pues f_es (sí)] = 7"),
        (
            "2 * (z.a + 1 if z.a > 3 else 0)",
            [4, 4],
            "2 × (a 4 + 1) [as a 4 > 3] = 10",
            "2 × (a_es 4 + 1) [pues a_es 4 > 3] = 10",
        ),
        ("max(max(z.a, z.b * 2), 1)", [3, 4], "max of 3 (b 4 × 2) = 8", "máx de 3 (b_es 4 × 2) = 8"),
        ("min(max(z.a, z.b), 1)", [3, 4], "min(max(a 3, b 4), 1) = 1", "mín(máx(a_es 3; b_es 4); 1) = 1"),
        ("start(z.a) + 1", [2], "a at the start 2 + 1 = 3", "a_es al inicio 2 + 1 = 3"),
    ],
)
def test_explanations_read_well(text: str, values: list[float], english: str, spanish: str) -> None:
    node = parse(text, HERE)
    assert explain(node, values, named, EN) == english
    assert explain(node, values, named, ES) == spanish


def test_a_chance_is_explained_with_its_odds_and_its_answer() -> None:
    node = parse("chance(0.04 * z.a, caught)", HERE)
    assert explain(node, [True, 12], named, EN) == "[chance 0.04 × a 12: yes] = yes"
    assert explain(node, [False, 12], named, ES) == "[probabilidad 0,04 × a_es 12: no] = no"


def test_a_lone_flag_is_explained_as_yes_or_no() -> None:
    assert explain(parse("z.f", HERE), [1.0], named, EN, yields="truth") == "f (yes) = yes"


@pytest.mark.parametrize(
    ("text", "english", "spanish"),
    [
        ("z.a >= 40 and z.b < 3", "a at least 40 and b below 3", "a_es al menos 40 y b_es por debajo de 3"),
        ("z.a <= 4 or z.b > 3", "a at most 4 or b above 3", "a_es como mucho 4 o b_es por encima de 3"),
        ("z.a == 1 or z.a != 2", "a equal to 1 or a other than 2", "a_es igual a 1 o a_es distinto de 2"),
        ("z.f and (z.g or z.h)", "f and (g or h)", "f_es y (g_es o h_es)"),
        ("not (z.a > 0.5)", "not (a above 0.5)", "no (a_es por encima de 0,5)"),
        ("2 if z.f else 0", "if f: 2; otherwise 0", "si f_es: 2; si no, 0"),
        ("min(z.a, z.b, 3)", "the smallest of a, b and 3", "el menor de a_es, b_es y 3"),
        ("2 * max(z.a, 3)", "2 × (the largest of a and 3)", "2 × (el mayor de a_es y 3)"),
        ("clip(z.a, 0, 9)", "a held between 0 and 9", "a_es acotado entre 0 y 9"),
        ("ramp(z.a, 0, 9)", "a on a scale from 0 to 9", "a_es en una escala de 0 a 9"),
        ("logistic(0.1 * z.a)", "logistic(0.1 × a)", "logística(0,1 × a_es)"),
        ("chance(0.3)", "a chance of 0.3", "una probabilidad de 0,3"),
        ("noise(2 * z.a)", "luck with a spread of (2 × a)", "azar con una desviación de (2 × a_es)"),
        ("lag(z.a, 1)", "a at the start of the turn", "a_es al empezar el turno"),
        ("lag(z.a, 2)", "a at the start of the last turn", "a_es al empezar el turno anterior"),
        ("lag(z.a, 4)", "a at the start of the turn 3 turns ago", "a_es hace 3 turnos, al empezar"),
        ("turn >= 3", "turn at least 3", "turno al menos 3"),
    ],
)
def test_formulas_are_put_into_words(text: str, english: str, spanish: str) -> None:
    assert words(parse(text, HERE), named, EN) == english
    assert words(parse(text, HERE), named, ES) == spanish


@settings(deadline=None, max_examples=150)
@given(st.data(), numbers() | truths(), st.sampled_from(Language))
def test_every_formula_has_words_and_an_explanation(data: st.DataObject, text: str, language: Language) -> None:
    node = parse(text, HERE)
    values: Sequence[float] = [data.draw(st.floats(-1e6, 1e6)) for _ in leaves(node)]
    result = evaluate(node, lambda position, leaf, argument: values[position])
    told = explain(node, values, named, language)
    ending = {True: ("yes", "sí"), False: ("no", "no")}[result] if isinstance(result, bool) else None
    assert told.endswith(f" = {ending[language is ES] if ending else shown(result, language)}")
    for line in (told, words(node, named, language)):
        assert line.count("(") == line.count(")")
        assert "{" not in line
        assert "-" not in line


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.0, None, "0"),
        (-0.0, None, "0"),
        (-0.0000001, None, "0"),
        (12.0, None, "12"),
        (1.23456, None, "1.235"),
        (123456.78, None, "123457"),
        (-0.0612, None, "−0.0612"),
        (-1.66, 1, "−1.7"),
        (-0.01, 1, "0.0"),
        (100.0, None, "100"),
        (9999.96, None, "10000"),
    ],
)
def test_numbers_are_written_for_people(value: float, decimals: int | None, text: str) -> None:
    assert shown(value, EN, decimals) == text
    assert shown(value, ES, decimals) == text.replace(".", ",")


def test_the_nearest_name_is_found_and_a_far_one_is_not() -> None:
    assert nearest("violense", ["capacity", "violence"]) == "violence"
    assert nearest("xyz", ["capacity", "violence"]) is None
    assert nearest("v" * 500, ["violence"]) is None
    assert nearest("violence", []) is None
