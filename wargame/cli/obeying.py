"""How a typed line of the line mode finds its command, and what is said where it cannot be obeyed."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.cli.command import Command, by_name
from wargame.cli.commands import COMMANDS
from wargame.cli.teaching import take_note, tell_lesson
from wargame.formula.suggest import nearest
from wargame.model.errors import RefusedOrder, SessionError, WargameError
from wargame.model.text import Text
from wargame.telling.game import Game
from wargame.telling.menu import UnknownMove
from wargame.telling.typed import plain

LONGEST = 2000
"""Longer lines are not commands."""
_BY_NAME = by_name(COMMANDS)


def obey(game: Game, line: str) -> None:
    """Do what a typed line says, or say why not."""
    words = line.split()
    if not words:
        return
    try:
        if len(line) > LONGEST:
            raise SessionError(Text("That line is too long.", "Esa línea es demasiado larga."))
        command, rest = _find(words)
        if command.in_play and game.session.ended:
            raise SessionError(_OVER)
        lesson = game.tutor.shown
        command.run(game, rest)
        take_note(game, command.names[0], rest)
        if game.tutor.shown is not None and game.tutor.shown is not lesson and not game.over:
            tell_lesson(game)
    except UnknownMove as error:
        _propose(game, error)
    except RefusedOrder as error:
        game.talk.say(Text("Not filed: {why}", "No se presentó: {why}").fill(why=error.message))
    except WargameError as error:
        game.talk.say(error.message)


def _propose(game: Game, error: UnknownMove) -> None:
    """Say which moves may have been meant, each with what it does."""
    game.talk.say(error.message)
    for offer in error.near:
        said = game.talk.of(offer.title)
        does = offer.move.text
        game.talk.item(f"{offer.number}.", f"{said}: {game.talk.of(does)}" if does is not None else said)


def _find(words: Sequence[str]) -> tuple[Command, list[str]]:
    """Return the command that is meant, and the words after it; a bare number shows a move."""
    if words[0].replace(".", "", 1).isdecimal() and words[0].isascii():
        return _BY_NAME["orders"], list(words)
    for count in (2, 1):
        names = [plain(word) or word for word in words[:count]]
        if len(names) == count and (name := " ".join(names)) in _BY_NAME:
            return _BY_NAME[name], list(words[count:])
    typed = plain(words[0])
    close = [command for name, command in _BY_NAME.items() if typed and name.startswith(typed) and not command.in_full]
    if len(set(map(id, close))) == 1:
        return close[0], list(words[1:])
    raise SessionError(_unknown(words[0], typed))


def _unknown(word: str, typed: str) -> Text:
    text = Text(
        "There is no command '{word}'{hint} Type help for the list.",
        "No existe el comando «{word}»{hint} Escriba ayuda para ver la lista.",
    )
    near = nearest(typed, _BY_NAME)
    hint = Text(".", ".")
    if near is not None:
        hint = Text("; did you mean '{near}'?", "; ¿quiso decir «{near}»?").fill(near=_BY_NAME[near].name)
    return text.fill(word=repr(word[:40])[1:-1], hint=hint)


_OVER = Text(
    "The session has ended. You can still ask (why, results, look, sources, fork) or quit.",
    "La sesión ha terminado. Todavía puede preguntar (porqué, resultados, mirar, fuentes, bifurcar) o salir.",
)
