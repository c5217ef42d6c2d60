"""What an ensemble did against what happened: one row an episode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from tests.episodes import facts
from tests.episodes.stage import Roll, hold
from wargame.analysis.intervals import Interval, mean, share
from wargame.model.institutions import Verdict

SESSIONS: Final = 1000
SEED: Final = 2019
SIDES: Final = {"for": 1, "against": -1, "abstained": 0}
_COUNTED: Final = {"for": "yes", "against": "no", "abstained": "abstained"}
WRONG: Final = 0.05
"""A member that votes as it did in less than this share of sessions is always wrong."""
_VERDICTS: Final = {
    "adopted": (Verdict.ADOPTED,),
    "vetoed": (Verdict.VETOED,),
    "no-quorum": (Verdict.NO_QUORUM,),
    "not-adopted": tuple(v for v in Verdict if v not in (Verdict.ADOPTED, Verdict.NONE)),
}


@dataclass(frozen=True)
class Row:
    """An episode held against history."""

    id: str
    kind: str
    sessions: int
    """Sessions in which the text came to a vote; in the others it could not be tabled."""
    asked: int
    verdict: str
    verdict_hits: int
    counts: Mapping[str, tuple[float, float, float]]
    """Side → mean, and the points between which 80 in 100 sessions lie."""
    history: Mapping[str, int]
    members: int
    """Members whose vote is known and who did not table the text."""
    members_right: int
    """Those of them whose most frequent vote was the historical one."""
    hits: float
    """Share of single votes of theirs, over all sessions, that were the historical ones."""
    constant: int
    """Members that would be right if everybody voted as most did."""
    always_wrong: Mapping[str, str]
    """Member → its historical vote and its most frequent one here."""
    usual: Mapping[str, str]
    """Member → its most frequent vote here."""

    @property
    def verdict_share(self) -> Interval:
        """Return the share of sessions with the historical verdict."""
        return share(self.verdict_hits, self.sessions)


def episodes() -> list[dict[str, Any]]:
    """Return all episodes."""
    found: list[dict[str, Any]] = facts.read("episodes.yaml")["episodes"]
    return found


def row(episode: Mapping[str, Any], sessions: int = SESSIONS, seed: int = SEED) -> Row:
    """Stage an episode and hold it against history."""
    roll, held = hold(episode, sessions, seed).voted(), episode["held"]
    known = {who: side for side in SIDES for who in held.get(side, ()) if who not in roll.sponsors}
    known |= dict.fromkeys(held.get("not_for", ()), "not_for")
    right = {who: _share(roll, who, side) for who, side in known.items()}
    usual = {who: _usual(roll, who) for who in roll.members}
    agree = [who for who, side in known.items() if _same(usual.get(who, ""), side)]
    sides = list(known.values())
    return Row(
        episode["id"],
        episode["kind"],
        len(roll.verdict),
        sessions,
        held["verdict"],
        int(np.isin(roll.verdict, _VERDICTS[held["verdict"]]).sum()),
        {side: _spread(roll.counts[name]) for side, name in _COUNTED.items()},
        held.get("counts", {}),
        len(known),
        len(agree),
        float(np.mean(list(right.values()))) if right else float("nan"),
        max((sides.count(s) for s in SIDES), default=0),
        {who: f"{known[who]} → {usual.get(who, 'away')}" for who in sorted(known) if right[who] < WRONG},
        usual,
    )


def _same(here: str, there: str) -> bool:
    return here == there or (there == "not_for" and here in ("against", "abstained"))


def _share(roll: Roll, who: str, side: str) -> float:
    """Return the share of sessions in which a member voted as it did."""
    if who not in roll.members:
        return 0.0
    at = roll.members.index(who)
    if side == "not_for":
        return float((roll.vote[at] < 1).mean())
    return float((roll.cast[at] & (roll.vote[at] == SIDES[side])).mean())


def _usual(roll: Roll, who: str) -> str:
    return max(SIDES, key=lambda side: _share(roll, who, side))


def _spread(counts: Any) -> tuple[float, float, float]:
    low, high = np.quantile(counts, [0.1, 0.9])
    return round(float(mean(counts).value), 2), float(low), float(high)


def as_json(rows: list[Row]) -> list[dict[str, Any]]:
    """Return the table as JSON values."""
    return [asdict(r) for r in rows]


def _missed(r: Row) -> str:
    return "" if r.sessions == r.asked else f" (in {r.asked - r.sessions} more the text could not be tabled)"


def as_text(rows: list[Row]) -> str:
    """Return the table as lines."""
    lines = []
    for r in rows:
        v = r.verdict_share
        lines.append(
            f"{r.id} [{r.kind}]: {r.verdict} in {v.value:.0%} ({v.low:.0%}–{v.high:.0%}) of {r.sessions}" + _missed(r)
        )
        for side in SIDES:
            here = r.counts[side]
            told = f", history {r.history[side]}" if side in r.history else ""
            lines.append(f"    {side}: {here[0]:.1f} ({here[1]:.0f}–{here[2]:.0f}){told}")
        if r.members:
            lines.append(f"    members: {r.members_right} of {r.members} as in history (all alike: {r.constant})")
            lines.append(f"    single votes of theirs: {r.hits:.0%} as in history")
        if r.always_wrong:
            lines.append("    always wrong: " + "; ".join(f"{who} {how}" for who, how in r.always_wrong.items()))
    return "\n".join(lines)
