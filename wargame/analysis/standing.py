"""Where a played session lies among many that bots play from the same start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wargame.analysis.ensemble import Design, Outcomes, simulate
from wargame.content.bundle import Bundle
from wargame.model.ticks import Floats
from wargame.session.header import Header
from wargame.session.store import Store

RUNS = 1000


@dataclass(frozen=True)
class Standing:
    """The sessions of bots, and how one seat's score lies among theirs."""

    outcomes: Outcomes
    seat: str
    score: float

    @property
    def scores(self) -> Floats:
        """Return what bots reached in this seat, in ascending order."""
        return np.sort(self.outcomes.scores[self.seat])

    @property
    def below(self) -> float:
        """Return the share of bots' sessions that score less; equal ones count half."""
        scores = self.outcomes.scores[self.seat]
        return float(((scores < self.score) + 0.5 * (scores == self.score)).mean())

    def ending_share(self, number: int) -> float:
        """Return the share of bots' sessions that ended so."""
        return float((self.outcomes.ending == number).mean())


def standing(
    store: Store,
    session: str,
    seat: str,
    runs: int = RUNS,
    *,
    workers: int | None = None,
    progress: Callable[[int], Any] = lambda done: None,
) -> Standing:
    """Play the start of a finished session with bots in every seat, in other lucks; the level is that of its people."""
    header = store.header(session)
    end = next(r.payload for r in reversed(store.records(session)) if r.kind == "end")
    bundle = Bundle.from_bytes(store.content(session))
    outcomes = simulate(
        bundle, _design(header, bundle), runs, header.seed ^ 1, workers=workers, chunk=runs // 2, progress=progress
    )
    return Standing(outcomes, seat, float(end["scores"][seat]))


def _design(header: Header, bundle: Bundle) -> Design:
    from wargame.content.load import load_bundle

    factor = load_bundle(bundle).level(header.level).resources
    people: Mapping[str, float] = {s.seat: factor for s in header.seats if s.by == "people"}
    plays = {s.seat: s.doctrine for s in header.seats if s.by == "bot"}
    return Design(header.lens, header.length == "short", plays, header.level, people)
