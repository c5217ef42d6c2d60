"""The members of a body before a vote: all as marks in one row, then each with its odds and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from wargame.engine.expectations import Leaning
from wargame.model.text import Text
from wargame.session.assembly import Assembly
from wargame.telling.agenda import REASONS
from wargame.telling.votes import with_votes
from wargame.tui import marks
from wargame.tui.ink import Line, columns, dim, packed, wrap
from wargame.tui.panel import Row
from wargame.tui.sitting import Sitting

Sign = tuple[str, str]
"""A mark and its style."""


def sign_of(lean: Leaning, *, mine: bool) -> Sign:
    """Return the mark of how a member is likely to vote."""
    if mine:
        return "►", "bold $accent"
    if lean.absent:
        return "·", "$dim"
    if lean.yes >= _LIKELY:
        return "■", "$good"
    return ("□", "$bad") if lean.no >= _LIKELY else ("◊", "")


def bar(sitting: Sitting, leanings: Sequence[Leaning], width: int) -> list[Line]:
    """Return the members as marks in order of likelihood, with what the marks mean and how many there are of each."""
    voting = sorted((lean for lean in leanings if lean.votes), key=lambda lean: (lean.absent, lean.no - lean.yes))
    signs = [sign_of(lean, mine=lean.member in sitting.seat.actors) for lean in voting]
    gap = " " if 2 * len(signs) <= width else ""
    line: Line = tuple(piece for sign in signs for piece in (sign, (gap, "")))
    often = Counter(signs)
    legend = [
        (sign, (f" {sitting.of(word)}", "$dim"), (f" {often[sign]}" if sign[0] != "►" else "", ""))
        for sign, word in _WORDS
        if often[sign]
    ]
    return [line, *packed(legend, width), ()]


def member_rows(sitting: Sitting, assembly: Assembly, proposal: str, leanings: Sequence[Leaning]) -> Iterator[Row]:
    """Yield a row for each member with a vote: the likeliest first, those that are absent last."""
    votes = {member.who: member.votes for member in assembly.members(assembly.body_of(proposal))}
    voting = [lean for lean in leanings if lean.votes]
    yield Row(_heads_of(sitting), "", pick=False)
    for lean in sorted(voting, key=lambda lean: (lean.absent, -lean.inclination)):
        named = with_votes(sitting.session.names.owner(lean.member), votes.get(lean.member, 1.0))
        signed = sitting.game.scene.figures.signed
        reasons = [
            f"{sitting.of(assembly.reason_title(rule))} {signed(amount, 0)}"
            for rule, amount in lean.reasons[:REASONS]
            if round(amount)
        ]
        sign = sign_of(lean, mine=lean.member in sitting.seat.actors)
        said = sitting.of(_ABSENT) if lean.absent else sitting.voice.percent(lean.yes, 0)
        yield Row(partial(_member, sign, sitting.of(named), lean, said, "; ".join(reasons)), "", pick=False)


def _heads_of(sitting: Sitting) -> partial[list[Line]]:
    return partial(_heads, sitting.of(_MEMBER), sitting.of(_YES), sitting.of(_BECAUSE))


def _heads(member: str, yes: str, because: str, width: int) -> list[Line]:
    name, track = _widths(width)
    ends: Line = ((f"0{'100':>{track - 1}}", "$dim"),) if track else ()
    return [
        columns([((), 1), (dim(member), name), (dim(yes), -_ODDS), (ends, track), (dim(because if track else ""), 30)])
    ]


def _member(sign: Sign, name: str, lean: Leaning, said: str, reasons: str, width: int) -> list[Line]:
    room, track = _widths(width)
    drawn = marks.track(lean.yes, 0.0, 1.0, track) if track and not lean.absent else ()
    line = columns([((sign,), 1), (((name, ""),), room), (((said, "bold"),), -_ODDS), (drawn, track)])
    return [line, *(wrap(reasons, width, "$dim", 4, (("    ", ""),)) if reasons else ())]


def _widths(width: int) -> tuple[int, int]:
    """Return the widths of the name and of the track; where it is narrow there is no track."""
    track = _TRACK if width >= _ROOMY else 0
    return width - _ODDS - 3 - (track + 1 if track else 0), track


_LIKELY = 0.6
_ROOMY, _TRACK, _ODDS = 60, 15, 7
_OPEN, _ABSENT = Text("open", "en duda"), Text("absent", "ausente")
_YES, _NO, _YOU = Text("yes", "sí"), Text("no", "no"), Text("you", "usted")
_MEMBER, _BECAUSE = Text("member", "miembro"), Text("and why", "y por qué")
_WORDS: tuple[tuple[Sign, Text], ...] = (
    (("■", "$good"), _YES),
    (("◊", ""), _OPEN),
    (("□", "$bad"), _NO),
    (("·", "$dim"), _ABSENT),
    (("►", "bold $accent"), _YOU),
)
