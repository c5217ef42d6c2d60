"""What came of the votes of a turn: counts with their verdicts in sentences, and who came, went and took the chair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from wargame.engine.naming import enumerated
from wargame.engine.turn import Phase
from wargame.engine.views import SeatEyes
from wargame.model.institutions import BODY, DecisionRule, Organ, Verdict
from wargame.model.kinds import Sight
from wargame.model.text import Text, join
from wargame.model.ticks import Floats
from wargame.session.beliefs import Beliefs
from wargame.session.charters import quorum_needed, votes_needed
from wargame.session.reports import TurnReport
from wargame.session.session import Session

_UP = 0.5


@dataclass(frozen=True, slots=True)
class Vote:
    """How one member voted: 1, −1, 0; None if that is not known. ``cast``: it took part."""

    ballot: str
    member: str
    vote: int | None
    cast: bool
    weight: float = 1.0
    """How many votes it has: a delegation may sit for several states."""


@dataclass(frozen=True, slots=True)
class Count:
    """One vote of a turn, as far as it is public. ``votes`` has the members that had one."""

    proposal: str
    body: str
    organ: Organ
    verdict: Verdict
    again: bool
    """Only the objections of absent members were awaited."""
    yes: float
    no: float
    abstained: float
    missing: float
    votes: tuple[Vote, ...]

    @property
    def present(self) -> float:
        """Return the votes that took part."""
        return self.yes + self.no + self.abstained

    @property
    def members(self) -> float:
        """Return all the votes of which shares are taken."""
        return float(self.organ.of) or self.present + self.missing

    @property
    def needed(self) -> int:
        """Return how many yes votes were needed."""
        return votes_needed(self.organ, self.present + self.missing, self.present, self.no, self.yes)


class Counts:
    """The votes of a session, as one seat may know them or (``eyes`` None) as they were."""

    def __init__(self, session: Session, eyes: SeatEyes | None, beliefs: Beliefs) -> None:
        self.session = session
        self.eyes = eyes
        self.beliefs = beliefs
        self._known: dict[int, tuple[Count, ...]] = {}
        self._before_count: dict[int, dict[str, float]] = {}

    def of(self, report: TurnReport) -> tuple[Count, ...]:
        """Return the votes of a turn."""
        if report.turn not in self._known:
            visible = (p for p in report.voted() if self._sees(p, "outcome"))
            self._known[report.turn] = tuple(self._count(p, report) for p in visible)
        return self._known[report.turn]

    def count_on(self, proposal: str, report: TurnReport) -> Count | None:
        """Return the vote on a text in a turn; None if there was none."""
        return next((count for count in self.of(report) if count.proposal == proposal), None)

    def _sees(self, owner: str, attribute: str) -> bool:
        row = self.session.engine.layout.row(owner, attribute)
        return self.eyes is None or self.eyes.seen[row].sight is not Sight.HIDDEN

    def _count(self, proposal: str, report: TurnReport) -> Count:
        chamber, layout = self.session.engine.chamber, self.session.engine.layout
        assert chamber is not None
        at, after = chamber.place[proposal], self.beliefs.at_start_of(report.turn + 1)
        yes, no, abstained, missing = (
            float(after[layout.row(proposal, name)]) for name in ("yes", "no", "abstained", "missing")
        )
        return Count(
            proposal,
            self.session.engine.cast.entities[proposal].references[BODY],
            chamber.organs[at],
            Verdict(round(float(after[layout.row(proposal, "outcome")]))),
            bool(self.beliefs.at_start_of(report.turn)[layout.row(proposal, "pending")] >= _UP),
            yes,
            no,
            abstained,
            missing,
            tuple(self._votes(at, report, after)),
        )

    def _votes(self, at: int, report: TurnReport, after: Floats) -> Iterator[Vote]:
        chamber, layout = self.session.engine.chamber, self.session.engine.layout
        assert chamber is not None
        for position in np.flatnonzero(chamber.of == at).tolist():
            bound = chamber.ballots[position]
            if chamber.decision.excluded[position] or not self._sat(position, report):
                continue
            weight = self._at_count(chamber.seating.votes[position], report)
            if not self._sees(bound["b"], "vote"):
                there = not self._was(chamber.seating.absent[position], report)
                yield Vote(bound["b"], bound["m"], None, there, weight)
                continue
            cast = bool(after[layout.row(bound["b"], "cast")] >= _UP)
            yield Vote(bound["b"], bound["m"], round(float(after[layout.row(bound["b"], "vote")])), cast, weight)

    def _sat(self, position: int, report: TurnReport) -> bool:
        chamber = self.session.engine.chamber
        assert chamber is not None
        seating = chamber.seating
        sat = self._was(seating.standing[position], report) and not self._was(seating.suspended[position], report)
        for place in np.flatnonzero(seating.contested == position):
            sat = sat and self._was(seating.held[place], report) == bool(seating.rival[place, 0])
        return sat

    def _was(self, row: int, report: TurnReport) -> bool:
        """Say whether a flag of a membership was up when it was voted."""
        return self._at_count(row, report) >= _UP

    def _at_count(self, row: int, report: TurnReport) -> float:
        """Return a number of a membership when it was voted: orders about it come before."""
        number = self.session.engine.layout.names[row]
        value = float(self.beliefs.at_start_of(report.turn)[row])
        if self.eyes is None or self.eyes.seen[row].sight is Sight.EXACT:
            value += self._moved(report).get(number, 0.0)
        return value

    def _moved(self, report: TurnReport) -> dict[str, float]:
        """Return what orders did to each number before the count."""
        if report.turn not in self._before_count:
            found: dict[str, float] = {}
            for cause in report.causes:
                if cause.phase == Phase.VOTE and cause.order:
                    found[cause.number] = found.get(cause.number, 0.0) + cause.amount
            self._before_count[report.turn] = found
        return self._before_count[report.turn]

    # ── in words ────────────────────────────────────────────────────────────────────────────────────────────

    def totals(self, count: Count) -> Text:
        """Return ``7 for, 2 against, 1 abstention, 1 absent``."""
        parts = [_FOR.fill(n=plain(count.yes)), _AGAINST.fill(n=plain(count.no))]
        for votes, one, several in ((count.abstained, *_ABSTAINED), (count.missing, *_MISSING)):
            if votes:
                parts.append((one if votes == 1 else several).fill(n=plain(votes)))
        return join(parts, ", ")

    def verdict(self, count: Count) -> Text:
        """Return what came of a vote, and why, in a sentence."""
        return _VERDICTS[count.verdict].fill(
            yes=plain(count.yes),
            needed=count.needed,
            present=plain(count.present),
            members=plain(count.members),
            quorum=quorum_needed(count.organ, count.present + count.missing),
            body=self.session.names.owner(count.body),
            why=self._reason(count),
        )

    def explain(self, count: Count, attribute: str) -> Text:
        """Return what a number that a count wrote says: who voted so, or what came of it."""
        which = {"yes": 1, "no": -1, "abstained": 0, "missing": None}
        if attribute not in which:
            return self.verdict(count)
        return self.voters(count, which[attribute]) or self.totals(count)

    def _reason(self, count: Count) -> Text:
        """Return who decided it, or how many votes did."""
        if count.verdict is Verdict.VETOED:
            return self._who(count, self._vetoed(count), Text("a member with a veto", "un miembro con veto"))
        if count.verdict is Verdict.OBJECTED:
            return self._objectors(count)
        if count.verdict is Verdict.KEY_REFUSED:
            return self._who(count, [v for v in count.votes if v.vote != 1], Text("a key holder", "quien tiene llave"))
        if count.verdict is Verdict.PENDING:
            return self._who(count, [v for v in count.votes if not v.cast], _AN_ABSENT)
        if count.verdict is Verdict.ADOPTED:
            return self._adopted(count)
        return Text("", "")

    def _vetoed(self, count: Count) -> list[Vote]:
        cast = self.session.engine.cast
        return [v for v in count.votes if v.vote == -1 and v.cast and cast.fits(v.member, count.organ.veto)]

    def _objectors(self, count: Count) -> Text:
        if not count.no:
            return _ONE_OF.fill(who=self._who(count, [v for v in count.votes if not v.cast], _AN_ABSENT))
        several = Text("{n} members", "{n} miembros").fill(n=plain(count.no))
        unknown = several if count.no != 1 else Text("one member", "un miembro")
        return self._who(count, [v for v in count.votes if v.vote == -1 and v.cast], unknown)

    def _adopted(self, count: Count) -> Text:
        if count.again:
            return Text(": no absent member objected", ": ningún ausente objetó")
        if count.organ.rule is DecisionRule.SIGN_ON:
            signers = [v for v in count.votes if v.vote == 1]
            return Text(", in the name of {who}", ", en nombre de {who}").fill(who=self._who(count, signers, _SIGNERS))
        if count.organ.rule in _NEEDS_NO_NUMBER:
            return Text("", "")
        return Text(": {n} votes were needed", ": hacían falta {n} votos").fill(n=count.needed)

    def _who(self, count: Count, votes: list[Vote], unknown: Text) -> Text:
        """Return the members of some votes, or what stands for them where single votes are not known."""
        if not votes or any(vote.vote is None and vote.cast for vote in votes):
            return unknown
        return enumerated([self.session.names.owner(vote.member) for vote in votes])

    def voters(self, count: Count, vote: int | None) -> Text | None:
        """Return who voted so (None: who was absent); None where single votes are secret or nobody did."""
        known = [v for v in count.votes if (v.vote == vote and v.cast if vote is not None else not v.cast)]
        return enumerated([self.session.names.owner(v.member) for v in known]) if known else None


def plain(value: float) -> Text:
    """Return a number of votes or turns."""
    shown = f"{value:.1f}".removesuffix(".0")
    return Text(shown, shown.replace(".", ","))


def turns(count: float) -> Text:
    """Return a number of turns."""
    return Text("1 turn", "1 turno") if count == 1 else Text("{n} turns", "{n} turnos").fill(n=plain(count))


CAST_BY_PEOPLE: Final = Text(
    "Cast by the people of its seat, who need not follow its interests.",
    "La depositaron las personas de su puesto, que no tienen por qué seguir sus intereses.",
)
NOTHING_LEANS: Final = Text(
    "No interest that can be reckoned inclined it either way.",
    "Ningún interés que se pueda calcular la inclinaba a uno u otro lado.",
)
VOTES: Final = {1: Text("yes", "sí"), 0: Text("abstention", "abstención"), -1: Text("no", "no")}
_NEEDS_NO_NUMBER: Final = (DecisionRule.CONSENSUS, DecisionRule.SIMPLE_MAJORITY, DecisionRule.KEYS)
_AN_ABSENT: Final = Text("an absent member", "un miembro ausente")
_ONE_OF: Final = Text("of those absent, {who}", "de los ausentes, {who}")
_SIGNERS: Final = Text("those who signed", "quienes firmaron")
_FOR, _AGAINST = Text("{n} for", "{n} a favor"), Text("{n} against", "{n} en contra")
_ABSTAINED: Final = Text("{n} abstention", "{n} abstención"), Text("{n} abstentions", "{n} abstenciones")
_MISSING: Final = Text("{n} absent", "{n} ausente"), Text("{n} absent", "{n} ausentes")
_VERDICTS: Final = {
    Verdict.NONE: Text("Not voted.", "No se votó."),
    Verdict.ADOPTED: Text("Adopted{why}.", "Aprobado{why}."),
    Verdict.NO_QUORUM: Text(
        "No quorum: {present} of {members} present, {quorum} needed.",
        "Sin quórum: {present} de {members} presentes; hacían falta {quorum}.",
    ),
    Verdict.VETOED: Text("Vetoed by {why}.", "Vetado por {why}."),
    Verdict.OBJECTED: Text("Blocked by objection: {why}.", "Bloqueado por objeción: {why}."),
    Verdict.SHORT: Text(
        "Short: {yes} of the {needed} votes needed.", "No alcanza: {yes} de los {needed} votos que hacían falta."
    ),
    Verdict.TOO_FEW_SIGNERS: Text(
        "Too few signers: {yes} of the {needed} needed.", "Pocas firmas: {yes} de las {needed} que hacían falta."
    ),
    Verdict.PENDING: Text(
        "Approved, unless one of those absent objects by the next turn: {why}.",
        "Aprobado, salvo que objete antes del próximo turno alguno de los ausentes: {why}.",
    ),
    Verdict.KEY_REFUSED: Text("A key was not turned: {why}.", "Faltó una llave: {why}."),
    Verdict.NO_BODY: Text(
        "{body} is asleep: nothing can be decided there.", "{body} no está en funciones: allí nada puede decidirse."
    ),
}  # fmt: skip
