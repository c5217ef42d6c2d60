"""Formulas against a ruleset: names, types, units, and where each misfit stands."""

from __future__ import annotations

import pytest

from tests.formula.worlds import HERE, ToyScope
from wargame.formula.check import Yield, check, check_path, check_subject, repeated_unnamed_draw
from wargame.formula.parse import parse
from wargame.model.errors import FormulaError, Problem
from wargame.model.expression import Between, Entity, Read

SCOPE = ToyScope()


def refused(text: str, expects: Yield = "number", scope: ToyScope = SCOPE) -> Problem:
    with pytest.raises(FormulaError) as caught:
        check(text, HERE, scope, expects)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("12", ""),
        ("shift", ""),
        ("turn", ""),
        ("z.crop_ha", "ha"),
        ("-z.crop_ha", "ha"),
        ("z.crop_ha + 5", "ha"),
        ("5 - z.crop_ha", "ha"),
        ("z.crop_ha - z.sown_ha", "ha"),
        ("0.02 * z.crop_ha", ""),
        ("-0.1 * z.crop_ha + z.violence", "points"),
        ("z.crop_ha * (1 / 3)", ""),
        ("shift * z.crop_ha", ""),
        ("z.crop_ha / 2", ""),
        ("z.crop_ha * z.violence", ""),
        ("max(z.crop_ha, 100)", "ha"),
        ("clip(shift, 0, z.crop_ha)", "ha"),
        ("abs(z.crop_ha - 3)", "ha"),
        ("lag(z.crop_ha, 2)", "ha"),
        ("start(z.crop_ha)", "ha"),
        ("sqrt(z.crop_ha)", ""),
        ("ramp(z.crop_ha, 0, 100)", ""),
        ("z.crop_ha if z.truce else 0", "ha"),
        ("z.crop_ha if z.truce else z.violence", ""),
        ("either.violence", "points"),
        ("z.state.capacity", "points"),
        ("presence(actor, z).control", "points"),
        ("presence(z.state, z).control", "points"),
        ("pact(z, actor).control", "points"),
        ("p.control", "points"),
        ("outside.gold_price", "usd"),
        ("noise(z.crop_ha)", ""),
        ("amount * z.strips", ""),
    ],
)
def test_a_number_has_a_unit_where_one_is_known(text: str, unit: str) -> None:
    formula = check(text, HERE, SCOPE, "number")
    assert (formula.yields, formula.unit, formula.text) == ("number", unit, text)


@pytest.mark.parametrize(
    "text",
    [
        "z.truce",
        "lag(z.truce, 1)",
        "not z.truce",
        "z.violence > 3",
        "z.violence > 3 and (z.truce or turn == 2)",
        "chance(0.3)",
        "chance(shift, first) or chance(shift, second)",
        "chance(0.1) and noise(2) > 1",
        "z.truce if turn > 2 else actor.truce",
    ],
)
def test_conditions_yield_truth(text: str) -> None:
    assert check(text, HERE, SCOPE, "truth").yields == "truth"


@pytest.mark.parametrize(
    ("text", "expects", "code", "column"),
    [
        # types
        ("z.violence", "truth", "wrong-type", 0),
        ("z.truce", "number", "wrong-type", 0),
        ("1 + z.truce", "number", "wrong-type", 4),
        ("1 + (z.violence > 2)", "number", "wrong-type", 5),
        ("z.truce > 0", "truth", "wrong-type", 0),
        ("z.truce and z.violence", "truth", "wrong-type", 12),
        ("not shift", "truth", "wrong-type", 4),
        ("1 if z.violence else 2", "number", "wrong-type", 5),
        ("1 if z.truce else z.truce", "number", "wrong-type", 18),
        ("max(1, z.truce)", "number", "wrong-type", 7),
        ("sqrt(turn > 1)", "number", "wrong-type", 5),
        ("chance(z.truce)", "truth", "wrong-type", 7),
        ("chance(0.3)", "number", "wrong-type", 0),
        ("-z.truce", "number", "wrong-type", 1),
        ("z.truce * 2", "number", "wrong-type", 0),
        ("z", "number", "wrong-type", 0),
        # units
        ("z.crop_ha + z.violence", "number", "wrong-unit", 12),
        ("1 + z.crop_ha - z.violence", "number", "wrong-unit", 16),
        ("z.crop_ha > z.violence", "truth", "wrong-unit", 12),
        ("max(1, z.crop_ha, 2, z.violence)", "number", "wrong-unit", 21),
        ("clip(z.violence, 0, z.crop_ha)", "number", "wrong-unit", 20),
        ("2 + z.crop_ha + z.violence", "number", "wrong-unit", 16),
        # names
        ("shfit * 2", "number", "unknown-name", 0),
        ("2 * zz.crop_ha", "number", "unknown-name", 4),
        ("z.crop_hh", "number", "unknown-attribute", 2),
        ("1 + z . crop_hh", "number", "unknown-attribute", 8),
        ("either.crop_ha", "number", "unknown-attribute", 7),
        ("z.state", "number", "unknown-attribute", 2),
        ("z.stat.capacity", "number", "unknown-reference", 2),
        ("z.state.state.capacity", "number", "unknown-reference", 8),
        ("actor.state.capacity", "number", "unknown-reference", 6),
        ("presense(actor, z).control", "number", "unknown-tie", 0),
        ("presence(actor, z).grip", "number", "unknown-attribute", 19),
        ("presence(z, actor).control", "number", "wrong-tie", 0),
        ("presence(actor, zz).control", "number", "unknown-name", 16),
        ("presence(actor, z.stat).control", "number", "unknown-reference", 18),
        ("presence(p, z).control", "number", "wrong-tie", 0),
        ("nobody.violence", "number", "empty-role", 0),
        ("outside.silver", "number", "unknown-attribute", 8),
        # draws
        ("chance(0.1) or chance(0.2)", "truth", "repeated-draw", 15),
        ("noise(1) + noise(2)", "number", "repeated-draw", 11),
    ],
)
def test_a_misfit_is_refused_where_it_stands(text: str, expects: Yield, code: str, column: int) -> None:
    problem = refused(text, expects)
    assert (problem.code, problem.place.column) == (code, HERE.column + column)
    assert problem.message.en != problem.message.es


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("shfit * 2", "shift"),
        ("z.crop", "crop_ha"),
        ("z.violense", "violence"),
        ("actr.capacity", "actor"),
        ("z.stat.capacity", "state"),
        ("presense(actor, z).control", "presence"),
        ("trun + 1", "turn"),
        ("ammount + 1", "amount"),
        ("outside.gold", "gold_price"),
    ],
)
def test_a_slip_is_met_with_the_nearest_name(text: str, near: str) -> None:
    message = refused(text).message
    assert f"did you mean '{near}'?" in message.en
    assert f"¿quiso decir «{near}»?" in message.es


def test_a_suggestion_is_only_ever_a_name_that_would_be_valid_there() -> None:
    assert "did you mean" not in refused("actor.crop_h").message.en


def test_amount_and_draws_need_a_scope_that_has_them() -> None:
    quiet = ToyScope(allows_amount=False, allows_draws=False)
    assert refused("2 * amount", scope=quiet).code == "amount-not-allowed"
    assert refused("chance(0.2)", "truth", quiet).code == "draw-not-allowed"
    assert refused("1 + noise(0.2)", scope=quiet).code == "draw-not-allowed"


def test_an_attribute_that_is_a_flag_for_some_kinds_only_is_refused() -> None:
    class Mixed(ToyScope):
        def attribute(self, kind: str, name: str):  # type: ignore[no-untyped-def]
            return super().attribute(kind, "truce" if kind == "state" else "violence")

    assert refused("either.violence", scope=Mixed()).code == "wrong-type"


def test_paths_name_one_attribute_as_it_is_now() -> None:
    assert check_path("z.crop_ha", HERE, SCOPE) == Read(Entity("z"), "crop_ha")
    assert check_path("presence(actor, z).control", HERE, SCOPE).attribute == "control"


@pytest.mark.parametrize(
    "text", ["lag(z.crop_ha, 1)", "z.crop_ha + 1", "shift", "3", "z.crop", "z", "start(z.crop_ha)"]
)
def test_anything_else_is_not_a_path(text: str) -> None:
    with pytest.raises(FormulaError):
        check_path(text, HERE, SCOPE)


def test_subjects_name_an_entity_or_a_tie() -> None:
    assert check_subject("z.state", HERE, SCOPE) == Entity("z", ("state",))
    assert check_subject("pact(z, actor)", HERE, SCOPE) == Between("pact", Entity("z"), Entity("actor"))


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [("zz", "unknown-name", 0), ("z.stat", "unknown-reference", 2), ("presence(z, z)", "wrong-tie", 0)],
)
def test_an_unknown_subject_is_refused(text: str, code: str, column: int) -> None:
    with pytest.raises(FormulaError) as caught:
        check_subject(text, HERE, SCOPE)
    assert (caught.value.problem.code, caught.value.problem.place.column) == (code, HERE.column + column)


def test_a_rule_may_have_one_unnamed_draw_of_each_kind() -> None:
    trees = [parse(text, HERE) for text in ("noise(1)", "chance(0.1, a)", "chance(0.2)", "chance(0.3, b)")]
    assert repeated_unnamed_draw(trees) is None
    assert repeated_unnamed_draw([*trees, parse("2 * noise(3)", HERE)]) is not None
