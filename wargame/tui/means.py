"""What the seat has left to pay with, as the head of the screen shows it."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.tui.ink import Line, Piece, width_of
from wargame.tui.named import telling_words
from wargame.tui.sitting import Sitting

_BRIEF = 5
"""Letters to which the names of resources are shortened where not all have room."""


def means(sitting: Sitting, room: int) -> Line:
    """Return what the first actor has left, the scarcest first: in words, or with shortened ones if need be."""
    if sitting.session.ended:
        return ()
    actor = sitting.seat.actors[0]
    desk, dearest = sitting.session.desk(sitting.seat.id), _dearest(sitting, actor)
    left = desk.left(sitting.session.filed[sitting.seat.id])
    owned = [(r, left[actor, r]) for r in desk.resources(actor) if left[actor, r] or dearest.get(r)]
    owned.sort(key=lambda one: one[1] / dearest.get(one[0], 0.01))
    names = [sitting.of(sitting.session.names.attribute(r)).lower() for r, _ in owned]
    numbers = [sitting.voice.number(value) for _, value in owned]
    single = telling_words(names)
    for words in (names, single, [name[:_BRIEF] for name in single]):
        found = [(f"  {n} ", v) for n, v in zip(words, numbers, strict=True)]
        if sum(len(n) + len(v) for n, v in found) <= room:
            break
    shown: list[Piece] = []
    for name, value in found:
        if width_of((*shown, (name, ""), (value, ""))) <= room:
            shown += [(name, "$dim"), (value, "bold")]
    return tuple(shown)


def _dearest(sitting: Sitting, actor: str) -> Mapping[str, float]:
    """Return what the dearest move of an actor takes of each resource now."""
    found: dict[str, float] = {}
    for option in sitting.options.values():
        if option.candidate.actor == actor:
            for resource, cost in option.cost.items():
                found[resource] = max(found.get(resource, 0.0), cost)
    return {resource: cost for resource, cost in found.items() if cost > 0}
