"""The theatre of a scenario as the first screen shows it: who and what lies where, before anything has been played."""

from __future__ import annotations

from collections.abc import Callable

from wargame.model.scenario import EntityStart, Scenario
from wargame.model.text import Text
from wargame.tui.ink import Line, cut, packed
from wargame.tui.map_panel import MapPanel, Spot
from wargame.tui.marks import KINDS

Say = Callable[[Text], str]


class Preview(MapPanel, can_focus=False):
    """A map to look at: it has no cursor. Its title is the part of the world that it shows."""

    @property
    def spot(self) -> Spot | None:
        """Return nothing: no place is at a cursor."""
        return None

    def show_theatre(self, scenario: Scenario, say: Say) -> None:
        """Show the places of a scenario."""
        placed = [entity for entity in scenario.entities if entity.at is not None]
        spots = [_spot(scenario, entity, say) for entity in placed]
        kinds = scenario.ruleset.kinds
        seen = {entity.kind: _mark(scenario, entity) for entity in placed}
        parts: list[Line] = [((f"{m} ", s), (say(kinds[k].title).lower(), "$dim")) for k, (m, s) in seen.items()]
        where = say(scenario.where)
        self.chart = None  # of another scenario
        self.show_map(
            lambda width: where, (), spots, (), lambda width: [cut(line, width) for line in packed(parts, width)]
        )


def _spot(scenario: Scenario, entity: EntityStart, say: Say) -> Spot:
    assert entity.at is not None
    mark, style = _mark(scenario, entity)
    acts = scenario.ruleset.kinds[entity.kind].acts
    return Spot(entity.id, say(entity.title), say(entity.short or entity.title), entity.at, mark, style, int(not acts))


def _mark(scenario: Scenario, entity: EntityStart) -> tuple[str, str]:
    acting = [name for name, kind in scenario.ruleset.kinds.items() if kind.acts]
    return (KINDS[acting.index(entity.kind) % len(KINDS)], "$dim") if entity.kind in acting else ("▪", "")
