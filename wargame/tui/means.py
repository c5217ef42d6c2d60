"""What the seat has left to pay with, as the head of the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.tui.ink import Line, Piece, width_of
from wargame.tui.named import telling_words
from wargame.tui.sitting import Sitting

_LETTERS = (5, 4, 3)
"""Letters to which the names of resources are shortened where not all have room."""


def means(sitting: Sitting, room: int) -> Line:
    """Return what the first actor has left, always in the same order: in words, or with shortened ones if need be.

    What the dearest order would take more of than there is stands out. Where even three letters are too many, what no
    order needs is left out first, then what lasts longest.
    """
    if sitting.session.ended:
        return ()
    actor = sitting.seat.actors[0]
    desk, dearest = sitting.session.desk(sitting.seat.id), _dearest(sitting, actor)
    left = desk.left(sitting.session.filed[sitting.seat.id])
    owned = [r for r in desk.resources(actor) if left[actor, r] or dearest.get(r)]
    names = [sitting.of(sitting.session.names.attribute(r)).lower() for r in owned]
    single = telling_words(names)
    said = {r: _number(sitting, left[actor, r], dearest.get(r, 0.0)) for r in owned}
    for words in (names, single, *([name[:letters] for name in single] for letters in _LETTERS)):
        called = dict(zip(owned, words, strict=True))
        line = _listed(called, said)
        if width_of(line) <= room:
            return line
    if width_of(close := _listed(called, said, " ")) <= room:
        return close
    needed = sorted(owned, key=lambda r: left[actor, r] / dearest.get(r, 0.01))
    while needed and width_of(_listed({r: called[r] for r in owned if r in needed}, said)) > room:
        needed.pop()
    return _listed({r: called[r] for r in owned if r in needed}, said)


def _listed(called: Mapping[str, str], said: Mapping[str, Piece], gap: str = "  ") -> Line:
    return tuple(piece for r, name in called.items() for piece in ((f"{gap}{name} ", "$dim"), said[r]))


def _number(sitting: Sitting, value: float, dearest: float) -> Piece:
    return sitting.voice.number(value), "bold $bad" if value < dearest else "bold"


def _dearest(sitting: Sitting, actor: str) -> Mapping[str, float]:
    """Return what the dearest move of an actor takes of each resource now."""
    found: dict[str, float] = {}
    for option in sitting.options.values():
        if option.candidate.actor == actor:
            for resource, cost in option.cost.items():
                found[resource] = max(found.get(resource, 0.0), cost)
    return {resource: cost for resource, cost in found.items() if cost > 0}
