"""What the map shows of a layer: marks for the number of a place, lines for ties, and a legend that says both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from wargame.model.scenario import EntityStart
from wargame.model.text import Text
from wargame.telling.layers import Layers, Link, Sheet
from wargame.telling.surroundings import CONDITIONS, Condition, Surroundings
from wargame.tui.ink import Line, packed, shortened, width_of
from wargame.tui.map_panel import Route, Spot
from wargame.tui.marks import KINDS
from wargame.tui.panel import Draw

SIGNS = {
    Condition.WELL: ("■", "$good"),
    Condition.MIDDLING: ("◊", ""),
    Condition.BADLY: ("♦", "$bad"),
    Condition.LITTLE: ("○", "$dim"),
    Condition.SOME: ("▪", ""),
    Condition.MUCH: ("●", ""),
    Condition.UNKNOWN: ("?", "$dim"),
}
OTHER = ("▫", "$dim")
"""The mark of a place that has no such number, but is an end of a line."""
_BESIDE_TITLE = 12
"""Cells that a title line has for other things."""
_STRONG, _MIDDLING = 2 / 3, 1 / 3
Say = Callable[[Text], str]


def kind_mark(around: Surroundings, entity: EntityStart) -> str:
    """Return the mark of a kind of actor."""
    kinds = [k for k, kind in around.session.scenario.ruleset.kinds.items() if kind.acts]
    return KINDS[kinds.index(entity.kind) % len(KINDS)] if entity.kind in kinds else "·"


def title_of(sheet: Sheet, around: Surroundings, say: Say, width: int) -> str:
    """Return the layer and, where there is room, the number that is shown: ``Control · Hold of armed groups``."""
    shown = [around.title(name) for name in (sheet.marks, sheet.lines) if name]
    whole = f"{say(sheet.family)} · {say(shown[0])}" if shown else say(sheet.family)
    return whole if len(whole) <= width - _BESIDE_TITLE else say(sheet.family)


def spots_of(sheet: Sheet, around: Surroundings, say: Say, numbers: Mapping[str, int]) -> list[Spot]:
    """Return the places with the marks of a layer."""
    found = []
    for entity in sheet.places:
        assert entity.at is not None
        mark, style, weight = _mark(sheet, around, entity)
        names = say(around.session.names.brief(entity.id)), say(around.brief(entity))
        found.append(Spot(entity.id, *names, entity.at, mark, style, weight, numbers.get(entity.id, 0)))
    return sorted(found, key=lambda spot: spot.number)


def _mark(sheet: Sheet, around: Surroundings, entity: EntityStart) -> tuple[str, str, int]:
    if not sheet.marks:
        return kind_mark(around, entity), "", 1
    if (entity.id, sheet.marks) not in around.layout.index:
        return *OTHER, 0
    condition = around.condition(entity.id, sheet.marks, sheet.places)
    weight = {Condition.BADLY: 3, Condition.MIDDLING: 2, Condition.UNKNOWN: 0}.get(condition, 1)
    return *SIGNS[condition], weight


def routes_of(sheet: Sheet, layers: Layers) -> list[Route]:
    """Return the ties of a layer as lines, the strongest first."""
    found = []
    for link in layers.links(sheet.lines):
        start, end = (layers.placed[name].at for name in (link.tie.source, link.tie.target))
        if start is not None and end is not None:
            found.append(Route(start, end, gaps_of(link), line_style(link), line_mark(link), link.directed))
    return found


def gaps_of(link: Link) -> int:
    """Return of how many dots of a tie one is drawn."""
    return 1 if link.weight >= _STRONG else 2 if link.weight >= _MIDDLING else 4


def line_style(link: Link) -> str:
    """Return the colour of a tie."""
    return "$bad" if link.against else "$est" if link.doubtful else "$flow"


def line_mark(link: Link) -> str:
    """Return what stands in the middle of a tie: × against, ? estimated."""
    return "×" if link.against else "?" if link.doubtful else ""


def legend_of(sheet: Sheet, around: Surroundings, layers: Layers, say: Say) -> Draw:
    """Return what draws a legend: what marks and lines mean, in words, in as many lines as that takes."""
    marks = _legend_of_marks(sheet, around, say) if sheet.marks else _legend_of_kinds(sheet, around, say)
    lines = _legend_of_lines(layers.links(sheet.lines), say)

    def draw(width: int) -> list[Line]:
        untold = sheet.marks and title_of(sheet, around, say, width) == say(sheet.family)
        found = packed(_headed(say(around.title(sheet.marks)), marks, width) if untold else marks, width)
        return found + packed(_headed(say(around.title(sheet.lines)), lines, width) if lines else [], width)

    return draw


def _legend_of_marks(sheet: Sheet, around: Surroundings, say: Say) -> list[Line]:
    told = [e for e in sheet.places if (e.id, sheet.marks) in around.layout.index]
    seen = {around.condition(entity.id, sheet.marks, sheet.places) for entity in told}
    parts: list[Line] = [
        ((f"{SIGNS[c][0]} ", SIGNS[c][1]), (say(CONDITIONS[c]), "$dim")) for c in CONDITIONS if c in seen
    ]
    if len(told) < len(sheet.places):
        parts.append(((f"{OTHER[0]} ", OTHER[1]), (say(_OTHER), "$dim")))
    return parts


def _legend_of_kinds(sheet: Sheet, around: Surroundings, say: Say) -> list[Line]:
    kinds = around.session.scenario.ruleset.kinds
    marks = {entity.kind: kind_mark(around, entity) for entity in sheet.places}
    return [((f"{mark} ", ""), (say(kinds[kind].title).lower(), "$dim")) for kind, mark in marks.items()]


def _legend_of_lines(links: Sequence[Link], say: Say) -> list[Line]:
    found: list[Line] = []
    solid = {gaps_of(link) for link in links}
    for gaps, drawn, words in ((1, "━━", _MUCH), (2, "──", _SOME), (4, "··", _LITTLE)):
        if gaps in solid:
            found.append(((drawn, "$flow"), (f" {say(words)}", "$dim")))
    if any(link.against for link in links):
        found.append((("×", "$bad"), (f" {say(_AGAINST)}", "$dim")))
    if any(link.doubtful and not link.against for link in links):
        found.append((("?", "$est"), (f" {say(_DOUBTFUL)}", "$dim")))
    return found


def _headed(title: str, parts: Sequence[Line], width: int) -> list[Line]:
    """Return parts behind a heading; it stands alone where the first part does not fit beside it."""
    heading: Line = ((f"{shortened(title, width - 1)}:", "$dim"),)
    first = (*heading, (" ", ""), *parts[0])
    return [first, *parts[1:]] if width_of(first) <= width else [heading, *parts]


_OTHER = Text("only an end of a line", "solo extremo de una línea")
_MUCH, _SOME, _LITTLE = Text("strong", "fuerte"), Text("some", "regular"), Text("weak", "débil")
_AGAINST, _DOUBTFUL = Text("against", "en contra"), Text("estimated", "probable")
