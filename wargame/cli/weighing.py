"""The tables of single moves, of means and of thinking ahead, beside those of doctrines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from wargame.analysis.duel import Duel
from wargame.analysis.growth import Growth, Use
from wargame.analysis.intervals import Interval
from wargame.analysis.worth import NOTHING, Dominated, Worth
from wargame.cli.lines import table
from wargame.cli.speech import Voice
from wargame.model.scenario import Scenario
from wargame.model.text import Text

_HALF = 0.5
"""A seat with nothing worth doing in a larger share of its turns has too little to decide."""


def plain(use: Use, worths: Sequence[Worth], duels: Sequence[Duel]) -> dict[str, Any]:
    """Return everything as JSON values."""
    return {
        "use": {
            "sessions": use.sessions,
            "resources": [{**asdict(g), "only_grows": g.only_grows} for g in use.resources],
            "never_legal": [list(pair) for pair in use.never_legal],
            "never_chosen": [list(pair) for pair in use.never_chosen],
        },
        "moves": [
            {
                "seat": w.seat,
                "states": w.states,
                "lucks": w.lucks,
                "nothing": asdict(w.nothing),
                "gains": {move: {"states": n, "gain": gain} for move, (n, gain) in w.gains.items()},
                "dominated": [asdict(d) for d in w.dominated],
            }
            for w in worths
        ],
        "planner": [
            {
                "seat": d.seat,
                "pairs": len(d.ahead),
                "wins": asdict(d.wins),
                "score": float(d.ahead.mean()),
                "usual": float(d.usual.mean()),
                "gain": d.gain,
                "favourites": list(d.favourites),
                "given": dict(d.given),
            }
            for d in duels
        ],
    }


def verdict(
    voice: Voice, scenario: Scenario, use: Use, worths: Sequence[Worth], duels: Sequence[Duel]
) -> Iterator[tuple[str, int]]:
    """Yield in a line each what is out of balance, with how many things that are to be mended."""
    names = _Names(voice, scenario)
    growing = [g.number for g in use.only_growing if g.useful]
    useless = [g.number for g in use.only_growing if not g.useful]
    found: list[tuple[Text, Sequence[str]]] = [
        (_GROWING, growing),
        (_USELESS, useless),
        (_NEVER_LEGAL, names.moves(use.legal_to_nobody)),
    ]
    if worths:
        found.append((_DOMINATED, [names.of(d) for w in worths for d in w.dominated]))
        found.append((_NOTHING_TO_DO, [names.seat(w.seat) for w in worths if w.nothing.low > _HALF]))
    if duels:
        found.append((_NOT_BEATEN, [names.seat(d.seat) for d in duels if d.wins.value < _HALF]))
        found.append((_FAVOURITES, [f"{names.seat(d.seat)}: {names.move(m)}" for d in duels for m in d.favourites]))
    yield from ((_counted(voice, text, some), len(some)) for text, some in found)


def tables(voice: Voice, scenario: Scenario, use: Use, worths: Sequence[Worth], duels: Sequence[Duel]) -> Iterator[str]:
    """Yield the tables."""
    names = _Names(voice, scenario)
    if use.only_growing:
        yield from ("", voice.of(_MEANS.fill(n=use.sessions)))
        head = ["", *(voice.of(text) for text in (_START, _END, _FALLS))]
        yield from _indented(table(head, [_grown(voice, g) for g in use.only_growing]))
    if worths:
        yield from ("", voice.of(_WORTH.fill(n=worths[0].states, k=worths[0].lucks)))
        head = ["", *(voice.of(text) for text in (_NONE, _INTERVAL, _BEST, _WORST))]
        yield from _indented(table(head, [_weighed(names, w) for w in worths]))
        dominated = [d for w in worths for d in w.dominated]
        if dominated:
            yield from ("", voice.of(_OUTDONE))
            head = ["", *(voice.of(text) for text in (_BY, _STATES, _AS_GOOD, _INTERVAL, _BETTER))]
            yield from _indented(table(head, [_outdone(names, d) for d in dominated]))
    if duels:
        yield from ("", voice.of(_AHEAD.fill(n=len(duels[0].ahead))))
        head = ["", *(voice.of(text) for text in (_WINS, _INTERVAL, _USUAL, _SCORE, _MOSTLY))]
        yield from _indented(table(head, [_dueled(names, d) for d in duels]))


def _grown(voice: Voice, growth: Growth) -> list[str]:
    return [
        growth.number,
        voice.fixed(growth.start, 1),
        voice.fixed(growth.end, 1),
        voice.percent(growth.falls.value),
    ]


def _weighed(names: _Names, worth: Worth) -> list[str]:
    ranked = sorted(worth.gains, key=lambda move: -worth.gains[move][1])
    few = min(2, len(ranked) // 2)
    ends = (ranked[: max(few, 1)], ranked[len(ranked) - few :])
    shown = [[f"{names.move(m)} {names.signed(worth.gains[m][1])}" for m in part] for part in ends]
    return [
        names.seat(worth.seat), names.voice.percent(worth.nothing.value), _between(names.voice, worth.nothing),
        *("; ".join(part) for part in shown),
    ]  # fmt: skip


def _outdone(names: _Names, found: Dominated) -> list[str]:
    return [
        f"{found.actor}: {names.move(found.move)}", names.move(found.by), str(found.states),
        names.voice.percent(found.as_good.value), _between(names.voice, found.as_good),
        names.voice.percent(found.better),
    ]  # fmt: skip


def _dueled(names: _Names, duel: Duel) -> list[str]:
    voice = names.voice
    mostly = sorted(duel.given, key=lambda move: -duel.given[move])[:3]
    return [
        names.seat(duel.seat), voice.percent(duel.wins.value), _between(voice, duel.wins),
        voice.fixed(float(duel.usual.mean()), 3), voice.fixed(float(duel.ahead.mean()), 3),
        "; ".join(names.move(move) for move in mostly),
    ]  # fmt: skip


class _Names:
    """Titles of seats and moves in one language."""

    def __init__(self, voice: Voice, scenario: Scenario) -> None:
        self.voice = voice
        self._seats = {seat.id: voice.of(seat.title) for seat in scenario.seats}
        self._moves = {name: voice.of(move.title) for name, move in scenario.ruleset.moves.items()}

    def seat(self, name: str) -> str:
        """Return the title of a seat."""
        return self._seats[name]

    def move(self, name: str) -> str:
        """Return the title of a move, or that nothing is done."""
        return self.voice.of(_DOING_NOTHING) if name == NOTHING else self._moves[name]

    def moves(self, names: Sequence[str]) -> list[str]:
        """Return the titles of some moves, each once."""
        return [self._moves[name] for name in names]

    def of(self, found: Dominated) -> str:
        """Return a move and what outdoes it."""
        return f"{found.actor}: {self.move(found.move)} < {self.move(found.by)}"

    def signed(self, value: float) -> str:
        """Return a change of the score."""
        return f"{'+' if value >= 0 else '−'}{self.voice.fixed(abs(value), 3)}"


def _counted(voice: Voice, text: Text, some: Sequence[str]) -> str:
    return voice.of(text.fill(n=len(some), what="; ".join(some) or "–"))


def _indented(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines)


def _between(voice: Voice, interval: Interval) -> str:
    return f"{voice.percent(interval.low)} – {voice.percent(interval.high)}"


_GROWING = Text("resources that only grow: {n} ({what})", "recursos que solo crecen: {n} ({what})")
_USELESS = Text(
    "resources that only grow because no move of their actor costs any: {n} ({what})",
    "recursos que solo crecen porque ninguna acción de su actor los gasta: {n} ({what})",
)
_NEVER_LEGAL = Text("moves that were never legal: {n} ({what})", "acciones que nunca fueron posibles: {n} ({what})")
_DOMINATED = Text("moves that another outdoes: {n} ({what})", "acciones superadas por otra: {n} ({what})")
_NOTHING_TO_DO = Text(
    "seats that surely have nothing worth doing in most turns: {n} ({what})",
    "puestos que en la mayoría de los turnos no tienen nada que valga la pena hacer: {n} ({what})",
)
_NOT_BEATEN = Text(
    "seats in which thinking ahead does not help: {n} ({what})",
    "puestos en que pensar por adelantado no ayuda: {n} ({what})",
)
_FAVOURITES = Text(
    "moves that thinking ahead orders in most turns, and the doctrine seldom: {n} ({what})",
    "acciones que quien piensa por adelantado ordena casi siempre y la doctrina rara vez: {n} ({what})",
)
_MEANS = Text(
    "Resources that only grow in {n} sessions that doctrines play",
    "Recursos que solo crecen en {n} sesiones jugadas por doctrinas",
)
_START, _END = Text("start", "inicio"), Text("end", "final")
_FALLS = Text("turns in which it falls", "turnos en que baja")
_WORTH = Text(
    "What a move adds to the score, alone against doing nothing ({n} situations, {k} lucks each)",
    "Lo que una acción suma al puntaje, sola frente a no hacer nada ({n} situaciones, {k} sorteos cada una)",
)
_NONE = Text("turns with nothing worth doing", "turnos sin nada que valga la pena")
_INTERVAL = Text("95 % interval", "intervalo de 95 %")
_BEST, _WORST = Text("best", "mejores"), Text("worst", "peores")
_OUTDONE = Text(
    "Moves outdone on every objective by another of the same actor that costs no more",
    "Acciones superadas en todos los objetivos por otra del mismo actor que no cuesta más",
)
_BY, _STATES = Text("by", "por"), Text("situations", "situaciones")
_AS_GOOD, _BETTER = Text("at least as good", "al menos igual"), Text("better", "mejor")
_DOING_NOTHING = Text("doing nothing", "no hacer nada")
_AHEAD = Text(
    "Thinking ahead against the seat's own first doctrine, {n} pairs of sessions in the same luck",
    "Pensar por adelantado frente a la primera doctrina del puesto, {n} pares de sesiones con la misma suerte",
)
_WINS, _USUAL = Text("wins", "gana"), Text("doctrine", "doctrina")
_SCORE, _MOSTLY = Text("ahead", "por adelantado"), Text("orders mostly", "ordena sobre todo")
