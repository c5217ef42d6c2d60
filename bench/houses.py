"""Bodies and agreements at once: a shipped scenario with six bodies that vote every turn and thirty promises in force.

The same rules are played without any body or promise beside it, so that the ratio is what they cost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from bench.arena import Arena
from wargame.content.bundle import Bundle
from wargame.content.files import locate, read_folder
from wargame.content.load import load_bundle
from wargame.content.problems import Problems
from wargame.engine import draws
from wargame.engine.turn import play
from wargame.model.promises import Obligations
from wargame.model.scenario import Scenario
from wargame.model.world import World

BODIES: Final = ("unasur", "oas", "can", "acto", "prosur", "celac")
PACKS: Final = ("institutions", "regional-bodies", "vote-accords")
TEXTS: Final = (
    "approve-budget", "technical-programme", "joint-declaration", "confidence-measures", "drug-plan", "amazon-plan",
    "common-norm",
)  # fmt: skip
"""Resolutions of these bodies that need no subject."""
PROMISES: Final = 36
_NONE: Final = np.empty(0, dtype=np.intp)
_FIRST_DEAL: Final = 1 << 24
_BASIS: Final = {"assumption": {"en": "for measuring only", "es": "solo para medir"}}


def housed(bundle: Bundle, bodies: tuple[str, ...] = BODIES) -> Scenario:
    """Return a scenario with the rules of bodies, and with some bodies in which every text is tabled every turn."""
    files = dict(bundle.files)
    card = f"scenarios/{bundle.scenario}/scenario.yaml"
    files[card] = files[card].replace("  packs: [", f"  packs: [{', '.join(PACKS)}, ", 1)
    for pack in PACKS:
        files |= _texts_of(pack)
    files[f"scenarios/{bundle.scenario}/bodies.yaml"] = "".join(
        f"{section}: {json.dumps(entries)}\n" for section, entries in _additions(bodies).items()
    )
    return load_bundle(Bundle(files))


def _texts_of(pack: str) -> dict[str, str]:
    folder = locate("rules", pack)
    assert folder is not None
    return read_folder("rules", folder, Problems()).stored()


def _additions(bodies: tuple[str, ...]) -> Mapping[str, list[dict[str, Any]]]:
    if not bodies:
        return {}
    entities = [{"id": b, "kind": "regional_body", "title": {"en": b, "es": b}, **_BASIS} for b in bodies]
    tabling = {
        "id": "every-text-is-tabled",
        "title": {"en": "Every text is tabled", "es": "Se presenta cada texto"},
        "for": {"proposal": "p"},
        "only": {"p": [f"#{text}" for text in TEXTS]},
        "when": "not p.tabled",
        "effects": {"p.tabled": 1, "p.waited": 1},
        **_BASIS,
    }
    return {"entities": entities, "mechanisms": [tabling]}


@dataclass
class Houses(Arena):
    """An arena in which some promises are in force in every turn, whatever has become of those of the last one."""

    promises: int = PROMISES
    seen: list[tuple[float, float]] = field(default_factory=list)
    """For each turn that was played: promises settled in it, and texts voted so far, per session."""

    def play(self, seeds: draws.Hashes) -> World:
        """Play one session for each seed, with the promises renewed at the start of every turn."""
        world = self.engine.start(seeds)
        while not world.ended.all():
            self._promise(world)
            promised = len(world.obligations) / world.sessions
            play(self.engine, world, self.bots.choose(world), voters=self.bots)
            self.seen.append((promised, self._voted(world)))
        return world

    def _promise(self, world: World) -> None:
        """Put those promises in force that are not."""
        chosen = self.chosen()
        there = np.zeros((len(self.engine.agreements.candidates), world.sessions), dtype=bool)
        there[world.obligations.candidate, world.obligations.session] = True
        which, session = np.nonzero(~there[chosen])
        table = np.zeros((len(which), 8), dtype=np.int64)
        amounts = np.array([self._amount(c) for c in chosen], dtype=np.int64)
        table[:, 0], table[:, 1] = chosen[which], amounts[which]
        table[:, 2] = _FIRST_DEAL + world.turn * len(chosen) + which
        table[:, 3], table[:, 4], table[:, 7] = world.turn, self.engine.turns, session
        world.obligations = Obligations.joined(world.obligations, Obligations.from_table(table))

    def chosen(self) -> np.ndarray[Any, np.dtype[np.intp]]:
        """Return the promises that are made: spread evenly over all that can be."""
        count = len(self.engine.agreements.candidates)
        return np.unique(np.linspace(0, count - 1, self.promises).astype(np.intp)) if self.promises else _NONE

    def _amount(self, candidate: int) -> int:
        amount = self.engine.agreements.term_of(candidate).term.move.amount
        return amount.default if amount else 1

    def _voted(self, world: World) -> float:
        chamber = self.engine.chamber
        return 0.0 if chamber is None else float((world.values[chamber.rows["outcome"]] > 0).sum()) / world.sessions
