"""How moves, places and filed orders are drawn: cost and odds beside them, refusals under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wargame.engine.options import Option
from wargame.model.orders import Order
from wargame.model.text import Text
from wargame.session.drafts import Drafts
from wargame.telling import filing, offers
from wargame.telling.menu import Offer, Place
from wargame.tui import marks
from wargame.tui.ink import Line, apart, columns, dim, pad, width_of, wrap
from wargame.tui.named import telling_words
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row
from wargame.tui.views.view import View


class OrderRows(View):
    """The rows of the tab of orders."""

    def __init__(self) -> None:
        super().__init__()
        self._binding: tuple[int, list[str]] | None = None
        """Of which moment, and the resources by how much they bind: every row asks for them."""
        self._own: list[str] = []

    @property
    def drafts(self) -> Drafts:
        """Return the drafts of this turn."""
        return self.sitting.drafts

    def _move_drawer(self, offer: Offer, able: list[Option], some: list[Option]) -> Draw:
        title = self.of(offer.move.title)
        reason = some[0].refusal.message if some[0].refusal is not None else None
        same = all(o.refusal is not None and o.refusal.message == reason for o in some)
        said = self.of(reason) if reason is not None and same else self.of(_EVERYWHERE)
        number = self.sitting.voice.number
        ordered = {order.candidate for order in self.sitting.session.filed[self.sitting.seat.id]}
        filed = any(o.candidate.id in ordered for o in some)

        def draw(width: int) -> list[Line]:
            if filed:
                return [apart(((title, "$dim"),), ((self.of(_FILED), "bold $accent"),), width)]
            if not able:
                return [
                    ((f"× {title}", "$dim"),),
                    *wrap(said, width - 2, "italic $dim", 4, (("    ", ""),)),
                ]
            paid = {r: number(cost) for r, cost in able[0].cost.items() if cost}
            if self._has_all(width):
                cost = columns([(((paid[r], ""),) if r in paid else (), -5) for r in self._resources(width)])
            else:
                cost = self._said(paid, brief=width < _SAID)
            return [apart(((title, ""),), (*cost, (" ", ""), *pad(self._odds(able), 7, right=True)), width)]

        return draw

    def _resources(self, width: int) -> list[str]:
        """Return the resources that have a column of their own: all that moves cost, or those that bind most."""
        if self._binding is None or self._binding[0] != self.sitting.version:
            self._binding = self.sitting.version, self._by_need()
        room = max((width - _TITLE) // 6, 1)
        return [r for r in self._own if r in self._binding[1][:room]] or self._binding[1][:room]

    def _by_need(self) -> list[str]:
        """Return the resources that moves cost, those first of which a move takes the largest share."""
        sitting, dear = self.sitting, dict[str, float]()
        desk = sitting.session.desk(sitting.seat.id)
        self._own = [r for actor in sitting.seat.actors[:1] for r in desk.resources(actor)]
        left = desk.left(sitting.session.filed[sitting.seat.id])
        for option in sitting.options.values():
            for resource, cost in option.cost.items():
                if cost > 0:
                    share = cost / max(left.get((option.candidate.actor, resource), 0.0), 0.1)
                    dear[resource] = max(dear.get(resource, 0.0), share)
        return sorted(dear, key=lambda r: -dear[r])

    def _has_all(self, width: int) -> bool:
        """Say whether every resource that a move costs has a column."""
        shown = self._resources(width)
        return self._binding is not None and len(shown) == len(self._binding[1])

    def _said(self, paid: Mapping[str, str], *, brief: bool) -> Line:
        """Return what a move costs where columns lack: ``poli 0.4 trea 2``; in brief what binds most: ``poli 0.4+``."""
        words, binding = self._words(), self._binding[1] if self._binding else []
        told = [r for r in binding if r in paid][: 1 if brief else None]
        pieces = [((f" {words.get(r, r)[:4]} ", "$dim"), (paid[r], "")) for r in told]
        more = "+" if len(paid) > len(told) else " "  # the form names the others
        return (*(part for piece in pieces for part in piece), (more if brief else "", "$dim"))

    def _words(self) -> dict[str, str]:
        """Return for each resource of the seat the word of its name that tells it from the others."""
        names = self.sitting.session.names.attribute
        return dict(zip(self._own, telling_words([self.of(names(r)) for r in self._own]), strict=True))

    def _heads(self, width: int) -> list[Line]:
        odds = pad(dim(self.of(_ODDS)), 7, right=True)
        if self._has_all(width):
            words = self._words()
            cost = columns([(dim(words.get(r, r)[:5]), -5) for r in self._resources(width)])
        else:
            cost = dim(self.of(_COST))
        return [apart((), (*cost, (" ", ""), *odds), width)]

    def _odds(self, options: list[Option]) -> Line:
        known = [o.odds for o in options if o.odds is not None]
        if not known:
            return ((f"{self.of(_SURE):>7}", "$dim"),)
        low, high = round(100 * min(known)), round(100 * max(known))
        said = f"{low} %" if low == high else f"{low}–{high}"
        return ((f"{said:>7}", "bold"),)

    def _filed_drawer(self, n: int, order: Order) -> Draw:
        game = self.sitting.game
        title = self.of(filing.order_title(game, order.candidate, order.amount))
        odds = game.session.desk(self.sitting.seat.id).odds(
            game.session.engine.candidates[order.candidate], order.amount
        )
        said = self.of(_SURE) if odds is None else f"{round(100 * odds)} %"

        def draw(width: int) -> list[Line]:
            lines = wrap(title, width - 7, "", 2, ((f"{n + 1} ", "bold $accent"),))
            lines[0] = apart(lines[0], ((said, "bold"),), width)
            if order.rationale:
                lines += wrap(f"“{order.rationale}”", width, "$dim", 2, (("  ", ""),))
            return lines

        return draw

    def _place_drawer(self, place: Place) -> Draw:
        option = self.sitting.options[place.candidate.id]
        title = self.of(place.title) or self.of(_ANYWHERE)
        refusal = self.of(option.refusal.message) if option.refusal is not None else ""
        drafted = self.drafts[place.candidate.key] is not None

        def draw(width: int) -> list[Line]:
            if refusal:
                return [((f"× {title}", "$dim"),), *wrap(refusal, width - 2, "italic $dim", 4, (("    ", ""),))]
            name: Line = ((title, "bold" if drafted else ""), (f" {self.of(_DRAFT)}", "$est") if drafted else ("", ""))
            return [apart(name, self._odds([option]), width)]

        return draw

    def _odds_lines(self, odds: float, width: int) -> list[Line]:
        said = self.of(_TIMES.fill(n=round(20 * odds), p=round(100 * odds)))
        line: Line = (*marks.odds(odds), ("  ", ""), (said, "bold"))
        return [line] if width_of(line) <= width else [((said, "bold"),)]

    def _effects(self, offer: Offer, place: Place, amount: int) -> Iterator[Row]:
        game = self.sitting.game
        blocks = list(self.sitting.told(lambda: offers.say_prospects(game, place, amount)))
        blocks = [Block("say", b.text) for b in blocks]
        if offer.move.text is not None:
            blocks.append(Block("say", self.of(offer.move.text), indent=1))
        blocks += [Block("say", self.of(remark), indent=1) for remark in offers.remarks_on(offer)]
        yield page_row(blocks)

    def _amount(self, place: Place) -> int:
        kept = self.drafts[place.candidate.key]
        return kept.amount if kept else self.sitting.session.desk(self.sitting.seat.id).default_amount(place.candidate)


class Places(Panel):
    """The places of a move; where they are all in sight, paging scrolls what is told of the order below them."""

    def action_page(self, by: int) -> None:
        """Move by as much as is shown, or page through the form."""
        if len(self._body(self.size.width)) <= self._room():
            self.screen.query_one("#form", Panel).action_page(by)
        else:
            super().action_page(by)


def warning(said: str, style: str) -> Draw:
    """Return how a sentence is drawn in a style of its own."""
    return lambda width: wrap(said, width, style)


_SAID = 46
"""From so many cells on, everything that a move costs is said where there is no column for each resource."""
_TITLE = 34
"""Cells that a move's title and odds want before a second resource has a column."""
_FILED = Text("filed", "ya presentada")
_EVERYWHERE = Text("refused in every place, for several reasons", "rechazada en todos los lugares, por varias razones")
_SURE = Text("sure", "segura")
_ODDS, _COST = Text("odds", "prob."), Text("cost", "costo")
_ANYWHERE = Text("as it is", "tal cual")
_DRAFT = Text("draft", "borrador")
_TIMES = Text("{n} in 20 · {p} %", "{n} de 20 · {p} %")
