"""The sessions of the library on the first screen: those to go on with, and those that have ended, to look at again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wargame.model.errors import WargameError
from wargame.model.text import Text
from wargame.tui.ink import Line, columns, dim, plain, wrap
from wargame.tui.panel import Draw, Panel, Row

if TYPE_CHECKING:
    from wargame.content.reports import Report
    from wargame.session.store import Summary
    from wargame.tui.app import WargameApp

_MOST = 40
"""At most so many sessions are listed."""


def has_finished(app: WargameApp) -> bool:
    """Say whether a session of the library has come to its end; nobody knows of one that cannot be read."""
    try:
        return any(one.ended for one in app.library.sessions())
    except WargameError:
        return True


def show_kept(app: WargameApp, open_ones: Panel, replays: Panel, reports: Mapping[str, Report]) -> None:
    """Fill the two lists; a library that cannot be read says so in the first."""
    from wargame.session.newest import is_open

    say = app.say
    try:
        found = sorted(app.library.sessions(), key=lambda one: one.changed, reverse=True)
    except WargameError as error:
        words = say(error.message)
        open_ones.show(say(_GO_ON), [Row(lambda width: wrap(f"× {words}", width, "$bad"), "", pick=False)])
        replays.display = False
        return
    unfinished = [one for one in found if is_open(one) or one.header is None]
    ended = [one for one in found if one not in unfinished]
    rows = [Row(_drawer(app, one, reports), one.session) for one in unfinished[:_MOST]]
    none = [Row(lambda width: wrap(say(_NONE_ENDED if ended else _NONE), width, "$dim"), "", pick=False)]
    open_ones.show(say(_GO_ON), rows or none, meta=((str(len(unfinished)), "$dim"),))
    replays.display = bool(ended)
    open_ones.set_class(bool(ended), "-above")
    rows = [Row(_drawer(app, one, reports), one.session) for one in ended[:_MOST]]
    replays.show(say(_REPLAYS), rows, meta=((f"{say(_TO_THE_RIGHT)} · {len(ended)}", "$dim"),))


def _drawer(app: WargameApp, summary: Summary, reports: Mapping[str, Report]) -> Draw:
    report = reports.get(summary.scenario)
    scenario = report.scenario if report else None
    seat = next(iter(summary.people), "")
    score = app.figures.share(summary.scores[seat]) if seat in summary.scores else ""
    if scenario is not None:
        seat = next((app.say(s.title) for s in scenario.seats if s.id == seat), seat)
    title = app.say(scenario.title) if scenario else summary.scenario or summary.session
    unreadable = app.say(Text("cannot be read", "no se puede leer"))
    branch = summary.header.lineage if summary.header is not None else None
    if branch is not None:
        title = f"{app.say(_BRANCH.fill(turn=branch.turn))} · {title}"
    short = summary.header is not None and summary.header.length == "short"

    def draw(width: int) -> list[Line]:
        if summary.header is None:
            return [columns([(plain(title), max(width - 24, 10)), (((f"× {unreadable}", "$bad"),), 23)])]
        turn = f"T{summary.turn}" + (f" {app.say(_SHORT)}" if short and width > _ROOMY else "")
        day = summary.changed[:16].replace("T", " ")
        turn_width = 9 if width > _ROOMY else 3
        day_width = 16 if width > _VAST else 10 if width > _ROOMY else 0
        day = day[:day_width]
        score_width = _SCORE + 1 if score else 0
        wide = max(width - turn_width - (day_width + 1 if day_width else 0) - score_width - 2, 16)
        name = wide * 3 // 5
        cells = [(plain(title), name), (dim(seat), wide - name), (plain(turn), turn_width), (dim(day), -day_width)]
        return [columns([*cells, (((score, "bold"),), -_SCORE)] if score else cells)]

    return draw


_ROOMY, _VAST = 60, 80
_SCORE = 4
_REPLAYS = Text("Replays", "Ya jugadas")
_TO_THE_RIGHT = Text("last: your score", "al final: su puntaje")
_GO_ON = Text("Go on with", "Seguir con")
_BRANCH = Text("└T{turn}", "└T{turn}")
_SHORT = Text("short", "corta")
_NONE = Text(
    "No session yet: choose a scenario and press Enter.", "Aún no hay sesiones: elija un escenario y pulse Intro."
)
_NONE_ENDED = Text(
    "Every session has ended; those are under Replays.", "Todas las sesiones terminaron; están en «Ya jugadas»."
)
