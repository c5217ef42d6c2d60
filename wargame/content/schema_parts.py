"""Shapes that rule packs and scenarios share: texts, bases, parameters, formulas, effects."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag
from pydantic_core import PydanticCustomError

SNAKE: Final = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
KEBAB: Final = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
LARGEST: Final = float(1 << 31)

Snake: TypeAlias = Annotated[str, StringConstraints(pattern=SNAKE, max_length=60)]
"""An id that formulas may name."""
Kebab: TypeAlias = Annotated[str, StringConstraints(pattern=KEBAB, max_length=80)]
"""An id of a rule, seat, scenario and the like."""
TagName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=60)]
"""A word that marks entities or moves."""
Chosen: TypeAlias = Annotated[str, StringConstraints(pattern=r"^#?[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=80)]
"""A kind, a ``#tag`` or an id."""
Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Words: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Turns: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
Bounds: TypeAlias = Annotated[list[Number], Field(min_length=2, max_length=2)]
Confidence: TypeAlias = Literal["high", "medium", "low"]


class Entry(BaseModel):
    """Anything authored: no key that is not listed, no value of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)
    needs_basis: ClassVar[bool] = False


class Words2(Entry):
    """The same text in English and Spanish."""

    en: Words
    es: Words


class NamedWords(Words2):
    """The same with the name that it goes by."""

    id: Kebab


def _assumption(value: Any) -> str:
    return "worded" if isinstance(value, dict) else "named"


Assumption: TypeAlias = Annotated[
    Annotated[Words2, Tag("worded")] | Annotated[Kebab, Tag("named")], Discriminator(_assumption)
]
"""``{en: …, es: …}``, or the name of an entry in a section ``assumptions``."""


class Based(Entry):
    """An entry that must say on what it rests: ``source``, ``assumption`` or both."""

    needs_basis: ClassVar[bool] = True
    source: Annotated[list[Words], Field(min_length=1)] | None = None
    assumption: Assumption | None = None
    confidence: Confidence | None = None


class ParameterShape(Based):
    """A number of a rule with the range in which it may be varied."""

    value: Number
    low: Number
    high: Number


def _formula(value: Any) -> Any:
    """Accept a formula written as text, number or true/false, and hand on its text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("formula_type", "a formula is expected")


FormulaText: TypeAlias = Annotated[
    str, BeforeValidator(_formula, json_schema_input_type=str | int | float | bool), Field(min_length=1)
]
EffectsShape: TypeAlias = dict[str, FormulaText]
Parameters: TypeAlias = dict[Snake, ParameterShape]


def _one_or_many(value: Any) -> str:
    return "many" if isinstance(value, list) else "one"


Clauses: TypeAlias = Annotated[
    Annotated[dict[str, str], Tag("one")] | Annotated[list[dict[str, str]], Tag("many")], Discriminator(_one_or_many)
]
"""``{zone: z}``, ``{presence: p, from: a, to: z}``, ``{border: b, between: x, and: y}``, or a list of such clauses."""
Only: TypeAlias = dict[Snake, Annotated[list[Chosen], Field(min_length=1)]]

When: TypeAlias = Literal["always", "success", "failure"]


class Moved(Entry):
    """An amount that goes from one place to another."""

    from_: Annotated[str, Field(alias="from")]
    to: str
    amount: FormulaText


class MovedStock(Moved):
    """The same, naming the stock."""

    attribute: Snake


class MovedOn(MovedStock):
    """The same in a move, saying when."""

    on: When = "always"


Transfers: TypeAlias = Annotated[
    Annotated[dict[Snake, Moved], Tag("one")] | Annotated[list[MovedStock], Tag("many")], Discriminator(_one_or_many)
]
"""``{crop_ha: {from: here, to: there, amount: …}}`` or a list with ``attribute``."""
TransfersOn: TypeAlias = Annotated[
    Annotated[dict[Snake, Moved], Tag("one")] | Annotated[list[MovedOn], Tag("many")], Discriminator(_one_or_many)
]


class Condition(Entry):
    """A condition of legality with the sentence that refuses an order."""

    check: FormulaText
    else_: Annotated[Words2 | None, Field(alias="else")] = None


def _condition(value: Any) -> str:
    return "worded" if isinstance(value, dict) else "bare"


OneCondition: TypeAlias = Annotated[
    Annotated[Condition, Tag("worded")] | Annotated[FormulaText, Tag("bare")], Discriminator(_condition)
]


def _conditions(value: Any) -> str:
    return "many" if isinstance(value, list) else _condition(value)


Conditions: TypeAlias = Annotated[
    Annotated[Condition, Tag("worded")]
    | Annotated[FormulaText, Tag("bare")]
    | Annotated[list[OneCondition], Tag("many")],
    Discriminator(_conditions),
]
"""One formula, one ``{check, else}``, or a list of either."""

TAGS: Final = frozenset({"one", "many", "worded", "named", "bare", "plain", "ranged"})
"""Names of alternatives above: parts of an error's path that stand in no file."""
