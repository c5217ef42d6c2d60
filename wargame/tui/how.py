"""How a session is to be played, on the first screen: level, lens, length, luck, language and theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wargame.model.text import Language, Text, counted, same
from wargame.tui.ink import Line, wrap
from wargame.tui.panel import Row, text_row
from wargame.tui.themes import NAMES

if TYPE_CHECKING:
    from wargame.model.scenario import Level, Scenario
    from wargame.tui.app import WargameApp


class How:
    """What has been chosen so far; the rest is as the command line asked for it, or as usual."""

    def __init__(self, app: WargameApp) -> None:
        self.app = app
        self.chosen = {"level": 0, "lens": 0, "length": int(app.asked.short), "opponents": int(app.asked.ahead)}

    def take_next(self, key: str, by: int = 1) -> None:
        """Take the next choice of a row, or the previous one."""
        self.chosen[key] = (self.chosen[key] + by) % (2 if key in ("length", "opponents") else 60)

    def level(self, scenario: Scenario) -> Level:
        """Return the level of difficulty."""
        usual = scenario.levels.index(scenario.level(self.app.asked.level))
        return scenario.levels[(usual + self.chosen["level"]) % len(scenario.levels)]

    def lens(self, scenario: Scenario) -> str:
        """Return the lens."""
        if not self.chosen["lens"] and self.app.asked.lens:
            return self.app.asked.lens
        return scenario.lenses[self.chosen["lens"] % len(scenario.lenses)]

    @property
    def short(self) -> bool:
        """Say whether the short session is meant."""
        return bool(self.chosen["length"])

    @property
    def ahead(self) -> bool:
        """Say whether opponents are to think ahead."""
        return bool(self.chosen["opponents"])

    def rows(self, scenario: Scenario) -> Iterator[Row]:
        """Yield a row for each choice."""
        say = self.app.say
        calendar = scenario.calendar
        turns = calendar.short if self.short else calendar.full
        length = counted(turns, Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos"))
        other = calendar.full if self.short else calendar.short
        seed = Text("drawn anew", "al azar") if self.app.seed is None else same(str(self.app.seed))
        theme = NAMES.get(self.app.theme.removeprefix("wargame-"), same(""))
        lens = scenario.ruleset.lenses[self.lens(scenario)].title
        kind = _SHORT if self.short else _FULL
        found = (
            ("level", _LEVEL, say(self.level(scenario).title), f"1/{len(scenario.levels)}"),
            ("lens", _LENS, say(lens), f"1/{len(scenario.lenses)}"),
            ("length", _LENGTH, f"{say(kind)}, {say(length)}", say(_OR.fill(n=other))),
            ("opponents", _OPPONENTS, say(_AHEAD if self.ahead else _AT_ONCE), say(_AT_ONCE if self.ahead else _AHEAD)),
            ("seed", _SEED, say(seed), say(_FOR_A_CLASS)),
            ("language", _LANGUAGE, _TONGUES[self.app.language], "F2"),
            ("theme", _THEME, say(theme), "F3"),
        )
        for key, name, value, more in found:
            tail = "" if more == "1/1" else f"  · {more.removeprefix('1/')}"
            yield text_row(((f"{say(name):11}", "$dim"), (value, "bold"), (tail, "$dim")), key, pick=True)


def facts_of(app: WargameApp, scenario: Scenario, width: int) -> list[Line]:
    """Return where and when a scenario plays, for how many seats and turns."""
    figures = app.figures
    calendar = scenario.calendar
    first, last = figures.period(calendar, 1), figures.period(calendar, calendar.full)
    seats = counted(len(scenario.seats), Text("{n} seat", "{n} puesto"), Text("{n} seats", "{n} puestos"))
    turns = _TURNS.fill(full=calendar.full, short=calendar.short)
    when = f"{first} – {last}" if first != last else first
    said = f"{app.say(scenario.where)} · {when} · {app.say(seats)} · {app.say(turns)}"
    return [*wrap(said, width, "$dim"), ()]


_LEVEL, _LENS = Text("difficulty", "dificultad"), Text("lens", "enfoque")
_LENGTH, _SEED = Text("length", "duración"), Text("seed", "semilla")
_OPPONENTS = Text("opponents", "rivales")
_AT_ONCE, _AHEAD = Text("play by doctrine", "por doctrina"), Text("think ahead", "piensan por adelantado")
_LANGUAGE, _THEME = Text("language", "idioma"), Text("theme", "tema")
_FULL, _SHORT = Text("full", "completa"), Text("short", "corta")
_OR = Text("or {n}", "o {n}")
_FOR_A_CLASS = Text("a class can share one", "una clase puede compartirla")
_TURNS = Text("{full} turns, {short} in short", "{full} turnos, {short} en la versión corta")
_TONGUES = {Language.EN: "English", Language.ES: "español"}
