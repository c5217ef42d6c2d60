"""Formulas that say the same whichever way round they are written, and those that only look alike."""

from __future__ import annotations

import pytest

from tests.formula.worlds import HERE
from wargame.formula.parse import parse
from wargame.formula.sameness import Shape, shape_of

_MIRROR = {"x": "y", "y": "x"}


def shape(text: str, names: dict[str, str] | None = None) -> Shape:
    """Return what a formula says, with other names in place of its own."""
    return shape_of(
        parse(text, HERE), lambda read: (names or {}).get(str(read.subject), str(read.subject)) + read.attribute
    )


@pytest.mark.parametrize(
    "text",
    [
        "min(x.a, y.a)",
        "abs(x.a - y.a)",
        "abs(y.a - x.a - 3 + 3)",
        "x.a + z.b + y.a",
        "x.a * size / 2 * y.a",
        "2 / (x.a * y.a)",
        "-(x.a + y.a) - 1",
        "x.a - (-y.a)",
        "1 if x.a > 3 and y.a > 3 else z.b",
        "0 if x.a == y.a else ramp(max(x.a, y.a), 0, 9)",
    ],
)
def test_both_ends_may_change_places(text: str) -> None:
    assert shape(text, _MIRROR) == shape(text)


@pytest.mark.parametrize(
    "text",
    [
        "x.a",
        "x.a - y.a",
        "x.a / y.a",
        "abs(x.a - 2 * y.a)",
        "min(x.a, 2 * y.a)",
        "1 if x.a > y.a else 0",
        "x.a * x.b + y.a",
        "lag(x.a, 1) + y.a",
        "ramp(x.a, 0, 9) + y.a",
    ],
)
def test_neither_end_may_take_the_place_of_the_other(text: str) -> None:
    assert shape(text, _MIRROR) != shape(text)


def test_brackets_order_and_signs_make_no_difference_and_numbers_do() -> None:
    assert shape("x.a - (y.a - 1)") == shape("1 - y.a + x.a")
    assert shape("x.a / 2 * y.a") == shape("y.a * (x.a / 2)")
    assert shape("abs(-x.a)") == shape("abs(x.a)")
    assert shape("x.a + 1") != shape("x.a + 2")
    assert shape("x.a * size") != shape("x.a * weight")
    assert shape("-x.a") != shape("x.a")
