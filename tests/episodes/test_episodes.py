"""Roll calls and dated decisions held against the vote of the engine.

The table is remade, after a change that is meant, by ``python -m tests.episodes --remake``; look at the difference,
and at docs/episodes.md, before you keep it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.episodes import facts, table
from wargame.analysis.intervals import share
from wargame.content.sources import is_source

SESSIONS = 250
EPISODES = {e["id"]: e for e in table.episodes()}
KEPT: dict[str, Any] = {
    row["id"]: row for row in json.loads((facts.HERE / "baseline.json").read_text(encoding="utf-8"))
}
TESTS = [row for row in KEPT.values() if row["kind"] == "test"]


@pytest.mark.parametrize("name", EPISODES)
def test_the_vote_comes_out_as_it_did(name: str) -> None:
    kept, now = KEPT[name], table.row(EPISODES[name], SESSIONS)
    assert now.verdict_share.overlaps(share(kept["verdict_hits"], kept["sessions"]))
    moved = {side: (kept["counts"][side][0], here[0]) for side, here in now.counts.items()}
    assert all(abs(before - after) < 0.8 for before, after in moved.values()), moved
    if now.members:
        assert abs(now.hits - kept["hits"]) < 0.08


def test_the_table_is_whole() -> None:
    assert list(KEPT) == list(EPISODES)


def test_most_verdicts_that_nothing_was_fitted_to_are_those_of_history() -> None:
    right = [row["id"] for row in TESTS if row["verdict_hits"] > row["sessions"] / 2]
    assert len(right) >= 0.75 * len(TESTS), sorted({row["id"] for row in TESTS} - set(right))


def test_members_vote_as_they_did_more_often_than_a_guess_that_all_vote_alike() -> None:
    contested = [row for row in TESTS if row["members"] > row["constant"] > 0]
    right, alike = (sum(row[name] for row in contested) for name in ("members_right", "constant"))
    of = sum(row["members"] for row in contested)
    assert share(right, of).low > share(alike, of).value


def test_every_number_and_every_episode_says_what_it_rests_on() -> None:
    dated = [*facts.book()["feuds"], *facts.book()["habits"], *facts.book()["crises"], *facts.book()["codebook"]["oil"]]
    based = [*dated, *facts.book()["codebook"]["caucus"].values(), *EPISODES.values()]
    assert [entry for entry in based if not entry.get("source")] == []
    assert [s for entry in based for s in entry["source"] if not is_source(s)] == []
    for entry in [facts.book()["codebook"], *EPISODES.values()]:
        assert set(entry["assumption"]) == {"en", "es"}
