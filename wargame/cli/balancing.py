"""Is a scenario a game? The tables of its balance, with what is out of balance said first."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wargame.analysis.balance import SESSIONS, Balance, balance
from wargame.analysis.duel import PAIRS, Duel, duels
from wargame.analysis.growth import Use, use_of
from wargame.analysis.idle import Idle, idle
from wargame.analysis.intervals import Interval
from wargame.analysis.worth import STATES, Worth, worths
from wargame.cli import weighing
from wargame.cli.exits import ExitCode
from wargame.cli.lines import table
from wargame.cli.named import lens_of, scenario_of
from wargame.cli.speech import Voice
from wargame.model.scenario import Scenario
from wargame.model.text import Text


@dataclass(frozen=True, slots=True)
class Weighing:
    """What ``wargame balance`` was asked for."""

    scenario: str
    lens: str = ""
    sessions: int = SESSIONS
    seed: int | None = None
    as_json: bool = False
    states: int = STATES
    """Situations of each seat in which every move is tried; 0: none."""
    planner: bool = False
    """Let every seat think ahead against its own doctrine."""
    pairs: int = PAIRS
    short: bool = False
    """Thinking ahead plays the short session."""


@dataclass(frozen=True)
class _Weighed:
    """Everything that was found."""

    found: Balance
    left: Idle
    use: Use
    worths: tuple[Worth, ...]
    duels: tuple[Duel, ...]


def balance_of(voice: Voice, asked: Weighing) -> ExitCode:
    """Play every doctrine of every seat, leave the world to itself, and write the tables to stdout."""
    scenario, bundle = scenario_of(asked.scenario)
    lens = lens_of(scenario, asked.lens)
    seed = secrets.randbelow(2**32) if asked.seed is None else asked.seed
    started, seats = time.monotonic(), [seat.id for seat in scenario.seats]

    def tell(what: Text) -> Callable[[int], None]:
        return lambda done: voice.narrate(_PROGRESS.fill(what=what, done=done, all=len(seats)))

    weighed = _Weighed(
        balance(bundle, lens, asked.sessions, seed, progress=tell(_PAIRING)),
        idle(scenario, lens, seed=seed),
        use_of(scenario, lens, seed=seed),
        worths(bundle, lens, asked.states, seed, progress=tell(_TRYING)) if asked.states else (),
        duels(bundle, seats, asked.pairs, seed, lens=lens, short=asked.short, progress=tell(_PLANNING))
        if asked.planner
        else (),
    )
    if asked.as_json:
        voice.data(json.dumps(_plain(weighed), ensure_ascii=False, indent=2))
    else:
        for line in _lines(voice, scenario, weighed):
            voice.data(line)
    voice.narrate(_DONE.fill(name=scenario.id, lens=lens, seed=seed, s=voice.number(time.monotonic() - started)))
    return ExitCode.OK


def _plain(weighed: _Weighed) -> dict[str, Any]:
    found, left = weighed.found, weighed.left
    return {
        **weighing.plain(weighed.use, weighed.worths, weighed.duels),
        "scenario": found.scenario,
        "lens": found.lens,
        "seed": found.seed,
        "sessions": found.sessions,
        "wins": {name: asdict(interval) for name, interval in found.wins.items()},
        "endings": {name: asdict(interval) for name, interval in found.endings.items()},
        "pairings": [asdict(pairing) for pairing in found.pairings],
        "out_of_balance": list(found.out_of_balance),
        "dominant": [list(pair) for pair in found.dominant],
        "alike": [list(pair) for pair in found.alike],
        "unreached": list(found.unreached),
        "explained": [name for name in found.never if name in found.rare],
        "unused": list(found.unused),
        "idle": {"sessions": left.sessions, "still": left.still, "trends": [asdict(trend) for trend in left.trends]},
    }


def _lines(voice: Voice, scenario: Scenario, weighed: _Weighed) -> Iterator[str]:
    of, found, left = voice.of, weighed.found, weighed.left
    seats = {seat.id: of(seat.title) for seat in scenario.seats}
    endings = {ending.id: of(ending.title) for ending in scenario.endings}
    doctrines = {name: of(doctrine.title) for name, doctrine in scenario.ruleset.doctrines.items()}
    moves = {name: of(move.title) for name, move in scenario.ruleset.moves.items()}
    checks = list(_verdict(voice, found, left, seats, endings, doctrines, moves))
    more = list(weighing.verdict(voice, scenario, weighed.use, weighed.worths, weighed.duels))
    to_mend, tried = sum(many > 0 for _, many in checks + more), len(checks + more)
    yield of(_TO_MEND.fill(n=to_mend, all=tried) if to_mend else _NOTHING_TO_MEND)
    yield from ("", of(_VERDICT))
    yield from (f"  {line}" for line, _ in checks)
    yield from (f"  {line}" for line in _explained(voice, scenario, found))
    yield from (f"  {line}" for line, _ in more)
    yield from ("", of(_WINS), of(_SEVERAL))
    yield from _shares(voice, seats, found.wins)
    yield from ("", of(_ENDINGS))
    yield from _shares(voice, endings, found.endings)
    yield from ("", of(_DOCTRINES))
    head = ["", *(of(text) for text in (_BEATS, _UNLIKE))]
    rows = [
        [
            f"{p.seat}: {doctrines[p.doctrine]} > {doctrines[p.other]}",
            " / ".join(voice.percent(interval.value) for interval in p.beats),
            voice.percent(p.unlike),
        ]
        for p in found.pairings
    ]
    yield from (f"  {line}" for line in table(head, rows))
    yield from ("", of(_IDLE.fill(still=left.still, moving=len(left.trends))))
    head = ["", *(of(text) for text in (_START, _END, _DRIFT, _TREND))]
    drifting = [
        [
            t.number,
            voice.fixed(t.start, 1),
            voice.fixed(t.end, 1),
            voice.percent(t.drift) if t.of_something else of(_FROM_0),
            of(_STATED) if t.stated else "",
        ]
        for t in left.drifting
    ]
    yield from (f"  {line}" for line in table(head, drifting))
    yield from weighing.tables(voice, scenario, weighed.use, weighed.worths, weighed.duels)


def _verdict(
    voice: Voice,
    found: Balance,
    left: Idle,
    seats: Mapping[str, str],
    endings: Mapping[str, str],
    doctrines: Mapping[str, str],
    moves: Mapping[str, str],
) -> Iterator[tuple[str, int]]:
    faults = [
        (_OUT, [seats[s] for s in found.out_of_balance]),
        (_DOMINANT, [f"{seats[s]}: {doctrines[d]}" for s, d in found.dominant]),
        (_ALIKE, [f"{seats[s]}: {doctrines[a]} = {doctrines[b]}" for s, a, b in found.alike]),
        (_UNREACHED, [endings[e] for e in found.unreached]),
        (_UNUSED, [moves[m] for m in found.unused]),
        (_AWAY, [trend.number for trend in left.running_away]),
        (_UNSTATED, [trend.number for trend in left.unstated]),
    ]
    for text, some in faults:
        yield voice.of(text.fill(n=len(some), what="; ".join(some) or "–")), len(some)


def _explained(voice: Voice, scenario: Scenario, found: Balance) -> Iterator[str]:
    """Say why doctrines alone do not come to some endings."""
    for ending in scenario.endings:
        if ending.rare is not None and ending.id in found.never:
            yield voice.of(_NOT_BY_BOTS.fill(ending=ending.title, why=ending.rare))


def _shares(voice: Voice, names: Mapping[str, str], found: Mapping[str, Interval]) -> Iterator[str]:
    rows = [
        [names[name], voice.percent(i.value), f"{voice.percent(i.low)} – {voice.percent(i.high)}"]
        for name, i in found.items()
    ]
    yield from (f"  {line}" for line in table(["", *(voice.of(text) for text in (_SHARE, _INTERVAL))], rows))


_PROGRESS = Text("{what}: {done} of {all} seats", "{what}: {done} de {all} puestos")
_PAIRING, _TRYING = Text("doctrines", "doctrinas"), Text("single moves", "acciones sueltas")
_PLANNING = Text("thinking ahead", "pensar por adelantado")
_DONE = Text("{name}, lens {lens}, seed {seed}: {s} s.", "{name}, enfoque {lens}, semilla {seed}: {s} s.")
_NOTHING_TO_MEND = Text("Nothing to mend by these measures.", "Nada que corregir según estas medidas.")
_TO_MEND = Text("To mend: {n} of {all} checks.", "Por corregir: {n} de {all} comprobaciones.")
_SEVERAL = Text("Several seats can win the same session.", "En una misma sesión pueden ganar varios puestos.")
_FROM_0 = Text("from 0", "desde 0")
_VERDICT = Text("What is out of balance", "Lo que está fuera de equilibrio")
_OUT = Text(
    "seats that win under 5 % or over 85 %: {n} ({what})", "puestos que ganan menos de 5 % o más de 85 %: {n} ({what})"
)
_DOMINANT = Text(
    "doctrines that beat their others everywhere: {n} ({what})",
    "doctrinas que vencen siempre a las otras del puesto: {n} ({what})",
)
_ALIKE = Text("doctrines that do the same: {n} ({what})", "doctrinas que hacen lo mismo: {n} ({what})")
_UNREACHED = Text("endings that nobody reached: {n} ({what})", "desenlaces a los que nadie llegó: {n} ({what})")
_NOT_BY_BOTS = Text(
    "not reached by doctrines alone: {ending}: {why}", "no lo alcanzan las doctrinas solas: {ending}: {why}"
)
_UNUSED = Text("moves that no doctrine orders: {n} ({what})", "acciones que ninguna doctrina ordena: {n} ({what})")
_AWAY = Text(
    "numbers that run into a bound when nobody acts: {n} ({what})",
    "indicadores que llegan a su límite si nadie actúa: {n} ({what})",
)
_UNSTATED = Text(
    "numbers that drift by more than 15 % when nobody acts, and no trend is stated for them: {n} ({what})",
    "indicadores que se mueven más de 15 % si nadie actúa, sin que el escenario declare esa tendencia: {n} ({what})",
)
_WINS = Text("Who wins (a score of 0.60 and more; all doctrines mixed)", "Quién gana (0,60 o más; todas las doctrinas)")
_ENDINGS = Text("How sessions end", "Cómo terminan las sesiones")
_DOCTRINES = Text(
    "Doctrines against one another, by what the others play",
    "Las doctrinas entre sí, según lo que juegan los demás",
)
_BEATS = Text("beats", "vence")
_UNLIKE = Text("orders otherwise", "ordena otra cosa")
_SHARE, _INTERVAL = Text("share", "proporción"), Text("95 % interval", "intervalo de 95 %")
_IDLE = Text(
    "If nobody orders anything: {moving} numbers move, {still} stand still; those that move by more than 15 %",
    "Si nadie ordena nada: {moving} indicadores se mueven y {still} quedan quietos; los que se mueven más de 15 %",
)
_TREND, _STATED = Text("trend", "tendencia"), Text("stated", "declarada")
_START, _END, _DRIFT = Text("start", "inicio"), Text("end", "final"), Text("change", "cambio")
