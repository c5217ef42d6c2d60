"""Calibration: one set of parameters for all cases, sought within the ranges of their authors, and tested on others.

Repeatable from its seed. First a screening by elementary effects on the loss, of whole rules and then of the parameters
of those that matter; then a search of the influential ones by the cross-entropy method, every candidate with the same
luck; then fresh luck decides whether the result is better than what stands. Only parameters of shared rule packs that
at least two of the cases play are touched, so that none is fitted to one case. Leaving each case out in turn shows what
the same procedure brings where it has not looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wargame.analysis.hindcast import case_of
from wargame.analysis.losses import Target, losses, targets
from wargame.analysis.parameters import Factor, factors
from wargame.analysis.screening import effects, strongest
from wargame.analysis.trajectories import Course, Crew, joined
from wargame.bots.bots import default_plays
from wargame.content.bundle import Bundle
from wargame.engine import draws
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.scenario import Scenario
from wargame.model.ticks import Floats

FAR = 0.02
"""What the mean square distance from the values that stand costs, as a share of half a range."""
WORTH = 0.002
"""A parameter goes back to where it stood if that costs less loss than this."""
GAIN = 0.02
"""By which part the loss of cases left out must shrink in the mean: less than that is luck."""
_KEEP, _MOVE, _NARROWEST, _WIDE = 0.25, 0.7, 0.03, 0.22


@dataclass(frozen=True)
class Plan:
    """How much is tried: sessions of a set and case, candidates of a round, rounds, and what a screening lets pass."""

    sessions: int = 10
    rounds: int = 12
    candidates: int = 24
    rules: int = 12
    parameters: int = 12
    paths: int = 3
    seed: int = 0


@dataclass(frozen=True)
class Trial:
    """A case as it is tried out."""

    name: str
    course: Course
    targets: tuple[Target, ...]
    factors: Mapping[str, Factor]


@dataclass(frozen=True)
class Tuned:
    """New values for some parameters; empty where nothing was better than what stands."""

    values: Mapping[str, float]
    before: Mapping[str, float]
    """Case → loss with the values that stand, in fresh luck."""
    after: Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """A parameter that moves, and by how much the mean loss grew when it alone was put back."""

    factor: Factor
    value: float
    worth: float


@dataclass(frozen=True)
class Calibration:
    """What was found with all cases, and with each left out in turn."""

    tuned: Tuned
    changes: tuple[Change, ...]
    screened: int
    folds: Mapping[str, Tuned] = field(default_factory=dict)
    """Left-out case → what was tuned without it; losses of the left-out case are among them."""
    stopped: bool = False

    @property
    def improves(self) -> bool:
        """Say whether there is something to keep: cases left out did better in the mean, by more than luck."""
        if not self.changes or not self.folds or self.stopped:
            return False
        gains = [1.0 - t.after[name] / t.before[name] for name, t in self.folds.items() if t.before[name] > 0.0]
        return sum(gains) > GAIN * len(self.folds)


def trial(scenario: Scenario) -> Trial:
    """Return a case as it is tried out; raise SessionError for a scenario that is none."""
    case, engine = case_of(scenario), Engine(scenario)
    course = Course(scenario.lens, tuple(dict.fromkeys(line.measure for line in case.lines)))
    own = frozenset(m.id for m in scenario.mechanisms)
    found = factors(engine, default_plays(scenario))
    shared = {f.id: f for f in found if f.name != "scale" and f.rule not in own}
    return Trial(scenario.id, course, targets(case, scenario.calendar), shared)


def shared_factors(trials: Sequence[Trial]) -> list[Factor]:
    """Return the parameters that at least two cases play (all, of a single case)."""
    found: dict[str, list[Factor]] = {}
    for one in trials:
        for name, factor in one.factors.items():
            found.setdefault(name, []).append(factor)
    return [some[0] for some in found.values() if len(some) >= min(2, len(trials))]


class Bench:
    """Plays candidates in every case, with the same luck for all of them."""

    def __init__(self, crew: Crew, trials: Sequence[Trial], progress: Callable[[int], Any]) -> None:
        self.crew = crew
        self.trials = trials
        self.progress = progress
        self.played = 0

    def losses(
        self, chosen: Sequence[Factor], shares: Floats, sessions: int, seed: int, names: Iterable[str]
    ) -> Floats:
        """Return ``[set, case]`` the losses of sets of shares, ``[set, factor]``, in the cases named."""
        wanted = [one for one in self.trials if one.name in set(names)]
        return np.stack([self._losses(one, chosen, shares, sessions, seed) for one in wanted], axis=1)

    def _losses(self, one: Trial, chosen: Sequence[Factor], shares: Floats, sessions: int, seed: int) -> Floats:
        sets = len(shares)
        parameters = {
            (f.rule, f.name): np.repeat(f.at(column), sessions)
            for f, column in zip(chosen, shares.T, strict=True)
            if f.id in one.factors and (column != 0.5).any()
        }
        seeds = np.tile(seeds_of(seed, sessions), sets)
        parts = []
        for part in self.crew.play(one.name, one.course, seeds, parameters):
            parts.append(part)
            self.played += part.sessions
            self.progress(self.played)
        measures = joined(parts).measures
        return losses(one.targets, {n: values.reshape(-1, sets, sessions) for n, values in measures.items()})


def calibrate(
    scenarios: Mapping[str, tuple[Scenario, Bundle]],
    plan: Plan,
    *,
    leave_one_out: bool = False,
    processes: int = 1,
    progress: Callable[[int], Any] = lambda played: None,
) -> Calibration:
    """Tune the shared parameters of some cases.

    Ctrl-C ends the search; what was best until then is weighed, and cases left out before are kept.
    """
    trials = [trial(scenario) for scenario, _ in scenarios.values()]
    names = [one.name for one in trials]
    with Crew(
        {one.name: bundle for one, (_, bundle) in zip(trials, scenarios.values(), strict=True)}, processes
    ) as crew:
        bench = Bench(crew, trials, progress)
        common = shared_factors(trials)
        screening = _Screening(bench, common, plan)
        tuned, chosen, stopped = _tune(screening, names, names)
        changes = _changes(bench, chosen, tuned, plan)
        folds: dict[str, Tuned] = {}
        for left_out in names if leave_one_out and len(names) > 1 and not stopped else ():
            try:
                without, _, stopped = _tune(screening, [n for n in names if n != left_out], names)
            except KeyboardInterrupt:
                stopped = True
            if stopped:  # what was sought for half the time says nothing of the case
                break
            folds[left_out] = without
    return Calibration(tuned, changes, len(common), folds, stopped)


# ── screening ────────────────────────────────────────────────────────────────────────────────────────────────


class _Screening:
    """Which parameters move the loss; rules are played once, and read for any choice of cases."""

    def __init__(self, bench: Bench, common: Sequence[Factor], plan: Plan) -> None:
        self.bench = bench
        self.common = common
        self.plan = plan
        self._rules: tuple[tuple[str, ...], Floats] | None = None

    def influential(self, names: Sequence[str]) -> list[Factor]:
        """Return the parameters that move the mean loss of some cases most."""
        if not self.common:
            return []
        if self._rules is None:
            self._rules = effects([f.rule for f in self.common], self._all_cases, self.plan.paths, self.plan.seed)
        rules, moved = self._rules
        columns = [i for i, one in enumerate(self.bench.trials) if one.name in names]
        kept = {rules[i] for i in strongest(moved[:, columns].mean(axis=1), self.plan.rules)}
        some = [f for f in self.common if f.rule in kept]
        if len(some) <= 1:
            return some
        _, alone = effects([f.id for f in some], self._of(some, names), self.plan.paths + 1, self.plan.seed + 1)
        return [some[i] for i in strongest(alone.mean(axis=1), self.plan.parameters)]

    def _all_cases(self, shares: Floats) -> Floats:
        return self._of(self.common, [one.name for one in self.bench.trials])(shares)

    def _of(self, some: Sequence[Factor], names: Sequence[str]) -> Callable[[Floats], Floats]:
        return lambda shares: self.bench.losses(some, shares, self.plan.sessions, self.plan.seed, names)


# ── searching ────────────────────────────────────────────────────────────────────────────────────────────────


def _tune(screening: _Screening, names: Sequence[str], told: Sequence[str]) -> tuple[Tuned, list[Factor], bool]:
    """Return what is best for some cases, told for these and others, and whether Ctrl-C ended the search."""
    bench, plan = screening.bench, screening.plan
    chosen = screening.influential(names)
    shares, stopped = _search(bench, chosen, names, plan) if chosen else (np.empty(0), False)
    fresh, luck = 4 * plan.sessions, plan.seed + 7919
    rounded = np.array([f.share(_rounded(f, float(f.at(s)))) for f, s in zip(chosen, shares, strict=True)])
    if len(rounded) and not stopped:
        rounded = _thinned(bench, chosen, rounded, plan, names)
    rivals = np.stack([np.full(len(chosen), 0.5), rounded])
    weighed = bench.losses(chosen, rivals, fresh, luck, told)
    mine = [i for i, name in enumerate(told) if name in names]
    better = bool(weighed[1, mine].mean() < weighed[0, mine].mean())
    values = (
        {f.id: _rounded(f, float(f.at(s))) for f, s in zip(chosen, rounded, strict=True) if s != 0.5} if better else {}
    )
    before, after = (dict(zip(told, row, strict=True)) for row in weighed[[0, int(better)]].tolist())
    return Tuned(values, before, after), chosen, stopped


def _search(bench: Bench, chosen: Sequence[Factor], names: Sequence[str], plan: Plan) -> tuple[Floats, bool]:
    """Return the best shares found, and whether Ctrl-C ended the search: the cross-entropy method.

    Ctrl-C before there is anything to return is passed on.
    """
    mean, width = np.full(len(chosen), 0.5), np.full(len(chosen), _WIDE)
    best, least = mean, np.inf
    for number in range(plan.rounds):
        shares = _candidates(chosen, mean, width, number, plan)
        shares[0], shares[1] = mean, best
        try:
            found = bench.losses(chosen, shares, plan.sessions, plan.seed, names).mean(axis=1)
        except KeyboardInterrupt:
            if number == 0:
                raise
            return best, True
        found += FAR * ((2.0 * shares - 1.0) ** 2).mean(axis=1)
        order = np.argsort(found, kind="stable")
        if found[order[0]] < least:
            best, least = shares[order[0]], float(found[order[0]])
        elite = shares[order[: max(2, int(_KEEP * len(shares)))]]
        mean = _MOVE * elite.mean(axis=0) + (1.0 - _MOVE) * mean
        width = np.maximum(_MOVE * elite.std(axis=0) + (1.0 - _MOVE) * width, _NARROWEST)
    return best, False


def _thinned(bench: Bench, chosen: Sequence[Factor], shares: Floats, plan: Plan, names: Sequence[str]) -> Floats:
    """Put back what is worth too little, the weaker half at a time: what goes back changes the worth of what stays."""
    found = shares.copy()
    while len(moved := np.flatnonzero(found != 0.5)):
        worth = _put_back(
            bench, [chosen[i] for i in moved.tolist()], found[moved], 4 * plan.sessions, plan.seed + 1, names
        )
        weak = np.argsort(worth, kind="stable")[: -(-int((worth < WORTH).sum()) // 2)]
        if not len(weak):
            break
        found[moved[weak]] = 0.5
    return found


def _put_back(
    bench: Bench, chosen: Sequence[Factor], shares: Floats, sessions: int, seed: int, names: Iterable[str]
) -> Floats:
    """Return, of each parameter, by how much the mean loss grows if it alone goes back to where it stood."""
    without = np.where(np.eye(len(chosen), dtype=bool), 0.5, shares[None, :])
    found = bench.losses(chosen, np.vstack([shares, without]), sessions, seed, names).mean(axis=1)
    worth: Floats = found[1:] - found[0]
    return worth


def _candidates(chosen: Sequence[Factor], mean: Floats, width: Floats, number: int, plan: Plan) -> Floats:
    key = draws.keys(np.array([plan.seed], dtype=np.uint64), number + 1)
    texts = (f"candidate|{i}|{f.id}" for i in range(plan.candidates) for f in chosen)
    bells = draws.bell(draws.mix(draws.words(texts) ^ key)).reshape(plan.candidates, len(chosen))
    found: Floats = np.clip(mean + width * bells, 0.0, 1.0)
    return found


def _rounded(factor: Factor, value: float) -> float:
    """Return a value in three digits, within its range."""
    return min(max(float(f"{value:.3g}"), factor.low), factor.high)


def _changes(bench: Bench, chosen: Sequence[Factor], tuned: Tuned, plan: Plan) -> tuple[Change, ...]:
    moved = [f for f in chosen if f.id in tuned.values]
    if not moved:
        return ()
    now = np.array([f.share(tuned.values[f.id]) for f in moved])
    names = [one.name for one in bench.trials]
    worth = _put_back(bench, moved, now, 4 * plan.sessions, plan.seed + 1, names)
    return tuple(Change(f, tuned.values[f.id], float(w)) for f, w in zip(moved, worth, strict=True))
