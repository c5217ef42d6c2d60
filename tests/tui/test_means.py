"""The head of the screen: what there is to pay with stands in the same order in every turn and at every width."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import TOY, run, table
from wargame.tui.app import Asked
from wargame.tui.means import means


def names(line: tuple[tuple[str, str], ...]) -> list[str]:
    return [text.strip()[:3] for text, style in line if style == "$dim"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_all_means_are_shown_in_one_order_before_and_after_orders(tmp_path: Path, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), size=size) as at:
            sitting = at.app.sitting
            assert sitting is not None
            before = names(means(sitting, 400))
            assert len(before) >= 2
            assert [word for word in before if word not in at.lines[0]] == [], at.lines[0]
            await at.press("4", "f", "down", "f", "e")
            assert names(means(sitting, 400)) == before
            assert names(means(sitting, 22)) == before

    run(test)


def test_where_there_is_next_to_no_room_the_scarcest_stay(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7)) as at:
            sitting = at.app.sitting
            assert sitting is not None
            whole = names(means(sitting, 400))
            few = names(means(sitting, 10))
            assert 0 < len(few) < len(whole)
            assert [word for word in whole if word in few] == few, "what is left keeps its order"

    run(test)
