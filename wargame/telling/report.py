"""The report of a session that has ended, in Markdown: how it ended, what mattered, what was believed and true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wargame.analysis.decisions import Decision, Hindsight
from wargame.analysis.standing import Standing, standing
from wargame.model.text import Text
from wargame.session.library import Library
from wargame.session.session import Session
from wargame.telling.ending import tell_ending
from wargame.telling.game import Game
from wargame.telling.hindsight import tell_decisions, tell_standing
from wargame.telling.results import show_news, show_results
from wargame.telling.situation import show_brief
from wargame.telling.talk import Talk
from wargame.telling.voice import Voice


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is found out about a session by playing others beside it."""

    decisions: Sequence[Decision]
    standing: Standing


def weigh(library: Library, session: str, seat: str) -> Weighed:
    """Play others beside a session that has ended, which takes seconds."""
    return Weighed(Hindsight(library, session).decisions(seat), standing(library, session, seat))


def report(voice: Voice, library: Library, session: Session, seat: str, weighed: Weighed) -> str:
    """Return the report of a session that has ended, for one seat."""
    talk = MarkdownTalk(voice)
    _tell(Game(talk, library, session, seat), weighed)
    return talk.text()


def write_report(text: str, out: Path) -> None:
    """Keep a report in a file."""
    out.write_text(text, encoding="utf-8", newline="\n")


def _tell(game: Game, weighed: Weighed) -> None:
    talk, session, header = game.talk, game.session, game.session.header
    talk.head(f"{talk.of(session.scenario.title)}: {talk.of(game.seat.title)}")
    lens = next(lens.title for lens in session.scenario.ruleset.lenses.values() if lens.id == header.lens)
    level = session.scenario.level(header.level).title
    talk.say(_SETTING.fill(id=session.id, lens=lens, level=level, seed=header.seed, turns=len(session.reports)))
    tell_ending(game)
    tell_decisions(game.scene, game.seat.id, weighed.decisions)
    tell_standing(game.scene, weighed.standing)
    for report in session.reports:
        show_news(game.scene, report.turn, game.seat.id, "inject")
        show_results(game, report.turn)
    show_brief(game)


class MarkdownTalk(Talk):
    """Collects what is told as Markdown; nobody answers."""

    def __init__(self, voice: Voice) -> None:
        self.voice: Voice = voice
        self._parts: list[str] = []
        self._margin = 0
        """How far the first item of the list in hand was set in."""

    def text(self) -> str:
        """Return everything that was told."""
        return "\n\n".join(self._parts) + "\n"

    def say(self, text: Text | str, indent: int = 0) -> None:
        """Add a paragraph, or go on in the item before it."""
        words = self._words(text)
        if indent and self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n  {words}"
        else:
            self._parts.append(words)

    def head(self, text: Text | str) -> None:
        """Add a heading; the first is the title."""
        self._parts.append(f"{'##' if self._parts else '#'} {self._words(text)}")

    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Add an item of a list."""
        mark = "-" if label == "-" else f"- **{label.rstrip(':')}**"
        line = f"{mark} {self._words(text)}"
        if self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n{'  ' if indent > self._margin else ''}{line}"
        else:
            self._parts.append(line)
            self._margin = indent

    def prose(self, text: Text) -> None:
        """Add authored text as it is written."""
        self._parts.append(self.of(text).strip())

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table."""
        lines = [list(head), ["---"] + ["---:"] * (len(head) - 1), *(list(row) for row in rows)]
        cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
        self._parts.append("\n".join(f"| {' | '.join(line)} |" for line in cells))

    def gap(self) -> None:
        """Paragraphs stand apart already."""

    def ask(self, prompt: str) -> str | None:
        """Return None: nobody answers."""
        return None

    def _words(self, text: Text | str) -> str:
        return text if isinstance(text, str) else self.of(text)


_SETTING = Text(
    "Session {id}; lens: {lens}; level: {level}; seed {seed}; {turns} turns.",
    "Sesión {id}; enfoque: {lens}; nivel: {level}; semilla {seed}; {turns} turnos.",
)
