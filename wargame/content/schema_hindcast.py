"""The shape of a case's chapter ``hindcast``, as authors write it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from wargame.content.schema_parts import Based, Entry, Kebab, Number, Snake, Words

Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Month: TypeAlias = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]


class DatedOrderShape(Based):
    """An order that a seat gave on a day."""

    on: Day
    seat: Kebab
    move: Kebab
    actor: Snake | None = None
    targets: dict[Snake, Words] = Field(default={})
    amount: Annotated[int, Field(ge=1, le=10_000)] | None = None


class WithheldShape(Based):
    """A move that a seat's doctrine may not order on its own."""

    seat: Kebab
    move: Kebab


class AboutShape(Entry):
    """What other figures are about: how the quantity begins, its unit and its place."""

    quantity: Words
    unit: Words
    where: Words


class LineShape(Based):
    """Which measure answers for which series of history."""

    series: Annotated[list[Words], Field(min_length=1)]
    measure: Kebab
    also: list[AboutShape] = Field(default=[])
    over: Literal["sum", "last", "mean", "first", "growth"]
    times: Annotated[Number, Field(gt=0)] = 1.0
    scale: Literal["plain", "log"] = "plain"
    seasonal: dict[Month, Annotated[Number, Field(ge=0, le=1)]] | None = None
    tolerance: Annotated[Number, Field(gt=0, le=10)]


class HindcastShape(Entry):
    """What is tested against history, and what is given to the model of it."""

    calibrated_to: Day
    script: list[DatedOrderShape] = Field(default=[])
    withheld: list[WithheldShape] = Field(default=[])
    series: Annotated[list[LineShape], Field(min_length=1)]
