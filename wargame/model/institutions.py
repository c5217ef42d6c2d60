"""Regional bodies as data: charters with organs and rules of decision, and what can be resolved in them.

A body, its members, what is proposed in it and every member's vote are entities, ties and attributes like all others;
the names below are those that the count of votes reads and writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from wargame.model.basis import Basis
from wargame.model.errors import Place
from wargame.model.rules import Mechanism, Parameter
from wargame.model.text import Text

PROPOSAL: Final = "proposal"
"""The kind of a proposal: one resolution, in one body, about one subject or none."""
MEMBERSHIP: Final = "membership"
"""The tie from a member to its body."""
BALLOT: Final = "ballot"
"""The tie from a member to a proposal: how it leans and how it voted."""
TABLED: Final = "tabled"
"""The flag of a proposal that stands on an agenda."""
SPONSOR: Final = "sponsor"
"""The flag of a ballot whose member sponsors the text."""
BODY: Final = "body"
SUBJECT: Final = "subject"
"""Its other reference, where it has one."""
CLAIMS: Final = "claims"
"""The reference from a rival authority to the member whose seats it claims."""
RIVAL_SEATED: Final = "rival_seated"
"""The flag of a membership by which a body seats the rival authority instead of the member itself."""
CHAIR_LEFT: Final = "chair_left"
"""What is left of the term of a body's chair."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    MEMBERSHIP: ("standing", "suspended", "absent", "votes", "chair", "notice", "notice_needed", "quota"),
    PROPOSAL: (
        "tabled", "urgent", "waited", "pending", "adopted", "rejected",
        "yes", "no", "abstained", "missing", "outcome",
    ),
    BALLOT: ("tabler", "chair_tables", "concerned", "sponsor", "inclination", "vote", "cast"),
    "regional_body": ("dormant", "chair_left", "chair_frozen"),
}  # fmt: skip
"""Kind or tie → the attributes that a ruleset with charters must give it."""


class DecisionRule(StrEnum):
    """How an organ decides."""

    CONSENSUS = "consensus"
    """Somebody says yes and nobody no."""
    UNANIMITY = "unanimity"
    """Every member says yes."""
    UNANIMITY_ABSTAIN = "unanimity_abstain"
    """Nobody says no, and a share of the members yes."""
    ABSOLUTE_MAJORITY = "absolute_majority"
    """More than half of all members say yes, present or not."""
    MAJORITY_NO_NEGATIVE = "majority_no_negative"
    """An absolute majority, and nobody says no."""
    SIMPLE_MAJORITY = "simple_majority"
    """More yes than no."""
    SUPERMAJORITY = "supermajority"
    """A share of the members says yes."""
    WEIGHTED = "weighted"
    """More than half of the votes by weight, or a share of them."""
    COUNCIL_VETO = "council_veto"
    """A number of votes, and no member with a veto says no."""
    SIGN_ON = "sign_on"
    """Enough members sign; it speaks for those alone."""
    KEYS = "keys"
    """Each holder of a key says yes; nobody else votes."""


class Base(StrEnum):
    """Of what a share is taken."""

    MEMBERS = "members"
    PRESENT = "present"
    VOTING = "voting"


class Force(StrEnum):
    """What a resolution binds."""

    BINDING = "binding"
    INCORPORATED = "incorporated"
    """Each member must first make it its own law."""
    RECOMMENDATION = "recommendation"
    DECLARATION = "declaration"


class Tablers(StrEnum):
    """Who may put a text on the agenda."""

    MEMBERS = "members"
    CHAIR = "chair"
    SUBJECT = "subject"
    KEYS = "keys"


class Status(StrEnum):
    """What a state is to a body at some date."""

    MEMBER = "member"
    OBSERVER = "observer"
    ASSOCIATE = "associate"
    ABSENT = "absent"
    """Still a member, but takes no part."""
    SUSPENDED = "suspended"
    NOTICE = "notice"
    """Still a member; the clock of its exit runs."""
    WITHDRAWN = "withdrawn"
    DISPLACED = "displaced"
    """A member in whose seat the body has put the rival authority that claims it."""
    CLAIMANT = "claimant"
    """It claims the seat of a member and does not sit there."""


class Verdict(IntEnum):
    """What came of a vote."""

    NONE = 0
    ADOPTED = 1
    NO_QUORUM = 2
    VETOED = 3
    OBJECTED = 4
    """Somebody said no where nobody may."""
    SHORT = 5
    """Short of the votes needed."""
    TOO_FEW_SIGNERS = 6
    PENDING = 7
    """Adopted unless an absent member objects by the next turn."""
    KEY_REFUSED = 8
    NO_BODY = 9
    """The body is not founded, or asleep."""


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ of a body and its rule of decision."""

    id: str
    title: Text
    rule: DecisionRule
    share: float
    """Of the base that must say yes; 0 where the rule asks for no share."""
    least: int
    """Yes votes needed at least; 0: no such number."""
    of: int
    """The number of votes that counts as the base whatever happens; 0: as many as there are."""
    base: Base
    quorum: float
    """Share of the members that must attend."""
    veto: tuple[str, ...]
    """Ids, kinds or ``#tags`` of members whose no kills."""
    keys: tuple[str, ...]
    excludes_subject: bool
    consults_absent: bool
    secret: bool
    urgent: bool
    """It may meet in the turn in which a text is tabled."""
    tables: Tablers
    abstains_within: float
    """An inclination no further from 0 than this is an abstention."""
    opposes_beyond: float
    """An inclination against is a no only if it is further from 0: to say no may be dearer than to say yes."""
    force: Force


@dataclass(frozen=True, slots=True)
class Chair:
    """A chair that rotates: in which order, for how many turns, and who held it from which day."""

    order: tuple[str, ...]
    turns: int
    held: tuple[tuple[str, date], ...]
    outlasts_suspension: bool
    """A holder that is suspended keeps it until its term ends, instead of losing it at once."""


@dataclass(frozen=True, slots=True)
class Spell:
    """What a state was to a body from one day until before another (None: still)."""

    who: str
    since: date
    until: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class Recognition:
    """A body seats the rival authority in place of the member that it claims, from one day until before another."""

    who: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Charter:
    """The constitution of a body; it holds in every scenario that has the body."""

    id: str
    pack: str
    body: str
    title: Text
    organs: Mapping[str, Organ]
    chair: Chair | None
    notice_days: int
    quotas: Mapping[str, float]
    """Member → percent of the budget."""
    members: tuple[Spell, ...]
    recognises: tuple[Recognition, ...]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Resolution:
    """Something that can be proposed; ``adopted``, ``rejected`` and ``each`` are what it does, as rules."""

    id: str
    pack: str
    title: Text
    text: Text | None
    at: Mapping[str, str]
    """Body → organ."""
    subject: tuple[str, ...] | None
    """Ids, kinds or ``#tags``; None: it has no subject."""
    adopted: Mechanism
    rejected: Mechanism
    each: Mechanism
    """Once for every ballot of a proposal that was adopted."""
    parameters: Mapping[str, Parameter]
    basis: Basis
    place: Place


@dataclass(frozen=True, slots=True)
class Institutions:
    """What a ruleset says of bodies."""

    charters: Mapping[str, Charter]
    """By body."""
    resolutions: tuple[Resolution, ...]
    interests: tuple[Mechanism, ...]
    """Why members vote as they do: each adds to the inclination of ballots."""

    def __bool__(self) -> bool:
        return bool(self.charters)

    @property
    def rules(self) -> tuple[Mechanism, ...]:
        """Return everything that runs as a rule."""
        return (*self.interests, *(m for r in self.resolutions for m in (r.adopted, r.rejected, r.each)))


NO_INSTITUTIONS: Final = Institutions({}, (), ())
