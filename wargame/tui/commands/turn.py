"""Commands that move the session or ask about it: end the phase, why, look, fork."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.tui.commands.command import Command

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp


class EndPhase(Command):
    """Close the orders, or play the turn out."""

    name, keys, label, while_open = "end-phase", ("e",), "e", True
    title = Text("End turn", "Terminar")
    help = Text("close the orders; vote where you have a vote; play the turn out",
                "cerrar las órdenes; votar donde tenga voto; jugar el turno")  # fmt: skip

    def run(self, app: WargameApp) -> None:
        """Ask once, then do it."""
        app.lay_over("confirm_end")


class Why(Command):
    """Show every cause of the number under the cursor."""

    name, keys, label = "why", ("w",), "w"
    title = Text("Why", "Por qué")
    help = Text("every cause of the number at the cursor, with formula and source",
                "todas las causas del indicador bajo el cursor, con fórmula y fuente")  # fmt: skip

    def run(self, app: WargameApp) -> None:
        """Show the ledger."""
        app.lay_over("show_why")


class Look(Command):
    """Show everything about the actor, zone or number under the cursor."""

    name, keys, label = "look", ("i",), "i"
    title = Text("Look", "Mirar")
    help = Text("every number of the actor or zone at the cursor, and its ties",
                "todos los indicadores del actor o zona bajo el cursor, y sus vínculos")  # fmt: skip
    places = frozenset({"brief", "situation", "timeline", "results"})

    def run(self, app: WargameApp) -> None:
        """Show the card."""
        app.lay_over("show_card")


class ShowGraph(Command):
    """Show the relations of what is under the cursor as a graph."""

    name, keys, label, places = "graph", ("g",), "g", frozenset({"situation"})
    title = Text("Graph", "Grafo")
    help = Text("the relations of the actor at the cursor, or the routes of the zone, as a small graph",
                "las relaciones del actor bajo el cursor, o las rutas de la zona, como un grafo pequeño")  # fmt: skip

    def run(self, app: WargameApp) -> None:
        """Show it."""
        app.lay_over("show_graph")


class TryAgain(Command):
    """Start again from a past turn."""

    name, keys, label = "try-again", ("b",), "b"
    title = Text("Try again", "Reintentar")
    help = Text(
        "start again from a past turn (in Timeline: the one at the cursor), with the same luck or new luck",
        "empezar de nuevo desde un turno pasado (en Historia: el del cursor), con la misma suerte u otra",
    )
    places = frozenset({"results", "timeline", "end"})

    def run(self, app: WargameApp) -> None:
        """Ask with which luck."""
        app.lay_over("ask_fork")


class NextLesson(Command):
    """Leave a lesson of a first session."""

    name, keys, label = "next-lesson", ("f6",), "F6"
    title = Text("Next lesson", "Lección siguiente")
    help = Text("leave this lesson and go on to the next one", "dejar esta lección y pasar a la siguiente")

    def fits(self, app: WargameApp) -> bool:
        """Say whether a lesson is shown."""
        return super().fits(app) and app.sitting is not None and app.sitting.game.tutor.shown is not None

    def run(self, app: WargameApp) -> None:
        """Go on."""
        app.turn_lessons(1)


class LessonBefore(Command):
    """Read the lesson before again."""

    name, keys, label = "lesson-before", ("f7",), "F7"
    title = Text("Lesson before", "Lección anterior")
    help = Text("read the lesson before this one again; nothing is undone",
                "releer la lección anterior; no se deshace nada")  # fmt: skip

    def fits(self, app: WargameApp) -> bool:
        """Say whether there is one."""
        return super().fits(app) and app.sitting is not None and app.sitting.game.tutor.has_before

    def run(self, app: WargameApp) -> None:
        """Go back."""
        app.turn_lessons(-1)


class Loops(Command):
    """Show the causal loops of the number under the cursor."""

    name, keys, label = "loops", ("o",), "o"
    title = Text("Loops", "Círculos")
    help = Text("the causal loops that the number at the cursor feeds: which reinforce themselves, which do not",
                "los círculos causales que alimenta el indicador bajo el cursor, y cuáles se refuerzan")  # fmt: skip
    places = frozenset({"results", "timeline"})

    def run(self, app: WargameApp) -> None:
        """Show them."""
        from wargame.tui import afterwards

        afterwards.show_loops(app)


class Believed(Command):
    """Show what was believed, and what is known now."""

    name, keys, label = "believed", ("k",), "k"
    title = Text("Believed", "Creído")
    help = Text("what you believed when you ordered, what you know now, and, after the end, what was true",
                "lo que creía al ordenar, lo que sabe ahora y, tras el final, lo que era cierto")  # fmt: skip
    places = frozenset({"results", "timeline", "end"})

    def run(self, app: WargameApp) -> None:
        """Show it."""
        from wargame.tui import afterwards

        afterwards.show_believed(app)


class Compare(Command):
    """Hold this session against another one."""

    name, keys, label = "compare", ("c",), "c"
    title = Text("Compare", "Comparar")
    help = Text("this session beside another of the scenario, turn by turn: its original, a branch, or any",
                "esta sesión junto a otra del escenario, turno por turno: su original, una rama u otra")  # fmt: skip
    places = frozenset({"results", "timeline", "end"})

    def run(self, app: WargameApp) -> None:
        """Ask with which; where one is held against this one already, stop."""
        from wargame.tui import afterwards

        afterwards.ask_comparison(app)


class Recount(Command):
    """Call the votes of the turn again."""

    name, keys, label = "recount", ("r",), "r"
    title = Text("Count", "Recuento")
    help = Text("the votes of the last turn again, member by member, each with its reason",
                "otra vez los votos del último turno, miembro por miembro, cada uno con su razón")  # fmt: skip
    places = frozenset({"body", "results"})

    def run(self, app: WargameApp) -> None:
        """Call them."""
        from wargame.tui import afterwards

        if not afterwards.show_count(app):
            raise SessionError(_NOTHING_VOTED)


_NOTHING_VOTED = Text(
    "Nothing was voted in your bodies in that turn.", "En ese turno no se votó nada en sus organismos."
)
