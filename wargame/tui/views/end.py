"""The end: how it ended and why, what was reached, what was believed and what was true, what really happened."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.text import Text
from wargame.telling import ending
from wargame.tui.page import Block
from wargame.tui.panel import Panel
from wargame.tui.views.view import View


class End(View):
    """Meaning, then learning."""

    tab, title, first = "end", Text("End", "Final"), "ending"
    footer: ClassVar[tuple[str, ...]] = ("try-again", "results", "timeline", "sources", "home", "commands")

    def compose(self) -> ComposeResult:
        """Lay out the ending beside what was true."""
        with Horizontal():
            with Vertical(id="end-left", classes="column"):
                yield Panel("ending")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("truth")

    def refill(self) -> None:
        """Fill the panels."""
        session = self.sitting.session
        if not session.ended:
            return
        game = self.sitting.game
        blocks = self.sitting.told(lambda: ending.show_ending(game))
        heads = [i for i, block in enumerate(blocks) if block.kind == "head"]
        sections = [blocks[a:b] for a, b in zip(heads, [*heads[1:], len(blocks)], strict=True)]
        left = [block for section in sections[:2] for block in section]
        right = [block for section in sections[2:-1] for block in section]
        panel = self.panel("ending")
        panel.show_page(left[0].text if left else "", left[1:])
        self.panel("truth").show_page(right[0].text if right else "", [*right[1:], *self._kept(sections[-1])])

    def _kept(self, section: tuple[Block, ...]) -> tuple[Block, ...]:
        return section[:2]
