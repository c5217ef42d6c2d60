"""The functions themselves: arrays against floats, and floats against the standard library."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula.expressions import EDGES
from wargame.formula import arrays, scalars
from wargame.formula.constants import BIG, EXP_LIMIT, LEAST_DIVISOR

ANY = st.sampled_from([*EDGES, BIG, -BIG, LEAST_DIVISOR, 1e-9]) | st.floats(-BIG, BIG) | st.floats(-50.0, 50.0)
ARITY = {"min": 2, "max": 2, "clip": 3, "ramp": 3, "logistic": 1, "exp": 1, "log": 1, "sqrt": 1, "abs": 1}
OPERATIONS: dict[str, tuple[Callable[..., Any], Callable[..., float], int]] = {
    **{name: (arrays.FUNCTIONS[name], scalars.FUNCTIONS[name], arity) for name, arity in ARITY.items()},
    "multiply": (arrays.multiply, scalars.multiply, 2),
    "divide": (arrays.divide, scalars.divide, 2),
    "limit": (arrays.limit, scalars.limit, 1),
}


def ulps(value: float, exact: float) -> float:
    return abs(value - exact) / math.ulp(exact)


@pytest.mark.parametrize("name", OPERATIONS)
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_arrays_and_floats_agree_bit_for_bit(name: str, data: st.DataObject) -> None:
    on_arrays, on_floats, arity = OPERATIONS[name]
    rows = data.draw(st.lists(st.tuples(*[ANY] * arity), min_size=1, max_size=6))
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    alone = [on_floats(*row) for row in rows]
    for constant in range(2**arity - 1):
        mixed = [float(c[0]) if constant >> i & 1 else c for i, c in enumerate(columns)]
        expected = [on_floats(*(float(np.broadcast_to(m, len(rows))[i]) for m in mixed)) for i in range(len(rows))]
        assert (np.asarray(on_arrays(*mixed)) + 0.0).tobytes() == (np.array(expected) + 0.0).tobytes()
    assert all(math.isfinite(value) for value in alone)


@pytest.mark.parametrize("name", ["exp", "log", "logistic"])
def test_blocks_make_no_difference(name: str) -> None:
    many = np.random.default_rng(5).uniform(-60.0, 60.0, (7, 5001))
    whole = np.asarray(arrays.FUNCTIONS[name](many))
    assert whole.shape == many.shape
    assert all(whole.flat[i] == scalars.FUNCTIONS[name](float(many.flat[i])) for i in range(0, many.size, 131))


@settings(deadline=None, max_examples=1000)
@given(st.floats(-EXP_LIMIT, EXP_LIMIT))
def test_exp_is_as_good_as_the_standard_library(x: float) -> None:
    assert ulps(scalars.exp(x), math.exp(x)) <= 2


@settings(deadline=None, max_examples=1000)
@given(st.floats(1e-300, BIG) | st.floats(0.5, 2.0))
def test_log_is_as_good_as_the_standard_library(x: float) -> None:
    assert scalars.log(1.0) == 0.0
    assert x == 1.0 or ulps(scalars.log(x), math.log(x)) <= 3


@settings(deadline=None, max_examples=300)
@given(st.floats(-EXP_LIMIT, EXP_LIMIT))
def test_logistic_is_as_good_as_the_standard_library(x: float) -> None:
    assert ulps(scalars.logistic(x), 1.0 / (1.0 + math.exp(-x))) <= 3


@settings(deadline=None, max_examples=300)
@given(st.floats(-50, 50), st.floats(0, 1))
def test_exp_and_logistic_never_fall_where_their_argument_rises(x: float, step: float) -> None:
    assert scalars.exp(x + step) >= scalars.exp(x) * (1 - 4e-16)
    assert scalars.logistic(x + step) >= scalars.logistic(x) * (1 - 4e-16)


def test_every_undefined_result_is_defined() -> None:
    assert scalars.divide(5.0, 0.0) == 0.0
    assert scalars.divide(5.0, -0.0) == 0.0
    assert scalars.divide(5.0, 1e-31) == 0.0
    assert scalars.exp(1e9) == scalars.exp(EXP_LIMIT)
    assert scalars.exp(-1e9) == scalars.exp(-EXP_LIMIT)
    assert scalars.log(0.0) == scalars.log(-7.0) == scalars.log(1e-9)
    assert scalars.sqrt(-4.0) == 0.0
    assert scalars.multiply(BIG, BIG) == BIG
    assert scalars.multiply(-BIG, BIG) == -BIG
    assert scalars.clip(5.0, 9.0, 2.0) == 2.0


def test_a_ramp_rises_falls_or_steps() -> None:
    assert [scalars.ramp(x, 20.0, 40.0) for x in (10.0, 20.0, 30.0, 40.0, 50.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert [scalars.ramp(x, 40.0, 20.0) for x in (10.0, 30.0, 50.0)] == [1.0, 0.5, 0.0]
    assert [scalars.ramp(x, 5.0, 5.0) for x in (4.0, 5.0, 6.0)] == [0.0, 1.0, 1.0]


def test_no_function_that_differs_between_processors_is_used() -> None:
    source = inspect.getsource(arrays)
    banned = ["np.exp", "np.log", "np.tanh", "np.power", "**", "np.sum", "np.mean", "np.dot", "einsum", "@"]
    assert [word for word in banned if word in source] == []


def test_keeping_freed_memory_harms_nobody() -> None:
    arrays.keep_freed_memory()
