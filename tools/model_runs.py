"""Runs the program itself and keeps what it measured in ``docs/model/*.json``, for ``tools/model_page.py``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
KEPT: Final = ROOT / "docs" / "model"
CASES: Final = ("vraem-2012", "migrant-surge-2012", "venezuela-2018", "colombia-2012", "bodies-2017")
SCENARIOS: Final = (
    "vraem-2020", "venezuela-2019", "northern-triangle-2014", "after-unasur-2019", "empty-chair-2017", "la-pampa-2019",
)  # fmt: skip
SEED: Final = "20221"
FINDINGS: Final = ("out_of_balance", "dominant", "alike", "unreached", "unused")
"""What should be empty in a scenario that is a game."""
DRIFT: Final = 0.15
"""The share from which on an idle trend wants a reason (``wargame balance``)."""


def measure_cases(sessions: str, names: Sequence[str]) -> None:
    """Play each case under each of its lenses."""
    for name in names:
        found = {lens: _asked("hindcast", name, "--lens", lens, "-n", sessions) for lens in _lenses(name)}
        keep(f"hindcast-{name}", found)


def measure_lenses(sessions: str, names: Sequence[str]) -> None:
    """Play each scenario by its first doctrines under each of its lenses."""
    for name in names:
        found = {lens: _asked("simulate", name, "--lens", lens, "-n", sessions) for lens in _lenses(name)}
        keep(f"lenses-{name}", found)


def measure_balance(sessions: str, names: Sequence[str], states: str = "16") -> None:
    """Play all doctrines of each scenario against all, and keep what the page tells of it."""
    for name in names:
        found = _asked("balance", name, "--sessions", sessions, "--states", states)
        grown = [means["number"] for means in found["use"]["resources"] if means["only_grows"]]
        unstated = [
            t["number"] for t in found["idle"]["trends"] if t["counts"] and not t["stated"] and abs(t["drift"]) > DRIFT
        ]
        said = {key: found[key] for key in ("sessions", "seed", "lens", "wins", "endings", "explained", *FINDINGS)}
        idle = {one["seat"]: one["nothing"] for one in found["moves"]}
        outdone = [(d["seat"], d["move"], d["by"]) for one in found["moves"] for d in one["dominated"]]
        whole = {**said, "grown": grown, "unstated": unstated, "nothing": idle, "outdone": outdone}
        keep(f"balance-{name}", whole)


def measure_planner(pairs: str, names: Sequence[str], only: Sequence[str] = ()) -> None:
    """Let each seat of a scenario think ahead against its own first doctrine, seat by seat, keeping each at once.

    Where only some seats are named, what was kept of the others stays, if it was measured in as many pairs.
    """
    from wargame.analysis.duel import duels
    from wargame.content.load import load_with_bundle

    for name in names:
        scenario, bundle = load_with_bundle(name)
        before = kept(f"planner-{name}")
        if not only or before is None or before["pairs"] != int(pairs):
            keep(f"planner-{name}", {"pairs": int(pairs), "seats": {}})
        for seat in [seat.id for seat in scenario.seats if not only or seat.id in only]:
            (duel,) = duels(bundle, [seat], int(pairs), int(SEED), lens=scenario.lens, processes=1)
            found = kept(f"planner-{name}") or {"pairs": int(pairs), "seats": {}}
            found["seats"][seat] = {
                "wins": asdict(duel.wins),
                "doctrine": float(duel.usual.mean()),
                "ahead": float(duel.ahead.mean()),
                "favourites": list(duel.favourites),
            }
            keep(f"planner-{name}", found)
            sys.stderr.write(f"{name} {seat}: {duel.wins.value:.2f}\n")


def measure_sensitivity(sessions: str, names: Sequence[str]) -> None:
    """Ask of each scenario which assumptions decide it."""
    for name in names:
        keep(f"sensitivity-{name}", _asked("sensitivity", name, "--sessions", sessions))


def _asked(*words: str) -> Any:
    command = [sys.executable, "-m", "wargame", *words, "--seed", SEED, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr.strip()[-600:]}")
    sys.stderr.write(" ".join(words) + "\n")
    return json.loads(done.stdout)


def _lenses(name: str) -> tuple[str, ...]:
    return tuple(scenario_of(name).lenses)


def scenario_of(name: str) -> Any:
    """Return a shipped scenario."""
    from wargame.content.load import load_with_bundle

    return load_with_bundle(name)[0]


def keep(name: str, found: Any) -> None:
    """Write what a run measured, rounded."""
    KEPT.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_rounded(found), ensure_ascii=False, indent=1, sort_keys=True)
    (KEPT / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _rounded(value: Any) -> Any:
    """Return JSON with four significant digits: more would only be noise between runs."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def kept(name: str) -> Any:
    """Return what a run measured, or None."""
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
