"""Which of many assumptions matter at all: elementary effects (Morris 1991), of groups first and then one by one.

SALib draws the samples and reduces them; it is an extra, and imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.model.ticks import Floats

LEVELS = 4
"""Levels of each factor's range: 0, 1/3, 2/3 and 1."""
Evaluate: TypeAlias = Callable[[Floats], Floats]
"""``[set, factor]`` shares of the ranges → ``[set, output]``."""


def effects(groups: Sequence[str], evaluate: Evaluate, paths: int, seed: int) -> tuple[tuple[str, ...], Floats]:
    """Return the different groups and ``[group, output]`` how much an output moves when a group does (μ*).

    ``groups``: of each factor, that with which it is moved; their own names where each is moved alone.
    """
    morris_sample, morris_analyze = _morris()
    names = tuple(dict.fromkeys(groups))
    problem: dict[str, Any] = {
        "num_vars": len(groups),
        "names": [f"{i}" for i in range(len(groups))],
        "bounds": [[0.0, 1.0]] * len(groups),
    }
    together = len(names) < len(groups)
    if together:
        problem["groups"] = list(groups)
    shares = morris_sample.sample(problem, paths, num_levels=LEVELS, seed=seed)
    said = evaluate(shares)
    found = np.zeros((len(names), said.shape[1]))
    for column, output in zip(found.T, said.T, strict=True):
        if np.ptp(output) > 0.0:
            told = morris_analyze.analyze(problem, shares, output, num_levels=LEVELS, num_resamples=2, seed=seed)
            order = {str(name): i for i, name in enumerate(told["names"])}
            known = names if together else problem["names"]
            column[:] = [float(told["mu_star"][order[name]]) for name in known]
    return names, found


def sets_of(groups: Sequence[str], paths: int) -> int:
    """Return how many sets a screening plays."""
    return paths * (len(set(groups)) + 1)


def strongest(weights: Floats, most: int) -> list[int]:
    """Return the positions of the greatest weights above nothing, the greatest first; ties by position."""
    order = sorted(range(len(weights)), key=lambda i: (-weights[i], i))
    return [i for i in order if weights[i] > 0.0][:most]


def _morris() -> tuple[Any, Any]:
    try:
        from SALib.analyze import morris as analyze
        from SALib.sample import morris as sample
    except ImportError as error:
        raise SessionError(NO_SALIB) from error
    return sample, analyze


NO_SALIB = Text(
    "This needs SALib, which is not installed: pip install 'wargame[analysis]'.",
    "Esto necesita SALib, que no está instalado: pip install 'wargame[analysis]'.",
)
