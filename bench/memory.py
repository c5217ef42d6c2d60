"""The most memory that a process needs to play sessions: ``python -m bench.memory SCENARIO SESSIONS CHUNK``.

Run in a process of its own, because a process never forgets its peak.
"""

from __future__ import annotations

import subprocess
import sys

from bench.arena import Arena
from bench.tables import make
from bench.workload import NAME, load_w
from wargame.content.load import load_scenario
from wargame.engine import draws


def peak_of(scenario: str, sessions: int, chunk: int) -> float | None:
    """Return the peak of a new process in MB; None where the system does not tell (Windows)."""
    command = [sys.executable, "-m", "bench.memory", scenario, str(sessions), str(chunk)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout) or None


def _play(scenario: str, sessions: int, chunk: int) -> None:
    arena = Arena.at_random(load_w(make())) if scenario == NAME else Arena.by_doctrine(load_scenario(scenario))
    seeds = draws.seeds_of(1, sessions)
    for start in range(0, sessions, chunk):
        arena.play(seeds[start : start + chunk])


def _peak() -> float:
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    _play(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    print(_peak())
