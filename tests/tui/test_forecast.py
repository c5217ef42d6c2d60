"""The forecast of an order, as it is read on the screen."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
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


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in another way there")
def test_where_the_worker_is_killed_that_is_said_and_the_next_question_starts_another(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(TOY, "presidency", seed=7), size=(100, 30)) as at:
            await at.press("4", "p")
            panel = at.app.screen.query_one(ForecastPanel)
            for worker in multiprocessing.active_children():
                assert worker.pid is not None
                os.kill(worker.pid, signal.SIGKILL)
            await at.until(lambda: not panel.is_asking)
            said = " ".join(at.text.split())
            assert "The worker that makes forecasts has died" in said
            assert "p starts another." in " ".join("".join(t for t, _ in panel.rows[0].draw(200)[0]).split())
            await at.press("p")
            await at.until(lambda: not panel.is_asking and len(panel.rows) > 2)
            assert "Your score at the end of turn" in at.text

    run(test)
