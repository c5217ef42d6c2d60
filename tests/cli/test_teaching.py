"""A first session in line mode: lessons come one after another as their deeds are done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import TOY, process
from wargame.content.load import load_with_bundle

TYPED = {
    "en": ["situation", "orders", "forecast 1.1", "file 1.1", "file 2.1", "end", "why 1",
           "offer 1 give 1=1 ask 2 for 2", "end", "results 1",
           "end", "end", "decisions"],
    "es": ["situación", "órdenes", "pronóstico 1.1", "presentar 1.1", "presentar 2.1", "terminar", "porqué 1",
           "ofrecer 1 dar 1=1 pedir 2 por 2",
           "terminar", "resultados 1", "terminar", "terminar", "decisiones"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_lesson_is_told_once_in_its_order(tmp_path: Path, language: str) -> None:
    done = process(
        "play", "la-pampa-2019", "--line", "--seat", "lima", "--seed", "3", "--lang", language, "--library",
        str(tmp_path), typed="\n".join([*TYPED[language], "quit" if language == "en" else "salir"]) + "\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    word = "LESSON" if language == "en" else "LECCIÓN"
    said = [line for line in done.stdout.splitlines() if line.startswith(word)]
    lessons = load_with_bundle("la-pampa-2019")[0].lessons
    titles = [(lesson.title.en if language == "en" else lesson.title.es).upper() for lesson in lessons]
    assert [line.partition(": ")[2] for line in said] == titles


def test_a_lesson_can_be_heard_again_and_left(tmp_path: Path) -> None:
    done = process(
        "play", "la-pampa-2019", "--line", "--seat", "lima", "--seed", "3", "--lang", "en", "--library", str(tmp_path),
        typed="lesson\nskip\nlesson before\nlesson before\nskip\nquit\n",
    )  # fmt: skip
    heads = [line for line in done.stdout.splitlines() if line.startswith("LESSON")]
    assert [head.split()[1] for head in heads] == ["1", "1", "2", "1", "1", "2"]


def test_elsewhere_there_is_no_lesson(tmp_path: Path) -> None:
    done = process(
        "play", TOY, "--line", "--seat", "presidency", "--lang", "en", "--library", str(tmp_path),
        typed="lesson\nskip\nquit\n",
    )  # fmt: skip
    assert done.stdout.count("There is no lesson to do.") == 2
