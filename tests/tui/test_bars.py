"""The bars of a count: votes as they are counted, with a quorum only where there is one, over the members called."""

from __future__ import annotations

from dataclasses import replace

from wargame.model.text import Text, same
from wargame.telling.roll import Called, Roll
from wargame.tui.count import _drawer
from wargame.tui.ink import width_of, words_of


def delegation(name: str, votes: int, vote: int, *, cast: bool = True) -> Called:
    return Called(same(name), vote, cast, False, votes, same("yes"), None)


ROLL = Roll(
    same("A text"), same("A body"), same("two thirds"),
    (
        delegation("Many", 14, 1), delegation("Some", 8, 1), delegation("One", 1, -1),
        delegation("Away", 4, 0, cast=False),
    ),
    22.0, 23.0, 18, 14, 27, same("22 for, 1 against"), same("Adopted"), True,
)  # fmt: skip


def drawn(roll: Roll, called: int, *, over: bool, width: int = 76) -> list[str]:
    lines = _drawer(lambda text: text.en if isinstance(text, Text) else text, roll, called, over=over)(width)
    assert all(width_of(line) <= width for line in lines)
    return [words_of(line) for line in lines]


def test_bars_count_votes_and_not_delegations() -> None:
    assert any("14 of 18 needed" in line for line in drawn(ROLL, 1, over=False))
    found = drawn(ROLL, 4, over=True)
    assert any("22 of 18 needed" in line for line in found)
    assert any("23 of 14 needed" in line for line in found)


def test_there_is_no_bar_of_a_quorum_where_none_is_asked_for() -> None:
    assert not any("present" in line for line in drawn(replace(ROLL, quorum=0), 4, over=True))


def test_the_result_stands_over_the_members_once_it_is_known() -> None:
    found = drawn(ROLL, 4, over=True)
    result = next(n for n, line in enumerate(found) if "Adopted" in line)
    assert result < next(n for n, line in enumerate(found) if "Many" in line)
    assert not any("Adopted" in line for line in drawn(ROLL, 4, over=False))


def test_long_bars_keep_to_a_narrow_screen() -> None:
    drawn(replace(ROLL, members=190, quorum=96, needed=127, yes=150.0, present=180.0), 4, over=True, width=60)
