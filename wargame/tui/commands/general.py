"""Commands that are always at hand: tabs, language, theme, words, help, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wargame.model.text import Text
from wargame.tui.commands.command import EVERYWHERE, Command

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp


class _Tab(Command):
    """Show a tab."""

    tab: ClassVar[str]

    def run(self, app: WargameApp) -> None:
        """Show it."""
        app.show_tab(self.tab)


class ShowBrief(_Tab):
    """Show who the seat is."""

    name, tab, keys, label = "brief", "brief", ("1",), "1"
    title = Text("Brief", "Informe")
    help = Text("who you are, what you want, what you have", "quién es, qué quiere, con qué cuenta")


class ShowSituation(_Tab):
    """Show the map and the tables."""

    name, tab, keys, label = "situation", "situation", ("2",), "2"
    title = Text("Situation", "Situación")
    help = Text("the map, what asks for a decision, actors and zones", "el mapa, lo que pide decisión, actores y zonas")


class ShowDeals(_Tab):
    """Show offers and promises."""

    name, tab, keys, label = "deals", "deals", ("3",), "3"
    title = Text("Deals", "Tratos")
    help = Text("offers, promises and messages", "ofertas, promesas y mensajes")


class ShowOrders(_Tab):
    """Show what may be ordered."""

    name, tab, keys, label = "orders", "orders", ("4",), "4"
    title = Text("Orders", "Órdenes")
    help = Text("what you may order, and what you have filed", "lo que puede ordenar, y lo que ha presentado")


class ShowBody(_Tab):
    """Show bodies and votes."""

    name, tab, keys, label = "body", "body", ("5",), "5"
    title = Text("Body", "Órgano")
    help = Text("agendas, members, votes", "agendas, miembros, votos")


class ShowResults(_Tab):
    """Show what a turn brought."""

    name, tab, keys, label = "results", "results", ("6",), "6"
    title = Text("Results", "Resultado")
    help = Text("what happened, and why", "qué pasó, y por qué")


class ShowTimeline(_Tab):
    """Show numbers over time."""

    name, tab, keys, label = "timeline", "timeline", ("7",), "7"
    title = Text("Timeline", "Historia")
    help = Text("a number over time, with events and orders", "un indicador en el tiempo, con sucesos y órdenes")


class ShowEnd(_Tab):
    """Show how the session ended."""

    name, tab, keys, label = "end-of-session", "end", ("8",), "8"
    title = Text("End", "Final")
    help = Text("how it ended, and what was true", "cómo terminó, y qué era cierto")

    def fits(self, app: WargameApp) -> bool:
        """Say whether the session has ended."""
        return super().fits(app) and app.sitting is not None and app.sitting.session.ended


class SwitchLanguage(Command):
    """Go on in the other language."""

    name, keys, label, places = "language", ("f2",), "F2", EVERYWHERE
    title, proper = Text("Español", "English"), True
    help = Text("go on in Spanish", "continuar en inglés")

    def run(self, app: WargameApp) -> None:
        """Switch, and keep the choice."""
        app.switch_language()


class SwitchTheme(Command):
    """Take the next theme."""

    name, keys, label, places = "theme", ("f3",), "F3", EVERYWHERE
    title = Text("Theme", "Tema")
    help = Text(
        "dark, light, high contrast or one colour: the next one", "oscuro, claro, alto contraste o un color: el próximo"
    )

    def run(self, app: WargameApp) -> None:
        """Switch, and keep the choice."""
        app.switch_theme()


class SwitchGlyphs(Command):
    """Draw with plain marks, or with all."""

    name, keys, label, places = "glyphs", ("f5",), "F5", EVERYWHERE
    title = Text("Marks", "Signos")
    help = Text(
        "plain marks, for terminals that lack braille and symbols, or all marks",
        "signos simples, para terminales sin braille ni símbolos, o todos los signos",
    )

    def run(self, app: WargameApp) -> None:
        """Switch, and keep the choice."""
        app.switch_glyphs()


class Palette(Command):
    """List all commands."""

    name, keys, label, places = "commands", ("colon", "ctrl+p"), ":", EVERYWHERE
    title = Text("Commands", "Comandos")
    help = Text("everything that can be done here, by name", "todo lo que se puede hacer aquí, por su nombre")

    def run(self, app: WargameApp) -> None:
        """Show the list."""
        app.lay_over("show_palette")


class Glossary(Command):
    """Explain a word."""

    name, keys, label, places = "words", ("question_mark",), "?", EVERYWHERE
    title = Text("Words", "Palabras")
    help = Text("what a word, a number or a move means", "qué significa una palabra, un indicador o una acción")

    def run(self, app: WargameApp) -> None:
        """Show the words."""
        app.lay_over("show_glossary")


class Help(Command):
    """Explain what has the focus, and list the keys."""

    name, keys, label, places = "help", ("f1", "h"), "F1", EVERYWHERE
    title = Text("Help", "Ayuda")
    help = Text(
        "what the panel in focus shows, what the marks mean, and the keys",
        "qué muestra el panel con el foco, qué significan los signos, y las teclas",
    )

    def run(self, app: WargameApp) -> None:
        """Show it."""
        app.lay_over("show_help")


class Note(Command):
    """Keep a note with the turn."""

    name, keys, label = "note", ("m",), "m"
    title = Text("Note", "Nota")
    help = Text("keep a note with the turn, and read your notes", "guardar una nota con el turno, y leer sus notas")

    def run(self, app: WargameApp) -> None:
        """Ask for it."""
        app.lay_over("ask_note")


class Sources(Command):
    """Show what the scenario says of its sources."""

    name, keys, label = "sources", ("s",), "s"
    title = Text("Sources", "Fuentes")
    help = Text("the cards of the sources cited at the cursor; else what the scenario says of its sources",
                "las fichas de las fuentes citadas bajo el cursor; si no, lo que dice el escenario")  # fmt: skip
    places = frozenset({"brief", "situation", "orders", "body", "results", "timeline", "end"})

    def run(self, app: WargameApp) -> None:
        """Show it."""
        app.lay_over("show_sources")


class GoHome(Command):
    """Leave the session and go back to the list."""

    name, keys, label = "home", ("f4",), "F4"
    title = Text("All sessions", "Sesiones")
    help = Text(
        "leave this session, which is kept, and choose another", "dejar esta sesión, que se guarda, y elegir otra"
    )

    def run(self, app: WargameApp) -> None:
        """Go."""
        app.go_home()


class Leave(Command):
    """Leave."""

    name, keys, label, places = "leave", ("q",), "q", EVERYWHERE
    title = Text("Leave", "Salir")
    help = Text("leave; everything is kept", "salir; todo queda guardado")

    def run(self, app: WargameApp) -> None:
        """Leave."""
        app.leave()
