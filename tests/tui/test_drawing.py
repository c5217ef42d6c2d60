"""Lines, marks, the canvas, the map and the themes, on their own."""

from __future__ import annotations

import itertools
import math

import pytest

from wargame.model.kinds import Sight
from wargame.tui import marks
from wargame.tui.atlas import REGION, around, chart_of, draw_outlines
from wargame.tui.canvas import Canvas
from wargame.tui.ink import apart, columns, cut, pad, shortened, width_of, words_of, wrap, wrap_apart, wrap_led
from wargame.tui.themes import PALETTES, ROLES

HUES = ("good", "bad", "est", "flow", "accent", "text")


def test_lines_are_cut_padded_and_set_apart() -> None:
    line = (("Huallaga", "bold"), (" 12", ""))
    assert words_of(cut(line, 6)) == "Huall…"
    assert words_of(pad(line, 13)) == "Huallaga 12  "
    assert words_of(pad(line, 13, right=True)) == "  Huallaga 12"
    assert words_of(apart((("left", ""),), (("right", ""),), 12)) == "left   right"
    assert words_of(columns([((("a", ""),), 3), ((("9", ""),), -3), ((), 0)])) == "a     9"
    assert [words_of(x) for x in wrap("one two three", 9, "", 2)] == ["one two", "  three"]
    assert width_of(wrap("x" * 50, 10)[0]) <= 10


def test_headings_lose_small_words_before_letters() -> None:
    assert shortened("Dotación de fuerzas", 16) == "Dotación fuerzas"
    assert shortened("Trust", 16) == "Trust"
    assert shortened("Ingreso de tesorería", 16) == "Ingreso tesorer."
    assert all(len(shortened("Lanchas rápidas interceptadas", n)) <= n for n in range(15, 30))


def test_a_change_says_by_its_shape_whom_it_serves() -> None:
    assert words_of(marks.change(3, 1, "+3")) == "↑3"
    assert words_of(marks.change(3, -1, "+3")) == "▲3"
    assert words_of(marks.change(-3, 1, "−3")) == "▼3"
    assert words_of(marks.change(-3, -1, "−3")) == "↓3"
    assert words_of(marks.change(-3, 0, "−3")) == "−3"
    assert words_of(marks.change(0.01, 1, "0")) == "·"


def test_how_a_number_is_known_can_be_read_without_colour() -> None:
    known = [marks.sure("48", "7" if sight is Sight.ESTIMATED else "", sight) for sight in Sight]
    assert len({words_of(line) for line in known}) == 4


def test_tracks_and_histories_keep_their_width() -> None:
    for value in (0.0, 50.0, 100.0, 130.0):
        assert width_of(marks.track(value, 0, 100, 20, 9)) == 20
    assert words_of(marks.history([1, 2, 3])) == "▁▄▇"
    assert words_of(marks.odds(0.4)).count("■") == 8


def test_a_canvas_sets_dots_and_words() -> None:
    canvas = Canvas(4, 2)
    canvas.line((0, 0), (7, 0), "$faint")
    canvas.write(1, 0, "ab", "bold")
    rows = [words_of(line) for line in canvas.lines()]
    assert rows == ["⠉ab⠉", "    "]
    assert not canvas.is_free(1, 0, 1)
    assert canvas.is_free(0, 1, 4)


@pytest.mark.parametrize("size", [(38, 20), (64, 38), (90, 50)])
def test_the_whole_region_fits_and_clicks_find_their_place(size: tuple[int, int]) -> None:
    chart = chart_of(REGION, *size)
    for place in ((-77.0, -12.0), (-58.4, -34.6), (-99.1, 19.4)):
        assert chart.holds(place)
        lon, lat = chart.place(*chart.cell(place))
        assert abs(lon - place[0]) < 4
        assert abs(lat - place[1]) < 4
    canvas = Canvas(*size)
    draw_outlines(canvas, chart)
    assert sum(c != " " for line in canvas.lines() for c in words_of(line)) > size[0] * 2


def test_zooming_keeps_a_place_where_it_was() -> None:
    chart = chart_of(around([(-74.0, -12.0), (-70.0, -4.0)]), 60, 30)
    closer = chart.zoomed(1.6, (-74.0, -12.0))
    assert abs(closer.cell((-74.0, -12.0))[0] - chart.cell((-74.0, -12.0))[0]) <= 1
    assert closer.dots > chart.dots


# ── colours ──────────────────────────────────────────────────────────────────────────────────────────────────


def rgb(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def contrast(a: str, b: str) -> float:
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * bl for r, g, bl in (map(linear, rgb(c)) for c in (a, b)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
def test_words_can_be_read(theme: str) -> None:
    role = dict(zip(ROLES, PALETTES[theme], strict=True))
    assert contrast(role["text"], role["background"]) >= 10
    assert contrast(role["dim"], role["background"]) >= 4.5
    assert contrast(role["on-accent"], role["accent"]) >= 4.5
    for hue in HUES:
        assert contrast(role[hue], role["background"]) >= 4.5, hue


MACHADO = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(color: str, kind: str) -> tuple[float, float, float]:
    light = [linear(v) for v in rgb(color)]
    r, g, b = (min(max(sum(m * v for m, v in zip(row, light, strict=True)), 0), 1) for row in MACHADO[kind])
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize(("theme", "least"), [("dark", 15), ("light", 17), ("contrast", 12)])
def test_hues_differ_for_every_kind_of_colour_vision(theme: str, least: float) -> None:
    role = dict(zip(ROLES, PALETTES[theme], strict=True))
    for kind, (a, b) in itertools.product(MACHADO, itertools.combinations(HUES, 2)):
        distance = math.dist(lab(role[a], kind), lab(role[b], kind))
        assert distance >= least, (kind, a, b, distance)


def test_words_on_a_canvas_keep_their_colour_before_a_blank() -> None:
    canvas = Canvas(12, 1)
    canvas.write(0, 0, "T1", "bold $accent")
    canvas.write(6, 0, "T2", "on $raised")
    assert next(canvas.lines()) == (("T1    ", "bold $accent"), ("T2", "on $raised"), ("    ", ""))


def test_words_that_begin_a_paragraph_stand_out_over_as_many_lines_as_they_take() -> None:
    lines = wrap_led("A programme that goes on for long:", "trust +2.", 16)
    assert " ".join(words_of(line) for line in lines) == "A programme that goes on for long: trust +2."
    assert all(len(words_of(line)) <= 16 for line in lines)
    assert [text for line in lines for text, style in line if not style] == ["trust +2."]


def test_a_paragraph_leaves_room_for_what_stands_at_the_end_of_its_first_line() -> None:
    lines = wrap_apart("one two three four five six", (("right", "$dim"),), 16, "", 2)
    assert words_of(lines[0]) == "one two    right"
    assert words_of(lines[1]) == "  three four"
    assert words_of(lines[2]) == "  five six"
