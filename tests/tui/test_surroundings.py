"""Which numbers the tables show: those on which the objectives of the seat rest, then those that tell rows apart."""

from __future__ import annotations

from tests.session.test_reasons import begin
from wargame.model.text import Language
from wargame.telling.scene import Scene
from wargame.telling.surroundings import Surroundings
from wargame.telling.voice import Voice
from wargame.tui.page import Page


def test_what_objectives_rest_on_comes_first_even_if_few_have_it() -> None:
    session = begin("venezuela-2019", "bogota")
    around = Surroundings(Scene(Page(Voice(Language.EN)), session, "bogota"))
    assert set(around.columns(around.actors, 2)) == {"operations", "acceptance"}
    others = [a for a in around.columns(around.zones, 6) if a not in ("operations", "acceptance")]
    for attribute in others:
        rows = [row for zone in around.zones if (row := around.row(zone.id, attribute)) is not None]
        assert len({around.scene.reading(row).value for row in rows}) > 1
