"""What a turn brought: events, what became of orders, and the changes that matter, each with its largest causes."""

from __future__ import annotations

from collections.abc import Iterable

from wargame.model.orders import Fate
from wargame.model.text import Text, lower
from wargame.session.news import Kind, news_of
from wargame.session.reports import LoggedOutcome, TurnReport
from wargame.session.surmise import starts
from wargame.session.wording import luck
from wargame.telling.causes import tell_change
from wargame.telling.game import Game
from wargame.telling.menu import Menu
from wargame.telling.programmes import when_due
from wargame.telling.promises import show_settled
from wargame.telling.scene import Scene
from wargame.telling.votes import show_votes

MOST_CHANGES = 12
"""How many changes of a turn are told."""

FATES = {
    Fate.DONE: Text("done", "hecha"),
    Fate.SUCCEEDED: Text("succeeded", "tuvo éxito"),
    Fate.FAILED: Text("failed", "fracasó"),
    Fate.FIZZLED: Text("came to nothing", "quedó sin efecto"),
}
ODDS_LOWER = Text("the true odds were lower than you reckoned", "la probabilidad verdadera era menor que la calculada")
ODDS_HIGHER = Text(
    "the true odds were higher than you reckoned", "la probabilidad verdadera era mayor que la calculada"
)
_FIZZLED = Text(
    "came to nothing: possible as you saw it, impossible in truth; it was paid for",
    "quedó sin efecto: posible según lo veía usted, imposible en verdad; se pagó igual",
)


def show_results(game: Game, turn: int) -> None:
    """Say everything about a played turn that the seat may know."""
    game.talk.head(turn_title(game, turn))
    tell_turn(game, turn)


def turn_title(game: Game, turn: int) -> Text:
    """Return the heading of the results of a turn."""
    when = game.scene.figures.period(game.session.scenario.calendar, turn)
    return Text("Results of turn {n}: {when}", "Resultados del turno {n}: {when}").fill(n=turn, when=when)


def tell_turn(game: Game, turn: int) -> None:
    """Say everything about a played turn that the seat may know, but for its heading."""
    report = game.scene.reasons.report(turn)
    show_events(game.scene, turn, game.seat.id)
    show_own_orders(game, report)
    show_other_orders(game, report)
    show_votes(game.scene, turn)
    show_settled(game, report)
    _show_changes(game, turn)
    show_score(game, turn)


def show_events(scene: Scene, turn: int, seat: str | None) -> None:
    """Say which events happened in a turn, as far as they became known."""
    _tell_news(scene, turn + 1, seat, Text("What happened", "Qué ocurrió"), "event")


def show_what_begins(game: Game, turn: int) -> None:
    """Say the news with which the turn after the last played one opens."""
    if turn == len(game.session.reports) and not game.session.ended:
        title = Text("News: turn {n} begins", "Noticias: empieza el turno {n}").fill(n=turn + 1)
        _tell_news(game.scene, turn + 1, game.seat.id, title, "inject")


def show_news(scene: Scene, turn: int, seat: str | None, kind: Kind | None = None) -> bool:
    """Say what is told at the beginning of a turn (of one kind, or all), with what is expected for those who see all.

    False if there is no news.
    """
    return _tell_news(scene, turn, seat, Text("News", "Noticias"), kind)


def _tell_news(scene: Scene, turn: int, seat: str | None, title: Text, kind: Kind | None) -> bool:
    told = news_of(scene.session, turn, seat, kind)
    if told:
        scene.talk.head(title)
    for news in told:
        scene.talk.item("-", Text("{title}. {text}", "{title}. {text}").fill(title=news.title, text=news.text))
        if seat is None and news.expected is not None:
            scene.talk.say(Text("Expected: {what}", "Se espera: {what}").fill(what=news.expected), 2)
    return bool(told)


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────


def show_own_orders(game: Game, report: TurnReport) -> None:
    """Say what became of the orders of the seat."""
    game.talk.head(Text("What became of your orders", "Qué fue de sus órdenes"))
    own = [outcome for outcome in report.outcomes if outcome.seat == game.seat.id]
    if not own:
        game.talk.say(Text("You gave none.", "No dio ninguna."))
    menu = Menu(game.session, game.seat.id)
    for n, outcome in enumerate(own, 1):
        label = f"{n}."
        game.talk.item(label, f"{game.talk.of(outcome_title(menu, outcome))}: {own_fate(game, outcome)}")
        _tell_deeds(game, outcome, report, len(label) + 1)


def own_fate(game: Game, outcome: LoggedOutcome) -> str:
    """Return what became of an order of the seat, with its luck."""
    parts = [game.talk.of(_FIZZLED if outcome.fate is Fate.FIZZLED else FATES[outcome.fate])]
    drawn = luck(outcome, as_reckoned=not game.session.ended)
    if drawn is not None:
        parts[0] += f" ({game.talk.of(drawn)})"
    wrong = None if game.session.ended else odds_were_wrong(outcome)
    if wrong is not None:
        parts.append(game.talk.of(wrong))
    if outcome.open and _is_covert(game.scene, outcome):
        parts.append(game.talk.of(Text("it was exposed", "quedó al descubierto")))
    return "; ".join(parts) + "."


def odds_were_wrong(outcome: LoggedOutcome) -> Text | None:
    """Return what an outcome tells of the true odds that the estimates had wrong; None if it tells nothing."""
    if outcome.reckoned is None or outcome.draw is None or outcome.fate not in (Fate.SUCCEEDED, Fate.FAILED):
        return None
    expected = Fate.SUCCEEDED if outcome.draw < outcome.reckoned else Fate.FAILED
    if outcome.fate is expected:
        return None
    return ODDS_LOWER if outcome.fate is Fate.FAILED else ODDS_HIGHER


def _tell_deeds(game: Game, outcome: LoggedOutcome, report: TurnReport, margin: int) -> None:
    """Tell what an order did to the numbers that the seat sees, and what will go on."""
    scene = game.scene
    deeds = scene.reasons.deeds(outcome, report.turn)
    said = scene.by_owner((deed.row, scene.amount(deed.row, deed.amount)) for deed in deeds)
    if said:
        game.talk.say(Text("What it did: {what}.", "Qué hizo: {what}.").fill(what=said), margin)
    for programme in scene.session.scenario.ruleset.moves[outcome.move].programmes:
        if starts(programme.on, outcome.fate):
            game.talk.say(when_due(game.session, programme, report.turn), margin)


def _is_covert(scene: Scene, outcome: LoggedOutcome) -> bool:
    return scene.session.scenario.ruleset.moves[outcome.move].covert is not None


def show_other_orders(game: Game, report: TurnReport) -> None:
    """Say what others were seen to do."""
    known = [o for o in report.outcomes if o.seat != game.seat.id and (o.open or game.session.ended)]
    game.talk.head(Text("What others were seen to do", "Lo que se vio hacer a los demás"))
    if not known:
        game.talk.say(Text("Nothing that became known.", "Nada que se sepa."))
    tell_orders(game.scene, known, show_luck=False)


def tell_orders(scene: Scene, outcomes: Iterable[LoggedOutcome], *, show_luck: bool) -> None:
    """Say what some orders were and what became of them, seat by seat."""
    by_seat: dict[str, list[LoggedOutcome]] = {}
    for outcome in outcomes:
        by_seat.setdefault(outcome.seat, []).append(outcome)
    for seat, some in by_seat.items():
        menu = Menu(scene.session, seat)
        scene.talk.say(f"{scene.talk.of(menu.seat.title)}:")
        for outcome in some:
            scene.talk.item(
                "-", f"{scene.talk.of(outcome_title(menu, outcome))}: {_fate(scene, outcome, show_luck)}", 2
            )


def _fate(scene: Scene, outcome: LoggedOutcome, show_luck: bool) -> str:
    said = scene.talk.of(FATES[outcome.fate])
    drawn = luck(outcome, as_reckoned=False) if show_luck else None
    if drawn is not None:
        said += f" ({scene.talk.of(drawn)})"
    if _is_covert(scene, outcome):
        exposed, hidden = Text("exposed", "descubierta"), Text("covert", "encubierta")
        said += f"; {scene.talk.of(exposed if outcome.open else hidden)}"
    return said


def outcome_title(menu: Menu, outcome: LoggedOutcome) -> Text:
    """Return an order as move, targets and amount."""
    offer = menu.offered(outcome.actor, outcome.move)
    place = next(p for p in offer.places if p.candidate.key == outcome.order)
    title = offer.title
    if place.title.en:
        title = Text("{move} — {where}", "{move} — {where}").fill(move=title, where=place.title)
    if offer.move.amount is None:
        return title
    text = Text("{title} ({what}: {n})", "{title} ({what}: {n})")
    return text.fill(title=title, what=lower(offer.move.amount.title), n=outcome.amount)


# ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────


def _show_changes(game: Game, turn: int) -> None:
    view = game.session.view(game.seat.id)
    changes = game.matters.changed(game.scene.reasons, view, turn, MOST_CHANGES)
    title = Text("What changed for you, and why", "Qué cambió para usted, y por qué")
    if game.session.ended:
        title = Text("What changed for you, and why (true values)", "Qué cambió para usted, y por qué (valores reales)")
    game.talk.head(title)
    game.listed, game.listed_turn = [why.row for why in changes], turn
    if not changes:
        game.talk.say(Text("Nothing that you could see.", "Nada que pudiera ver."))
    for number, why in enumerate(changes, 1):
        tell_change(game.scene, number, why)


def show_score(game: Game, turn: int) -> None:
    """Say how the score of the seat moved in a turn."""
    share, matters = game.scene.figures.share, game.matters
    before, after = (matters.standings(game.beliefs, t) for t in (turn, turn + 1))
    text = _SCORE_TRUE if game.session.ended else _SCORE
    game.talk.gap()
    game.talk.say(text.fill(a=share(matters.score(before)), b=share(matters.score(after))))
    for then, now in zip(before, after, strict=True):
        a, b = share(then.degree), share(now.degree)
        if a != b:
            game.talk.item("-", f"{game.talk.of(now.objective.title)}: {a} → {b}", 2)


_SCORE = Text("Your score, if it ended now: {a} → {b}.", "Su puntaje, si terminara ahora: {a} → {b}.")
_SCORE_TRUE = Text("Your score in truth: {a} → {b}.", "Su puntaje en verdad: {a} → {b}.")
