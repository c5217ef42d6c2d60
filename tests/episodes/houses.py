"""The scenario played by doctrines, without its script, and what became of its houses when one cause is varied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from tests.episodes.stage import SCENARIO
from wargame.bots.bots import Bots, default_plays
from wargame.content.load import load_with_bundle
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.institutions import MEMBERSHIP
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

SEED: Final = 41
SESSIONS: Final = 500


@cache
def table() -> tuple[Engine, Bots]:
    """Return the scenario without its script, every seat played by its first doctrine."""
    scenario, _ = load_with_bundle(SCENARIO)
    engine = Engine(replace(scenario, injects=()))
    return engine, Bots(engine, default_plays(engine.scenario), engine.scenario.level().sharpness)


@dataclass(frozen=True)
class Course:
    """What was so at the end of each turn: attribute of an entity or membership → ``[turn, session]``."""

    values: Mapping[tuple[str, str], Floats]

    def __getitem__(self, at: tuple[str, str]) -> Floats:
        return self.values[at]

    def last(self, owner: str, attribute: str) -> Floats:
        """Return what was so at the end."""
        found: Floats = self.values[owner, attribute][-1]
        return found

    def members(self, body: str, attribute: str) -> Floats:
        """Return ``[member, turn, session]`` an attribute of all memberships of a body."""
        return np.array(
            [v for (owner, name), v in self.values.items() if name == attribute and owner.endswith(f", {body})")]
        )


Change = Callable[["Hands"], None]


@dataclass(frozen=True)
class Hands:
    """What may be changed in a world by hand: the cause that is varied."""

    engine: Engine
    world: World

    def get(self, owner: str, attribute: str) -> float:
        """Return a value (of the first session)."""
        return float(self.world.values[self.engine.layout.row(owner, attribute), 0])

    def set(self, owner: str, attribute: str, value: float) -> None:
        """Set a value in every session."""
        self.world.values[self.engine.layout.row(owner, attribute)] = round_in_place(np.array([float(value)]))[0]

    def seat(self, who: str, body: str) -> str:
        """Return the name of a membership."""
        return self.engine.layout.ties[MEMBERSHIP, who, body]

    def done(self) -> None:
        """Let readings and views follow."""
        self.engine.refresh(self.world)
        self.engine.look(self.world)
        self.world.past[-1] = self.world.values.copy()


def play(
    change: Change = lambda hands: None,
    *,
    later: tuple[int, Change] | None = None,
    parameters: Mapping[tuple[str, str], float] | None = None,
    sessions: int = SESSIONS,
    seed: int = SEED,
) -> Course:
    """Play an ensemble with something changed at the start, at the beginning of a turn, or in the rules' parameters."""
    engine, bots = table()
    given = {name: np.full(sessions, value) for name, value in (parameters or {}).items()}
    world = engine.start(seeds_of(seed, sessions), parameters=given)
    hands = Hands(engine, world)
    change(hands)
    hands.done()
    world.start = world.past[-1]
    rows = {at: engine.layout.row(*at) for at in _watched(engine)}
    seen: dict[tuple[str, str], list[Floats]] = {at: [] for at in rows}
    while not world.ended.all():
        if later is not None and world.turn == later[0]:
            later[1](hands)
            hands.done()
        turn.play(engine, world, bots.choose(world), voters=bots)
        for at, row in rows.items():
            seen[at].append(world.values[row].copy())
    return Course({at: np.array(values) for at, values in seen.items()})


_OF_BODY: Final = (
    "unity", "authority", "fund", "head_vacant", "dormant", "founding", "adopted_texts", "failed_texts",
    "failed_by_quorum", "failed_by_objection", "failed_by_count", "members_seated", "members_present", "attendance",
    "leavers", "polarisation", "paid_share",
)  # fmt: skip
_OF_SEAT: Final = ("standing", "absent", "notice", "withholding", "commitment")


def _watched(engine: Engine) -> list[tuple[str, str]]:
    bodies = [e.id for e in engine.scenario.entities if e.kind == "regional_body"]
    found = [(body, name) for body in bodies for name in _OF_BODY]
    for (kind, _, body), tie in engine.layout.ties.items():
        if kind == MEMBERSHIP and body in ("unasur", "prosur", "lima_group"):
            found += [(tie, name) for name in _OF_SEAT]
    return found
