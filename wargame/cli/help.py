"""Help in the line mode: the list of commands, and what a command or a word means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wargame.cli.command import Command, by_name
from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.telling.game import Game
from wargame.telling.glossary import WORDS
from wargame.telling.typed import matching, plain


def show_help(game: Game, words: Sequence[str], commands: Sequence[Command]) -> None:
    """Say what can be typed, or what a word means."""
    if words:
        _help_about(game, " ".join(words), by_name(commands))
        return
    for command in commands:
        game.talk.item(f"{game.talk.of(command.usage)}:", command.help)
    listed = ", ".join(game.talk.of(word) for word in WORDS)
    game.talk.say(
        Text("Words explained by help WORD: {all}.", "Palabras que explica ayuda PALABRA: {all}.").fill(all=listed)
    )


def _help_about(game: Game, typed: str, named: Mapping[str, Command]) -> None:
    rules = game.session.scenario.ruleset
    found = [(w, t) for w, t in WORDS.items() if plain(typed) in (plain(w.en), plain(w.es))]
    if not found and plain(typed) in named:
        command = named[plain(typed)]
        found = [(command.usage, command.help)]
    if not found:
        known = [
            *WORDS.items(),
            *((a.title, a.text) for a in (*rules.attributes, *(d.attribute for d in rules.derived)) if a.text),
            *((m.title, m.text) for m in rules.moves.values() if m.text),
        ]
        found = [known[i] for i in matching(typed, {i: (w.en, w.es) for i, (w, _) in enumerate(known)})][:5]
    for word, text in found:
        game.talk.item(f"{game.talk.of(word)}:", text)
    if not found:
        raise SessionError(
            Text(
                "There is no help about '{word}'. Type help for the list.",
                "No hay ayuda sobre «{word}». Escriba ayuda para ver la lista.",
            ).fill(word=repr(typed[:40])[1:-1])
        )
