"""The teacher of a first session in line mode: says the lesson that is due, and takes note of what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wargame.cli.command import Command
from wargame.model.lessons import Deed
from wargame.model.text import Text
from wargame.telling.game import Game
from wargame.telling.typed import plain


def tell_lesson(game: Game, words: Sequence[str] = ()) -> None:
    """Say the lesson that is due, or (``lesson before``) the one before the one that was told last."""
    if words and plain(words[0]) in _BACK and game.tutor.has_before:
        game.tutor.go_back()
        return  # it is told once this command has been obeyed
    lesson = game.tutor.shown
    if lesson is None:
        game.talk.say(_NONE)
        return
    game.talk.gap()
    game.talk.head(game.tutor.head)
    game.talk.say(lesson.text)
    game.talk.item("►", lesson.lines)


def skip_lesson(game: Game, words: Sequence[str]) -> None:
    """Go on to the next lesson; it is told once this command has been obeyed."""
    if game.tutor.shown is None:
        game.talk.say(_NONE)
    game.tutor.skip()


def take_note(game: Game, name: str, words: Sequence[str]) -> None:
    """Take note that a command was obeyed, whatever it was."""
    deed = _PAST if name == "results" and words else _DEEDS.get(name)
    if deed is not None:
        game.tutor.note(*deed)
    game.tutor.catch_up()


_BACK: Final = ("before", "back", "anterior", "atras")
_PAST: Final = (Deed.SEE, "timeline")
_DEEDS: Final = {
    "brief": (Deed.SEE, "brief"),
    "situation": (Deed.SEE, "situation"),
    "orders": (Deed.SEE, "orders"),
    "refused": (Deed.SEE, "orders"),
    "offers": (Deed.SEE, "deals"),
    "offer": (Deed.SEE, "deals"),
    "promises": (Deed.SEE, "deals"),
    "bodies": (Deed.SEE, "body"),
    "agenda": (Deed.SEE, "body"),
    "results": (Deed.SEE, "results"),
    "decisions": (Deed.ASK, "decisions"),
    "standing": (Deed.SEE, "end"),
    "why": (Deed.ASK, "why"),
    "forecast": (Deed.ASK, "forecast"),
}
"""What of a session one looks at or asks with a command."""
_NONE: Final = Text("There is no lesson to do.", "No hay ninguna lección pendiente.")

COMMANDS: Final = (
    Command(
        ("lesson",),
        ("lección",),
        Text("lesson [before]", "lección [anterior]"),
        Text(
            "the lesson that is due, in a first session, or the one before it",
            "la lección pendiente, en una primera sesión, o la anterior",
        ),
        tell_lesson,
    ),
    Command(
        ("skip",),
        ("saltar",),
        Text("skip", "saltar"),
        Text("leave this lesson and go on to the next one", "dejar esta lección y pasar a la siguiente"),
        skip_lesson,
    ),
)
