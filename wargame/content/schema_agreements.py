"""The shape of what can be promised, and of how doctrines bargain, as authors write it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from wargame.content.schema_parts import (
    Based,
    Chosen,
    Clauses,
    Conditions,
    EffectsShape,
    Entry,
    FormulaText,
    Kebab,
    Number,
    Only,
    Parameters,
    Snake,
    TagName,
    Transfers,
    Words2,
)

_Chosens: TypeAlias = Annotated[list[Chosen], Field(min_length=1)]
_Amount: TypeAlias = Annotated[int, Field(ge=0, le=10_000)]
_Turns: TypeAlias = Annotated[int, Field(ge=1, le=1000)]


class TermAmountShape(Entry):
    """Whole amounts that may be promised."""

    low: Annotated[int, Field(ge=1, le=10_000)]
    high: Annotated[int, Field(ge=1, le=10_000)]
    default: Annotated[int, Field(ge=1, le=10_000)]
    title: Words2 | None = None


class WorthShape(Entry):
    """What a turn of it is worth to each side, in points."""

    actor: FormulaText
    taker: FormulaText


class BetweenShape(Entry):
    """Who may promise it to whom, and what must hold between the two."""

    by: _Chosens
    taker: _Chosens
    one: Snake | None = None
    apart: Snake | None = None
    tied: Annotated[list[Snake], Field(min_length=1)] | None = None


class TermShape(Based):
    """One clause that can be promised."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    short: Words2 | None = None
    subject: Kebab | None = None
    by: _Chosens
    taker: _Chosens
    between: Annotated[list[BetweenShape], Field(min_length=1)] | None = None
    target: Clauses | None = None
    only: Only = Field(default={})
    amount: TermAmountShape | None = None
    turns: Annotated[list[_Turns], Field(min_length=2, max_length=2)] = Field(default=[1, 4])
    requires: Conditions | None = None
    where: Conditions | None = None
    cost: dict[Snake, FormulaText] = Field(default={})
    effects: EffectsShape = Field(default={})
    transfer: Transfers | None = None
    forbids: Annotated[list[Chosen], Field(min_length=1)] | None = None
    against: Literal["taker", "anyone"] = "taker"
    leans: FormulaText | None = None
    kept: FormulaText | None = None
    watch: FormulaText | None = None
    false_alarm: FormulaText | None = None
    breach: EffectsShape = Field(default={})
    worth: WorthShape
    public: bool = False
    tags: list[TagName] = Field(default=[])
    parameters: Parameters = Field(default={})
    range: Annotated[list[Annotated[Number, Field(ge=0)]], Field(min_length=2, max_length=2)] = Field(
        default=[0.5, 1.5]
    )


class OfferedShape(Entry):
    """A term with its amount."""

    term: Kebab
    amount: _Amount | None = None


class OfferShape(Entry):
    """A deal that a doctrine proposes."""

    to: _Chosens
    give: list[OfferedShape] = Field(default=[])
    ask: list[OfferedShape] = Field(default=[])
    turns: _Turns = 1
    when: FormulaText | None = None
    prefer: FormulaText | None = None


class BreakShape(Entry):
    """When a doctrine means not to keep a term."""

    term: Kebab
    when: FormulaText


class AcceptsShape(Entry):
    """What a doctrine asks of a deal."""

    margin: Number = 0.0
