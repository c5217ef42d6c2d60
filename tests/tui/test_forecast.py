"""The forecast of an order, as it is read on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.support import TOY, run, table
from wargame.model.text import Language
from wargame.tui.app import Asked
from wargame.tui.forecast import ForecastPanel

ANSWERS = {
    Language.EN: ("Your score at the end of turn", "of ten pairs of worlds", "each for a twentieth"),
    Language.ES: ("Su puntaje al final del turno", "de cada diez pares de mundos", "cada uno por un veinteavo"),
}


@pytest.mark.parametrize("language", list(ANSWERS))
def test_a_forecast_says_what_was_asked_before_it_says_how_it_is_read(tmp_path: Path, language: Language) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), language, size=(100, 30)) as at:
            await at.press("4", "p")
            panel = at.app.screen.query_one(ForecastPanel)
            await at.until(lambda: not panel.is_asking and len(panel.rows) > 2)
            told = " ".join("".join(text for text, _ in line) for row in panel.rows for line in row.draw(44)).lower()
            score, pairs, how = (told.index(part.lower()) for part in ANSWERS[language])
            assert score < pairs < told.index("●") < how
            assert ANSWERS[language][0] in at.text

    run(test)
