"""The card of the first screen: the scenario at the cursor, or the seat or choice that the cursor is on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wargame.model.text import Text, counted
from wargame.tui.ink import Line, wrap
from wargame.tui.panel import Row

if TYPE_CHECKING:
    from wargame.model.scenario import Scenario, Seat
    from wargame.tui.how import How


def scenario_card(how: How, scenario: Scenario) -> tuple[str, list[Row]]:
    """Return the title and rows of a scenario: where, when, how long, and what it is about."""
    text = how.app.say(scenario.text)
    facts = Row(lambda width: how.facts(scenario, width), "", pick=False)
    return how.app.say(scenario.title), [facts, _prose(text)]


def seat_card(how: How, scenario: Scenario, seat: Seat) -> tuple[str, list[Row]]:
    """Return the title and rows of a seat: what it wants in public and in secret, whom it moves, how often."""
    say = how.app.say
    titles = {entity.id: say(entity.title) for entity in scenario.entities}
    orders = say(counted(seat.orders, *_ORDERS))
    rows = [
        _prose(f"{orders}: {', '.join(titles[actor] for actor in seat.actors)}.", "$dim"),
        _labelled(say(_PUBLIC), say(seat.public)),
        _labelled(say(_SECRET), say(seat.secret)),
    ]
    return say(seat.title), rows


def choice_card(how: How, scenario: Scenario, key: str) -> tuple[str, list[Row]] | None:
    """Return the card of a choice that wants words, the lens; None for the others."""
    if key != "lens":
        return None
    lens = scenario.ruleset.lenses[how.lens(scenario)]
    return how.app.say(lens.title), [_prose(how.app.say(lens.text)), _prose(how.app.say(_WHAT_A_LENS_IS), "$dim")]


def _prose(said: str, style: str = "") -> Row:
    return Row(lambda width: [*wrap(said, width, style), ()], "", pick=False)


def _labelled(label: str, said: str) -> Row:
    return Row(partial(_after_label, label, said), "", pick=False)


def _after_label(label: str, said: str, width: int) -> list[Line]:
    return [((label, "bold"),), *wrap(said, width), ()]


_ORDERS = Text("{n} order a turn", "{n} orden por turno"), Text("{n} orders a turn", "{n} órdenes por turno")
_PUBLIC, _SECRET = Text("What it wants in public", "Qué quiere en público"), Text("In secret", "En secreto")
_WHAT_A_LENS_IS = Text(
    "A lens is how some authors read the situation: other rules, other sizes. The choice is whose reading you play in.",
    "Un enfoque es la lectura de algunos autores: otras reglas, otras magnitudes. Se elige con la lectura de quién se "
    "juega.",
)
