"""What the seat has left to pay with, as the head of the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wargame.tui.ink import Line, Piece, width_of
from wargame.tui.named import telling_words
from wargame.tui.sitting import Sitting

_LETTERS = (5, 4, 3)
"""Letters to which the names of resources are shortened where not all have room."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the first actor has left, counted once, to be written at any width."""

    called: tuple[Mapping[str, str], ...] = ({},)
    """What each resource is called: in words, then shorter and shorter."""
    said: Mapping[str, Piece] = field(default_factory=dict)
    """How much of each is left; what the dearest order would take more of than there is stands out."""
    lasting: tuple[str, ...] = ()
    """The resources, from those that orders use up first to those that no order needs."""

    @property
    def whole(self) -> int:
        """Return the pieces of a line that leaves nothing out."""
        return 2 * len(self.said)

    def fit(self, room: int) -> Line:
        """Return them in so many cells, always in the same order: in words, or with shortened ones if need be.

        Where even three letters are too many, what no order needs is left out first, then what lasts longest.
        """
        for called in self.called:
            if width_of(line := _listed(called, self.said)) <= room:
                return line
        if width_of(close := _listed(self.called[-1], self.said, " ")) <= room:
            return close
        needed = list(self.lasting)
        while needed and width_of(_listed(self._only(needed), self.said)) > room:
            needed.pop()
        return _listed(self._only(needed), self.said)

    def _only(self, some: Sequence[str]) -> Mapping[str, str]:
        return {r: name for r, name in self.called[-1].items() if r in some}


def means_of(sitting: Sitting) -> Means:
    """Return what the first actor of a seat has left; nothing once the session has ended."""
    if sitting.session.ended:
        return Means()
    actor = sitting.seat.actors[0]
    desk, dearest = sitting.session.desk(sitting.seat.id), sitting.dearest
    left = desk.left(sitting.session.filed[sitting.seat.id])
    owned = [r for r in desk.resources(actor) if left[actor, r] or dearest.get(r)]
    names = [sitting.of(sitting.session.names.attribute(r)).lower() for r in owned]
    single = telling_words(names)
    called = (names, single, *([name[:letters] for name in single] for letters in _LETTERS))
    return Means(
        tuple(dict(zip(owned, words, strict=True)) for words in called),
        {r: _number(sitting, left[actor, r], dearest.get(r, 0.0)) for r in owned},
        tuple(sorted(owned, key=lambda r: left[actor, r] / dearest.get(r, 0.01))),
    )


def means(sitting: Sitting, room: int) -> Line:
    """Return what a seat has left in so many cells."""
    return means_of(sitting).fit(room)


def _listed(called: Mapping[str, str], said: Mapping[str, Piece], gap: str = "  ") -> Line:
    return tuple(piece for r, name in called.items() for piece in ((f"{gap}{name} ", "$dim"), said[r]))


def _number(sitting: Sitting, value: float, dearest: float) -> Piece:
    return sitting.voice.number(value), "bold $bad" if value < dearest else "bold"
