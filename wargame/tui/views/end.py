"""The end: how it ended and why, what was reached, what was believed and what was true, what really happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.text import Text
from wargame.telling import ending, hindsight
from wargame.tui.page import Block
from wargame.tui.panel import Panel
from wargame.tui.views.view import View

if TYPE_CHECKING:
    from wargame.analysis.decisions import Decision
    from wargame.analysis.standing import Standing


class End(View):
    """Meaning, then learning."""

    tab, title, first = "end", Text("End", "Final"), "ending"
    footer: ClassVar[tuple[str, ...]] = ("weigh", "try-again", "timeline", "sources", "home", "commands")

    def __init__(self) -> None:
        super().__init__()
        self._weighed = False

    def compose(self) -> ComposeResult:
        """Lay out the ending beside what was true."""
        with Horizontal():
            with Vertical(id="end-left", classes="column"):
                yield Panel("ending")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("truth")
                yield Panel("hindsight")

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

        if not self._weighed:
            self.panel("hindsight").show_page(self.of(_HINDSIGHT), [Block("say", self.of(_ASK), indent=1)])

    def do_weigh(self) -> None:
        """Weigh the decisions beside the screen, which takes some seconds."""
        if not self._weighed:
            self.room.set_busy(self.of(_WEIGHING))
            self._weigh()

    @work(thread=True, exclusive=True, group="hindsight", exit_on_error=False)
    def _weigh(self) -> None:
        from wargame.analysis.decisions import Hindsight
        from wargame.analysis.standing import standing

        sitting = self.sitting
        library, session, seat = sitting.library, sitting.session.id, sitting.seat.id
        try:
            decisions = Hindsight(library, session).decisions(seat)
            place = standing(library, session, seat)
        except Exception as error:
            self.app.call_from_thread(self.room.set_busy, "")
            self.app.call_from_thread(self.room.fail, error)
            return
        self.app.call_from_thread(self._show_hindsight, decisions, place)

    def _show_hindsight(self, decisions: Sequence[Decision], place: Standing) -> None:
        self.room.set_busy("")
        self._weighed = True
        scene, seat = self.sitting.game.scene, self.sitting.seat.id
        blocks = list(self.sitting.told(lambda: hindsight.tell_decisions(scene, seat, decisions)))
        blocks += self.sitting.told(lambda: hindsight.tell_standing(scene, place))
        self.panel("hindsight").show_page(blocks[0].text, blocks[1:])
        self.panel("hindsight").focus()

    def _kept(self, section: tuple[Block, ...]) -> tuple[Block, ...]:
        return section[:2]


_HINDSIGHT = Text("With hindsight", "Visto después")
_ASK = Text(
    "d weighs your decisions, each against its absence, and sets your run among those of bots. It takes some seconds.",
    "d pesa sus decisiones, cada una frente a su ausencia, y ubica su partida entre las de los bots. Tarda unos "
    "segundos.",
)
_WEIGHING = Text("weighing your decisions", "pesando sus decisiones")
