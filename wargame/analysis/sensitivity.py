"""Which assumptions decide how a scenario comes out: every parameter with a range, and the lens.

Elementary effects of whole rules tell which of hundreds matter; those of their parameters one by one leave ten; shares
of variance (Sobol's indices, Saltelli's samples) weigh these. Every set meets the same luck. With several outcomes,
each is put on its own scale and the shares are means over them, an outcome counting by how much the base samples move
it (generalised indices: Lamboni et al. 2011). One that moves in few samples only has no variance to share out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wargame.analysis.parameters import Factor, factors
from wargame.analysis.screening import NO_SALIB, effects, strongest
from wargame.analysis.trajectories import Course, Crew, joined
from wargame.bots.bots import default_plays
from wargame.content.bundle import Bundle
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.errors import SessionError
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats

LENS = "lens"
DECIDING = 10
"""How many assumptions are weighed."""
_RULES = 15
"""Rules whose parameters are looked at one by one."""
_LUCKS = 8
"""Sessions of a set: its outcome is their mean."""
_SCREENING, _ALONE = 0.5, 0.12
"""Parts of the budget for rules together and for parameters one by one; the rest weighs."""
_MOVED = 0.25
"""An outcome is weighed where its base samples have this part of the variance of all samples, or more."""


@dataclass(frozen=True)
class Deciding:
    """One assumption (None: the lens) with how much it decides."""

    factor: Factor | None
    effect: float
    """How far the outcome moves, in its own spreads, when this moves a level (μ*)."""
    total: float
    """Share of the outcome's variance that would be gone if this were known."""
    margin: float
    """Half of the 95 % interval of ``total``."""
    alone: float
    """Share of variance without what it does together with others."""


@dataclass(frozen=True)
class Sensitivity:
    """The assumptions that decide, the strongest first. Not weighed (NaN) where Ctrl-C came before."""

    deciding: tuple[Deciding, ...]
    screened: int
    sets: int
    sessions: int
    lenses: tuple[str, ...]
    weighed: bool


@dataclass
class _Scene:
    """Plays sets of assumptions of one scenario."""

    crew: Crew
    course: Course
    lenses: tuple[str, ...]
    free: Mapping[str, Mapping[str, Factor]]
    """Lens → the parameters that it leaves free."""
    lucks: int
    seed: int
    progress: Callable[[int], Any]
    sets: int = 0
    played: int = field(default=0)

    def outcomes(self, names: Sequence[str], shares: Floats) -> Floats:
        """Return ``[set, outcome]`` for sets of shares, ``[set, assumption]``."""
        lens = np.zeros(len(shares), dtype=np.intp)
        if LENS in names:
            column = shares[:, names.index(LENS)]
            lens = np.minimum((column * len(self.lenses)).astype(np.intp), len(self.lenses) - 1)
        found = np.empty((len(shares), len(self.course.measures) + len(self.course.objectives)))
        for number in np.unique(lens).tolist():
            mine = np.flatnonzero(lens == number)
            found[mine] = self._under(self.lenses[number], names, shares[mine])
        self.sets += len(shares)
        return found

    def _under(self, lens: str, names: Sequence[str], shares: Floats) -> Floats:
        free = self.free[lens]
        parameters = {
            (free[name].rule, free[name].name): np.repeat(free[name].at(column), self.lucks)
            for name, column in zip(names, shares.T, strict=True)
            if name in free
        }
        course = Course(lens, self.course.measures, self.course.objectives, endings=True)
        parts = []
        for part in self.crew.play("", course, np.tile(seeds_of(self.seed, self.lucks), len(shares)), parameters):
            parts.append(part)
            self.played += part.sessions
            self.progress(self.played)
        whole = joined(parts)
        last = [*(values[-1] for values in whole.measures.values()), *whole.degrees.values()]
        return np.stack([values.reshape(len(shares), self.lucks).mean(axis=1) for values in last], axis=1)


def sensitivity(
    scenario: Scenario,
    bundle: Bundle,
    measures: Sequence[str],
    objectives: Sequence[tuple[str, str]],
    budget: int,
    seed: int,
    *,
    processes: int = 1,
    progress: Callable[[int], Any] = lambda played: None,
) -> Sensitivity:
    """Return what decides some outcomes, by playing about ``budget`` sessions. Ctrl-C leaves out the weighing."""
    lenses = (scenario.lens, *(lens for lens in scenario.lenses if lens != scenario.lens))
    plays = default_plays(scenario)
    free = {lens: {f.id: f for f in factors(Engine(scenario, lens), plays)} for lens in lenses}
    known = {f.id: f for found in reversed(free.values()) for f in found.values()}
    names = [*([LENS] if len(lenses) > 1 else []), *known]
    groups = [name if name == LENS else known[name].rule for name in names]
    lucks = _lucks(len(set(groups)), budget)
    with Crew({"": bundle}, processes) as crew:
        course = Course("", tuple(measures), tuple(objectives))
        scene = _Scene(crew, course, lenses, free, lucks, seed, progress)
        some, moved = _screened(scene, names, groups, budget // lucks, seed)
        weights, weighed = _weighed(scene, some, budget // lucks, seed)
    found = [
        Deciding(known.get(name), float(effect), *row)
        for name, effect, row in zip(some, moved, weights.tolist(), strict=True)
    ]
    order = sorted(found, key=lambda d: (-d.total if weighed else 0.0, -d.effect))
    return Sensitivity(tuple(order), len(names), scene.sets, scene.played, lenses, weighed)


def _lucks(groups: int, budget: int) -> int:
    """Return how many sessions a set may have, so that two paths through all rules fit into the budget."""
    lucks = _LUCKS
    while lucks > 1 and 2 * (groups + 1) * lucks > _SCREENING * budget:
        lucks //= 2
    return lucks


def _screened(
    scene: _Scene, names: Sequence[str], groups: Sequence[str], sets: int, seed: int
) -> tuple[list[str], Floats]:
    """Return the assumptions that move the outcomes most, one by one, and by how many spreads."""
    paths = max(2, int(_SCREENING * sets / (len(set(groups)) + 1)))
    rules, together = effects(groups, _scaled(scene, names), paths, seed)
    kept = {rules[i] for i in strongest(together.mean(axis=1), _RULES)}
    some = [name for name, group in zip(names, groups, strict=True) if group in kept]
    if not some:
        return [], np.empty(0)
    paths = max(8, int(_ALONE * sets / (len(some) + 1)))
    _, alone = effects(some, _scaled(scene, some), paths, seed + 1)
    best = strongest(alone.mean(axis=1), DECIDING)
    return [some[i] for i in best], alone.mean(axis=1)[best]


def _scaled(scene: _Scene, names: Sequence[str]) -> Callable[[Floats], Floats]:
    """Return what plays sets, each outcome in its own spreads (nothing where it never moves)."""

    def evaluate(shares: Floats) -> Floats:
        found = scene.outcomes(names, shares)
        spread = found.std(axis=0)
        scaled: Floats = np.where(spread > 0.0, (found - found.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0), 0.0)
        return scaled

    return evaluate


def _weighed(scene: _Scene, some: Sequence[str], sets: int, seed: int) -> tuple[Floats, bool]:
    """Return ``[assumption, (total, margin, alone)]``, and whether it was done."""
    nothing = np.full((len(some), 3), np.nan)
    if not some:
        return nothing, False
    try:
        from SALib.analyze import sobol as analyze
        from SALib.sample import sobol as sample
    except ImportError as error:
        raise SessionError(NO_SALIB) from error
    problem = {"num_vars": len(some), "names": list(some), "bounds": [[0.0, 1.0]] * len(some)}
    room = max(sets - scene.sets, 0) / (len(some) + 2)
    rows = 2 ** max(4, int(np.log2(room)) if room >= 1.0 else 0)
    shares = sample.sample(problem, rows, calc_second_order=False, seed=seed)
    try:
        said = scene.outcomes(some, shares)
    except KeyboardInterrupt:
        return nothing, False
    found, heights = [], []
    for output in said.T:
        height = _moved(output, len(some) + 2)
        if height >= _MOVED:
            told = analyze.analyze(problem, output, calc_second_order=False, num_resamples=200, seed=seed)
            found.append(np.stack([told["ST"], told["ST_conf"], told["S1"]], axis=1))
            heights.append(height)
    return (np.average(found, axis=0, weights=heights), True) if found else (nothing, False)


def _moved(output: Floats, block: int) -> float:
    """Return the variance of an outcome in the base samples, the first and last of a block, by that in all (0–1)."""
    if np.ptp(output) == 0.0:
        return 0.0
    base = np.concatenate([output[::block], output[block - 1 :: block]])
    return min(float(base.var() / output.var()), 1.0)
