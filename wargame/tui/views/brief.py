"""The brief: who am I, what do I want, what do I have, and what do I not know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from wargame.engine.naming import NOT_IN_PLAY
from wargame.model.kinds import Sight
from wargame.model.text import Text
from wargame.telling import promises, results, situation
from wargame.telling.game import is_active
from wargame.tui import marks
from wargame.tui.ink import Line, apart, columns, dim, plain, width_of, wrap, wrap_apart
from wargame.tui.named import Named
from wargame.tui.page import Block
from wargame.tui.panel import Panel, Row, page_row, text_row
from wargame.tui.views.view import View


class Brief(View):
    """The seat's card."""

    tab, title, first = "brief", Text("Brief", "Informe"), "you"
    footer: ClassVar[tuple[str, ...]] = ("situation", "orders", "why", "words", "commands", "help")

    def compose(self) -> ComposeResult:
        """Lay out two columns."""
        with Horizontal():
            with Vertical(id="brief-left", classes="column"):
                yield Panel("you")
                yield Panel("first-turn").add_class("auto")
            yield Static(classes="gutter")
            with Vertical(classes="column"):
                yield Panel("want").add_class("auto")
                yield Panel("have").add_class("auto")
                yield Panel("how-sure").add_class("auto").add_class("wide-only")

    def parts(self) -> Iterator[None]:
        """Fill the panels."""
        game, say = self.sitting.game, self.of
        seat = self.sitting.seat
        you = self.sitting.told(lambda: situation.show_brief(game))[1:]
        you = you[1:] if you[0].kind == "head" else you
        news = self.sitting.told(lambda: results.show_news(game.scene, game.session.turn + game.session.ended, seat.id))
        scenario = game.session.scenario
        about = self.sitting.told(lambda: game.talk.prose(scenario.text))
        setting = Block("head", say(scenario.title))
        self.panel("you").show_page(say(seat.title), [*you, Block("gap"), *news, Block("gap"), setting, *about])
        yield
        wants = list(self._wants())
        how_read = say(_HOW_READ.fill(bar=game.scene.figures.share(game.bar)))
        read = Row(lambda width: [*wrap(how_read, width, "$dim"), ()], "", pick=False)
        self.panel("want").show(
            say(_WANT),
            [read, *wants] if self.app.size.height >= _TALL else [*wants, read],
            meta=((self._score(), "bold"),),
        )
        yield
        waiting = self.sitting.told(lambda: promises.say_waiting(game))
        held = [*self._have(), *([page_row(waiting)] if waiting else [])]
        self.panel("have").show(say(_HAVE), held, head=self._have_head)
        yield
        self.panel("how-sure").show(say(_SURE), list(self._how_sure()))
        yield
        steps = [text_row(((f"{key:<3}", "bold $accent"), (say(what), ""))) for key, what in _STEPS]
        self.panel("first-turn").show(say(_FIRST), steps)
        yield

    def _score(self) -> str:
        game = self.sitting.game
        standings = game.matters.standings(game.beliefs, game.session.turn + game.session.ended)
        return game.scene.figures.share(game.matters.score(standings))

    def _wants(self) -> Iterator[Row]:
        game = self.sitting.game
        names = Named(self.of(game.scene.name(row)) for rows in game.matters.objectives.values() for row in rows)
        for standing in game.matters.standings(game.beliefs, game.session.turn + game.session.ended):
            secret = standing.objective.secret
            mark = "■" if standing.degree >= 0.75 else "◊" if standing.degree >= 0.4 else "□"
            head = f"{self.of(standing.objective.title)}"
            weight = game.talk.voice.number(standing.objective.weight)
            tail: Line = ((f" {self.of(_SECRET)}" if secret else "", "$est"), (f" ×{weight} ", "$dim"),
                          (game.scene.figures.share(standing.degree), "bold"))  # fmt: skip
            yield Row(partial(_headed, mark, head, tail), "", pick=False)
            for row in standing.rows:
                reading = game.scene.reading(row)
                if reading.sight is Sight.HIDDEN:
                    continue
                name, shown = self.of(game.scene.name(row)), game.scene.shown(row)
                side = {1: " ↑", -1: " ↓"}.get(game.scene.good(row), "")
                cell = self.sitting.surroundings.cell(row)
                value: Line = ((shown, ""),)
                if reading.sight is not Sight.EXACT:
                    unit = game.scene.figures.unit(game.scene.attribute(row), game.scene.unit(row))
                    value = (*marks.sure(cell.shown, cell.deviation, reading.sight), (f" {unit}".rstrip(), "$dim"))
                yield Row(
                    partial(_valued, name, names, (*value, (side, "$good"))),
                    game.session.engine.layout.names[row],
                )

    def _have_head(self, width: int) -> list[Line]:
        say, filed = self.of, self.sitting.session.filed[self.sitting.seat.id]
        return [_held_line((), dim(say(_NOW)), dim(say(_LEFT)) if filed else None, dim(say(_INCOME)), width)]

    def _have(self) -> Iterator[Row]:
        """Yield what each actor of the seat has, what filed orders leave of it, and what comes in."""
        game, seat, voice = self.sitting.game, self.sitting.seat, self.sitting.voice
        filed = bool(self.sitting.session.filed[seat.id])
        for actor in seat.actors:
            if len(seat.actors) > 1:
                yield text_row(((self.of(game.session.names.owner(actor)), "bold"),))
            if not is_active(game, actor):
                yield text_row(dim(self.of(NOT_IN_PLAY.fill(who=game.session.names.owner(actor)))))
                continue
            for held in situation.holdings(game, actor):
                left: Line | None = ((voice.number(held.left), "bold"),) if filed else None
                comes: Line = ((voice.signed(held.income), ""),) if held.income else ()
                if held.full and not held.income:
                    comes = dim(self.of(_FULL))
                name = self.of(held.title)
                yield Row(partial(_held_line_of, plain(name), ((held.shown, "bold"),), left, comes), "", pick=False)

    def _how_sure(self) -> Iterator[Row]:
        voice = self.sitting.voice
        for line, text in (
            (marks.sure("62", "", Sight.EXACT), _EXACT),
            (marks.sure("66", "7", Sight.ESTIMATED), _ESTIMATED),
            (marks.sure("48", "", Sight.REPORTED), _REPORTED),
            (marks.sure("", "", Sight.HIDDEN), _HIDDEN),
        ):
            yield text_row((*line, (" " * (8 - sum(len(t) for t, _ in line)), ""), *dim(voice.of(text))))

    def number(self) -> str:
        """Return the number at the cursor."""
        return self.panel("want").key


def _headed(mark: str, head: str, tail: Line, width: int) -> list[Line]:
    return wrap_apart(head, tail, width, "bold", 2, ((f"{mark} ", "bold"),))


def _valued(name: str, names: Named, value: Line, width: int) -> list[Line]:
    said = names.fit(name, max(width - width_of(value) - 3, 8))
    return [apart(((f"  {said}", "$dim"),), value, width)]


def _held_line(name: Line, now: Line, left: Line | None, comes: Line, width: int) -> Line:
    """Return one row of the means; what filed orders leave has a column once there are any."""
    shown = [line for line in (now, left, comes) if line is not None]
    shown = shown[-2:] if width < _ROOMY else shown  # where it is narrow what is left says more than what there was
    return columns([(name, width - len(shown) * (_COLUMN + 1)), *((line, -_COLUMN) for line in shown)])


def _held_line_of(name: Line, now: Line, left: Line | None, comes: Line, width: int) -> list[Line]:
    return [_held_line(name, now, left, comes, width)]


_COLUMN, _ROOMY = 8, 44
_NOW, _LEFT = Text("now", "ahora"), Text("left", "quedan")
_INCOME, _FULL = Text("comes in", "entra"), Text("full", "al tope")
_WANT, _HAVE = Text("What you want", "Lo que quiere"), Text("What you have", "Con qué cuenta")
_SURE, _FIRST = Text("How sure we are", "Qué tan seguro es"), Text("Your turn", "Su turno")
_TALL = 30
"""Lines from which on there is room to say first how goals are read."""
_HOW_READ = Text(
    "At the top your score if it ended now, and it can still fall; from {bar} on at the end you succeed. It is the "
    "mean of these, from 0 to 1, those with ×2 counted twice: ■ reached, ◊ in part, □ far. ↑ ↓: more or less is "
    "better.",
    "Arriba, su puntaje si terminara ahora; todavía puede bajar. Con {bar} o más al final, lo logra. Es la media de "
    "estos, de 0 a 1; los de ×2 cuentan doble: ■ logrado, ◊ en parte, □ lejos. ↑ ↓: conviene más o menos.",
)
_SECRET = Text("secret", "secreto")
_EXACT = Text("exact: yours, or measured", "exacto: suyo, o medido")
_ESTIMATED = Text("your estimate; two times in three within ±", "su estimación; 2 de cada 3 veces dentro de ±")
_REPORTED = Text("as somebody reports it; may be false", "según lo informan; puede ser falso")
_HIDDEN = Text("hidden from you", "oculto para usted")
_STEPS = (
    ("2", Text("look at the map and the tables", "mire el mapa y las tablas")),
    ("4", Text("order: a move, a place, then f", "ordene: acción, lugar y luego f")),
    ("e", Text("end it; nothing is final before", "termine; antes, nada es firme")),
    ("w", Text("ask why, of any number", "pida el porqué de una cifra")),
)
