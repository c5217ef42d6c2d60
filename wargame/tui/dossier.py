"""The card of an actor or zone: what it is, every number as a row that can be compared, and its ties."""

from __future__ import annotations

from functools import partial

from wargame.model.kinds import AttributeType
from wargame.telling import looking
from wargame.telling.surroundings import Cell
from wargame.tui import marks
from wargame.tui.ink import Line, columns
from wargame.tui.page import Block
from wargame.tui.panel import Row, page_row
from wargame.tui.sitting import Sitting
from wargame.tui.views.table_columns import changed


def dossier_rows(sitting: Sitting, owner: str) -> list[Row]:
    """Return everything that a seat may see of an actor or zone."""
    game = sitting.game
    blocks = sitting.told(lambda: looking.look(game, [owner]))[1:]
    numbers = {f"{n}.": game.scene.reasons.row(name) for n, name in enumerate(game.listed, 1)}
    unit = max((len(_unit(sitting, row)) for row in numbers.values()), default=0)
    rows: list[Row] = []
    words: list[Block] = []
    for block in blocks:
        if block.kind == "item" and block.label in numbers and not block.indent:
            if words:
                rows += [page_row(words), _EMPTY] if not rows else [page_row(words)]
                words = []
            rows.append(_number(sitting, numbers[block.label], unit))
        else:
            words.append(block)
    return [*rows, *([_EMPTY, page_row(words)] if words else [])]


def _unit(sitting: Sitting, row: int) -> str:
    scene = sitting.game.scene
    return "" if sitting.surroundings.is_flag(row) else scene.figures.unit(scene.attribute(row), scene.unit(row))


def _number(sitting: Sitting, row: int, room: int) -> Row:
    scene, around = sitting.game.scene, sitting.surroundings
    cell, attribute = around.cell(row), scene.attribute(row)
    level = attribute is not None and attribute.type is AttributeType.LEVEL
    name = sitting.of(sitting.session.names.attribute(cell.number.rpartition(".")[2]))
    unit = _unit(sitting, row).ljust(room)
    return Row(partial(_drawn, name, cell, unit, around.bounds([row]) if level else None), "", pick=False)


def _drawn(name: str, cell: Cell, unit: str, bounds: tuple[float, float] | None, width: int) -> list[Line]:
    track = _TRACK if width >= _ROOMY else 0
    past = _PAST if width >= _MIDDLING and len(cell.history) > 1 else 0
    value: Line = marks.sure(cell.shown, cell.deviation, cell.reading.sight)
    drawn = marks.track(cell.reading.value, *bounds, track, cell.reading.deviation) if track and bounds else ()
    cells: list[tuple[Line, int]] = [
        (value, -_VALUE),
        (((unit, "$dim"),), len(unit)),
        (changed(cell), _CHANGE if past else 0),
        (marks.history(cell.history) if past else (), past),
        (drawn, track),
    ]
    taken = sum(abs(room) + 1 for _, room in cells if room)
    return [columns([(((name, "$dim"),), width - taken), *cells])]


_EMPTY = Row(lambda width: [()], "", pick=False)
_TRACK, _VALUE, _CHANGE, _PAST = 15, 12, 6, 8
"""Cells of a track, of a value with its error, of its change and of its past."""
_MIDDLING, _ROOMY = 64, 80
"""From how many cells on the change and the past have room, and the track as well."""
