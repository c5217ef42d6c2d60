"""Compiled formulas against the plain interpreter, cell by cell and bit by bit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula.expressions import EDGES, leaf_values, numbers, truths
from tests.formula.worlds import HERE, SHAPE, Cells, ToyScope, cell, drawn
from wargame.formula.arrays import Values
from wargame.formula.check import Yield, check
from wargame.formula.compile import compile_formula, compile_node, owns_result
from wargame.formula.constants import BIG, LEAF_LIMIT
from wargame.formula.evaluate import evaluate
from wargame.formula.magnitude import largest, unclipped
from wargame.formula.parse import parse
from wargame.formula.walk import leaves
from wargame.model.expression import Arithmetic, Draw, Leaf, Node

BOTH = st.tuples(st.just("number"), numbers()) | st.tuples(st.just("truth"), truths())


def evaluated(node: Node, values: list[float], yields: Yield) -> float | bool:
    def read(position: int, leaf: Leaf, argument: float | None) -> float | bool:
        if isinstance(leaf, Draw):
            assert argument is not None
            answer = drawn(leaf, values[position], argument)
            return bool(answer) if leaf.kind == "chance" else float(answer)
        return values[position]

    return evaluate(node, read, yields)


def bits(value: Values) -> bytes:
    """Return the bytes of a value; +0.0 and −0.0 are one number."""
    return (np.asarray(value, dtype=np.float64) + 0.0).tobytes()


@settings(deadline=None, max_examples=250)
@given(st.data(), BOTH)
def test_compiled_formulas_equal_the_interpreter_in_every_cell(data: st.DataObject, formula: tuple[Yield, str]) -> None:
    yields, text = formula
    node = parse(text, HERE)
    given_leaves = data.draw(leaf_values(len(leaves(node))))
    before = [np.copy(value) for value in given_leaves]
    result = compile_node(node, yields)(Cells(node, given_leaves))
    whole = np.broadcast_to(np.asarray(result), SHAPE)
    for row, column in np.ndindex(SHAPE):
        alone = evaluated(node, cell(node, given_leaves, row, column), yields)
        assert bits(whole[row, column]) == bits(alone)
    assert all(np.array_equal(old, new) for old, new in zip(before, given_leaves, strict=True))


@settings(deadline=None, max_examples=200)
@given(st.data(), numbers())
def test_no_formula_is_ever_infinite_or_not_a_number(data: st.DataObject, text: str) -> None:
    node = parse(text, HERE)
    values = [data.draw(st.sampled_from(EDGES) | st.floats(-LEAF_LIMIT, LEAF_LIMIT)) for _ in leaves(node)]
    result = evaluated(node, values, "number")
    assert math.isfinite(result)
    assert abs(result) <= largest(node)


@settings(deadline=None, max_examples=100)
@given(st.data(), truths())
def test_truth_formulas_give_booleans(data: st.DataObject, text: str) -> None:
    node = parse(text, HERE)
    result = compile_node(node, "truth")(Cells(node, data.draw(leaf_values(len(leaves(node))))))
    assert np.asarray(result).dtype == np.bool_


@settings(deadline=None, max_examples=150)
@given(st.data(), numbers())
def test_a_result_that_is_owned_shares_no_memory_with_what_was_read(data: st.DataObject, text: str) -> None:
    node = parse(text, HERE)
    given_leaves = data.draw(leaf_values(len(leaves(node))))
    result = compile_node(node)(Cells(node, given_leaves))
    shared = any(np.shares_memory(np.asarray(value), np.asarray(result)) for value in given_leaves if np.ndim(value))
    assert not (owns_result(node) and np.ndim(result) and shared)


@pytest.mark.parametrize("text", ["z.a", "shift", "z.a if turn > 1 else z.b"])
def test_a_bare_read_is_not_owned(text: str) -> None:
    assert not owns_result(parse(text, HERE))


@pytest.mark.parametrize("text", ["z.a + 1", "-z.a", "min(z.a, z.b)", "2", "clip(z.a, 0, 1)", "abs(z.a)"])
def test_a_computed_result_is_owned(text: str) -> None:
    assert owns_result(parse(text, HERE))


def test_parts_without_leaves_are_computed_once() -> None:
    node = parse("2 * 3 + exp(1) > 1", HERE)
    assert compile_node(node, "truth")(Cells(node, [])) is True


def test_a_product_of_six_reads_is_never_clipped_and_one_of_seven_is_held() -> None:
    six = parse(" * ".join(["z.a"] * 6), HERE)
    seven = parse(" * ".join(["z.a"] * 7), HERE)
    assert evaluated(six, [LEAF_LIMIT] * 6, "number") == LEAF_LIMIT**6
    assert evaluated(seven, [LEAF_LIMIT] * 7, "number") == BIG
    for node, count in ((six, 6), (seven, 7)):
        many = np.full(SHAPE, LEAF_LIMIT)
        result = np.asarray(compile_node(node)(Cells(node, [many] * count)))
        assert (result == min(LEAF_LIMIT**count, BIG)).all()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("z.a * z.a", False),
        ("z.a / z.a", False),
        ("z.a / z.a * z.a", False),
        ("z.a / z.a * z.a * z.a * z.a", True),
        ("(z.a + 1) * exp(z.a) * z.a", False),
        ("z.a / z.b / z.c", True),
        ("z.a / 1e-30 / 1e-20", False),
        ("z.a / 1e-30 / 1e-20 * 1e9", True),
        ("ramp(z.a, 0, 1) * clip(z.a, 0, 1) * logistic(z.a) * z.a * z.a * z.a * z.a", False),
    ],
)
def test_products_are_held_only_where_they_could_grow_too_large(text: str, held: bool) -> None:
    node = parse(text, HERE)
    assert isinstance(node, Arithmetic)
    assert (unclipped(node) > BIG) is held


def test_flags_may_be_read_as_numbers_or_as_truth_values() -> None:
    node = parse("z.f and not z.g", HERE)
    numbers_read = [np.array([0.0, 1.0, 1.0]), np.array([0.0, 0.0, 1.0])]
    truths_read = [flags > 0 for flags in numbers_read]
    for given_leaves in (numbers_read, truths_read):
        assert np.asarray(compile_node(node)(Cells(node, given_leaves))).tolist() == [False, True, False]


def test_a_checked_formula_knows_what_it_yields() -> None:
    flag = compile_formula(check("z.truce", HERE, ToyScope(), "truth"))
    assert np.asarray(flag(Cells(parse("z.truce", HERE), [np.array([0.0, 1.0])]))).dtype == np.bool_


@pytest.mark.parametrize(("flag", "expected"), [(0.0, False), (0.4, False), (0.5, True), (1.0, True)])
def test_a_flag_counts_as_true_from_one_half(flag: float, expected: bool) -> None:
    node = parse("z.f", HERE)
    assert compile_node(node, "truth")(Cells(node, [flag])) is expected
    assert evaluated(node, [flag], "truth") is expected
