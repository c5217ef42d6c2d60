"""How the screens end on a fault of the program itself: at once, with the session kept and the trace in a file.

Textual would draw, on the person's terminal, every frame of the trace with what each name holds; with a whole scenario
among them that takes minutes and helps nobody who plays.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from pathlib import Path

from textual.app import App

from wargame.model.errors import ProgramError


class PlainlyEnding(App[None]):
    """An app that ends on an unexpected exception and remembers it, without drawing the trace."""

    fault: BaseException | None = None

    def _fatal_error(self) -> None:
        self.fault = self.fault or sys.exc_info()[1]
        self._close_messages_no_wait()


def told(fault: BaseException, beside: Path) -> ProgramError:
    """Write the trace of a fault into a file beside the library, and return what a person is told."""
    path = beside.with_name("wargame-fault.txt")
    with suppress(OSError):
        path.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
    return ProgramError(type(fault).__name__, str(path) if path.exists() else "")
