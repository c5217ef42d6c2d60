"""Measures the engine: on workload W beside careful Python and C, and on a shipped scenario. ``make bench``."""

from __future__ import annotations

import argparse
import subprocess
import sys

import numpy as np

from bench.arena import Arena
from bench.careful import Careful
from bench.clock import Rates, Runner, race
from bench.equality import Programs, check_equal
from bench.hotspots import print_hotspots
from bench.houses import BODIES, Houses, housed
from bench.live import play_live
from bench.memory import peak_of
from bench.native import Native
from bench.report import CAREFUL, NATIVE, Bar, print_bars, print_machine, print_rates, print_waits
from bench.tables import Tables, make
from bench.workload import NAME, load_w
from wargame.bots.bots import default_plays
from wargame.content.load import load_with_bundle
from wargame.engine import draws
from wargame.model.errors import ContentError
from wargame.model.text import Language

CHUNKS = (1000, 2000)
MANY = 10_000
HOUSED, HOUSED_CHUNK = "vraem-2020", 1000
"""The scenario that is given bodies and promises, in the chunks that ensembles have."""
_WITHOUT = "the same rules, no body, no promise"
_CAREFUL_SESSIONS = 40
_NATIVE_SESSIONS = 8000


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    options = _options()
    tables = make()
    if options.profile:
        return _profile(tables, options.scenario)
    print_machine()
    bars = [*_bars_of_memory(options.scenario), *_bars_of_w(tables, options)]
    bars += [*_bars_of_scenario(options), *_bars_of_houses(options)]
    print_bars(bars)
    return 0 if all(bar.met for bar in bars) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scenario", default="vraem-2020", help="the scenario measured beside W (name or folder)")
    parser.add_argument("--rounds", type=int, default=7, help="how often everything is timed; medians are printed")
    parser.add_argument("--seeds", type=int, default=50, help="sessions in which all programs must end alike")
    parser.add_argument("--profile", action="store_true", help="only print where the time goes")
    return parser.parse_args()


# ── workload W ─────────────────────────────────────────────────────────────────────────────────────────────────


def _bars_of_w(tables: Tables, options: argparse.Namespace) -> list[Bar]:
    programs = Programs(Arena.at_random(load_w(tables)), Careful(tables), _native(tables))
    compared = check_equal(programs, options.seeds)
    names = "engine, careful Python and C" if programs.native else "engine and careful Python"
    print(f"W: {names} end {options.seeds} sessions in equal worlds ({compared:,} numbers compared, tick by tick)")
    rates = race(_runners_of_w(programs), options.rounds, _tell)
    print_rates("Workload W, simultaneous turns, random bots", rates, (CAREFUL, NATIVE))
    best = max((rates[_engine(chunk)] for chunk in CHUNKS), key=lambda rate: rate.median)
    bars = [Bar("W, engine ÷ careful Python", best.against(rates[CAREFUL]), 5)]
    if NATIVE in rates:
        bars.append(Bar("W, engine ÷ C", best.against(rates[NATIVE]), 0.15))
    return bars


def _native(tables: Tables) -> Native | None:
    try:
        return Native(tables)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(f"C is left out: {error}", file=sys.stderr)
        return None


def _runners_of_w(programs: Programs) -> dict[str, Runner]:
    careful, native = programs.careful, programs.native
    runners = {CAREFUL: Runner(_CAREFUL_SESSIONS, lambda n: [careful.play(s) for s in _plain(n, _CAREFUL_SESSIONS)])}
    runners |= {_engine(chunk): _batches(programs.arena, chunk) for chunk in CHUNKS}
    if native is not None:
        runners[NATIVE] = Runner(_NATIVE_SESSIONS, lambda n: native.play(draws.seeds_of(n, _NATIVE_SESSIONS)))
    return runners


def _plain(seed: int, count: int) -> list[int]:
    return [int(s) for s in draws.seeds_of(seed, count)]


def _batches(arena: Arena, chunk: int) -> Runner:
    return Runner(chunk, lambda n: arena.play(draws.seeds_of(n, chunk)))


def _engine(chunk: int) -> str:
    return f"engine, chunks of {chunk:,}"


def _tell(number: int) -> None:
    print(f"round {number} …" if number else "warming up …", file=sys.stderr)


# ── a scenario ─────────────────────────────────────────────────────────────────────────────────────────────────


def _bars_of_scenario(options: argparse.Namespace) -> list[Bar]:
    try:
        scenario, bundle = load_with_bundle(options.scenario)
    except ContentError as error:
        print(f"{options.scenario} is left out: {error}", file=sys.stderr)
        return []
    arena = Arena.by_doctrine(scenario)
    rates = race({_engine(chunk): _batches(arena, chunk) for chunk in CHUNKS}, options.rounds, _tell)
    print_rates(f"{scenario.id}, {arena.engine.turns} turns, doctrine bots", rates)
    waits = play_live(scenario, bundle, len(scenario.seats)).waits()
    print_waits(f"{scenario.id}, a live session", waits)
    view, orders, turn = (wait.median for wait in waits.values())
    return [
        Bar(f"{scenario.id}, full length", _best(rates), 500, "sessions/s per core"),
        Bar("live: a seat's view", view, 5, "ms", at_most=True),
        Bar("live: a seat's legal orders", orders, 50, "ms", at_most=True),
        Bar("live: a turn, with ledger and log", turn, 50, "ms", at_most=True),
    ]


def _bars_of_houses(options: argparse.Namespace) -> list[Bar]:
    """Measure bodies and agreements in play together, beside the same rules without a body or a promise."""
    scenario, bundle = load_with_bundle(HOUSED)
    plays = default_plays(scenario)
    without, full = Houses(housed(bundle, ()), plays, promises=0), Houses(housed(bundle), plays)
    arenas = {_WITHOUT: without, f"{len(BODIES)} bodies, {len(full.chosen())} promises": full}
    rates = race({name: _batches(arena, HOUSED_CHUNK) for name, arena in arenas.items()}, options.rounds, _tell)
    print_rates(f"{scenario.id} with bodies and agreements, chunks of {HOUSED_CHUNK:,}", rates, (_WITHOUT,))
    found = np.array(full.seen)
    print(f"  a turn settles {found[:, 0].mean():.0f} promises; {found[:, 1].max():.0f} texts come to a vote")
    rate = rates[next(name for name in arenas if name != _WITHOUT)]
    return [Bar(f"{scenario.id}, bodies and agreements", rate.median, 500, "sessions/s per core")]


def _best(rates: dict[str, Rates]) -> float:
    return max(rate.median for rate in rates.values())


def _bars_of_memory(scenario: str) -> list[Bar]:
    """Measure first, while this process is small: a child's peak counts what it was forked from."""
    found = []
    for name, chunk in ((NAME, MANY), (scenario, CHUNKS[-1])):
        try:
            peak = peak_of(name, MANY, chunk)
        except subprocess.CalledProcessError:
            print(f"memory of {name} is left out: it does not load", file=sys.stderr)
            continue
        if peak is not None:
            how = "at once" if chunk == MANY else f"in chunks of {chunk:,}"
            found.append(Bar(f"{name}, {MANY:,} sessions {how}", peak, 1000, "MB", at_most=True))
    return found


# ── where the time goes ────────────────────────────────────────────────────────────────────────────────────────


def _profile(tables: Tables, scenario: str) -> int:
    print_hotspots(Arena.at_random(load_w(tables)), CHUNKS[0])
    try:
        found, _ = load_with_bundle(scenario)
    except ContentError as error:
        print(error.problems[0].say(Language.EN), file=sys.stderr)
        return 1
    print_hotspots(Arena.by_doctrine(found), CHUNKS[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
