"""The roof: picks a front end, and imports nothing before it knows which.

``wargame``, ``python -m wargame`` and ``make play`` all arrive here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from wargame.cli.play import Table
    from wargame.cli.speech import Voice
    from wargame.model.errors import ProgramError


def main() -> int:
    """Run the command line and return its exit code (``wargame.cli.exits``)."""
    try:
        from wargame.cli.app import run

        return run(screens)
    except KeyboardInterrupt:  # before there is a command that could say what is kept
        return _stopped()


def _stopped() -> int:
    from wargame.cli.exits import ExitCode
    from wargame.cli.speech import STOPPED, Voice, language_of

    Voice(language_of(sys.argv)[0]).narrate(STOPPED)
    return int(ExitCode.INTERRUPTED)


def screens(voice: Voice, table: Table) -> tuple[str, Path | None, ProgramError | None]:
    """Open the screens for ``wargame play``; return what ``play_on_screen`` does."""
    from wargame.cli.settings import read_settings, save_choice
    from wargame.session.paths import library_path
    from wargame.tui.app import Asked
    from wargame.tui.open import play_on_screen

    chosen = read_settings().everything
    theme, marks = str(chosen.get("theme", "dark")), str(chosen.get("glyphs", "auto"))
    asked = Asked(
        table.scenario, table.seat, table.resume, table.level, table.seed, table.lens, table.short, theme, marks, True,
        table.ahead, table.think,
    )  # fmt: skip
    return play_on_screen(library_path(table.library), voice.language, asked, save_choice)


if __name__ == "__main__":
    sys.exit(main())
