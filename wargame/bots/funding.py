"""Choosing within means: the best-valued options first, each paid from its actor's resources while they last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wargame.model.ticks import Floats
from wargame.model.world import World

TIE = 2.0**-12
"""How much a draw may move a preference: enough to break ties, too little to overturn one."""
_NOTHING: Mapping[int, Floats] = {}


@dataclass(frozen=True, slots=True)
class Price:
    """What one resource costs for each option: the cost ``[option, session]`` and the row it is paid from."""

    cost: Floats
    rows: NDArray[np.intp]


def pick(
    values: NDArray[np.float64] | NDArray[np.uint64],
    prices: Mapping[str, Price],
    exclusive: NDArray[np.intp],
    world: World,
    slots: int,
    reserved: Mapping[int, Floats] = _NOTHING,
) -> list[NDArray[np.intp]]:
    """Return, slot by slot, ``[session]`` the position of the option taken (−1: none).

    ``values``: ``[option, session]``, 0 where an option is not open (changed in place); ``exclusive`` numbers options
    that exclude each other, such as the same move of the same actor; ``reserved``: row → what is set aside of it.
    """
    sessions = np.arange(world.sessions)
    accounts = {name: np.unique(price.rows, return_inverse=True) for name, price in prices.items()}
    left = {name: world.values[rows] for name, (rows, _) in accounts.items()}
    for name, (rows, _) in accounts.items() if reserved else ():
        for i in [i for i, row in enumerate(rows.tolist()) if row in reserved]:
            left[name][i] = np.maximum(left[name][i] - reserved[int(rows[i])], 0.0)
    place = {name: places for name, (_, places) in accounts.items()}
    chosen: list[NDArray[np.intp]] = []
    for slot in range(slots):
        for name, price in prices.items():
            values *= price.cost <= left[name][place[name]]
        best = values.argmax(axis=0)
        found = values[best, sessions] > 0
        chosen.append(np.where(found, best, -1))
        if slot + 1 == slots:
            break
        for name, price in prices.items():
            left[name][place[name][best], sessions] -= price.cost[best, sessions] * found
        values *= exclusive[:, None] != exclusive[best][None, :]
    return chosen


def priced(costs: Sequence[Mapping[str, tuple[Floats, int]]], sessions: int, nothing: int) -> dict[str, Price]:
    """Return the prices of options: for each, resource → (cost ``[session]``, row it is paid from)."""
    names = dict.fromkeys(name for option in costs for name in option)
    found: dict[str, Price] = {}
    for name in names:
        cost = np.zeros((len(costs), sessions))
        rows = np.full(len(costs), nothing, dtype=np.intp)
        for i, option in enumerate(costs):
            if name in option:
                cost[i], rows[i] = option[name]
        found[name] = Price(cost, rows)
    return found
