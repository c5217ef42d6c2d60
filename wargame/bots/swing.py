"""Whether a vote that is offered can change a result: nobody pays for one without which the count is the same."""

from __future__ import annotations

from typing import Final

from wargame.engine import count
from wargame.engine.believed import Belief
from wargame.engine.engine import Engine
from wargame.engine.expectations import Expectations
from wargame.engine.views import SeatEyes
from wargame.model.orders import Candidate
from wargame.model.world import World
from wargame.session.beliefs import Beliefs

LEAST: Final = 0.05
"""A vote is worth paying for if it moves the chance of adoption by more than this, as the payer reckons."""
_WORLDS: Final = 100


class Swing:
    """What votes on texts can move, as one seat expects the counts."""

    def __init__(self, engine: Engine, world: World, eyes: SeatEyes, seat: str) -> None:
        self.engine, self.world, self.eyes, self.seat = engine, world, eyes, seat
        self._found: dict[str, float] = {}

    def wasted(self, promised: Candidate) -> bool:
        """Say whether a clause promises a vote that changes nothing; what promises no vote is not wasted."""
        ballot, text = promised.targets.get("b"), promised.targets.get("p")
        bound = self.engine.agreements.term_of(promised.id)
        if bound.ballots is None or ballot is None or text is None:
            return False
        if ballot not in self._found:
            self._found[ballot] = self._moved(ballot, text)
        return self._found[ballot] <= LEAST

    def _moved(self, ballot: str, text: str) -> float:
        """Return by how much the chance of adoption differs between a yes and a no."""
        view = self.eyes.view(self.world)
        past = Beliefs(self.engine, self.world, self.eyes).at_start_of
        belief = Belief(view.turn, view.values, view.deviations, past)
        expected = Expectations(self.engine, belief, (text,), f"swing|{self.seat}", _WORLDS)
        with_it, against = (expected.outlook(text, {ballot: vote}).adopted for vote in (count.YES, count.NO))
        return with_it - against
