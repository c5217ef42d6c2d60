"""What the commands do that is no more than a step: notes, the end of a turn, forks, leaving."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from wargame.cli.shelf import make_bots
from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.beginning import fork
from wargame.session.session import Session
from wargame.telling import agenda, ballots, results, situation
from wargame.telling.ending import show_ending
from wargame.telling.game import Game
from wargame.telling.keeping import say_at_risk
from wargame.telling.promises import say_waiting
from wargame.telling.roll import tell_rolls
from wargame.telling.typed import plain, whole_number


def show_brief(game: Game, words: Sequence[str]) -> None:
    """Say who the seat is and what it wants."""
    situation.show_brief(game)


def show_situation(game: Game, words: Sequence[str]) -> None:
    """Say where the seat stands."""
    situation.show_situation(game)


def show_objectives(game: Game, words: Sequence[str]) -> None:
    """Say how far the objectives seem reached."""
    situation.show_objectives(game)


def show_news(game: Game, words: Sequence[str]) -> None:
    """Say again what was told at the beginning of the turn."""
    turn = game.session.turn + game.session.ended
    if not results.show_news(game.scene, turn, game.seat.id):
        game.talk.say(Text("There is no news.", "No hay noticias."))


def show_results(game: Game, words: Sequence[str]) -> None:
    """Say again what a turn brought."""
    turn = whole_number(words[0]) if words else max(1, len(game.session.reports))
    if turn is None:
        raise SessionError(_RESULTS_OF_WHAT)
    results.show_results(game, turn)


def show_roll(game: Game, words: Sequence[str]) -> None:
    """Say how each member was called in the votes of a turn."""
    turn = whole_number(words[0]) if words else max(1, len(game.session.reports))
    if turn is None:
        raise SessionError(_RESULTS_OF_WHAT)
    tell_rolls(game.scene, turn)


def note(game: Game, words: Sequence[str]) -> None:
    """Keep a note."""
    if not words:
        raise SessionError(
            Text(
                "Say what to note, for example: note ask about the bridge.",
                "Diga qué anotar; por ejemplo: nota preguntar por el puente.",
            )
        )
    game.session.note(game.seat.id, " ".join(words))
    game.talk.say(Text("Noted.", "Anotado."))


def show_notes(game: Game, words: Sequence[str]) -> None:
    """Say the notes kept so far."""
    found = [r for r in game.library.of_kind(game.session.id, "note") if r.seat == game.seat.id]
    if not found:
        game.talk.say(Text("You have no notes.", "No tiene notas."))
    for record in found:
        label = game.talk.of(Text("Turn {n}:", "Turno {n}:").fill(n=record.turn))
        game.talk.item(label, str(record.payload["text"]))


def save(game: Game, words: Sequence[str]) -> None:
    """Say that there is nothing to save."""
    text = Text("Everything is kept as it happens, as session {id}.", "Todo se guarda en el momento, como sesión {id}.")
    game.talk.say(text.fill(id=game.session.id))


def fork_here(game: Game, words: Sequence[str]) -> None:
    """Start again from a past turn, as a session of its own."""
    turn = whole_number(words[0]) if words else None
    if turn is None:
        raise SessionError(_FORK_WHERE)
    new_luck = len(words) > 1 and plain(words[1]) in ("new", "new luck", "nueva", "otra")
    seed = secrets.randbelow(2**32) if new_luck else None
    earlier = game.session.id
    branch = fork(game.library, earlier, turn, seed=seed)
    game.move_to(Session.open(game.library, branch, make_bots))
    luck = Text("new luck (seed {seed})", "nueva suerte (semilla {seed})").fill(seed=seed) if new_luck else _SAME_LUCK
    game.talk.say(_FORKED.fill(id=branch, turn=turn, luck=luck, earlier=earlier))
    situation.show_turn(game)
    situation.show_means(game)
    game.talk.say(_GO_ON)


def quit(game: Game, words: Sequence[str]) -> None:
    """Leave."""
    game.over = True


def let_others_think(game: Game) -> None:
    """Let opponents that think ahead do so, and say how far they are."""
    told: set[int] = set()

    def tell(done: int, of: int) -> None:
        if done in told:
            return
        told.add(done)
        if not done:
            game.talk.say(_THINKING.fill(n=of, s=f"{game.think:g}"))
        elif done < of and done == of // 2:
            game.talk.say(_THOUGHT.fill(done=done, all=of))

    game.let_others_think(tell)


def end_turn(game: Game, words: Sequence[str]) -> None:
    """Close the orders; once the seat has voted, or where it has no vote, play the turn and say what it brought."""
    let_others_think(game)
    if not game.session.orders_closed:
        say_at_risk(game)
    if (
        not game.session.orders_closed
        and game.session.voting.close_orders()
        and game.session.voting.papers(game.seat.id)
    ):
        ballots.show_polls(game)
        return
    ballots.say_abstentions(game)
    turn = game.resolve()
    results.show_results(game, turn)
    if game.session.ended:
        show_ending(game)
    else:
        situation.show_turn(game)
        results.show_news(game.scene, game.session.turn, game.seat.id, "inject")
        situation.show_means(game)
        say_waiting(game)
        agenda.say_what_is_due(game)
        game.talk.say(_GO_ON)


_THINKING = Text(
    "{n} opponents think ahead, for about {s} seconds …", "{n} rivales piensan por adelantado, unos {s} segundos…"
)
_THOUGHT = Text("{done} of {all} are ready …", "{done} de {all} están listos…")
_RESULTS_OF_WHAT = Text(
    "Say the number of a turn, for example: results 2.", "Diga el número de un turno; por ejemplo: resultados 2."
)
_FORK_WHERE = Text(
    "Say the turn to go back to, for example: fork 3 (the same luck) or fork 3 new.",
    "Diga a qué turno volver; por ejemplo: bifurcar 3 (la misma suerte) o bifurcar 3 nueva.",
)
_FORKED = Text(
    "You now play session {id}, from the beginning of turn {turn}, with {luck}. Session {earlier} stays as it was.",
    "Ahora juega la sesión {id}, desde el comienzo del turno {turn}, con {luck}. La sesión {earlier} queda "
    "como estaba.",
)
_SAME_LUCK = Text("the same luck", "la misma suerte")
_GO_ON = Text(
    "What will you do? (orders, file, end; why 1 asks about the first number above; situation, help)",
    "¿Qué hará? (órdenes, presentar, terminar; porqué 1 pregunta por el primer indicador de arriba; situación, ayuda)",
)
