"""A count as it was called: member by member in the order of the roll, each with its vote and its public reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wargame.model.institutions import Verdict
from wargame.model.text import Text, capitalised, same
from wargame.session.charters import quorum_needed
from wargame.session.counts import VOTES, Count, Vote, plain
from wargame.session.wording import Entry
from wargame.telling.rule_words import organ_rule
from wargame.telling.scene import Scene
from wargame.telling.votes import own_bodies


@dataclass(frozen=True, slots=True)
class Called:
    """One member as it was called. ``vote`` is None where it is not known."""

    member: Text
    vote: int | None
    cast: bool
    own: bool
    weight: float
    """How many votes it has."""
    said: Text
    """How it voted, in a word, and with how many votes if not with one."""
    reason: Text | None
    """What inclined it, as far as the seat may know."""


@dataclass(frozen=True, slots=True)
class Roll:
    """One count: what was voted, by which rule, who was called, and what came of it."""

    title: Text
    body: Text
    rule: Text
    called: tuple[Called, ...]
    yes: float
    present: float
    needed: int
    quorum: int
    """How many votes must attend; 0 where the organ asks for no quorum."""
    members: int
    """All the votes there are."""
    totals: Text
    verdict: Text
    adopted: bool

    @property
    def is_open(self) -> bool:
        """Say whether single votes are known, so that they can be called."""
        return all(one.vote is not None or not one.cast for one in self.called)


def rolls_of(scene: Scene, turn: int) -> list[Roll]:
    """Return the counts of a turn in the bodies of the seat (all bodies for those who follow all)."""
    own = own_bodies(scene)
    counts = scene.reasons.counts.of(scene.reasons.report(turn))
    return [
        _roll(scene, count, turn)
        for count in counts
        if count.verdict is not Verdict.NO_BODY and (own is None or count.body in own)
    ]


def _roll(scene: Scene, count: Count, turn: int) -> Roll:
    names, counts = scene.session.names, scene.reasons.counts
    everybody = count.present + count.missing
    return Roll(
        capitalised(names.owner(count.proposal)),
        capitalised(names.owner(count.body)),
        organ_rule(count.organ, names.brief),
        tuple(_called(scene, vote, turn) for vote in count.votes),
        count.yes,
        count.present,
        count.needed,
        quorum_needed(count.organ, everybody) if count.organ.quorum else 0,
        round(count.members),
        counts.totals(count),
        capitalised(counts.verdict(count)),
        count.verdict is Verdict.ADOPTED,
    )


def _called(scene: Scene, vote: Vote, turn: int) -> Called:
    own = scene.seat is not None and vote.member in scene.session.seat(scene.seat).actors
    said = _ABSENT if not vote.cast else _SECRET if vote.vote is None else VOTES[vote.vote]
    reason = _reason(scene, vote, turn) if vote.cast and vote.vote is not None else None
    if vote.weight != 1:
        said = Text("{said} ×{n}", "{said} ×{n}").fill(said=said, n=plain(vote.weight))
    return Called(scene.session.names.brief(vote.member), vote.vote, vote.cast, own, vote.weight, said, reason)


def _reason(scene: Scene, vote: Vote, turn: int) -> Text | None:
    """Return the interest that inclined a member most toward its vote; what a seat of people voted has none."""
    report = scene.reasons.report(turn)
    if vote.ballot in report.votes:
        return _BY_PEOPLE
    entry = scene.reasons.foremost(vote.ballot, report, vote.vote or 0)
    return _titled(scene, entry) if entry is not None else None


def _titled(scene: Scene, entry: Entry) -> Text:
    text = Text("{why} ({n})", "{why} ({n})")
    title = next((i.title for i in scene.session.scenario.ruleset.institutions.interests if i.id == entry.rule), None)
    about = "≈" if entry.guess else ""
    return text.fill(why=title or entry.title, n=same(about + scene.figures.signed(entry.amount, 1)))


# ── in lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def tell_rolls(scene: Scene, turn: int) -> None:
    """Tell the counts of a turn member by member, the result last."""
    found = rolls_of(scene, turn)
    scene.talk.head(Text("The roll in turn {n}", "La votación nominal del turno {n}").fill(n=turn))
    if not found:
        scene.talk.say(_NO_COUNT)
    for roll in found:
        scene.talk.say(f"{scene.talk.of(roll.title)}. {scene.talk.of(roll.body)}; {scene.talk.of(roll.rule)}.")
        for label, said in _lines(scene, roll):
            scene.talk.item(label, said, 2)
        scene.talk.say(f"{scene.talk.of(roll.totals)}. {scene.talk.of(roll.verdict)}", 2)


def _lines(scene: Scene, roll: Roll) -> Iterator[tuple[str, str]]:
    for one in roll.called:
        because = f": {scene.talk.of(one.reason)}" if one.reason is not None else ""
        yield "-", f"{scene.talk.of(one.member)}, {scene.talk.of(one.said)}{because}"


_BY_PEOPLE = Text("cast by the people of its seat", "lo depositó su puesto")
_ABSENT = Text("absent", "ausente")
_SECRET = Text("secret", "secreto")
_NO_COUNT = Text("Nothing was voted in your bodies.", "No se votó nada en sus organismos.")
