"""Everything that can go wrong for a user, each with a sentence in the user's language.

WargameError
├── ContentError        rules or scenarios cannot be loaded; carries every Problem found
├── FormulaError        one formula cannot be read; carries its Problem
├── LibraryError        the session library is missing, locked, damaged or of another version
├── SessionError        a session, turn or seat that does not exist; a step out of order
├── VerificationError   a record, header or pinned text is not what it was
├── RefusedOrder        an order that is not legal; carries its Refusal
└── ProgramError        a fault of the program itself, never of what a person did
"""

from __future__ import annotations

from dataclasses import dataclass

from wargame.model.text import Language, Text, counted


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; lines and columns count from 1, 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def shifted(self, columns: int) -> Place:
        """Return the place some columns further on the same line."""
        return Place(self.file, self.line, self.column + columns)

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in content: where, what (with what was expected), and a code that never changes."""

    place: Place
    code: str
    message: Text

    def say(self, language: Language) -> str:
        """Return the line a user reads: place, sentence, code."""
        return f"{self.place}: {self.message.say(language)} [{self.code}]"


class WargameError(Exception):
    """The root of every error that a user may meet."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class FormulaError(WargameError):
    """A formula that cannot be read or does not fit the ruleset."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class ContentError(WargameError):
    """Content with at least one problem; all of them were collected in one pass."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        one = Text("1 problem in the content", "1 problema en el contenido")
        several = Text("{n} problems in the content", "{n} problemas en el contenido")
        super().__init__(counted(len(problems), one, several))
        self.problems = problems


class LibraryError(WargameError):
    """The library of sessions cannot be used."""


class SessionError(WargameError):
    """A session, turn or seat that does not exist, or a step that is out of order."""


class VerificationError(WargameError):
    """Stored history is not what it was when it was written."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order is not legal: a code and a sentence."""

    code: str
    message: Text


class RefusedOrder(WargameError):
    """An order that may not be filed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class ProgramError(WargameError):
    """A fault of the program itself; its trace is in a file, if one could be written."""

    def __init__(self, kind: str, file: str) -> None:
        where = Text(
            " The details are in {file}; please report them.", " Los detalles están en {file}; avise, por favor."
        )
        said = Text(
            "The program failed ({kind}). Nothing acknowledged was lost.{where}",
            "El programa falló ({kind}). No se perdió nada confirmado.{where}",
        )
        super().__init__(said.fill(kind=kind, where=where.fill(file=file) if file else Text("", "")))
        self.file = file
