"""The verbs of single tabs. Each hands over to its tab, which knows what stands under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wargame.model.text import Text
from wargame.tui.commands.command import Command

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp


class _OnTab(Command):
    """A verb of one tab."""

    verb: ClassVar[str]

    def run(self, app: WargameApp) -> None:
        """Let the tab do it."""
        app.view.do(self.verb)


class _OnMap(_OnTab):
    places = frozenset({"situation"})


class _OnOrders(_OnTab):
    places, while_open = frozenset({"orders"}), True


class _OnDeals(_OnTab):
    places, while_open = frozenset({"deals"}), True


class _OnBody(_OnTab):
    places, while_open = frozenset({"body"}), True


class _Vote(_OnBody):
    """A vote; one that breaks a promise is cast all the same, with a warning."""

    def run(self, app: WargameApp) -> None:
        """Vote, and warn of every vote that is not the one promised."""
        from wargame.telling.keeping import votes_at_risk

        super().run(app)
        assert app.sitting is not None
        for warning in votes_at_risk(app.sitting.game):
            app.notify(app.say(warning), severity="warning", timeout=8)


# ── map ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Layer(_OnMap):
    """Show another number on the map."""

    name, verb, keys, label = "layer", "layer", ("l",), "l"
    title = Text("Layer", "Capa")
    help = Text("show another number on the map", "mostrar otro indicador en el mapa")


class ZoomIn(_OnMap):
    """Come closer."""

    name, verb, keys, label = "zoom-in", "zoom_in", ("plus", "equals_sign"), "+"
    title = Text("Closer", "Acercar")
    help = Text("come closer to the cursor", "acercar el mapa al cursor")


class ZoomOut(_OnMap):
    """Go further away."""

    name, verb, keys, label = "zoom-out", "zoom_out", ("minus",), "-"
    title = Text("Further", "Alejar")
    help = Text("see more of the map", "ver más del mapa")


class WholeMap(_OnMap):
    """Show the whole region, or the theatre again."""

    name, verb, keys, label = "whole-map", "whole", ("0",), "0"
    title = Text("Whole", "Entero")
    help = Text("the whole region, or the theatre again", "toda la región, o el escenario otra vez")


class OrderHere(_OnMap):
    """Order something in the zone under the cursor."""

    name, verb, keys, label, while_open = "order-here", "order_here", ("o",), "o", True
    title = Text("Order here", "Ordenar aquí")
    help = Text("the moves that can be ordered about the zone or actor at the cursor",
                "las acciones que pueden ordenarse sobre la zona o el actor bajo el cursor")  # fmt: skip


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────


class FileOrder(_OnOrders):
    """File the order that is filled in."""

    name, verb, keys, label = "file", "file", ("f",), "f"
    title = Text("File", "Presentar")
    help = Text("file the order at the cursor", "presentar la orden bajo el cursor")


class More(_OnOrders):
    """Raise the amount."""

    name, verb, keys, label = "more", "more", ("plus", "equals_sign"), "+"
    title = Text("More", "Más")
    help = Text("raise the amount", "subir la cantidad")


class Less(_OnOrders):
    """Lower the amount."""

    name, verb, keys, label = "less", "less", ("minus",), "-"
    title = Text("Less", "Menos")
    help = Text("lower the amount", "bajar la cantidad")


class Rationale(_OnOrders):
    """Write why the order is given."""

    name, verb, keys, label = "rationale", "rationale", ("r",), "r"
    title = Text("Reason", "Razón")
    help = Text("write why you give the order; it is kept for the hot wash",
                "escribir por qué da la orden; se guarda para la puesta en común")  # fmt: skip


class Forecast(_OnOrders):
    """Ask what the order may come to."""

    name, verb, keys, label = "forecast", "forecast", ("p",), "p"
    title = Text("Forecast", "Pronóstico")
    help = Text(
        "what the order at the cursor may come to: 200 paired continuations, given and not given",
        "a qué puede llevar la orden bajo el cursor: 200 pares de continuaciones, con ella y sin ella",
    )


class Withdraw(_OnOrders):
    """Take an order back."""

    name, verb, keys, label = "withdraw", "withdraw", ("x",), "x"
    title = Text("Withdraw", "Retirar")
    help = Text("take back the filed order at the cursor, in any panel",
                "retirar la orden presentada que está bajo el cursor, en cualquier panel")  # fmt: skip


class Earlier(_OnOrders):
    """Put an order further up."""

    name, verb, keys, label = "earlier", "earlier", ("comma",), ","
    title = Text("Earlier", "Antes")
    help = Text("put the filed order at the cursor further up: orders are paid in this order",
                "subir la orden bajo el cursor: se pagan en este orden")  # fmt: skip


class Later(_OnOrders):
    """Put an order further down."""

    name, verb, keys, label = "later", "later", ("full_stop",), "."
    title = Text("Later", "Después")
    help = Text("put the filed order at the cursor further down", "bajar la orden bajo el cursor")


class FindMove(Command):
    """Go to a move by letters of its name."""

    name, keys, label, while_open = "find-move", ("slash",), "/", True
    title = Text("Find move", "Buscar acción")
    help = Text("go to one of your moves by letters of its name", "ir a una de sus acciones por letras de su nombre")

    def run(self, app: WargameApp) -> None:
        """Show the list."""
        if app.place != "orders":
            app.show_tab("orders")
        app.view.do("find")


class Refused(_OnOrders):
    """Show or hide what is refused."""

    name, verb, keys, label = "refused", "refused", ("v",), "v"
    title = Text("Refused", "Rechazadas")
    help = Text("show or hide what you may not order now", "mostrar u ocultar lo que ahora no puede ordenar")


# ── end ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Weigh(_OnTab):
    """Weigh the decisions of the session."""

    name, verb, keys, label, places = "weigh", "weigh", ("d",), "d", frozenset({"end"})
    title = Text("Decisions", "Decisiones")
    help = Text(
        "which of your decisions mattered most, each against its absence, and your run among those of bots",
        "qué decisiones suyas pesaron más, cada una frente a su ausencia, y su sesión entre las de los bots",
    )


class Report(_OnTab):
    """Write the report."""

    name, verb, keys, label, places = "report", "report", ("p",), "p", frozenset({"end"})
    title = Text("Report", "Reporte")
    help = Text(
        "write a report in Markdown: ending, decisions, your run among those of bots, believed and true, every turn",
        "escribir un reporte en Markdown: desenlace, decisiones, su sesión entre las de los bots, lo creído y lo "
        "cierto, cada turno",
    )


# ── deals ────────────────────────────────────────────────────────────────────────────────────────────────────


class Offer(_OnDeals):
    """Compose an offer."""

    name, verb, keys, label = "offer", "offer", ("o",), "o"
    title = Text("Offer", "Ofrecer")
    help = Text("offer the seat at the cursor a deal", "ofrecer un trato al puesto bajo el cursor")


class Accept(_OnDeals):
    """Accept an offer."""

    name, verb, keys, label = "accept", "accept", ("a",), "a"
    title = Text("Accept", "Aceptar")
    help = Text("accept the offer at the cursor", "aceptar la oferta bajo el cursor")


class Decline(_OnDeals):
    """Decline an offer."""

    name, verb, keys, label = "decline", "decline", ("d",), "d"
    title = Text("Decline", "Declinar")
    help = Text("decline the offer at the cursor", "declinar la oferta bajo el cursor")


class Counter(_OnDeals):
    """Answer an offer with another."""

    name, verb, keys, label = "counter", "counter", ("c",), "c"
    title = Text("Counter", "Contraofertar")
    help = Text("answer the offer at the cursor with another", "responder la oferta bajo el cursor con otra")


class Break(_OnDeals):
    """Take back an offer, or break or keep a promise."""

    name, verb, keys, label = "break", "break", ("x",), "x"
    title = Text("Take back", "Desdecirse")
    help = Text(
        "take back your offer, or not keep the promise at the cursor this turn (again: keep it)",
        "retirar su oferta, o no cumplir este turno la promesa bajo el cursor (otra vez: cumplirla)",
    )


class Say(_OnDeals):
    """Say something to a seat."""

    name, verb, keys, label = "say", "say", ("s",), "s"
    title = Text("Say", "Decir")
    help = Text("say something to the seat at the cursor", "decirle algo al puesto bajo el cursor")


# ── body ─────────────────────────────────────────────────────────────────────────────────────────────────────


class VoteYes(_Vote):
    """Vote yes."""

    name, verb, keys, label = "vote-yes", "yes", ("y",), "y"
    title = Text("Yes", "Sí")
    help = Text("vote yes on the text at the cursor, once orders are closed",
                "votar a favor del texto bajo el cursor, con las órdenes cerradas")  # fmt: skip


class VoteNo(_Vote):
    """Vote no."""

    name, verb, keys, label = "vote-no", "no", ("n",), "n"
    title = Text("No", "No")
    help = Text("vote no on the text at the cursor, once orders are closed",
                "votar en contra del texto bajo el cursor, con las órdenes cerradas")  # fmt: skip


class Abstain(_Vote):
    """Abstain."""

    name, verb, keys, label = "abstain", "abstain", ("a",), "a"
    title = Text("Abstain", "Abstenerse")
    help = Text("abstain on the text at the cursor, once orders are closed",
                "abstenerse en el texto bajo el cursor, con las órdenes cerradas")  # fmt: skip


class TableText(_OnBody):
    """Find the moves that put a text on an agenda."""

    name, verb, keys, label = "table", "table", ("t",), "t"
    title = Text("Table", "Presentar")
    help = Text("the moves that table the text at the cursor, or work on it",
                "las acciones que presentan el texto bajo el cursor, o actúan sobre él")  # fmt: skip
