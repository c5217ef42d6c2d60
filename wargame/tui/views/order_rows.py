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
from wargame.tui.ink import Line, apart, columns, dim, width_of, wrap
from wargame.tui.named import telling_words
from wargame.tui.page import Block
from wargame.tui.panel import Draw, Panel, Row, page_row
from wargame.tui.views.view import View


class OrderRows(View):
    """The rows of the tab of orders."""

    def __init__(self) -> None:
        super().__init__()
        self._counted: tuple[int, Mapping[tuple[str, str], float]] | None = None
        """Of which moment, and what is left then."""
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
        odds = self._odds(able)
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
            return [apart(((title, ""),), columns([(self._cost(able[0], width), -_room(width)), (odds, -7)]), width)]

        return draw

    def _cost(self, option: Option, width: int) -> Line:
        """Return what an order costs, as the move lists it: all, or the scarcest that there is room for and ``…``."""
        number, words, left = self.sitting.voice.number, self._words(), self._left()
        taken = {r: c / max(left.get((option.candidate.actor, r), 0.0), 0.1) for r, c in option.cost.items() if c > 0}
        said: dict[str, str] = {}
        for letters in range(_letters(width), _FEWEST - 1, -1):  # shorter words before fewer costs
            said = {r: f"{words.get(r, r)[:letters]} {number(option.cost[r])}" for r in taken}
            if len(_BETWEEN.join(said.values())) <= _room(width):
                return ((_BETWEEN.join(said.values()) or self.of(_FREE), "" if said else "$dim"),)
        scarcest = sorted(taken, key=lambda r: -taken[r])
        while len(scarcest) > 1 and len(_BETWEEN.join(said[r] for r in scarcest)) + 2 > _room(width):
            scarcest.pop()
        return ((_BETWEEN.join(said[r] for r in taken if r in scarcest) + " …", ""),)

    def _left(self) -> Mapping[tuple[str, str], float]:
        """Return what is left of each actor's resources; every row asks."""
        if self._counted is None or self._counted[0] != self.sitting.version:
            desk = self.sitting.session.desk(self.sitting.seat.id)
            left = desk.left(self.sitting.session.filed[self.sitting.seat.id])
            self._own = [r for actor in self.sitting.seat.actors[:1] for r in desk.resources(actor)]
            self._counted = self.sitting.version, left
        return self._counted[1]

    def _words(self) -> dict[str, str]:
        """Return for each resource of the seat the word of its name that tells it from the others."""
        self._left()
        names = self.sitting.session.names.attribute
        return dict(zip(self._own, telling_words([self.of(names(r)) for r in self._own]), strict=True))

    def _heads(self, width: int) -> list[Line]:
        cells: list[tuple[Line, int]] = [(dim(self.of(_COST)), -_room(width)), (dim(self.of(_ODDS)), -7)]
        return [apart((), columns(cells), width)]

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
        said = self.of(_SURE) if odds is None else self.sitting.voice.percent(odds, 0)

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
        filed = any(o.candidate == place.candidate.id for o in self.sitting.session.filed[self.sitting.seat.id])
        drafted = self.drafts[place.candidate.key] is not None

        def draw(width: int) -> list[Line]:
            if filed:
                return [apart(((title, "$dim"),), ((self.of(_FILED), "bold $accent"),), width)]
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
        filed = self.sitting.session.filed[self.sitting.seat.id]
        ordered = next((o for o in filed if o.candidate == place.candidate.id), None)
        kept = ordered or self.drafts[place.candidate.key]
        return kept.amount if kept else self.sitting.session.desk(self.sitting.seat.id).default_amount(place.candidate)


class Places(Panel):
    """The places of a move; where they are all in sight, paging scrolls what is told of the order below them."""

    def action_page(self, by: int) -> None:
        """Move by as much as is shown, or page through the form."""
        if len(self._body(self.size.width)) <= self._room():
            self.screen.query_one("#form", Panel).action_page(by)
        else:
            super().action_page(by)


def _room(width: int) -> int:
    """Return the cells for what an order costs, of so many for a move."""
    return max(min((width - 26) // 2, 30), 12) if width >= _ROOMY else 8


def _letters(width: int) -> int:
    return 5 if width >= _ROOMY else _FEWEST


def warning(said: str, style: str) -> Draw:
    """Return how a sentence is drawn in a style of its own."""
    return lambda width: wrap(said, width, style)


_FEWEST = 3
"""Letters of the name of a resource, at least."""
_ROOMY = 44
"""Cells from which on a move's cost has room for words."""
_FILED = Text("filed", "ya presentada")
_EVERYWHERE = Text("refused in every place, for several reasons", "rechazada en todos los lugares, por varias razones")
_SURE = Text("sure", "segura")
_BETWEEN = "  "
_ODDS, _COST, _FREE = Text("odds", "prob."), Text("cost", "costo"), Text("nothing", "nada")
_ANYWHERE = Text("as it is", "tal cual")
_DRAFT = Text("draft", "borrador")
_TIMES = Text("{n} in 20 · {p} %", "{n} de 20 · {p} %")
