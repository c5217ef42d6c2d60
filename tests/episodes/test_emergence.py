"""Nothing is scripted here: one cause is varied, the sessions share their seeds, and what follows is counted.

Intervals that do not overlap are the test; directions are those that the sources claim (docs/episodes.md).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.episodes import houses
from tests.episodes.houses import Course, Hands
from wargame.analysis.intervals import Interval, mean, share
from wargame.model.institutions import MEMBERSHIP

pytestmark = pytest.mark.slow

TWELVE = (
    "argentina", "bolivia", "brazil", "chile", "colombia", "ecuador", "guyana", "paraguay", "peru", "suriname",
    "uruguay", "venezuela",
)  # fmt: skip
SIX = ("argentina", "brazil", "chile", "colombia", "paraguay", "peru")
SIGNERS = ("argentina", "brazil", "chile", "colombia", "ecuador", "guyana", "paraguay", "peru")
CLUBS = ("prosur", "lima_group", "quito_process", "leticia_pact", "icg")
QUORUM = 9


# ── causes ───────────────────────────────────────────────────────────────────────────────────────────────────


def distances(factor: float, hands: Hands) -> None:
    """Draw the outlooks of the twelve together or apart around their mean."""
    outlooks = {who: hands.get(who, "outlook") for who in TWELVE}
    middle = sum(outlooks.values()) / len(outlooks)
    for who, value in outlooks.items():
        hands.set(who, "outlook", min(100.0, max(0.0, middle + factor * (value - middle))))


def strike(percent: float, hands: Hands) -> None:
    """Let six stay away and not pay, and give them so much of the budget."""
    quotas = {who: hands.get(hands.seat(who, "unasur"), "quota") for who in TWELVE}
    theirs = sum(quotas[who] for who in SIX)
    whole = sum(quotas.values())
    for who, quota in quotas.items():
        factor = percent / theirs if who in SIX else (whole - percent) / (whole - theirs)
        hands.set(hands.seat(who, "unasur"), "quota", quota * factor)
    for who in SIX:
        hands.set(hands.seat(who, "unasur"), "absent", 1)
        hands.set(hands.seat(who, "unasur"), "withholding", 1)


def second_roof(hands: Hands) -> None:
    """Let the rival club exist from the beginning."""
    hands.set("prosur", "dormant", 0)
    for who in SIGNERS:
        hands.set(hands.seat(who, "prosur"), "standing", 1)


def two_turn(hands: Hands) -> None:
    """Change two governments that stood apart into like-minded ones."""
    for who in ("ecuador", "uruguay"):
        hands.set(who, "outlook", 78)


ALONE = {("a-chair-waits-elsewhere", "follow"): 0.0, ("letter-to-the-depositary", "follow"): 0.0}
COURSES: dict[str, Any] = {
    "as it is": lambda: houses.play(),
    "close": lambda: houses.play(lambda h: distances(0.3, h)),
    "far": lambda: houses.play(lambda h: distances(1.3, h)),
    "post filled": lambda: houses.play(lambda h: h.set("unasur", "head_vacant", 0)),
    "small payers strike": lambda: houses.play(lambda h: strike(17, h)),
    "large payers strike": lambda: houses.play(lambda h: strike(82, h)),
    "two roofs": lambda: houses.play(second_roof),
    "two roofs, nobody follows": lambda: houses.play(second_roof, parameters=ALONE),
    "two governments change": lambda: houses.play(later=(5, two_turn)),
}


@cache
def course(name: str) -> Course:
    found: Course = COURSES[name]()
    return found


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────


def without_quorum(name: str) -> Interval:
    """Return the share of sessions in which the house of twelve could at some time not vote."""
    lost = np.any(course(name)["unasur", "members_present"] < QUORUM, axis=0)
    return share(int(lost.sum()), lost.size)


def adopted(name: str) -> Interval:
    """Return the share of the texts of the twelve that passed."""
    c = course(name)
    passed, fell = (c.last("unasur", f"{what}_texts") for what in ("adopted", "failed"))
    return mean(passed / np.maximum(1, passed + fell))


def by_objection(name: str) -> Interval:
    return mean(course(name).last("unasur", "failed_by_objection"))


def till_empty(name: str) -> Interval:
    """Return the share of sessions in which the till ran out."""
    empty = np.any(course(name)["unasur", "fund"] < 0.5, axis=0)
    return share(int(empty.sum()), empty.size)


def letters(name: str) -> Any:
    """Return ``[member, session]``: did it give notice?"""
    engine, _ = houses.table()
    seats = [engine.layout.ties[MEMBERSHIP, who, "unasur"] for who in TWELVE]
    c = course(name)
    return np.array([((c[k, "notice"] > 0) | (c[k, "standing"] < 0.5)).any(axis=0) for k in seats])


def exits(name: str) -> Interval:
    return mean(letters(name).sum(axis=0).astype(float))


def clustering(name: str) -> Interval:
    """Return the variance of the number of exits over what it would be if each left for reasons of its own."""
    gone = letters(name)
    rng = np.random.default_rng(7)
    picks = [np.arange(gone.shape[1]), *rng.integers(0, gone.shape[1], (400, gone.shape[1]))]
    shares = [gone[:, pick].mean(axis=1) for pick in picks]
    found = [gone[:, p].sum(axis=0).var() / (s * (1 - s)).sum() for p, s in zip(picks, shares, strict=True)]
    low, high = np.quantile(found[1:], [0.025, 0.975])
    return Interval(float(found[0]), float(low), float(high))


def rival_founded(name: str) -> Interval:
    c = course(name)
    there = (c.last("prosur", "dormant") < 0.5) & (c.last("prosur", "founding") < 0.5)
    return share(int(there.sum()), len(there))


def decided_in_clubs(name: str) -> Interval:
    """Return the share of adopted texts, of clubs and of the twelve, that were adopted in clubs."""
    c = course(name)
    clubs = sum(c.last(club, "adopted_texts") for club in CLUBS)
    return mean(clubs / np.maximum(1, clubs + c.last("unasur", "adopted_texts")))


def above(more: Interval, less: Interval) -> bool:
    """Say whether one estimate lies above another, intervals and all."""
    return more.low > less.high


# ── what follows ─────────────────────────────────────────────────────────────────────────────────────────────


def test_distance_between_governments_paralyses_the_house_of_twelve() -> None:
    assert above(adopted("close"), adopted("as it is"))
    assert above(adopted("as it is"), adopted("far"))
    assert above(by_objection("as it is"), by_objection("close"))
    assert above(without_quorum("as it is"), without_quorum("close"))
    assert above(without_quorum("far"), without_quorum("as it is"))


def test_an_empty_post_costs_the_house_its_quorum() -> None:
    assert above(without_quorum("as it is"), without_quorum("post filled"))
    assert above(exits("as it is"), exits("post filled"))


def test_a_strike_empties_the_till_where_the_strikers_hold_the_quotas() -> None:
    assert above(till_empty("large payers strike"), till_empty("small payers strike"))


def test_texts_move_to_clubs_when_the_house_is_divided() -> None:
    assert above(decided_in_clubs("as it is"), decided_in_clubs("close"))
    assert above(decided_in_clubs("far"), decided_in_clubs("as it is"))


def test_members_leave_one_roof_when_they_have_another() -> None:
    assert above(exits("two roofs"), exits("as it is"))


def test_exits_come_in_clusters_because_members_follow_one_another() -> None:
    assert clustering("two roofs").low > 1
    assert above(clustering("two roofs"), clustering("two roofs, nobody follows"))


def test_two_changes_of_government_found_the_rival() -> None:
    assert above(rival_founded("two governments change"), rival_founded("as it is"))
