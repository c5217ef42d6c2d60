"""Hypothesis strategies: the text of formulas, and numbers at the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from wargame.formula.arrays import Values
from wargame.formula.constants import LEAF_LIMIT

Texts = st.SearchStrategy[str]

LITERALS = st.sampled_from(
    ["0", "1", "2", "0.5", "100", "0.04", "1e3", "2147483648", "1e-300", "7.25", "0.1", "3", "1e-31"]
)
NUMBER_READS = st.sampled_from(
    ["z.a", "z.b", "z.state.c", "tie(z, y.state).d", "outside.e", "lag(z.a, 2)", "start(z.b)", "shift", "turn"]
)
FLAG_READS = st.sampled_from(["z.f", "y.g", "lag(z.f, 1)"])
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 100.0, -3.25, 2.0**-20, LEAF_LIMIT, -LEAF_LIMIT, 1e-300, -5e-324, 41.0, -700.0]


def numbers(draws: bool = True, curves: bool = True) -> Texts:
    """Texts of formulas that yield numbers."""
    return _sorts(draws, curves)[0]


def truths(draws: bool = True, curves: bool = True) -> Texts:
    """Texts of formulas that yield truth values."""
    return _sorts(draws, curves)[1]


def _sorts(draws: bool, curves: bool) -> tuple[Texts, Texts]:
    number: Texts = st.deferred(lambda: _bounded(deep_number))
    truth: Texts = st.deferred(lambda: _bounded(deep_truth))
    deep_number = LITERALS | NUMBER_READS | _arithmetic(number, truth) | _calls(number, curves)
    deep_truth = FLAG_READS | _logic(number, truth)
    if draws:
        deep_number = deep_number | number.map(lambda sd: f"noise({sd}, luck)")
        deep_truth = deep_truth | number.map(lambda odds: f"chance({odds}, 'caught-it')")
    return number, truth


def _bounded(texts: Texts) -> Texts:
    return texts.filter(lambda text: len(text) < 200)


def _arithmetic(number: Texts, truth: Texts) -> Texts:
    two = st.tuples(number, st.sampled_from(["+", "-", "*", "/"]), number)
    choice = st.tuples(number, truth, number | st.just("0"))
    joined = two.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
    return (
        joined
        | two.map(lambda parts: f"{parts[0]} {parts[1]} {parts[2]}").map("({})".format)
        | number.map(lambda text: f"-{text}")
        | choice.map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})")
    )


def _calls(number: Texts, curves: bool) -> Texts:
    one = ["abs", "sqrt", *(["exp", "log", "logistic"] if curves else [])]
    two = st.tuples(st.sampled_from(["min", "max"]), st.lists(number, min_size=2, max_size=3))
    three = st.tuples(st.sampled_from(["clip", "ramp"]), st.lists(number, min_size=3, max_size=3))
    return (
        st.tuples(st.sampled_from(one), number).map(lambda parts: f"{parts[0]}({parts[1]})")
        | two.map(lambda parts: f"{parts[0]}({', '.join(parts[1])})")
        | three.map(lambda parts: f"{parts[0]}({', '.join(parts[1])})")
    )


def _logic(number: Texts, truth: Texts) -> Texts:
    compared = st.tuples(number, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), number)
    joined = st.tuples(truth, st.sampled_from(["and", "or"]), truth)
    choice = st.tuples(truth, truth, truth)
    return (
        compared.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | joined.map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | truth.map(lambda text: f"(not {text})")
        | choice.map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})")
    )


@st.composite
def leaf_values(draw: st.DrawFn, count: int) -> list[Values]:
    """Values for ``count`` leaves: arrays of several shapes that broadcast together, and Python numbers."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    return [_values(generator, draw(st.sampled_from([None, (3, 1), (1, 4), (3, 4), (3, 4)]))) for _ in range(count)]


def _values(generator: np.random.Generator, shape: tuple[int, int] | None) -> Values:
    size: Any = (1, 1) if shape is None else shape
    edges = generator.choice(np.array(EDGES), size)
    plain = generator.uniform(-120.0, 120.0, size)
    mixed: Values = np.where(generator.random(size) < 0.5, edges, plain)
    return float(np.asarray(mixed)[0, 0]) if shape is None else mixed
