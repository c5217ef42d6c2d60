"""Formulas against simpleeval, an evaluator that somebody else wrote."""

from __future__ import annotations

import ast
import operator
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from simpleeval import DEFAULT_OPERATORS, EvalWithCompoundTypes

from tests.formula.expressions import EDGES, numbers, truths
from tests.formula.worlds import HERE, TURN
from wargame.formula import scalars
from wargame.formula.evaluate import evaluate
from wargame.formula.parse import parse
from wargame.model.expression import Draw, Leaf, Parameter, Read, Turn

VALUES = st.fixed_dictionaries(
    {name: st.sampled_from(EDGES) | st.floats(-100, 100) for name in ("a", "b", "c", "d", "e", "shift")}
    | {name: st.booleans() for name in ("f", "g")}
)


def simple(text: str, values: dict[str, Any]) -> Any:
    state = SimpleNamespace(c=values["c"])
    functions = {
        **scalars.FUNCTIONS,
        "min": min,
        "max": max,
        "abs": abs,
        "lag": lambda value, n: value,
        "start": lambda value: value,
        "noise": lambda sd, name: sd * 1.5,
        "chance": lambda odds, name: odds > 0.5,
        "tie": lambda source, target: SimpleNamespace(d=values["d"]),
    }
    names = {
        "z": SimpleNamespace(state=state, **{n: values[n] for n in "abf"}),
        "y": SimpleNamespace(state=state, g=values["g"]),
        "outside": SimpleNamespace(e=values["e"]),
        "shift": values["shift"],
        "turn": TURN,
        "luck": "luck",
    }
    operators = {
        **DEFAULT_OPERATORS,
        ast.Mult: lambda x, y: scalars.limit(operator.mul(x, y)),
        ast.Div: scalars.divide,
    }
    return EvalWithCompoundTypes(operators=operators, functions=functions, names=names).eval(text)


def ours(text: str, values: dict[str, Any]) -> float | bool:
    def read(position: int, leaf: Leaf, argument: float | None) -> float | bool:
        match leaf:
            case Read(attribute=name) | Parameter(name=name):
                return values[name]  # type: ignore[no-any-return]
            case Turn():
                return TURN
            case Draw():
                assert argument is not None
                return argument > 0.5 if leaf.kind == "chance" else argument * 1.5
        raise AssertionError(leaf)

    return evaluate(parse(text, HERE), read)


@settings(deadline=None, max_examples=300)
@given(numbers() | truths(), VALUES)
def test_formulas_mean_what_simpleeval_says(text: str, values: dict[str, Any]) -> None:
    assert ours(text, values) == simple(text, values)
