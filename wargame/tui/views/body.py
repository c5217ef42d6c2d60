"""Bodies: what is on the agendas, can it pass, who would have to move; and the votes once orders are closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.model.errors import SessionError
from wargame.model.text import Text, capitalised, counted
from wargame.session.assembly import Item
from wargame.session.counts import VOTES
from wargame.session.polls import ABSTAIN, NO, YES
from wargame.telling import agenda, ballots, bodies
from wargame.tui.dialogs import Choice, Chooser
from wargame.tui.ink import Line, wrap, wrap_apart
from wargame.tui.panel import Draw, Panel, Row, page_row, text_row
from wargame.tui.views.member_rows import bar, member_rows
from wargame.tui.views.view import View, meta

"""From this share on a vote is drawn as decided."""


class Body(View):
    """Can this pass, and what would change it?"""

    tab, title, first = "body", Text("Body", "Órgano"), "agenda"
    footer: ClassVar[tuple[str, ...]] = ("vote-yes", "vote-no", "abstain", "table", "recount", "commands")

    def __init__(self) -> None:
        super().__init__()
        self._voting = 0
        """The turn in which it is voted now; 0: orders are open."""
        self._told: tuple[int, str, str] | None = None
        """Of which moment, and of what, the text beside the lists tells."""

    def compose(self) -> ComposeResult:
        """Lay out agenda and bodies, and the text at the cursor."""
        with Horizontal():
            with Vertical(id="body-left", classes="column"):
                yield Panel("agenda")
                yield Panel("bodies")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("members")

    def is_due(self) -> int:
        """Return how many ballots are not cast, or how many texts the seat will vote on."""
        if self.sitting.session.ended:
            return 0
        if self.sitting.session.orders_closed:
            return len(ballots.uncast(self.sitting.game))
        return sum(i.voted and self.sitting.assembly.has_vote(i.proposal) for i in self.sitting.assembly.agenda)

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        self._show_agenda()
        yield
        self._show_bodies()
        yield
        self._go_to_uncast()
        kind, name = self._key()
        if kind == "text":
            self.sitting.assembly.expect(name).leanings(name)  # what is reckoned is kept
            yield
        self._told = None
        self._show_text()
        yield

    def _show_agenda(self) -> None:
        assembly = self.sitting.assembly
        items = [Row(self._item_drawer(item), f"text:{item.proposal}") for item in assembly.agenda]
        empty = self.of(_NO_BODIES if not assembly.charters else _NO_AGENDA)
        rows = (
            [*self._call_to_vote(), *items]
            if items
            else [Row(lambda width: wrap(empty, width, "$dim"), "", pick=False)]
        )
        title = self.of(_TO_VOTE if self.sitting.session.orders_closed else _AGENDA)
        self.panel("agenda").show(title, rows, meta=meta(str(len(items))))

    def _show_bodies(self) -> None:
        assembly, names = self.sitting.assembly, self.sitting.session.names.owner
        own = {body: assembly.own(body) for body in assembly.charters}
        bodies_ = sorted(assembly.charters, key=lambda body: not own[body])
        rows = [
            text_row(((self.of(capitalised(names(body))), "bold" if own[body] else ""),), f"body:{body}", pick=True)
            for body in bodies_
        ]
        self.panel("bodies").show(self.of(_BODIES), rows, meta=meta(str(len(rows))))
        self.panel("bodies").display = bool(rows)

    def _go_to_uncast(self) -> None:
        """Put the cursor on the first text with a ballot that is not cast, when the vote begins."""
        voting = self.sitting.session.turn if self.sitting.session.orders_closed else 0
        if voting != self._voting:
            self._voting = voting
            left = {paper.proposal for paper in ballots.uncast(self.sitting.game)} if voting else set()
            found = next((i.proposal for i in self.sitting.assembly.agenda if i.proposal in left), None)
            if found is not None:
                self.panel("agenda").go_to(f"text:{found}")

    def _call_to_vote(self) -> list[Row]:
        """Return what is said over the texts while it is voted."""
        if not self.sitting.session.orders_closed:
            return []
        left = len(ballots.uncast(self.sitting.game))
        said = self.of(counted(left, *_NOW_VOTE) if left else _ALL_CAST)
        return [Row(lambda width: [*wrap(said, width, "bold $accent"), ()], "", pick=False)]

    def _item_drawer(self, item: Item) -> Draw:
        title = self.of(capitalised(self.sitting.session.names.owner(item.proposal)))
        papers = self.sitting.assembly.papers(item)
        cast = ", ".join(self.of(VOTES[p.vote]) if p.vote is not None else "–" for p in papers)
        when = "" if self.sitting.session.ended else self.of(_NOW if item.voted else _NEXT)
        mine = self.sitting.assembly.has_vote(item.proposal)

        def draw(width: int) -> list[Line]:
            right: Line = ((cast, "bold"),) if papers else ((when, "$accent" if item.voted and mine else "$dim"),)
            return wrap_apart(title, right, width, "bold" if mine else "", 2)

        return draw

    # ── the text or body at the cursor ──────────────────────────────────────────────────────────────────────

    def _key(self) -> tuple[str, str]:
        panel = self.panel("bodies") if self.screen.focused is self.panel("bodies") else self.panel("agenda")
        key = panel.key or self.panel("bodies").key
        kind, _, name = key.partition(":")
        return kind, name

    def _show_text(self) -> None:
        kind, name = self._key()
        if self._told == (self.sitting.version, kind, name):
            return
        self._told = self.sitting.version, kind, name
        sitting, game, panel = self.sitting, self.sitting.game, self.panel("members")
        if kind == "body":
            blocks = sitting.told(lambda: bodies.say_body(game, sitting.assembly, name, sitting.tabling, typed=False))
            panel.show_page(self.of(capitalised(game.session.names.owner(name))), blocks[1:])
            return
        if kind != "text":
            panel.show("", [])
            return
        leanings = list(sitting.assembly.expect(name).leanings(name))
        blocks = sitting.told(lambda: agenda.say_text(game, sitting.assembly, name))
        items = [n for n, block in enumerate(blocks) if block.kind == "item"] or [len(blocks)]
        rows = [
            Row(lambda width: bar(sitting, leanings, width), "", pick=False),
            page_row(blocks[1 : items[0]]), text_row(()),
            *member_rows(sitting, sitting.assembly, name, leanings), page_row(blocks[items[-1] + 1 :]),
        ]  # fmt: skip
        panel.show(self.of(capitalised(game.session.names.owner(name))), rows)

    # ── events and verbs ────────────────────────────────────────────────────────────────────────────────────

    def on_panel_moved(self, event: Panel.Moved) -> None:
        """Show what is at the cursor."""
        if event.panel.id in ("agenda", "bodies"):
            self._show_text()

    def on_descendant_focus(self) -> None:
        """Show what is at the cursor of the list that has the focus now."""
        if self.screen.focused in (self.panel("agenda"), self.panel("bodies")):
            self._show_text()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Go on to the text."""
        event.stop()
        self.panel("members").focus()

    def do_yes(self) -> None:
        """Vote yes."""
        self._vote(YES)

    def do_no(self) -> None:
        """Vote no."""
        self._vote(NO)

    def do_abstain(self) -> None:
        """Abstain."""
        self._vote(ABSTAIN)

    def _vote(self, vote: int) -> None:
        sitting, (_, name) = self.sitting, self._key()
        if not sitting.session.orders_closed:
            raise SessionError(_ORDERS_OPEN)
        papers = [p for p in sitting.session.voting.papers(sitting.seat.id) if p.proposal == name]
        if not papers:
            raise SessionError(_NO_VOTE)
        for paper in papers:
            sitting.session.voting.vote(sitting.seat.id, paper.ballot, vote)
        sitting.filed()
        self.room.refill()

    def do_table(self) -> None:
        """List the texts that can be proposed in the body at the cursor; Enter shows the orders that table one."""
        kind, name = self._key()
        if not name:
            raise SessionError(_NO_BODY)
        assembly, game = self.sitting.assembly, self.sitting.game
        body = name if kind == "body" else assembly.body_of(name)
        choices = []
        for text in assembly.texts(body):
            said = " ".join(bodies.ways_to_table(game, self.sitting.tabling.get(text, ()), typed=False))
            if assembly.flag(text, "tabled"):
                said = self.of(_TABLED)
            choices.append(_text_choice(text, self.of(capitalised(game.session.names.owner(text))), said))
        title = f"{self.of(_TABLE)} · {self.of(game.session.names.owner(body))}"

        def chosen(text: str | None) -> None:
            if text:
                self.room.show_orders_about(text)

        self.app.push_screen(Chooser(self.room.say, title, choices), chosen)


def _text_choice(text: str, title: str, said: str) -> Choice:
    return Choice(text, lambda width: [*wrap(title, width, "bold"), *wrap(said, width - 2, "$dim")], title)


_TABLE, _TABLED = Text("Propose", "Proponer"), Text("On the agenda.", "En la agenda.")
_NO_BODY = Text("Put the cursor on a body or a text first.", "Ponga antes el cursor sobre un organismo o un texto.")
_AGENDA, _TO_VOTE = Text("Agenda", "Agenda"), Text("To be voted now", "Se vota ahora")
_BODIES = Text("Bodies", "Organismos")
_NO_BODIES = Text("There are no bodies in this scenario.", "En este escenario no hay organismos.")
_NO_AGENDA = Text(
    "Nothing is on any agenda. Texts are tabled by orders: choose a body and press t.",
    "No hay nada en ninguna agenda. Los textos se presentan con órdenes: elija un organismo y pulse t.",
)
_NOW_VOTE = (
    Text(
        "Orders are closed; now it is voted. 1 ballot is not cast: y yes, n no, a abstains. Then e counts.",
        "Las órdenes están cerradas; ahora se vota. Falta 1 papeleta: y a favor, n en contra, a abstención. Luego, "
        "e cuenta.",
    ),
    Text(
        "Orders are closed; now it is voted. {n} ballots are not cast: y yes, n no, a abstains. Then e counts.",
        "Las órdenes están cerradas; ahora se vota. Faltan {n} papeletas: y a favor, n en contra, a abstención. Luego, "
        "e cuenta.",
    ),
)
_ALL_CAST = Text(
    "All your ballots are cast. y, n and a change the one at the cursor; e counts the votes.",
    "Todas sus papeletas están depositadas. y, n y a cambian la del cursor; e cuenta los votos.",
)
_NOW, _NEXT = Text("this turn", "este turno"), Text("next turn", "próximo turno")
_ORDERS_OPEN = Text(
    "Orders are still open. Close them with e; then you vote.",
    "Las órdenes siguen abiertas. Ciérrelas con e; después usted vota.",
)
_NO_VOTE = Text("You have no vote on this text now.", "Usted no vota ahora sobre este texto.")
