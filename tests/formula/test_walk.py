"""What a formula is made of, in the order in which it is written."""

from __future__ import annotations

from tests.formula.worlds import HERE
from wargame.formula.parse import parse
from wargame.formula.walk import draws, is_constant, leaves, parameters, reads, roles, subjects
from wargame.model.expression import Amount, Between, Draw, Entity, Number, Parameter, Read, Turn

NODE = parse(
    "shift * z.a + (lag(z.a, 2) if chance(low * z.f, caught) or turn > 1 else tie(actor, z.state).b) - amount * shift",
    HERE,
)
A = Read(Entity("z"), "a")
A_BEFORE = Read(Entity("z"), "a", 2)
F = Read(Entity("z"), "f")
B = Read(Between("tie", Entity("actor"), Entity("z", ("state",))), "b")


def test_leaves_come_left_to_right_and_a_draw_before_its_argument() -> None:
    found = leaves(NODE)
    draw = found[3]
    assert isinstance(draw, Draw)
    assert draw.purpose == "caught"
    shift = Parameter("shift")
    assert found == (shift, A, A_BEFORE, draw, Parameter("low"), F, Turn(), B, Amount(), shift)


def test_what_is_named_is_listed_once_in_order() -> None:
    assert reads(NODE) == (A, A_BEFORE, F, B)
    assert parameters(NODE) == ("shift", "low")
    assert subjects(NODE) == (Entity("z"), B.subject)
    assert roles(NODE) == ("z", "actor")
    assert [draw.kind for draw in draws(NODE)] == ["chance"]


def test_a_formula_without_leaves_is_constant() -> None:
    assert is_constant(Number(1.0, "1"))
    assert is_constant(parse("2 * exp(3) > 1", HERE))
    assert not is_constant(parse("2 * turn", HERE))
