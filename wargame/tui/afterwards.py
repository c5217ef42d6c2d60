"""What lies over the tabs and looks back: sources, loops, beliefs, and the choice of a session to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.store import Summary
from wargame.telling import believed, causes, feedback, source_cards
from wargame.telling.origin import tell_origin
from wargame.telling.roll import rolls_of
from wargame.tui.count import CountScreen
from wargame.tui.dialogs import Choice, Chooser, Reader
from wargame.tui.ink import Line, apart, dim, wrap
from wargame.tui.views.timeline import Timeline

if TYPE_CHECKING:
    from wargame.tui.app import WargameApp
    from wargame.tui.sitting import Sitting


def _sitting(app: WargameApp) -> Sitting:
    assert app.sitting is not None
    return app.sitting


def show_why(app: WargameApp) -> None:
    """Show the ledger of the number at the cursor, in the turn at the cursor; s opens the sources it cites."""
    sitting, number = _sitting(app), app.view.number()
    if not number:
        raise SessionError(_NO_NUMBER)
    scene = sitting.game.scene
    if not sitting.session.reports:
        told = sitting.told(lambda: tell_origin(scene, number))
        app.push_screen(Reader(app.say, app.say(Text("Why", "Por qué")), told, None))
        return
    turn = _turn(app)
    why = scene.reasons.why(number, turn)
    blocks = sitting.told(lambda: causes.tell_why(scene, why))
    cited = source_cards.cited_by(why.entries)
    app.push_screen(
        Reader(app.say, app.say(Text("Why", "Por qué")), blocks, (lambda: show_cards(app, cited)) if cited else None)
    )


def show_sources(app: WargameApp) -> None:
    """Show the cards of the sources cited at the cursor; without any, what the scenario says of its sources."""
    cited = app.view.cited()
    if cited:
        show_cards(app, cited)
        return
    game = _sitting(app).game
    blocks = _sitting(app).told(lambda: source_cards.show_sources(game, []))
    app.push_screen(Reader(app.say, app.say(Text("Sources", "Fuentes")), blocks[1:]))


def show_cards(app: WargameApp, cited: Sequence[str]) -> None:
    """Show the cards of some sources, one under the other."""
    scene = _sitting(app).game.scene

    def tell() -> None:
        for name in cited:
            source_cards.tell_source(scene, name)

    app.push_screen(Reader(app.say, app.say(Text("Sources", "Fuentes")), _sitting(app).told(tell)))


def show_loops(app: WargameApp) -> None:
    """Show the causal loops that the number at the cursor feeds."""
    sitting, number, turn = _sitting(app), app.view.number(), _turn(app)
    if not number:
        raise SessionError(_NO_NUMBER)
    game = sitting.game
    why = game.scene.reasons.why(number, turn)
    blocks = sitting.told(lambda: feedback.tell_circles(game, sitting.circles.of(why)))
    title = app.say(Text("Where it leads: {name}", "Adónde lleva: {name}").fill(name=why.name))
    app.push_screen(Reader(app.say, title, blocks))


def show_believed(app: WargameApp) -> None:
    """Show what was believed when the orders of the turn at the cursor were given, and what is known now."""
    sitting, turn = _sitting(app), _turn(app)
    blocks = sitting.told(lambda: believed.tell_believed(sitting.game, turn))
    title = app.say(Text("Turn {n}: {what}", "Turno {n}: {what}").fill(n=turn, what=believed.HEAD))
    app.push_screen(Reader(app.say, title, blocks[1:]))


def _turn(app: WargameApp) -> int:
    if not _sitting(app).session.reports:
        raise SessionError(NOT_YET)
    return app.view.turn()


# ── the count ────────────────────────────────────────────────────────────────────────────────────────────────


def show_count(app: WargameApp) -> bool:
    """Call the members of the votes of the turn at the cursor one by one; False if nothing was voted."""
    scene, turn = _sitting(app).game.scene, _turn(app)
    rolls = rolls_of(scene, turn)
    if not rolls:
        return False
    at_once = app.animation_level == "none" or app.no_color or app.theme.endswith("-mono")

    def closed(key: str | None) -> None:
        if key:
            app.action_press(key)

    app.push_screen(CountScreen(app.say, rolls, at_once=at_once), closed)
    return True


# ── which session to compare with ────────────────────────────────────────────────────────────────────────────


def ask_comparison(app: WargameApp) -> None:
    """Ask with which session of the same scenario to compare; its own branches and its original come first."""
    sitting = _sitting(app)
    header = sitting.session.header
    others = [s for s in app.library.sessions() if s.session != header.session and s.scenario == header.scenario]
    if not others:
        raise SessionError(_NO_OTHER)
    parent = header.lineage.parent if header.lineage else ""
    others.sort(key=lambda s: (s.session != parent, _parent(s) != header.session))
    choices = [_other(app, s, parent) for s in others[:_MOST]]
    play = app.play
    assert play is not None
    timeline = play.query_one(Timeline)
    if timeline.versus is not None:
        choices.insert(0, Choice(_STOP, lambda width: [((app.say(_NO_MORE), "bold"),)]))

    def chosen(key: str | None) -> None:
        if key:
            app.show_tab("timeline")
            timeline.compare_with("" if key == _STOP else key)

    app.push_screen(Chooser(app.say, app.say(Text("Compare with", "Comparar con")), choices), chosen)


def _parent(summary: Summary) -> str:
    lineage = summary.header.lineage if summary.header else None
    return lineage.parent if lineage is not None else ""


def _other(app: WargameApp, summary: Summary, parent: str) -> Choice:
    own, lineage = _sitting(app).session.id, summary.header.lineage if summary.header else None
    if summary.session == parent:
        how = app.say(_ORIGINAL)
    elif lineage is not None and lineage.parent == own:
        how = app.say(_BRANCH.fill(turn=lineage.turn))
    elif lineage is not None and lineage.parent == parent:
        how = app.say(_SISTER.fill(turn=lineage.turn))
    else:
        how = app.say(_ANOTHER)
    right = dim(app.say(Text("turn {n}", "turno {n}").fill(n=summary.turn)))

    def draw(width: int) -> list[Line]:
        lines = wrap(f"{summary.session}: {how}", width - 12, "", 2)
        return [apart(lines[0], right, width), *lines[1:]]

    return Choice(summary.session, draw, summary.session)


_MOST, _STOP = 40, "-"
_NO_MORE = Text("compare no more", "dejar de comparar")
_NO_NUMBER = Text(
    "Put the cursor on a number first: in Situation, Results, Timeline or Brief.",
    "Ponga antes el cursor sobre un indicador: en Situación, Resultado, Historia o Informe.",
)
NOT_YET = Text(
    "No turn has been played yet, so nothing has changed. End the turn with e.",
    "Aún no se ha jugado ningún turno, así que nada ha cambiado. Termine el turno con e.",
)
_NO_OTHER = Text(
    "There is no other session of this scenario. Try again from a turn with b, then compare.",
    "No hay otra sesión de este escenario. Reintente desde un turno con b y después compare.",
)
_ORIGINAL = Text("the one that this is a branch of", "aquella de la que esta es rama")
_BRANCH = Text("a branch of this one, from turn {turn}", "una rama de esta, desde el turno {turn}")
_SISTER = Text("another branch of the same, from turn {turn}", "otra rama de la misma, desde el turno {turn}")
_ANOTHER = Text("another start", "otro comienzo")
