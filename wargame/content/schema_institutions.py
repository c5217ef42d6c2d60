"""The shape of charters, resolutions and interests, as authors write them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from wargame.content.schema_parts import (
    Based,
    Chosen,
    EffectsShape,
    Entry,
    FormulaText,
    Kebab,
    Number,
    Only,
    Parameters,
    Snake,
    Words2,
)

Day: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Share: TypeAlias = Annotated[Number, Field(ge=0, le=1)]
Votes: TypeAlias = Annotated[int, Field(ge=0, le=1000)]
Percent: TypeAlias = Annotated[Number, Field(ge=0, le=100)]
Rules: TypeAlias = Literal[
    "consensus", "unanimity", "unanimity_abstain", "absolute_majority", "majority_no_negative", "simple_majority",
    "supermajority", "weighted", "council_veto", "sign_on", "keys",
]  # fmt: skip


class OrganShape(Entry):
    """One organ and its rule of decision."""

    id: Snake
    title: Words2
    rule: Rules
    share: Share | None = None
    least: Votes | None = None
    of: Votes | None = None
    base: Literal["members", "present", "voting"] | None = None
    quorum: Share = 0.0
    veto: list[Chosen] = Field(default=[])
    keys: list[Snake] = Field(default=[])
    excludes: Literal["subject"] | None = None
    consults_absent: bool = False
    secret: bool = False
    urgent: bool = False
    tables: Literal["members", "chair", "subject", "keys"] = "members"
    abstains_within: Annotated[Number, Field(ge=0, le=1000)] = 10.0
    opposes_beyond: Annotated[Number, Field(ge=0, le=1000)] | None = None
    force: Literal["binding", "incorporated", "recommendation", "declaration"] = "declaration"


class HeldShape(Entry):
    """Who held the chair from a day on."""

    who: Snake
    from_: Annotated[Day, Field(alias="from")]


class ChairShape(Entry):
    """A chair that rotates."""

    order: Annotated[list[Snake], Field(min_length=1)]
    turns: Annotated[int, Field(ge=1, le=40)]
    held: list[HeldShape] = Field(default=[])
    outlasts_suspension: bool = False


class SpellShape(Entry):
    """What a state was to the body from one day until before another."""

    who: Snake
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None
    status: Literal["member", "observer", "associate", "absent", "suspended", "notice", "withdrawn"] = "member"


class RecognitionShape(Entry):
    """From which day until before which other the body seats a rival authority."""

    who: Snake
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None


class CharterShape(Based):
    """The constitution of a body."""

    id: Kebab
    body: Snake
    title: Words2
    organs: Annotated[list[OrganShape], Field(min_length=1)]
    chair: ChairShape | None = None
    notice_days: Annotated[int, Field(ge=0, le=4000)] = 0
    quotas: dict[Snake, Percent] = Field(default={})
    members: Annotated[list[SpellShape], Field(min_length=1)]
    recognises: list[RecognitionShape] = Field(default=[])


class ResolutionShape(Based):
    """Something that can be proposed in a body."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    at: Annotated[dict[Snake, Snake], Field(min_length=1)]
    subject: Annotated[list[Chosen], Field(min_length=1)] | None = None
    adopted: EffectsShape = Field(default={})
    rejected: EffectsShape = Field(default={})
    each: EffectsShape = Field(default={})
    parameters: Parameters = Field(default={})
    range: Annotated[list[Annotated[Number, Field(ge=0)]], Field(min_length=2, max_length=2)] = Field(
        default=[0.5, 1.5]
    )


class InterestShape(Based):
    """Why members lean to yes or no."""

    id: Kebab
    title: Words2
    text: Words2 | None = None
    only: Only = Field(default={})
    when: FormulaText | None = None
    amount: FormulaText
    parameters: Parameters = Field(default={})
    range: Annotated[list[Annotated[Number, Field(ge=0)]], Field(min_length=2, max_length=2)] = Field(
        default=[0.5, 1.5]
    )
    off: bool = False


class LeaningShape(Entry):
    """What a doctrine adds to the inclination of its seat's members."""

    resolution: Chosen
    when: FormulaText | None = None
    amount: FormulaText
