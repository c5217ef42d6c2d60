"""The functions and the reserved words of the formula language."""

from __future__ import annotations

from typing import Final, NamedTuple


class Arity(NamedTuple):
    """How many arguments a function takes; ``most`` None means any number."""

    least: int
    most: int | None


FUNCTIONS: Final[dict[str, Arity]] = {
    "min": Arity(2, None),
    "max": Arity(2, None),
    "clip": Arity(3, 3),
    "ramp": Arity(3, 3),
    "logistic": Arity(1, 1),
    "exp": Arity(1, 1),
    "log": Arity(1, 1),
    "sqrt": Arity(1, 1),
    "abs": Arity(1, 1),
    "lag": Arity(2, 2),
    "start": Arity(1, 1),
    "chance": Arity(1, 2),
    "noise": Arity(1, 2),
}
"""Every function that a formula may call."""

RESERVED: Final[frozenset[str]] = frozenset(
    {"actor", "turn", "amount", "outside", "true", "false", "and", "or", "not", "if", "else", *FUNCTIONS}
)
"""Names that no role, entity or parameter may have."""

KEEPS_UNIT: Final[frozenset[str]] = frozenset({"min", "max", "clip", "abs"})
"""Functions whose value has the unit of their arguments."""

RESERVED_PURPOSES: Final[frozenset[str]] = frozenset({"success", "exposure"})
"""Draw names that belong to the resolution of orders."""

MAX_LENGTH: Final = 500
MAX_NAME: Final = 60
MAX_DEPTH: Final = 40
MAX_NODES: Final = 200
MAX_LAG: Final = 12
MAX_LITERAL: Final = float(1 << 31)
