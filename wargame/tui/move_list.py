"""The moves of a seat as a list to choose from: each with its kind, found by the words of its title."""

from __future__ import annotations

from collections.abc import Callable

from wargame.telling.menu import Group, Offer
from wargame.tui.dialogs import Choice
from wargame.tui.ink import Line, apart, dim
from wargame.tui.sitting import Sitting


def move_choices(sitting: Sitting, key: Callable[[Offer], str] = lambda offer: str(offer.number)) -> list[Choice]:
    """Return one choice for each move of the seat, under a key made of it."""
    return [_choice(sitting, group, offer, key(offer)) for group in sitting.game.menu.groups for offer in group.offers]


def _choice(sitting: Sitting, group: Group, offer: Offer, key: str) -> Choice:
    title, kind = sitting.of(offer.title), sitting.of(group.title)
    able = any(sitting.options[place.candidate.id].refusal is None for place in offer.places)

    def draw(width: int) -> list[Line]:
        name: Line = ((title, "bold"),) if able else (("× ", "$bad"), (title, "$dim"))
        return [apart(name, dim(kind if len(title) + len(kind) + 6 < width else ""), width)]

    return Choice(key, draw, f"{title} {offer.move.title.en} {offer.move.title.es}")
