"""Layers of the map, names beside its marks, and the graph of relations: as data declare them, never more than seen."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.session.test_reasons import begin
from tests.tui.support import SIZES, run, table
from wargame.model.kinds import Layer, Sight
from wargame.model.text import Language
from wargame.telling.layers import TITLES, Layers
from wargame.telling.relations import Relations
from wargame.telling.scene import Scene
from wargame.telling.surroundings import CONDITIONS, Surroundings
from wargame.telling.voice import Voice
from wargame.tui.app import Asked
from wargame.tui.canvas import Canvas
from wargame.tui.graph import Graph
from wargame.tui.graph_panel import GraphPanel, Node, placed
from wargame.tui.ink import words_of
from wargame.tui.labels import Label, set_labels
from wargame.tui.map_panel import MapPanel
from wargame.tui.page import Page
from wargame.tui.theatre import OTHER, SIGNS, legend_of, line_mark, routes_of


def around(scenario: str, seat: str) -> Surroundings:
    return Surroundings(Scene(Page(Voice(Language.EN)), begin(scenario, seat), seat))


@pytest.mark.parametrize(
    ("scenario", "seat", "wanted"),
    [
        ("vraem-2020", "presidency", {Layer.CONTROL, Layer.VIOLENCE, Layer.FLOWS}),
        ("venezuela-2019", "bogota", set(Layer)),
        ("empty-chair-2017", "ecuador", {Layer.ALIGNMENT, Layer.MEMBERSHIPS}),
    ],
)
def test_layers_are_those_that_packs_declare(scenario: str, seat: str, wanted: set[Layer]) -> None:
    here = around(scenario, seat)
    layers = Layers(here)
    found = {sheet.layer for sheet in layers.sheets} - {None}
    assert found == wanted
    for sheet in layers.sheets:
        assert sheet.places
        assert sheet.marks or sheet.lines
        legend = legend_of(sheet, here, layers, lambda text: text.en)(60)
        said = "".join(words_of(line) for line in legend)
        assert any(text.en in said for text in CONDITIONS.values()) or not sheet.marks
        if routes_of(sheet, layers):
            assert here.title(sheet.lines).en in said
            assert any(word in said for word in ("strong", "some", "weak"))


def test_no_layer_shows_what_is_hidden() -> None:
    here = around("vraem-2020", "presidency")
    layers = Layers(here)
    for sheet in layers.sheets:
        assert all(here.scene.reading(link.row).sight is not Sight.HIDDEN for link in layers.links(sheet.lines))
    for relation in Relations(here).of("remnant"):
        assert all(here.scene.reading(link.row).sight is not Sight.HIDDEN for link in relation.links)


def test_lines_say_by_a_mark_what_they_say_by_a_colour() -> None:
    here = around("venezuela-2019", "bogota")
    layers = Layers(here)
    kinds: dict[str, set[tuple[bool, bool]]] = {}
    for sheet in layers.sheets:
        for link in layers.links(sheet.lines):
            kinds.setdefault(line_mark(link), set()).add((link.against, link.doubtful and not link.against))
    assert all(len(some) == 1 for some in kinds.values()), kinds
    marks = [mark for mark, _ in (*SIGNS.values(), OTHER)]
    assert len(set(marks)) == len(marks)
    assert set(TITLES) == set(Layer)


# ── names beside marks ───────────────────────────────────────────────────────────────────────────────────────


def said(canvas: Canvas, *labels: Label) -> list[str]:
    for label in labels:
        canvas.write(*label.cell, "■", "")
    return [found.text for found in set_labels(canvas, labels, [label.cell for label in labels])]


def test_a_name_is_whole_or_short_or_a_number() -> None:
    names = ("Long long name", "Short")
    assert said(Canvas(12, 1), Label((0, 0), names, 7, ""), Label((11, 0), names, 8, "")) == ["Short", "8"]


def test_a_name_is_not_set_where_another_mark_is_as_near() -> None:
    crowd = [Label((10 + n, 1), (f"Place {n}",), n, "") for n in range(4)]
    assert said(Canvas(24, 3), *crowd) == ["Place 0", "1", "2", "Place 3"]
    at_cursor = Label((11, 1), ("Place 1",), 1, "", insists=True)
    assert "Place 1" in said(Canvas(24, 3), at_cursor, *(crowd[n] for n in (0, 2, 3)))


def test_names_leave_the_sides_of_those_that_wait_free() -> None:
    row = [Label((column, 1), (f"Zone {column}",), 0, "") for column in (10, 22)]
    assert said(Canvas(40, 3), *row) == ["Zone 10", "Zone 22"]


@pytest.mark.parametrize(
    ("scenario", "seat"),
    [("venezuela-2019", "opposition"), ("vraem-2020", "presidency"), ("northern-triangle-2014", "washington-executive"),
     ("empty-chair-2017", "brazil")],
)  # fmt: skip
def test_every_name_on_the_map_is_nearest_to_its_own_place(tmp_path: Path, scenario: str, seat: str) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(scenario, seat, seed=7), Language.ES) as at:
            await at.press("2")
            map_ = at.app.screen.query_one(MapPanel)
            for size in SIZES:
                await at.pilot.resize_terminal(*size)
                await at.pilot.pause()
                for _ in range(4):  # layers
                    assert_named_clearly(map_)
                    await at.press("l")

    run(test)


def assert_named_clearly(map_: MapPanel) -> None:
    map_.render()
    chart = map_._fitted()
    shown = {chart.cell(spot.at) for spot in map_.spots if chart.holds(spot.at)}
    for label in map_.labels:
        if label.led:  # a line says whose it is
            assert label.at[1] == label.cell[1]
            continue
        own, here = label.far_from(label.cell), map_.spot is not None and chart.cell(map_.spot.at) == label.cell
        assert own <= 3
        assert here or label.text.isdigit() or own < min(map(label.far_from, shown - {label.cell}), default=99)
    assert len({label.cell for label in map_.labels}) >= len(shown) // 2


@pytest.mark.parametrize(("language", "size"), list(zip((Language.ES, Language.EN, Language.ES), SIZES, strict=True)))
def test_no_name_on_the_map_is_cut_and_none_covers_a_mark(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("venezuela-2019", "bogota", seed=7), language, size) as at:
            await at.press("2")
            map_ = at.app.screen.query_one(MapPanel)
            for _ in range(len(at.app.sitting.layers.sheets)):  # type: ignore[union-attr]
                chart = map_._fitted()
                drawn = map_.render().plain.splitlines()[1:]
                assert "…" not in "".join(drawn)
                shown = [s for s in map_.spots if chart.holds(s.at)]
                for spot in shown:
                    column, row = chart.cell(spot.at)
                    assert drawn[row][column] in {s.mark for s in shown}
                await at.press("l")

    run(test)


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────


def test_names_of_a_graph_stand_apart() -> None:
    others = [Node(str(n), f"Neighbour {n}", 1 - 2 * (n % 2)) for n in range(10)]
    nodes = [Node("me", "The one in the middle", 0), *others]
    for width, height in ((74, 10), (60, 30), (100, 40)):
        found = placed(nodes, width, height)
        boxes = [(row, column, column + len(name) + 2) for column, row, name in found.values()]
        for (row, a, b), (other, c, d) in itertools.combinations(boxes, 2):
            assert row != other or b <= c or d <= a
        assert all(a >= 0 and b <= width and 0 <= row < height for row, a, b in boxes)


def test_routes_run_through_a_place() -> None:
    relations = Relations(around("vraem-2020", "presidency"))
    name = next(n for n in relations.types("vizcatan") if relations.is_network(n))
    steps, links = relations.network("vizcatan", name)
    assert steps["vizcatan"] == 0
    assert max(steps.values()) > 0
    assert all(link.tie.source in steps and link.tie.target in steps for link in links)


def test_a_graph_is_walked_through_by_keys(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked("vraem-2020", "presidency", seed=7), Language.ES, (80, 24)) as at:
            await at.press("2", "tab", "g")
            graph = at.app.screen
            assert isinstance(graph, Graph)
            first = graph.owner
            assert "RELACIONES" in at.text
            assert len(graph.query_one(GraphPanel).nodes) > 1
            await at.press("l", "l")
            assert graph.type
            await at.press("enter")
            assert graph.owner != first
            await at.press("left")
            assert graph.owner == first
            await at.press("escape")
            assert at.app.place == "situation"

    run(test)


def test_nothing_of_the_tab_behind_shows_beside_a_graph(tmp_path: Path) -> None:
    async def test() -> None:
        for size in ((80, 24), (120, 40), (200, 60)):
            async with table(tmp_path, Asked("vraem-2020", "presidency", seed=7), Language.ES, size) as at:
                await at.press("2", "tab", "g")
                assert at.app.screen.query_one(".card").outer_size == size

    run(test)
