"""What a command of the line mode is, and by which names it may be typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from wargame.model.text import Text
from wargame.telling.game import Game
from wargame.telling.typed import plain


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``names`` and ``nombres`` are what may be typed; the first ones are shown."""

    names: tuple[str, ...]
    nombres: tuple[str, ...]
    usage: Text
    help: Text
    run: Callable[[Game, Sequence[str]], None]
    in_play: bool = False
    """Only while the session is in play."""
    in_full: bool = False
    """It cannot be undone, so a part of its name is not enough."""

    @property
    def name(self) -> Text:
        """Return the name that is shown."""
        return Text(self.names[0], self.nombres[0])


def by_name(commands: Sequence[Command]) -> Mapping[str, Command]:
    """Return every name that may be typed, without accents, with its command."""
    found = {plain(name): command for command in commands for name in (*command.names, *command.nombres)} | {
        "?": next(command for command in commands if "help" in command.names)
    }
    del found[""]
    return found
