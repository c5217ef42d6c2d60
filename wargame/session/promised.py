"""Deals and promises as plain data for the log, and back: terms by name, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wargame.engine.engine import Engine
from wargame.model.agreements import Compliance, Settled
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.world import World


def deals_payload(engine: Engine, bargains: Bargains | None, settled: Sequence[Settled]) -> dict[str, Any]:
    """Return what negotiation put into a turn and what became of promises; empty if there was nothing of it."""
    if bargains is None and not settled:
        return {}
    known, bargains = engine.agreements.candidates, bargains or Bargains()
    return {
        "struck": [[known[c].key, n, d, since, until] for c, n, d, since, until, *_ in bargains.struck.rows()],
        "withheld": [[d, known[c].key, n] for _, d, c, n in bargains.withheld.rows()],
        "settled": [
            [known[s.candidate].key, s.deal, s.amount, s.delivered, s.compliance.value, s.odds, s.draw] for s in settled
        ],
    }


def read_bargains(engine: Engine, payload: Mapping[str, Any]) -> Bargains:
    """Return what negotiation put into a turn, from the log."""
    known = engine.agreements.by_key
    struck = [(known[k].id, n, d, since, until, 0, 0, 0) for k, n, d, since, until in payload["struck"]]
    return Bargains(Obligations.of(struck), Withheld.of([(0, d, known[k].id, n) for d, k, n in payload["withheld"]]))


def obligations_plain(engine: Engine, world: World) -> list[list[Any]]:
    """Return the promises of a live session as plain data for the log."""
    known = engine.agreements.candidates
    return sorted([known[c].key, n, d, s, u, k, m] for c, n, d, s, u, k, m in world.obligations.of_session(0))


def read_obligations(engine: Engine, plain: Sequence[Sequence[Any]]) -> Obligations:
    """Return the promises that a snapshot holds."""
    known = engine.agreements.by_key
    return Obligations.of([(known[key].id, *numbers, 0) for key, *numbers in plain])


def read_settled(engine: Engine, payload: Mapping[str, Any]) -> tuple[Settled, ...]:
    """Return what became of promises in a turn, from the log."""
    known = engine.agreements.by_key
    return tuple(
        Settled(known[key].id, deal, amount, delivered, Compliance(what), odds, draw)
        for key, deal, amount, delivered, what, odds, draw in payload["settled"]
    )
