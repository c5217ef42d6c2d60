"""A whole game in plain lines: choose, brief, orders, results, again, and the end. The same game as on screens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wargame.bots.bots import default_plays, planning_plays
from wargame.cli.exits import ExitCode
from wargame.cli.named import lens_of, level_of, scenario_of, seat_of
from wargame.cli.obeying import obey
from wargame.cli.shelf import make_bots, open_library, open_session, where_kept
from wargame.cli.speech import Voice
from wargame.cli.talk import LineTalk
from wargame.cli.teaching import tell_lesson
from wargame.content.listing import SUGGESTED, by_use, scenario_names
from wargame.model.errors import ProgramError, SessionError
from wargame.model.scenario import Scenario, Seat
from wargame.model.text import Text, counted
from wargame.session.calling import to_type
from wargame.session.library import Library
from wargame.session.newest import typed_session
from wargame.session.session import Session, Setting
from wargame.telling import ballots, ending, results, situation
from wargame.telling.game import Game
from wargame.telling.promises import say_waiting
from wargame.telling.typed import whole_number


@dataclass(frozen=True, slots=True)
class Table:
    """What ``wargame play`` was asked for; what is empty is asked of the player, or taken as usual."""

    scenario: str = ""
    seat: str = ""
    resume: str = ""
    level: str = ""
    seed: int | None = None
    lens: str = ""
    short: bool = False
    library: Path | None = None
    ahead: bool = False
    """Opponents think ahead."""
    think: float = 5.0
    """Seconds of a turn for all of them."""


def play_in_lines(voice: Voice, table: Table) -> ExitCode:
    """Play a game line by line until it is left; Ctrl-C and the end of the input leave it as well."""
    talk = LineTalk(voice)
    with open_library(table.library, create=True) as library:
        game = _resumed(talk, library, table) if table.resume else _begun(talk, library, table)
        if game is None:
            return ExitCode.OK
        game.think = table.think
        try:
            _converse(game)
        except KeyboardInterrupt:
            talk.gap()
            _take_leave(game, table)
            return ExitCode.INTERRUPTED
        finally:
            game.close()
        _take_leave(game, table)
    return ExitCode.OK


def play_on_screens(
    voice: Voice, table: Table, screens: Callable[[Voice, Table], tuple[str, Path | None, ProgramError | None]]
) -> ExitCode:
    """Check what was named, open the screens, and say afterwards how to go on."""
    if table.scenario:
        scenario, _ = scenario_of(table.scenario)
        lens_of(scenario, table.lens)
        level_of(scenario, table.level)
        if table.seat:
            seat_of(scenario, table.seat)
    if table.resume:
        with open_library(table.library) as library:
            typed_session(library, table.resume)
    session, other, fault = screens(voice, table)
    if session:
        text = Text(
            "Kept. To go on: {command} (or start as you did, and press r)",
            "Guardada. Para seguir: {command} (o entre como entró, y pulse r)",
        )
        voice.narrate(text.fill(command=_to_resume(session, other or table.library)))
    if fault is not None:
        raise fault
    return ExitCode.OK


def _converse(game: Game) -> None:
    while not game.over:
        line = game.talk.ask(_prompt(game))
        if line is None:
            return
        obey(game, line)


def _prompt(game: Game) -> str:
    if game.session.ended:
        return game.talk.of(Text("ended >", "fin >"))
    papers = game.session.voting.papers(game.seat.id)
    if papers:
        text = Text("turn {turn}, {n} of {all} votes >", "turno {turn}, {n} de {all} votos >")
        cast = sum(paper.vote is not None for paper in papers)
        return game.talk.of(text.fill(turn=game.session.turn, n=cast, all=len(papers)))
    filed = len(game.session.filed[game.seat.id])
    return game.talk.of(counted(game.seat.orders, *_PROMPT, turn=game.session.turn, filed=filed))


def _take_leave(game: Game, table: Table) -> None:
    session = game.session
    text = _LEFT_ENDED if session.ended else _LEFT
    command = _to_resume(session.id, table.library)
    game.talk.say(text.fill(id=session.id, turn=session.turn, command=command))


# ── starting ─────────────────────────────────────────────────────────────────────────────────────────────────


def _begun(talk: LineTalk, library: Library, table: Table) -> Game | None:
    name = table.scenario or _choose_scenario(talk)
    if name is None:
        return None
    scenario, bundle = scenario_of(name)
    lens, level = lens_of(scenario, table.lens), level_of(scenario, table.level)
    seat = seat_of(scenario, table.seat) if table.seat else _choose_seat(talk, scenario)
    if seat is None:
        return None
    seed = secrets.randbelow(2**32) if table.seed is None else table.seed
    plays = (planning_plays if table.ahead else default_plays)(scenario, [seat.id])
    setting = Setting(seed, plays, lens, table.short, level, talk.voice.language)
    game = Game(talk, library, Session.create(library, scenario, bundle, setting, make_bots), seat.id)
    situation.show_opening(game)
    situation.show_turn(game)
    situation.show_brief(game)
    results.show_news(game.scene, 1, seat.id)
    situation.show_situation(game)
    say_waiting(game)
    _say_first_steps(game)
    return game


def _resumed(talk: LineTalk, library: Library, table: Table) -> Game:
    session = open_session(library, table.resume)
    people = session.people
    if table.seat and seat_of(session.scenario, table.seat).id not in people:
        text = Text("In session {id} people play: {seats}.", "En la sesión {id} juegan personas: {seats}.")
        raise SessionError(text.fill(id=session.id, seats=", ".join(people) or "–"))
    if not people:
        text = Text("Session {id} has no seat for a person.", "La sesión {id} no tiene puesto para una persona.")
        raise SessionError(text.fill(id=session.id))
    game = Game(talk, library, session, table.seat or people[0])
    situation.show_opening(game)
    if session.ended:
        ending.show_ending(game)
        return game
    situation.show_turn(game)
    results.show_news(game.scene, session.turn, game.seat.id)
    situation.show_situation(game)
    if session.voting.papers(game.seat.id):
        ballots.show_polls(game)
        return game
    say_waiting(game)
    _say_first_steps(game)
    return game


def _say_first_steps(game: Game) -> None:
    if game.tutor.lesson is not None:
        tell_lesson(game)
        return
    game.talk.gap()
    game.talk.say(_FIRST_STEPS)


def _choose_scenario(talk: LineTalk) -> str | None:
    names = by_use(scenario_names()) if talk.live else sorted(scenario_names(), key=lambda n: n != SUGGESTED)
    if not names:
        raise SessionError(Text("No scenario was found.", "No se encontró ningún escenario."))
    if not talk.live:
        talk.say(_USUAL_SCENARIO.fill(name=names[0]))
        return names[0]
    if len(names) == 1:
        return names[0]
    at = _choose(talk, Text("Which scenario?", "¿Qué escenario?"), names)
    return None if at is None else names[at]


def _choose_seat(talk: LineTalk, scenario: Scenario) -> Seat | None:
    seats = scenario.seats
    if not talk.live:
        talk.say(_USUAL_SEAT.fill(seat=seats[0].id))
        return seats[0]
    talk.head(scenario.title)
    talk.say(scenario.text)
    titles = [f"{talk.of(s.title)}. {talk.of(s.public)}" for s in seats]
    at = _choose(talk, Text("Which seat do you play?", "¿Qué puesto juega?"), titles)
    return None if at is None else seats[at]


def _choose(talk: LineTalk, question: Text, choices: Sequence[str]) -> int | None:
    """Return the position of what is chosen from a numbered list (an empty line: the first), or None at the end."""
    talk.gap()
    for n, choice in enumerate(choices, 1):
        talk.item(f"{n}.", choice)
    while True:
        usual = talk.of(Text("(Enter: 1)", "(Intro: 1)"))
        typed = talk.ask(f"{talk.of(question)} {usual} >")
        if typed is None:
            return None
        if not typed:
            return 0
        if 1 <= (at := whole_number(typed) or 0) <= len(choices):
            return at - 1
        talk.say(Text("Type a number from 1 to {n}.", "Escriba un número del 1 al {n}.").fill(n=len(choices)))


_PROMPT = (
    Text("turn {turn}, {filed} of {n} order >", "turno {turn}, {filed} de {n} orden >"),
    Text("turn {turn}, {filed} of {n} orders >", "turno {turn}, {filed} de {n} órdenes >"),
)


def _to_resume(session: str, library: Path | None) -> str:
    """Return what to type to go on with a session."""
    return to_type(f"play --resume {session}{where_kept(library)}")


_USUAL_SCENARIO = Text(
    "Scenario: {name} (the first of the list; name another on the command line).",
    "Escenario: {name} (el primero de la lista; puede nombrar otro en la línea de comandos).",
)
_USUAL_SEAT = Text(
    "Seat: {seat} (the first of the list; choose another with --seat).",
    "Puesto: {seat} (el primero de la lista; elija otro con --seat).",
)
_FIRST_STEPS = Text(
    "Type orders to see what you may order, orders 4.2 to see what move 4 would do in its second place, file 4.2 to "
    "order it, end to play the turn out, help for everything else.",
    "Escriba órdenes para ver qué puede ordenar, órdenes 4.2 para ver qué haría la acción 4 en su segundo lugar, "
    "presentar 4.2 para ordenarla, terminar para jugar el turno, ayuda para lo demás.",
)
_LEFT = Text(
    "Session {id} is kept, at turn {turn}. To go on: {command}",
    "La sesión {id} queda guardada, en el turno {turn}. Para seguir: {command}",
)
_LEFT_ENDED = Text("Session {id} is kept. It has ended.", "La sesión {id} queda guardada. Ha terminado.")
