"""Why a number stayed where it was: what pulled it both ways, when it moved last, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.cli.support import TOY, answer_to
from tests.session.test_clauses import begun
from wargame.model.text import Language
from wargame.telling.causes import tell_why
from wargame.telling.markdown import MarkdownTalk
from wargame.telling.scene import Scene
from wargame.telling.voice import Voice


def test_a_number_that_stayed_says_where_it_comes_from() -> None:
    said = " ".join(answer_to("why government.emergency", "end", "end").split())
    assert "It stayed at " in said
    assert "No turn before had moved it either." in said
    assert "The rules set where it starts. Of your moves, these move it: Declare an emergency." in said
    spanish = " ".join(answer_to("porqué government.emergency", "terminar", "terminar", language=Language.ES).split())
    assert "Tampoco lo había movido ningún turno anterior." in spanish


def test_a_number_that_moved_before_says_when() -> None:
    session = begun(TOY)
    while not session.ended:
        session.resolve()
    scene = Scene(MarkdownTalk(Voice(Language.EN)), session, None)
    why, turns = scene.reasons.why, range(2, session.turn + 1)
    found = ((n, t) for n in scene.reasons._rows for t in turns if why(n, t - 1).change and not why(n, t).change)
    number, turn = next(found)
    tell_why(scene, why(number, turn))
    assert f"It moved last in turn {turn - 1}." in scene.talk.text()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "It was pulled both ways, by +2 and by −2, which cancel out:"),
        (Language.ES, "Tiraron de él en los dos sentidos, +2 y −2, que se anulan:"),
    ],
)
def test_a_number_that_was_pulled_both_ways_says_how_far(language: Language, said: str) -> None:
    session = begun(TOY)
    session.resolve()
    scene = Scene(MarkdownTalk(Voice(language)), session, None)
    found = next(w for n in scene.reasons._rows if (w := scene.reasons.why(n, 1)).change and w.attribute is not None)
    up, down = (replace(found.entries[0], amount=a, parts=()) for a in (2.0, -2.0))
    tell_why(scene, replace(found, after=found.before, entries=(up, down)))
    told = scene.talk.text()  # type: ignore[attr-defined]
    assert said in told
    assert told.index(said) < told.index("**+2") < told.index("**−2")
