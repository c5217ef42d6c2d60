"""Two sessions of one scenario side by side: orders that differ, numbers turn by turn, objectives, endings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wargame.model.errors import SessionError
from wargame.model.kinds import AttributeType, Sight
from wargame.model.layout import ACTIVE
from wargame.model.text import Text
from wargame.session.header import Header
from wargame.session.matters import Matters
from wargame.session.reports import LoggedOutcome
from wargame.session.session import Session
from wargame.session.why import Reasons

MOST = 6
"""How many numbers are compared where none is named."""
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Course:
    """One number in both sessions at the start of turns 1, 2, 3 …; the last value is that after the last turn."""

    number: str
    first: tuple[float, ...]
    second: tuple[float, ...]

    @property
    def common(self) -> int:
        """Return how many values both have."""
        return min(len(self.first), len(self.second))

    @property
    def gap(self) -> float:
        """Return by how much the second ran ahead of the first where both last had a value."""
        return self.second[self.common - 1] - self.first[self.common - 1]


@dataclass(frozen=True, slots=True)
class Parting:
    """What differs in one turn: orders that only one session has, those that went otherwise, and votes."""

    turn: int
    first: tuple[LoggedOutcome, ...]
    second: tuple[LoggedOutcome, ...]
    otherwise: tuple[tuple[LoggedOutcome, LoggedOutcome], ...]
    """The same order in both, with another outcome."""
    votes: tuple[tuple[str, int | None, int | None], ...]
    """Ballot, and how people cast it in each; None: they did not."""

    def __bool__(self) -> bool:
        return bool(self.first or self.second or self.otherwise or self.votes)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one objective is reached in each, 0–1, as the seat believes or (after the end) as it is."""

    objective: str
    title: Text
    first: float
    second: float


@dataclass(frozen=True)
class Comparison:
    """Two sessions side by side."""

    forked: int | None
    """The turn from which on they may differ, where one is a branch of the other or both of a third; else None."""
    new_luck: bool
    """From there on they also differ in luck."""
    turns: tuple[int, int]
    """How many turns each has played."""
    partings: tuple[Parting, ...]
    """The turns in which something differs."""
    courses: tuple[Course, ...]
    objectives: tuple[Reach, ...]
    scores: tuple[float, float] | None
    endings: tuple[str | None, str | None]


def compare(first: Session, second: Session, seat: str | None, numbers: Iterable[str] = ()) -> Comparison:
    """Return two sessions side by side, each as the seat may see it, or (seat None) as it was; raise SessionError.

    ``numbers`` are those to follow (``vizcatan.trust``); without any, those that the seat wants and those that differ
    most. The objectives are those of the seat, or of the first seat that people play.
    """
    if first.engine.layout.names != second.engine.layout.names:
        raise SessionError(_OTHER_RULES)
    reasons = Reasons(first, seat), Reasons(second, seat)
    followed = list(numbers) or _that_differ(reasons, seat)
    wanted = seat or next(iter(first.people), None)
    objectives = _objectives(reasons, wanted) if wanted else ()
    played = len(first.reports), len(second.reports)
    partings = (_parting(reasons, turn, seat) for turn in range(1, min(played) + 1))
    forked, new_luck = parted(first.header, second.header)
    return Comparison(
        forked,
        new_luck,
        played,
        tuple(parting for parting in partings if parting),
        tuple(Course(number, *(course_of(r, number) for r in reasons)) for number in followed),
        objectives,
        _scores(reasons, wanted) if wanted else None,
        (_ending(first), _ending(second)),
    )


def parted(first: Header, second: Header) -> tuple[int | None, bool]:
    """Return from which turn on two sessions may differ, by where they were forked, and whether in luck as well."""
    for branch, other in ((second, first), (first, second)):
        if branch.lineage is not None and branch.lineage.parent == other.session:
            return branch.lineage.turn, branch.lineage.new_luck
    one, two = first.lineage, second.lineage
    if one is not None and two is not None and one.parent == two.parent:
        return min(one.turn, two.turn), one.new_luck or two.new_luck
    return None, first.seed != second.seed or first.extra.get("luck") != second.extra.get("luck")


def _ending(session: Session) -> str | None:
    end = session.reports[-1].end if session.reports else None
    return None if end is None else str(end["ending"])


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────


def _parting(reasons: tuple[Reasons, Reasons], turn: int, seat: str | None) -> Parting:
    known = [{(o.order, o.amount): o for o in _known(r, turn, seat)} for r in reasons]
    votes = [_votes(r, turn, seat) for r in reasons]
    ballots = sorted({*votes[0], *votes[1]})
    both = [key for key in known[0] if key in known[1]]
    return Parting(
        turn,
        tuple(o for key, o in known[0].items() if key not in known[1]),
        tuple(o for key, o in known[1].items() if key not in known[0]),
        tuple((known[0][key], known[1][key]) for key in both if known[0][key].fate is not known[1][key].fate),
        tuple((b, votes[0].get(b), votes[1].get(b)) for b in ballots if votes[0].get(b) != votes[1].get(b)),
    )


def _known(reasons: Reasons, turn: int, seat: str | None) -> Sequence[LoggedOutcome]:
    """Return the orders of a turn that the seat may know of."""
    everything = seat is None or reasons.session.ended
    return [o for o in reasons.report(turn).outcomes if everything or o.open or o.seat == seat]


def _votes(reasons: Reasons, turn: int, seat: str | None) -> Mapping[str, int]:
    ties = reasons.session.engine.cast.ties
    actors = None if seat is None else reasons.session.seat(seat).actors
    votes = reasons.report(turn).votes
    return {b: vote for b, vote in votes.items() if actors is None or ties[b].source in actors}


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────


def course_of(reasons: Reasons, number: str) -> tuple[float, ...]:
    """Return a number at the start of every turn so far and now; nothing if it is hidden."""
    row = reasons.row(number)
    if reasons.eyes is not None and reasons.eyes.seen[row].sight is Sight.HIDDEN:
        return ()
    turns = range(1, len(reasons.session.reports) + 2)
    return tuple(float(reasons.beliefs.at_start_of(turn)[row]) for turn in turns)


def _that_differ(reasons: tuple[Reasons, Reasons], seat: str | None) -> list[str]:
    """Return the numbers of objectives and headlines that differ, then others, by how much of their range."""
    layout = reasons[0].session.engine.layout
    person = seat or next(iter(reasons[0].session.people), None)
    wanted: dict[int, None] = {}
    if person is not None:
        matters = Matters(reasons[0].session, person)
        wanted = dict.fromkeys([row for rows in matters.objectives.values() for row in rows])
        wanted |= dict.fromkeys(matters.headlines)
    last = min(len(r.session.reports) for r in reasons) + 1
    one, two = (r.beliefs.at_start_of(last) for r in reasons)
    gaps = {}
    for row in range(layout.sections.signals):
        gap = abs(float(two[row] - one[row]))
        if gap > _SAME and _is_told(reasons, row):
            attribute = layout.attributes[row]
            stock = attribute is not None and attribute.type is AttributeType.STOCK
            width = 2 * max(abs(float(one[row])), 1.0) if stock else float(layout.high[row] - layout.low[row])
            gaps[row] = gap / width
    others = sorted(gaps, key=lambda row: (-gaps[row], row))
    first = [row for row in wanted if abs(float(two[row] - one[row])) > _SAME and _is_told(reasons, row)]
    return [layout.names[row] for row in dict.fromkeys([*first, *others])][:MOST]


def _is_told(reasons: tuple[Reasons, Reasons], row: int) -> bool:
    layout, cast = reasons[0].session.engine.layout, reasons[0].session.engine.cast
    if any(r.eyes is not None and r.eyes.seen[row].sight is Sight.HIDDEN for r in reasons):
        return False
    attribute, owner = layout.attributes[row], layout.owners[row]
    if attribute is None or attribute.type is AttributeType.FLAG or layout.names[row].endswith(f".{ACTIVE}"):
        return False
    return owner not in cast.ties and (owner not in cast.entities or cast.entities[owner].kind != "proposal")


# ── objectives ───────────────────────────────────────────────────────────────────────────────────────────────


def _objectives(reasons: tuple[Reasons, Reasons], seat: str) -> tuple[Reach, ...]:
    first, second = (Matters(r.session, seat).standings(r.beliefs, len(r.session.reports) + 1) for r in reasons)
    return tuple(
        Reach(a.objective.id, a.objective.title, a.degree, b.degree) for a, b in zip(first, second, strict=True)
    )


def _scores(reasons: tuple[Reasons, Reasons], seat: str) -> tuple[float, float]:
    found = []
    for r in reasons:
        matters = Matters(r.session, seat)
        found.append(matters.score(matters.standings(r.beliefs, len(r.session.reports) + 1)))
    return found[0], found[1]


_OTHER_RULES = Text(
    "The two sessions are not of the same scenario with the same rules, so their numbers cannot be held side by side.",
    "Las dos sesiones no son del mismo escenario con las mismas reglas, así que sus indicadores no pueden compararse.",
)
