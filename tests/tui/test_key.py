"""Every mark that is drawn is explained: beside it, or under F1."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.tui.support import Table, run, table
from wargame.model.text import Language
from wargame.tui.app import Asked
from wargame.tui.dialogs import Reader
from wargame.tui.ink import words_of
from wargame.tui.panel import Panel

SENTENCES = frozenset("−.,:;()[]'\"“”‘’«»¿?¡!/-%…—=#&")
"""Signs of ordinary writing; among them some that are marks as well."""


def marks_of(text: str) -> set[str]:
    """Return what is drawn that is neither writing nor a dot of a picture."""
    return {c for c in text if not c.isspace() and unicodedata.category(c)[0] not in "LN"
            and not 0x2800 <= ord(c) < 0x2900} - SENTENCES  # fmt: skip


async def explained(at: Table) -> set[str]:
    """Open the help with one key, and return all that it says."""
    await at.press("f1")
    assert isinstance(at.app.screen, Reader)
    rows = at.app.screen.query_one(Panel).rows
    said = "".join(words_of(line) for row in rows for line in row.draw(120))
    await at.press("escape")
    return set(said)


@pytest.mark.parametrize(
    ("scenario", "seat", "language"),
    [("venezuela-2019", "opposition", Language.EN), ("vraem-2020", "presidency", Language.ES)],
)
def test_every_mark_on_every_tab_is_explained_by_one_key(
    tmp_path: Path, scenario: str, seat: str, language: Language
) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(scenario, seat, seed=7, short=True), language, (200, 60)) as at:
            missing = {}
            for turn in (1, 2):
                for tab in "1234567" if turn == 1 else "1267":
                    await at.press(tab)
                    drawn = marks_of(at.text)
                    if left := drawn - await explained(at):
                        missing[turn, tab] = left
                if turn == 1:
                    assert at.app.sitting is not None
                    at.app.sitting.session.resolve()
                    at.app.sitting.moved()
                    at.app.refill()
            assert not missing

    run(test)


def test_the_squares_of_causes_are_explained_beside_them(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("vraem-2020", "presidency", seed=7, short=True), size=(120, 40)) as at:
            assert at.app.sitting is not None
            at.app.sitting.session.resolve()
            at.app.sitting.moved()
            at.app.refill()
            await at.press("6")
            assert "■ against you  □ for you" in at.text

    run(test)
