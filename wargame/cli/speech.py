"""In which language a command speaks, and how errors become a sentence and an exit code.

stdout is data, stderr is narration.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Sequence

from wargame.cli.exits import ExitCode
from wargame.model.errors import (
    ContentError,
    FormulaError,
    LibraryError,
    RefusedOrder,
    SessionError,
    VerificationError,
    WargameError,
)
from wargame.model.text import Language, Text
from wargame.telling import voice as telling

STOPPED = Text("Stopped. Everything acknowledged is kept.", "Detenido. Se conserva todo lo confirmado.")
_CODES: dict[type[WargameError], ExitCode] = {
    ContentError: ExitCode.CONTENT,
    FormulaError: ExitCode.CONTENT,
    LibraryError: ExitCode.LIBRARY,
    VerificationError: ExitCode.DIFFERS,
    SessionError: ExitCode.NOT_FOUND,
    RefusedOrder: ExitCode.REFUSED,
}


def language_of(arguments: Sequence[str], saved: Language | None = None) -> tuple[Language, Text]:
    """Return the language, and from where it comes: ``--lang``, WARGAME_LANG, the saved choice, or the locale."""
    for before, word in zip(("", *arguments), arguments, strict=False):
        named = word.removeprefix("--lang=") if word.startswith("--lang=") else word if before == "--lang" else ""
        if named in set(Language):
            return Language(named), Text("asked for by --lang", "pedido con --lang")
    named = os.environ.get("WARGAME_LANG", "")
    if named in set(Language):
        return Language(named), Text("set by WARGAME_LANG", "fijado por WARGAME_LANG")
    if saved is not None:
        return saved, Text("your saved choice", "su elección guardada")
    words = (os.environ.get("LC_ALL"), os.environ.get("LC_MESSAGES"), os.environ.get("LANG"), locale.getlocale()[0])
    spoken = next((w for w in words if w), "")
    language = Language.ES if spoken.lower().startswith(("es", "spanish")) else Language.EN
    return language, Text("from the settings of this machine", "según la configuración de este equipo")


class Voice(telling.Voice):
    """Says texts in one language: data on stdout, narration on stderr."""

    def data(self, line: str = "") -> None:
        """Write a line of data."""
        print(line)

    def narrate(self, text: Text | str) -> None:
        """Write a line of narration."""
        print(text if isinstance(text, str) else self.of(text), file=sys.stderr)

    def fail(self, error: WargameError) -> ExitCode:
        """Say what is wrong and return the exit code that stands for it."""
        if isinstance(error, ContentError):
            for problem in error.problems:
                self.narrate(problem.say(self.language))
        elif isinstance(error, FormulaError):
            self.narrate(error.problem.say(self.language))
        self.narrate(error.message)
        return next((code for kind, code in _CODES.items() if isinstance(error, kind)), ExitCode.FAILED)
