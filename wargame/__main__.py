"""The roof: picks a front end, and imports nothing before it knows which.

``wargame``, ``python -m wargame`` and ``make play`` all arrive here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wargame.cli.play import Table
    from wargame.cli.speech import Voice


def main() -> int:
    """Run the command line and return its exit code (``wargame.cli.exits``)."""
    from wargame.cli.app import run

    return run(screens)


def screens(voice: Voice, table: Table) -> str:
    """Open the screens for ``wargame play``; return the session that was played last, or nothing."""
    from wargame.cli.settings import read_settings, save_choice
    from wargame.session.paths import library_path
    from wargame.tui.app import Asked
    from wargame.tui.open import play_on_screen

    theme = str(read_settings().everything.get("theme", "dark"))
    asked = Asked(
        table.scenario, table.seat, table.resume, table.level, table.seed, table.lens, table.short, theme, True,
        table.ahead, table.think,
    )  # fmt: skip
    return play_on_screen(library_path(table.library), voice.language, asked, save_choice)


if __name__ == "__main__":
    sys.exit(main())
