"""Whatever text arrives: a tree or a refusal with a place and two sentences, within 50 ms."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.formula.worlds import HERE, ToyScope
from wargame.formula.check import check
from wargame.formula.parse import parse
from wargame.model.errors import FormulaError, Problem

LIMIT = 0.05

CORPUS = [
    # size
    "", " ", "\n\t", "(" * 10_000, ")" * 10_000, "(" * 10_000 + "1" + ")" * 10_000, "(" * 45 + "1" + ")" * 45,
    "-" * 10_000 + "1", "-" * 400 + "1", "not " * 120 + "z.truce", "1" * 10_000, "9" * 400, "1+" * 5000 + "1",
    "1+" * 240 + "1", "z." * 240 + "a", "a" * 1_000_000, "x" * 499, "[" * 400, "max(" * 120, "lag(" * 120,
    "1" + "/z.violence" * 41, "z.truce and " * 40 + "z.truce", "\x00" * 500, "'" * 500,
    # numbers
    "1e999", "-1e999", "1e309", "1e10", "1_000", "0x10", "0b1", "0o7", "007", "1j", "1.2.3", "1..2", "1.e", "1e",
    "nan", "inf", "2147483649", "1e400000000000000000000", ".", "1.real", "1 .real", "(1).real", "٣", "\uff11\uff12",
    "²", "½", "1,5",
    # names and constants
    "__class__", "z.__class__", "z.__class__.__mro__", "a__b", "_x", "Z", "z.Crop", "True", "False", "None",
    "Ellipsis", "...", "NotImplemented", "__import__", "\uff58", "ﬁle", "\U0001d499", "z.crop_h\U0001d482",
    "\u2113ag(z.violence, 1)", "z\u2024crop_ha", "ñ", "á.b", "z.crop_ha\u200b", "\ufeff1", "😀", "1 + 😀", "z.😀",
    "\ud800", "\x00", "1\x00", "1\x00+1", "\x1b[31m", "\r", "1\x0c",
    # other parts of Python
    "lambda: 1", "lambda x: x", "(x := 1)", "x := 1", "x = 1", "f'{1}'", "f''", "rb'x'", "b'x'", "'x'", '"x"',
    "'a' 'b'", "'''x'''", "'\\x41'", "[1]", "[x for x in y]", "(x for x in y)", "{x: 1}", "{1}", "{}", "()", "(1, 2)",
    "1,", "1, 2", "z[0]", "z.a[0]", "z['a']", "*z", "max(*z)", "max(**z)", "max(a=1, b=2)", "max(1, 2, key=3)",
    "print(1)", "eval('1')", "__import__('os').system('true')", "open('x')", "exec", "z.a()", "z.a(1)", "max()(1)",
    "max(1, 2)(3)", "(max(1, 2))(1)", "max(1, 2).real", "(z.a + 1).b", "tie(a, b)", "tie(a, b).c.d", "tie(a).c",
    "tie(a, b, c).d", "tie(1, b).c", "await x", "yield", "yield 1", "await", "import os", "del x", "assert 1",
    "return 1", "pass", "x; y", "x\ny", "1\n2", "# x", "1 # x", "1 \\\n + 1", "print", "@x", "a @ b", "a % b",
    "a // b", "a ** b", "2 ** 2", "a & b", "a | b", "a ^ b", "~a", "a << 1", "a >> 1", "!a", "a!", "a != ", "a <> b",
    "a === b", "a is b", "a in b", "a not in b", "a is not b", "not", "and", "if", "1 if 2", "1 else 2",
    "if 1 else 2", "1 < 2 < 3", "a == b == c", "a < b > c", "a and", "or a", "1 +", "+", "* 2", "1 1", "a b",
    "a.b c.d", "a..b", "a.", ".a", "a.1", "->", "a -> b", "a ? b : c", "a:b", "$a", "`a`", "a'", "\\", "%s", "{0}",
    "{place}", "{n}", "{} {}", "${x}", "<a>", "<script>", "; drop table", "a,b", "max(,)", "max(1,,2)", "max(1",
    "max 1, 2",
    # our own functions misused
    "lag(z.violence, -1)", "lag(z.violence, 0)", "lag(z.violence, 13)", "lag(z.violence, 1e9)",
    "lag(z.violence, 1.0)", "lag(z.violence, turn)", "lag(z.violence, 1 + 1)", "lag(z.violence, True)",
    "lag(z.violence)", "lag(1, 1)", "lag(z, 1)", "lag(lag(z.violence, 1), 1)", "lag(start(z.violence), 1)",
    "lag(z.violence + 1, 1)", "lag()", "start()", "start(1)", "start(z)", "start(z.violence, 1)", "chance()",
    "chance(0.1, 2)", "chance(0.1, 'A b')", "chance(0.1, '')", "chance(0.1, z.violence)", "chance(0.1, a, b)",
    "chance(0.1, success)", "noise(1, 'exposure')", "noise('x')", "min()", "min(1)", "exp()", "exp(1, 2)", "sqrt()",
    "clip(1)", "ramp(1, 2)", "tanh(1)", "pow(2, 3)", "sum(1, 2)",
]  # fmt: skip


def refusal(text: str) -> Problem | None:
    """Return the problem of a text, None if it is a formula; fail if that took long three times in a row."""
    for _ in range(3):
        begun = time.perf_counter()
        problem = _problem(text)
        if time.perf_counter() - begun < LIMIT:
            return problem
    raise AssertionError("too slow")


def _problem(text: str) -> Problem | None:
    try:
        parse(text, HERE)
        check(text, HERE, ToyScope(), "number")
    except FormulaError as error:
        return error.problem
    return None


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_hostile_text_is_refused_within_50_ms(text: str) -> None:
    problem = refusal(text)
    assert problem is not None, text[:80]
    assert problem.place.line == HERE.line
    assert HERE.column <= problem.place.column <= HERE.column + min(len(text), 500)
    assert len(problem.message.en) < 250
    assert problem.message.en.isprintable()
    assert problem.message.es.isprintable()
    assert problem.message.en != problem.message.es
    assert problem.code == problem.code.lower().replace("_", "-").strip()


WORDS = (
    "z . violence ( ) 1 + - * / < = , ' if else and not lag chance max turn _ e 0 [ ] { } : \\ é lambda shift actor "
    "presence control amount start"
)
ALPHABET = st.sampled_from([*WORDS.split(), " ", "\n", "\x00"])


@settings(deadline=None, max_examples=600)
@given(st.lists(ALPHABET, max_size=60).map("".join) | st.lists(ALPHABET, max_size=60).map(" ".join) | st.text())
@example("presence(actor, z).control if z.truce else -shift")
def test_any_text_is_a_formula_or_a_refusal(text: str) -> None:
    refusal(text)


def test_a_caller_deep_in_the_stack_gets_a_tree_or_a_refusal() -> None:
    def dive(depth: int) -> Problem | None:
        return dive(depth - 1) if depth else _problem("max(" * 10 + "1, 2" + ", 3)" * 10)

    assert dive(0) is None
    dive(sys.getrecursionlimit() - len_of_stack() - 250)


def len_of_stack() -> int:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
