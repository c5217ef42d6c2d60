"""What a turn that was played leaves in the log: what became of orders, causes, happenings, the world, and the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wargame.engine.engine import Engine
from wargame.engine.turn import Phase
from wargame.model.ledger import Ledger
from wargame.model.orders import Outcome
from wargame.model.world import World
from wargame.session.causes import logged
from wargame.session.records import Draft
from wargame.session.snapshot import take_snapshot
from wargame.session.standing import Standing


def records_of_turn(
    session: Standing, world: World, outcomes: Sequence[Outcome], votes: Mapping[str, int], ledger: Ledger
) -> list[Draft]:
    """Return the records of the turn that a session stands in, from the world after it."""
    engine, turn, date = session.engine, session.turn, session.date()
    filed = [_outcome(session, o) for o in outcomes]
    happened = [
        name for name, fired in zip(engine.happenings.names, world.fired[:, 0], strict=True) if int(fired) == turn
    ]
    drafts = [
        Draft("outcomes", {"orders": filed, "votes": dict(votes)}, turn, Phase.ADJUDICATE, date),
        Draft("ledger", logged(engine, ledger), turn, Phase.REPORT, date),
        Draft("happened", {"names": happened}, turn, Phase.EVENTS, date),
        Draft("world", take_snapshot(engine, world), world.turn, Phase.BRIEF, session.date(world.turn)),
    ]
    if world.ended[0]:
        drafts.append(Draft("end", reckon(engine, world), turn, Phase.REPORT, date))
    return drafts


def _outcome(session: Standing, outcome: Outcome) -> dict[str, Any]:
    """Return what became of an order; people may be told no odds but those by their own estimates."""
    engine = session.engine
    candidate = engine.candidates[outcome.candidate]
    seat = session.scenario.seats[engine.catalogue.pairs[candidate.pair].seat].id
    reckoned = session.desk(seat).odds(candidate, outcome.amount) if seat in session.people else None
    return {"seat": seat, "order": candidate.key, "amount": outcome.amount, "fate": outcome.fate.value,
            "odds": outcome.odds, "reckoned": reckoned, "draw": outcome.draw, "open": outcome.exposed}  # fmt: skip


def reckon(engine: Engine, world: World) -> dict[str, Any]:
    """Return the ending of a session that has ended, its measures, and every seat's objectives and score."""
    scenario, reckoning, reader = engine.scenario, engine.reckoning, engine.reader(world)
    return {
        "ending": scenario.endings[int(world.ended[0]) - 1].id,
        "noted": {ending.id: int(world.noted[i, 0]) for i, ending in enumerate(scenario.endings) if world.noted[i, 0]},
        "measures": {name: float(v[0]) for name, v in reckoning.measured(world, reader).items()},
        "objectives": {
            seat.id: {name: float(v[0]) for name, v in reckoning.degrees(world, reader, seat.id).items()}
            for seat in scenario.seats
        },
        "scores": {seat: float(v[0]) for seat, v in reckoning.scores(world, reader).items()},
    }
