"""Text becomes a tree, and every part of it stands where the author wrote it."""

from __future__ import annotations

import pytest

from tests.formula.worlds import HERE
from wargame.formula.parse import parse, parse_marked, parse_subject
from wargame.model.errors import FormulaError, Place
from wargame.model.expression import (
    START_LAG,
    Amount,
    Arithmetic,
    Between,
    Call,
    Choice,
    Comparison,
    Draw,
    Entity,
    Junction,
    Negative,
    Node,
    Not,
    Number,
    Parameter,
    Read,
    Turn,
)

Z_CROP = Read(Entity("z"), "crop_ha")

TREES: list[tuple[str, Node]] = [
    ("12", Number(12.0, "12")),
    (".5", Number(0.5, ".5")),
    ("1e3", Number(1000.0, "1e3")),
    ("+12", Number(12.0, "12")),
    ("shift", Parameter("shift")),
    ("turn", Turn()),
    ("amount", Amount()),
    ("z.crop_ha", Z_CROP),
    ("  z . crop_ha\n", Z_CROP),
    ("z.state.ally.violence", Read(Entity("z", ("state", "ally")), "violence")),
    ("presence(actor, z.home).control", Read(Between("presence", Entity("actor"), Entity("z", ("home",))), "control")),
    ("lag(z.crop_ha, 12)", Read(Entity("z"), "crop_ha", 12)),
    ("start(z.crop_ha)", Read(Entity("z"), "crop_ha", START_LAG)),
    ("lag(presence(a, z).control, 1)", Read(Between("presence", Entity("a"), Entity("z")), "control", 1)),
    ("-z.crop_ha", Negative(Z_CROP)),
    ("1 - 2 * 3", Arithmetic("-", Number(1, "1"), Arithmetic("*", Number(2, "2"), Number(3, "3")))),
    ("1 <= 2", Comparison("<=", Number(1, "1"), Number(2, "2"))),
    ("not z.truce", Not(Read(Entity("z"), "truce"))),
    ("a.f and b.f and c.f", Junction("and", tuple(Read(Entity(name), "f") for name in "abc"))),
    ("1 if z.truce else 2", Choice(Read(Entity("z"), "truce"), Number(1, "1"), Number(2, "2"))),
    ("max(1,\n  2)", Call("max", (Number(1, "1"), Number(2, "2")))),
    ("chance(0.3)", Draw("chance", Number(0.3, "0.3"), "chance")),
    ("chance(0.3, caught)", Draw("chance", Number(0.3, "0.3"), "caught")),
    ("chance(0.3, 'caught-alive')", Draw("chance", Number(0.3, "0.3"), "caught-alive")),
    ("noise(2)", Draw("noise", Number(2, "2"), "noise")),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_a_formula_is_read_as_it_is_meant(text: str, tree: Node) -> None:
    assert parse(text, HERE) == tree


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("z.a + 'x'", 6),
        ("(z.a", 0),
        ("z.a)", 3),
        ("z.a $ 2", 4),
        ("z.a = 2", 4),
        ("z.a ≥ 2", 4),
        ("1 < z.a < 3", 10),
        ("2 * mni(1, 2)", 4),
        ("lag(z.a, 13)", 9),
        ("lag(3, 2)", 4),
        ("3 *", 3),
        ("   3 *  ", 6),
        ("z.a z.b", 4),
        ("2 ** 3", 2),
        ("1 + Zone.a", 4),
        ("1 + a__b", 4),
        ("0x10", 0),
        ("1 + 99999999999", 4),
        ("chance(0.3, 'Not A Name')", 12),
        ("chance(0.3, success)", 12),
        ("1 if z.a", 0),
    ],
)
def test_a_refusal_points_to_the_character(text: str, column: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text, HERE)
    assert caught.value.problem.place == Place(HERE.file, HERE.line, HERE.column + column)


def test_a_place_without_a_line_stays_the_whole_file() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("1 +", Place("moves.yaml"))
    assert caught.value.problem.place == Place("moves.yaml")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("mni(1, 2)", "did you mean 'min'?"),
        ("z.a ≥ 2", "write '>='"),
        ("z.a && z.b", "write 'and'"),
        ("a < b < c", "a < b and b < c"),
        ("1 if z.a", "'else'"),
        ("True", "turn >= 1"),
        ("3 *", "ends too early"),
        ("clip(1, 2)", "takes 3 arguments, not 2"),
        ("lag(z.a)", "takes 2 arguments, not 1"),
        ("max(1)", "takes 2+ arguments, not 1"),
        ("chance(1, a, b)", "takes 1-2 arguments, not 3"),
    ],
)
def test_a_refusal_says_what_was_expected(text: str, part: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text, HERE)
    assert part in caught.value.problem.message.en


def test_columns_are_known_for_every_name() -> None:
    parsed = parse_marked("  1 + tie(a.b, c) . d", HERE)
    assert isinstance(parsed.node, Arithmetic)
    read = parsed.node.right
    assert isinstance(read, Read)
    assert isinstance(read.subject, Between)
    assert parsed.columns[id(read)] == (6, 20)
    assert parsed.columns[id(read.subject)] == (6,)
    assert parsed.columns[id(read.subject.source)] == (10, 12)
    assert parsed.columns[id(read.subject.target)] == (15,)


def test_subjects_are_read_alone() -> None:
    assert parse_subject("z.state", HERE)[0] == Entity("z", ("state",))
    assert parse_subject("presence(actor, z)", HERE)[0] == Between("presence", Entity("actor"), Entity("z"))


@pytest.mark.parametrize("text", ["1", "z + 1", "max(a, b)", "presence(a, b).control", "presence(a)", "presence(a, 1)"])
def test_other_things_are_not_subjects(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_subject(text, HERE)


def test_a_formula_may_be_forty_deep_and_no_deeper() -> None:
    deepest = "-" * 39 + "1"
    assert parse(deepest, HERE)
    with pytest.raises(FormulaError) as caught:
        parse("-" + deepest, HERE)
    assert caught.value.problem.code == "formula-too-deep"


def test_a_formula_may_have_two_hundred_parts_and_no_more() -> None:
    many = f"max({','.join('1' * 199)})"
    assert parse(many, HERE)
    with pytest.raises(FormulaError) as caught:
        parse(many.replace("max(", "max(1,"), HERE)
    assert caught.value.problem.code == "formula-too-large"


def test_a_formula_may_have_five_hundred_characters_and_no_more() -> None:
    assert parse("1" + " " * 499, HERE)
    with pytest.raises(FormulaError) as caught:
        parse("1" + " " * 500, HERE)
    assert caught.value.problem.code == "formula-too-long"
