"""A conversation in lines: what is said, what is asked, and what came back. Works at a terminal and through a pipe."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence

from wargame.cli.lines import item, prose, table, wrapped
from wargame.cli.speech import Voice
from wargame.model.text import Text
from wargame.telling.talk import Talk
from wargame.telling.typed import plain


class LineTalk(Talk):
    """Says lines on stdout and reads lines from stdin; what is read from a pipe is echoed, so a transcript is whole."""

    def __init__(self, voice: Voice) -> None:
        self.voice: Voice = voice
        self.live = sys.stdin.isatty()
        if self.live:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401  (editing and history for input(), where the system has it)

    # ── saying ──────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph."""
        self.lines(wrapped(text if isinstance(text, str) else self.of(text), indent))

    def head(self, text: Text | str) -> None:
        """Say a heading, after an empty line."""
        words = text if isinstance(text, str) else self.of(text)
        self.voice.data()
        self.lines(wrapped(words.upper()))

    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Say a paragraph that hangs from a label."""
        self.lines(item(label, text if isinstance(text, str) else self.of(text), indent))

    def prose(self, text: Text) -> None:
        """Say authored text with its paragraphs."""
        self.lines(prose(self.of(text)))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Say a table: names in the first column, numbers in the others."""
        self.lines(table(head, rows))

    def lines(self, lines: Iterable[str]) -> None:
        """Say lines as they are."""
        for line in lines:
            self.voice.data(line)

    def gap(self) -> None:
        """Leave a line empty."""
        self.voice.data()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self, prompt: str) -> str | None:
        """Return the next line, or None when there are no more."""
        sys.stdout.flush()
        try:
            if self.live:
                return input(f"{prompt} ").strip()
            line = sys.stdin.readline()
        except EOFError:
            self.gap()  # what is said next begins on a line of its own
            return None
        except UnicodeDecodeError:
            return "�"
        if not line:
            return None
        self.voice.data(f"{prompt} {line.strip()}")
        return line.strip()

    def confirm(self, question: Text) -> bool:
        """Ask at a terminal; what comes through a pipe was decided on before."""
        if not self.live:
            return True
        return plain(self.ask(f"{self.of(question)} >") or "") in _YES


_YES = frozenset({"yes", "y", "si", "s"})
