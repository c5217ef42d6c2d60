"""Random formulas over the nouns of the random rule packs: right in names, types and units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
Data = dict[str, Any]

ATTRIBUTES: dict[str, tuple[list[str], str, str]] = {
    "money": (["nation", "gang"], "stock", "points"),
    "men": (["gang"], "stock", "points"),
    "crop": (["zone"], "stock", "ha"),
    "arms": (["presence", "pact"], "stock", "points"),
    "mood": (["nation", "zone"], "level", "points"),
    "grip": (["presence"], "level", "points"),
    "ease": (["road"], "level", "points"),
    "open": (["zone", "road"], "flag", ""),
    "proud": (["nation"], "flag", ""),
    "shock": (["zone", "gang", "presence"], "signal", "points"),
}
"""Attribute → what it is of, its type, its unit."""
REFERENCES: dict[tuple[str, str], tuple[str, bool]] = {
    ("zone", "home"): ("nation", False),
    ("zone", "foe"): ("gang", True),
    ("gang", "boss"): ("gang", True),
}
"""(Kind, reference) → where it leads, and whether it may be missing."""
TIES: dict[str, tuple[list[str], list[str], bool]] = {
    "presence": (["nation", "gang"], ["zone"], False),
    "road": (["zone"], ["zone"], True),
    "pact": (["nation"], ["nation", "gang"], False),
}
"""Tie type → kinds at its two ends, and whether it is symmetric."""
NUMBERS = ["0", "1", "2", "3", "5", "0.5", "0.1", "0.07", "12", "40", "7.25", "1000000"]


@dataclass(frozen=True)
class Expression:
    """The text of a formula, its unit, and whether nothing in it can change."""

    text: str
    unit: str = ""
    constant: bool = False


@dataclass
class Names:
    """What the formulas of one rule may name."""

    roles: dict[str, frozenset[str]]
    """Role or entity → the kinds or tie types it may have."""
    derived: dict[tuple[str, str], tuple[str, str]]
    """(Kind, derived attribute) → type and unit."""
    parameters: list[str] = field(default_factory=list)
    amount: bool = False
    draws: bool = True
    groups: tuple[str, ...] = ()
    """Groups of zones."""
    unnamed: set[str] = field(default_factory=lambda: {"chance", "noise"})
    fresh: Iterator[int] = field(default_factory=lambda: count(1))

    def only(self, *roles: str, draws: bool | None = None) -> Names:
        """Return the same names with fewer roles."""
        kept = {r: k for r, k in self.roles.items() if r in roles}
        return replace(self, roles=kept, draws=self.draws if draws is None else draws)

    def quiet(self) -> Names:
        """Return the same names without chance."""
        return replace(self, draws=False)

    def subjects(self) -> list[tuple[str, frozenset[str]]]:
        """Return everything that has attributes: roles, what they refer to, ties between them."""
        found = list(self.roles.items())
        for role, kinds in self.roles.items():
            for (kind, reference), (leads, _) in REFERENCES.items():
                if kinds == {kind}:
                    found.append((f"{role}.{reference}", frozenset({leads})))
        return found + [(f"{tie}({a}, {b})", frozenset({tie})) for tie in TIES for a, b in self._ends(tie)]

    def _ends(self, tie: str) -> Iterator[tuple[str, str]]:
        sources, targets, _ = TIES[tie]
        for a, a_kinds in self.roles.items():
            for b, b_kinds in self.roles.items():
                if a != b and a_kinds <= set(sources) and b_kinds <= set(targets):
                    yield a, b

    def attributes(self, kinds: frozenset[str], *, stored: bool) -> list[tuple[str, str, str]]:
        """Return name, type and unit of the attributes that all these kinds have."""
        found = [(n, t, u) for n, (of, t, u) in ATTRIBUTES.items() if kinds <= set(of)]
        if not stored:
            names = {n for _, n in self.derived}
            found += [
                (n, *next(d for (k, m), d in self.derived.items() if m == n))
                for n in sorted(names)
                if all((k, n) in self.derived for k in kinds)
            ]
        return found

    def rows(self, *, stored: bool = False) -> list[tuple[str, str, str, str]]:
        """Return subject, attribute, type and unit of everything that can be read."""
        groups = [] if stored else [(group, frozenset({"zone"})) for group in self.groups]
        return [(s, *a) for s, kinds in (*self.subjects(), *groups) for a in self.attributes(kinds, stored=stored)]


class Formulas:
    """Draws formulas over some names."""

    def __init__(self, draw: Draw, names: Names) -> None:
        self.draw = draw
        self.names = names
        rows = names.rows()
        self.numbers = [(f"{s}.{a}", u) for s, a, t, u in rows if t != "flag"] + [("outside.price", "points")]
        self.flags = [f"{s}.{a}" for s, a, t, _ in rows if t == "flag"]

    def pick(self, options: Sequence[T]) -> T:
        """Draw one of some options."""
        return options[self.draw(st.integers(0, len(options) - 1))]

    def often(self, share: int) -> bool:
        """Draw yes ``share`` times in ten."""
        return bool(self.draw(st.integers(0, 9)) < share)

    def number(self, depth: int = 2) -> Expression:
        """Draw an expression that yields a number."""
        if depth <= 0 or self.often(3):
            return self._atom()
        kind = self.draw(st.integers(0, 6))
        if kind <= 1:
            return self._sum(depth)
        if kind <= 3:
            return self._product(depth)
        if kind == 4:
            return self._function(depth)
        if kind == 5:
            return self._choice(depth)
        return self._noise()

    def _atom(self) -> Expression:
        kind = self.draw(st.integers(0, 9))
        if kind <= 4 and self.numbers:
            return self._read()
        if kind == 5 and self.names.parameters:
            return Expression(self.pick(self.names.parameters))
        if kind == 6:
            return Expression("turn")
        if kind == 7 and self.names.amount:
            return Expression("amount")
        return Expression(self.pick(NUMBERS), constant=True)

    def _read(self) -> Expression:
        path, unit = self.pick(self.numbers)
        kind = self.draw(st.integers(0, 7))
        if kind == 0:
            return Expression(f"start({path})", unit)
        return Expression(path if kind > 1 else f"lag({path}, {self.draw(st.integers(1, 4))})", unit)

    def _sum(self, depth: int) -> Expression:
        left, right = self._alike(depth)
        return Expression(
            f"({left.text} {self.pick('+-')} {right.text})", left.unit or right.unit, left.constant and right.constant
        )

    def _alike(self, depth: int) -> tuple[Expression, Expression]:
        left, right = self.number(depth - 1), self.number(depth - 1)
        if left.unit and right.unit and left.unit != right.unit:
            right = Expression(f"sqrt({right.text})")
        return left, right

    def _product(self, depth: int) -> Expression:
        left, right = self.number(depth - 1), self.number(depth - 1)
        operator = self.pick("**/")
        unit = ""
        if operator == "*" and (left.constant or right.constant):
            unit = right.unit if left.constant else left.unit
        return Expression(f"({left.text} {operator} {right.text})", unit, left.constant and right.constant)

    def _function(self, depth: int) -> Expression:
        name = self.pick(["min", "max", "clip", "abs", "ramp", "logistic", "exp", "log", "sqrt", "-"])
        if name in ("min", "max"):
            left, right = self._alike(depth)
            return Expression(f"{name}({left.text}, {right.text})", left.unit or right.unit)
        inner = self.number(depth - 1)
        if name in ("clip", "ramp"):
            return Expression(
                f"{name}({inner.text}, 0, {self.pick(NUMBERS[1:])})", inner.unit if name == "clip" else ""
            )
        if name == "-":
            return Expression(f"(-{inner.text})", inner.unit, inner.constant)
        return Expression(f"{name}({inner.text})", inner.unit if name == "abs" else "")

    def _choice(self, depth: int) -> Expression:
        then, otherwise = self._alike(depth)
        condition = self.truth(depth - 1)
        return Expression(f"({then.text} if {condition} else {otherwise.text})", then.unit or otherwise.unit)

    def _noise(self) -> Expression:
        if not self.names.draws:
            return self._atom()
        return Expression(f"noise({self.pick(['1', '2.5', '0.3'])}{self._purpose('noise')})")

    def _purpose(self, kind: str) -> str:
        if kind in self.names.unnamed and self.often(5):
            self.names.unnamed.discard(kind)
            return ""
        return f", {kind}_{next(self.names.fresh)}"

    def truth(self, depth: int = 2) -> str:
        """Draw a condition."""
        kind = self.draw(st.integers(0, 7)) if depth > 0 else self.draw(st.integers(4, 7))
        if kind == 0:
            return f"({self.truth(depth - 1)} {self.pick(['and', 'or'])} {self.truth(depth - 1)})"
        if kind == 1:
            return f"(not {self.truth(depth - 1)})"
        if kind == 2 and self.names.draws:
            return f"chance({self.pick(['0.5', '0.2', '0.8', 'turn / 4'])}{self._purpose('chance')})"
        if kind <= 4 and self.flags:
            return self.pick(self.flags)
        left, right = self._alike(depth - 1)
        return f"({left.text} {self.pick(['<', '<=', '>', '>=', '==', '!='])} {right.text})"

    def size(self, unit: str) -> str:
        """Draw the amount of an effect in a unit: mostly small beside the bounds, sometimes not."""
        found = self.number()
        if found.unit not in ("", unit):
            found = Expression(f"sqrt({found.text})")
        kind = self.draw(st.integers(0, 5))
        if kind == 0:
            return found.text
        if kind <= 2:
            return f"clip({found.text}, -7, 9)"
        return f"{self.pick(['0.1', '-0.1', '0.02', '-0.3'])} * {found.text}"

    def odds(self) -> str:
        """Draw odds."""
        return self.pick(
            ["0.5", "0.3", "0.9", f"logistic(0.1 * {self.number(1).text})", f"ramp({self.number(1).text}, 0, 40)"]
        )
