"""What promises cost that are due in a turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wargame.engine import draws
from wargame.engine.adjudicate import by_move
from wargame.engine.readers import Sparse
from wargame.model.promises import Obligations
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

if TYPE_CHECKING:
    from wargame.engine.engine import Engine
from wargame.engine.activity import Truths
from wargame.engine.grounds import Places


def owed(engine: Engine, world: World, promised: Obligations) -> dict[int, Floats]:
    """Return what promises due this turn will cost: row of a resource → ``[session]``."""
    found: dict[int, Floats] = {}
    for _, entries in prices(engine, world, promised, promised.amount.astype(np.float64)):
        for row in np.unique(entries.row):
            at = entries.row == row
            column = found.setdefault(int(row), np.zeros(world.sessions))
            np.add.at(column, promised.session[entries.who[at]], entries.price[at])
    return found


@dataclass(frozen=True, slots=True)
class Entries:
    """What some obligations cost in one resource: which obligation, the row it is paid from, and the price."""

    who: Places
    row: Places
    price: Floats


def prices(
    engine: Engine, world: World, promised: Obligations, amounts: Floats, only: Truths | None = None
) -> Iterator[tuple[str, Entries]]:
    """Yield what the delivery of some amounts costs, resource by resource; ``only``: of some obligations alone."""
    agreements, keys = engine.agreements, draws.keys(world.seeds, world.turn)
    for move, found in by_move(promised.candidate, agreements.catalogue):
        part = found if only is None else found[only[found]]
        if not move.cost or not len(part):
            continue
        places = (promised.candidate[part] - move.first).astype(np.intp)
        reader = Sparse(world, keys, places, promised.session[part].astype(np.intp), amounts[part])
        for resource, (_, formula) in move.cost.items():
            price = np.empty(len(part))
            price[...] = reader.evaluate(formula)
            np.maximum(price, 0.0, out=price)
            price *= amounts[part] > 0
            yield resource, Entries(part, move.resource_rows[resource][places], round_in_place(price))
