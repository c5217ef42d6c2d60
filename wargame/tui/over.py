"""What lies over all tabs: the palette, words, help, the ledger of a number, cards, notes, and questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.telling import ballots, filing, keeping
from wargame.telling.glossary import WORDS
from wargame.telling.results import outcome_title
from wargame.tui.afterwards import NOT_YET
from wargame.tui.commands import COMMANDS
from wargame.tui.commands.command import Command
from wargame.tui.dialogs import Choice, Chooser, Reader, Writer, plain_choice
from wargame.tui.dossier import dossier_rows
from wargame.tui.help import PANELS
from wargame.tui.ink import Line, fixed, wrap
from wargame.tui.key import meanings
from wargame.tui.move_list import move_choices
from wargame.tui.page import Block
from wargame.tui.panel import Panel

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp


# ── commands and words ───────────────────────────────────────────────────────────────────────────────────────


def show_palette(app: WargameApp) -> None:
    """List every command that makes sense here; the chosen one is run."""
    choices = [_command(app, c) for c in COMMANDS if c.fits(app) and c.name != "commands"]

    if app.sitting is not None and not app.sitting.session.ended:
        choices += move_choices(app.sitting, lambda offer: f"{_MOVE}{offer.number}")

    def run(name: str | None) -> None:
        if name and name.startswith(_MOVE):
            _show_move(app, name)
        elif name:
            app.obey(name)

    app.push_screen(Chooser(app.say, app.say(Text("Commands", "Comandos")), choices, find=True), run)


def _command(app: WargameApp, command: Command) -> Choice:
    title, text = app.say(command.title), app.say(command.help)

    def draw(width: int) -> Sequence[Line]:
        label: Line = ((fixed(command.label, 4), "bold $accent"), (fixed(title, 15), "bold"))
        return wrap(text, width, "$dim", 19, label)

    other = f"{command.title.en} {command.title.es} {command.help.en} {command.help.es}"
    return Choice(command.name, draw, f"{title} {other}")


def show_glossary(app: WargameApp) -> None:
    """List every word that is explained: those of the program, attributes and moves; Enter on a move goes to it."""
    known = [("", word, text) for word, text in WORDS.items()]
    if app.sitting is not None:
        rules, offers = app.sitting.session.scenario.ruleset, app.sitting.game.menu.offers
        numbers = {offer.move.id: f"{_MOVE}{offer.number}" for offer in reversed(offers)}
        attributes = (*rules.attributes, *(d.attribute for d in rules.derived))
        known += [("", a.title, a.text) for a in attributes if a.text]
        known += [
            (numbers.get(m.id, ""), m.title, m.text or _NO_TEXT)
            for m in rules.moves.values()
            if m.text or m.id in numbers
        ]
    choices = [_word(app, key or str(n), word, text) for n, (key, word, text) in enumerate(known)]

    def go(key: str | None) -> None:
        if key and key.startswith(_MOVE):
            _show_move(app, key)

    app.push_screen(Chooser(app.say, app.say(Text("Words", "Palabras")), choices, find=True), go)


def _show_move(app: WargameApp, key: str) -> None:
    assert app.play is not None
    app.play.show_move(int(key.removeprefix(_MOVE)))


def _word(app: WargameApp, key: str, word: Text, text: Text) -> Choice:
    title, said = app.say(word), app.say(text)

    def draw(width: int) -> Sequence[Line]:
        return [((title[:1].upper() + title[1:], "bold"),), *wrap(said, width - 2, "$dim")]

    return Choice(key, draw, f"{title} {word.en} {word.es}")


def show_help(app: WargameApp) -> None:
    """Explain the panel in focus, then the marks of this place and its keys."""
    focus = app.screen.focused
    blocks: list[Block] = []
    if isinstance(focus, Panel) and focus.id in PANELS:
        blocks += [Block("head", focus.title), Block("say", app.say(PANELS[focus.id or ""]))]
    blocks.append(Block("head", app.say(Text("Marks", "Signos"))))
    blocks += [Block("item", app.say(what), fixed(marks, 12)) for marks, what in meanings(app.place, app.sitting)]
    blocks.append(Block("head", app.say(Text("Keys", "Teclas"))))
    for keys, what in _MOVING:
        blocks.append(Block("item", app.say(what), fixed(app.say(keys), 12)))
    for command in COMMANDS:
        if command.fits(app):
            said = f"{app.say(command.title)}: {app.say(command.help)}"
            blocks.append(Block("item", said, fixed(command.label, 12)))
    app.push_screen(Reader(app.say, app.say(Text("Help", "Ayuda")), blocks))


_MOVING = (
    (
        Text("Tab", "Tab"),
        Text("the next panel (Shift+Tab: the one before)", "el panel siguiente (Mayús+Tab: el anterior)"),
    ),
    (
        Text("↑ ↓", "↑ ↓"),
        Text(
            "the next row; PgUp, PgDn, Home and End go further",
            "la fila siguiente; RePág, AvPág, Inicio y Fin van más lejos",
        ),
    ),
    (Text("Enter", "Intro"), Text("open or choose what is at the cursor", "abrir o elegir lo que está bajo el cursor")),
    (Text("Esc", "Esc"), Text("back, always safe", "atrás, siempre seguro")),
)


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────


def show_card(app: WargameApp, owner: str = "") -> None:
    """Show every number of the actor or zone at the cursor, and its ties."""
    assert app.sitting is not None
    game, whose = app.sitting.game, owner or app.view.owner()
    if not whose:
        raise SessionError(_NOBODY)
    rows = dossier_rows(app.sitting, whose)
    app.push_screen(Reader(app.say, app.say(game.session.names.owner(whose)), rows=rows))


def show_graph(app: WargameApp) -> None:
    """Show the relations of the actor or zone at the cursor as a graph."""
    from wargame.tui.graph import Graph

    assert app.sitting is not None
    whose = app.view.owner()
    if whose not in {e.id for e in (*app.sitting.surroundings.actors, *app.sitting.surroundings.zones)}:
        raise SessionError(_NOBODY)
    app.push_screen(Graph(app.sitting, whose))


# ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────


def ask_note(app: WargameApp) -> None:
    """Show the notes so far and take another one."""
    sitting = app.sitting
    assert sitting is not None
    found = [r for r in app.library.of_kind(sitting.session.id, "note") if r.seat == sitting.seat.id]
    turn = Text("turn {n}:", "turno {n}:")
    above = [Block("item", str(r.payload["text"]), app.say(turn.fill(n=r.turn))) for r in found[-5:]]
    above = above or [Block("say", app.say(Text("You have no notes yet.", "Todavía no tiene notas.")))]

    def kept(text: str | None) -> None:
        if text:
            sitting.session.note(sitting.seat.id, text)
            app.notify(app.say(Text("Noted.", "Anotado.")))

    app.push_screen(Writer(app.say, app.say(Text("Your notes", "Sus notas")), above=above), kept)


def ask_seed(app: WargameApp) -> None:
    """Ask for the seed of a class."""

    def kept(text: str | None) -> None:
        if text is None:
            return
        if text and not (text.isdecimal() and len(text) <= 10):
            app.notify(
                app.say(Text("A seed is a whole number.", "Una semilla es un número entero.")), severity="warning"
            )
            return
        app.seed = int(text) if text else None
        app.refill()

    seed = "" if app.seed is None else str(app.seed)
    app.push_screen(Writer(app.say, app.say(Text("Seed", "Semilla")), seed, [Block("say", app.say(_SEED))]), kept)


def ask_fork(app: WargameApp) -> None:
    """Ask with which luck to start again from the turn at the cursor; where no turn is at it, first from which."""
    assert app.sitting is not None
    if not app.sitting.session.reports:
        raise SessionError(NOT_YET)
    if app.place != "end":
        _ask_luck(app, app.view.turn())
        return
    choices = [_turn_choice(app, turn) for turn in range(1, len(app.sitting.session.reports) + 1)]

    def chosen(key: str | None) -> None:
        if key:
            _ask_luck(app, int(key))

    app.push_screen(Chooser(app.say, app.say(Text("Try again from which turn?", "¿Desde qué turno?")), choices), chosen)


def _turn_choice(app: WargameApp, turn: int) -> Choice:
    """Return a turn to start again from: its date, and what was ordered in it."""
    sitting = app.sitting
    assert sitting is not None
    game, menu = sitting.game, sitting.game.menu
    when = game.scene.figures.period(game.session.scenario.calendar, turn)
    own = [o for o in game.scene.reasons.report(turn).outcomes if o.seat == sitting.seat.id]
    said = "; ".join(app.say(outcome_title(menu, outcome)) for outcome in own)
    title = f"{app.say(_TURN.fill(n=turn))} · {when}"
    return Choice(str(turn), lambda width: [((title, "bold"),), *wrap(said, width - 2, "$dim", 2)], title)


def _ask_luck(app: WargameApp, turn: int) -> None:
    sitting = app.sitting
    assert sitting is not None
    said = app.say(_FORK.fill(turn=turn, id=sitting.session.id))
    choices = [
        plain_choice("same", app.say(_SAME_LUCK)),
        plain_choice("new", app.say(Text("new luck", "otra suerte"))),
    ]

    def chosen(key: str | None) -> None:
        if key:
            app.fork(turn, new_luck=key == "new")

    title = app.say(Text("Try again from turn {n}", "Reintentar desde el turno {n}").fill(n=turn))
    app.push_screen(Chooser(app.say, title, choices, above=[Block("say", said)]), chosen)


def confirm_end(app: WargameApp) -> None:
    """List what is filed or voted, and ask whether the phase is to end."""
    sitting, play = app.sitting, app.play
    assert sitting is not None
    assert play is not None
    game = sitting.game
    voting = bool(sitting.session.voting.papers(sitting.seat.id))
    if voting:
        above = sitting.told(lambda: ballots.say_abstentions(game))
        above = above or (
            Block("say", app.say(Text("All your ballots are cast.", "Sus papeletas están depositadas."))),
        )
        above += sitting.told(lambda: keeping.say_votes_at_risk(game))
        text = Text("count the votes and play the turn out", "contar los votos y jugar el turno")
    else:
        above = sitting.told(lambda: filing.show_filed(game, [])) + sitting.told(lambda: keeping.say_at_risk(game))
        text = Text("close the orders and play the turn out", "cerrar las órdenes y jugar el turno")
    choices = [plain_choice("yes", app.say(text)), plain_choice("", app.say(Text("not yet", "todavía no")))]

    def chosen(key: str | None) -> None:
        if key:
            play.end_phase()

    title = Text("End turn {n}", "Terminar el turno {n}").fill(n=sitting.session.turn)
    app.push_screen(Chooser(app.say, app.say(title), choices, above=above), chosen)


_SAME_LUCK = Text("the same luck: only your orders differ", "la misma suerte: solo cambian sus órdenes")
_TURN = Text("Turn {n}", "Turno {n}")
_NO_TEXT = Text("A move of yours.", "Una acción suya.")
_MOVE = "move:"
"""Before the number of a move among other things to choose from."""
_NOBODY = Text("Put the cursor on an actor or a zone first.", "Ponga antes el cursor sobre un actor o una zona.")
_SEED = Text(
    "The same scenario, seat and seed give the same luck: a class can share one. Leave it empty for luck of your own.",
    "El mismo escenario, puesto y semilla dan la misma suerte: una clase puede compartirla. Vacío: una suerte propia.",
)
_FORK = Text(
    "A new session begins from turn {turn}. This one, {id}, stays as it is.",
    "Comienza una sesión nueva desde el turno {turn}. Esta, {id}, queda como está.",
)
