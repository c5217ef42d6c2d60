"""How a session is to be played, on the first screen: level, lens, length, luck, language and theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from wargame.model.text import Language, Text, counted, same
from wargame.tui.ink import Line, cut, width_of, wrap
from wargame.tui.panel import Row
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

    def length(self, scenario: Scenario) -> Text:
        """Return how long the session will be: ``full, 12 turns``."""
        calendar = scenario.calendar
        turns = counted(calendar.short if self.short else calendar.full, *_OF_TURNS)
        return _LENGTH_IS.fill(kind=_SHORT if self.short else _FULL, turns=turns)

    def facts(self, scenario: Scenario, width: int) -> list[Line]:
        """Return where and when a scenario plays, for how many seats, and how long the session will be."""
        say, calendar = self.app.say, scenario.calendar
        seats = counted(len(scenario.seats), Text("{n} seat", "{n} puesto"), Text("{n} seats", "{n} puestos"))
        when = self.app.figures.span(calendar, 1, calendar.full)
        lines = wrap(f"{say(scenario.where)} · {when} · {say(seats)}", width, "$dim")
        if scenario.hindcast is not None:
            lines += wrap(say(_CASE), width, "bold")
        chosen, other = (calendar.short, calendar.full) if self.short else (calendar.full, calendar.short)
        length = (_SHORT_ONE if self.short else _FULL_ONE).fill(turns=counted(chosen, *_OF_TURNS), n=other)
        return [*lines, *wrap(say(length), width), ()]

    def rows(self, scenario: Scenario) -> Iterator[Row]:
        """Yield a row for each choice."""
        say = self.app.say
        calendar = scenario.calendar
        other = calendar.full if self.short else calendar.short
        seed = Text("drawn anew", "al azar") if self.app.seed is None else same(str(self.app.seed))
        theme = NAMES.get(self.app.theme.removeprefix("wargame-"), same(""))
        lens = scenario.ruleset.lenses[self.lens(scenario)].title
        level = self.level(scenario)
        found = (
            ("level", _LEVEL, say(level.title), self._place(scenario.levels.index(level), len(scenario.levels))),
            ("lens", _LENS, say(lens), self._place(scenario.lenses.index(self.lens(scenario)), len(scenario.lenses))),
            ("length", _LENGTH, say(self.length(scenario)), say(_OR.fill(n=other))),
            ("opponents", _OPPONENTS, say(_AHEAD if self.ahead else _AT_ONCE), say(_AT_ONCE if self.ahead else _AHEAD)),
            ("seed", _SEED, say(seed), say(_FOR_A_CLASS)),
            ("language", _LANGUAGE, _TONGUES[self.app.language], "F2"),
            ("theme", _THEME, say(theme), "F3"),
        )
        for key, name, value, more in found:
            yield Row(partial(_choice, f"{say(name):11}", value, f"  · {more}" if more else ""), key)

    def _place(self, at: int, of: int) -> str:
        """Return which one of several is chosen; nothing where there is no choice."""
        return self.app.say(_ONE_OF.fill(n=at + 1, all=of)) if of > 1 else ""


def _choice(name: str, value: str, tail: str, width: int) -> list[Line]:
    """Return a row of the choices; what else could be chosen is left out where there is no room for it."""
    line: Line = ((name, "$dim"), (value, "bold"))
    return [(*line, (tail, "$dim"))] if width_of(line) + len(tail) <= width else [cut(line, width)]


_OF_TURNS = Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos")
_LENGTH_IS = Text("{kind}, {turns}", "{kind}, {turns}")
_FULL_ONE = Text("Full session: {turns} (short: {n}).", "Sesión completa: {turns} (corta: {n}).")
_SHORT_ONE = Text("Short session: {turns} (full: {n}).", "Sesión corta: {turns} (completa: {n}).")
_CASE = Text("A case of history, to test the model.", "Un caso histórico, para probar el modelo.")
_LEVEL, _LENS = Text("difficulty", "dificultad"), Text("lens", "enfoque")
_LENGTH, _SEED = Text("length", "duración"), Text("seed", "semilla")
_OPPONENTS = Text("opponents", "rivales")
_AT_ONCE, _AHEAD = Text("play by doctrine", "por doctrina"), Text("think ahead", "piensan por adelantado")
_LANGUAGE, _THEME = Text("language", "idioma"), Text("theme", "tema")
_FULL, _SHORT = Text("full", "completa"), Text("short", "corta")
_ONE_OF = Text("{n} of {all}", "{n} de {all}")
_OR = Text("or {n}", "o {n}")
_FOR_A_CLASS = Text("a class can share one", "una clase puede compartirla")
_TONGUES = {Language.EN: "English", Language.ES: "español"}
