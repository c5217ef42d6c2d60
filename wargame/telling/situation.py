"""Where a seat stands: its brief, its means, its objectives and the numbers that decide them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wargame.engine.naming import NOT_IN_PLAY
from wargame.model.kinds import AttributeType
from wargame.model.text import Text, counted, join, same
from wargame.session.matters import Standing
from wargame.telling.game import Game, idle_end, is_active


def show_opening(game: Game) -> None:
    """Say what is being played, by whom, and under which id it is kept."""
    talk, session = game.talk, game.session
    talk.head(session.scenario.title)
    talk.say(session.scenario.where)
    talk.gap()
    talk.prose(session.scenario.text)
    talk.gap()
    bots = _bots(game)
    talk.say(_YOU_ARE.fill(seat=game.seat.title, others=counted(bots, *_BOTS) if bots else same("")))
    lens = session.scenario.ruleset.lenses.get(session.header.lens)
    text = Text("Lens: {lens}, held by {who}.", "Enfoque: {lens}; lo sostienen: {who}.")
    if lens is not None:
        talk.say(text.fill(lens=lens.title, who=lens.held_by))
    level = next((lv.title for lv in session.scenario.levels if lv.id == session.header.level), None)
    if level is not None:
        talk.say(Text("Level: {level}.", "Nivel: {level}.").fill(level=level))
    talk.say(_KEPT.fill(id=session.id, seed=session.header.seed))


def _bots(game: Game) -> int:
    return sum(seating.by == "bot" for seating in game.session.header.seats)


def show_turn(game: Game) -> None:
    """Say which turn begins."""
    session = game.session
    text = Text("Turn {turn} of {last}: {when}", "Turno {turn} de {last}: {when}")
    when = game.scene.figures.period(session.scenario.calendar, session.turn)
    game.talk.head(text.fill(turn=session.turn, last=session.engine.turns, when=when))


def show_brief(game: Game) -> None:
    """Say who the seat is, what it wants in public and in secret, and its brief."""
    talk, seat = game.talk, game.seat
    if seat.brief.say(talk.voice.language).strip():
        talk.gap()
        talk.prose(seat.brief)
    if game.session.turn > 1:
        talk.gap()
        talk.say(_OF_THE_FIRST.fill(when=game.scene.figures.period(game.session.scenario.calendar, 1)))
    talk.gap()
    talk.say(Text("In public: {what}", "En público: {what}").fill(what=seat.public))
    talk.say(Text("In secret: {what}", "En secreto: {what}").fill(what=seat.secret))
    if game.session.engine.turns < game.session.scenario.calendar.full:
        talk.say(length_of_short(game))


def length_of_short(game: Game) -> Text:
    """Return how long a short session is, for texts that speak of the full one."""
    calendar, turns = game.session.scenario.calendar, game.session.engine.turns
    return _SHORT.fill(turns=turns, last=game.scene.figures.period(calendar, turns), full=calendar.full)


def show_situation(game: Game) -> None:
    """Say the seat's means, its objectives as it believes them, and the tracked numbers."""
    if game.session.ended:
        game.talk.say(
            Text("The session has ended: true values follow.", "La sesión ha terminado: siguen los valores reales.")
        )
    show_means(game)
    show_objectives(game)
    show_tracked(game)


# ── means ────────────────────────────────────────────────────────────────────────────────────────────────────


def show_means(game: Game) -> None:
    """Say what each actor of the seat can spend, what filed orders take, and what comes in."""
    game.talk.head(Text("Your means", "Sus medios"))
    for actor in game.seat.actors:
        if not is_active(game, actor):
            game.talk.say(NOT_IN_PLAY.fill(who=game.session.names.owner(actor)))
            continue
        if len(game.seat.actors) > 1:
            game.talk.say(game.session.names.owner(actor))
        for line in means_of(game, actor):
            game.talk.item("-", line)


@dataclass(frozen=True, slots=True)
class Holding:
    """One resource of an actor: what there is, what is left of it, and what comes in by the next turn."""

    title: Text
    shown: str
    value: float
    left: float
    income: float
    full: bool
    """No more of it can be kept."""


def holdings(game: Game, actor: str) -> Iterator[Holding]:
    """Yield the resources of an actor, without those of which there is nothing and comes nothing."""
    session = game.session
    desk = session.desk(game.seat.id)
    left = desk.left(session.filed[game.seat.id])
    for resource in desk.resources(actor):
        row = session.engine.layout.row(actor, resource)
        value, income = float(session.world.values[row, 0]), round(_income(game, row, left), 1)
        if value or income:
            shown, full = game.scene.figures.value(value, game.scene.attribute(row)), session.engine.layout.high[row]
            yield Holding(session.names.attribute(resource), shown, value, left[actor, resource], income, value >= full)


def means_of(game: Game, actor: str) -> Iterator[str]:
    """Yield the resources of an actor in words: what there is, what is committed, what comes in."""
    voice = game.talk.voice
    for held in holdings(game, actor):
        text = f"{voice.of(held.title)}: {held.shown}"
        if held.value != held.left:
            said = Text("{n} committed, {left} left", "{n} comprometidos, quedan {left}")
            text += "; " + voice.of(said.fill(n=voice.number(held.value - held.left), left=voice.number(held.left)))
        if held.income:
            said = Text("{n} by the next turn", "{n} para el próximo turno")
            text += "; " + voice.of(said.fill(n=voice.signed(held.income)))
        elif held.full:
            text += "; " + voice.of(FULL)
        yield text


def _income(game: Game, row: int, left: Mapping[tuple[str, str], float]) -> float:
    """Return what the rules will do to a number of one's own by the next turn, once the filed orders are paid."""
    surmise = game.scene.reasons.surmise
    if surmise is None:
        return 0.0
    now = game.beliefs.at_start_of(game.session.turn).copy()
    for (actor, resource), remains in left.items():
        now[game.session.engine.layout.row(actor, resource)] = remains
    return surmise.standing(row, game.session.turn, now)


# ── objectives ───────────────────────────────────────────────────────────────────────────────────────────────


def show_objectives(game: Game) -> None:
    """Say each objective with the degree the seat believes, and the numbers that decide it."""
    talk = game.talk
    standings = game.matters.standings(game.beliefs, game.session.turn + game.session.ended)
    talk.head(_OBJECTIVES if not game.session.ended else Text("Your objectives", "Sus objetivos"))
    game.listed, game.listed_turn = [], len(game.session.reports)
    for standing in standings:
        talk.item("-", standing_in_words(game, standing))
        _say_numbers(game, standing.rows)
    score = game.scene.figures.share(game.matters.score(standings))
    talk.say(_SCORE.fill(score=score, bar=game.scene.figures.share(game.bar)))


def standing_in_words(game: Game, standing: Standing) -> Text:
    """Return an objective with the degree that the seat believes."""
    text = Text("{title}: {degree} (weight {weight}{secret})", "{title}: {degree} (peso {weight}{secret})")
    secret = Text("; secret", "; secreto") if standing.objective.secret else Text("", "")
    return text.fill(
        title=standing.objective.title,
        degree=game.scene.figures.share(standing.degree),
        weight=game.talk.voice.number(standing.objective.weight),
        secret=secret,
    )


def _say_numbers(game: Game, rows: Iterable[int]) -> None:
    """Say the numbers of an objective; those of actors that are not in play are only named."""
    idle: dict[str, None] = {}
    for row in rows:
        owner = game.session.engine.layout.owners[row]
        absent = idle_end(game, owner)
        if absent is None:
            _say_number(game, row)
        else:
            idle[absent] = None
    if idle:
        names = join([game.session.names.brief(owner) for owner in idle], ", ")
        game.talk.say(NOT_IN_PLAY.fill(who=names), 2)


def _say_number(game: Game, row: int) -> None:
    name = game.session.engine.layout.names[row]
    if name not in game.listed:
        game.listed.append(name)
    label = f"{game.listed.index(name) + 1}."
    attribute = game.scene.attribute(row)
    flag = attribute is not None and attribute.type is AttributeType.FLAG
    better = (_FLAG_BETTER if flag else _BETTER).get(game.scene.good(row))
    tail = f"; {game.talk.of(better)}" if better is not None else ""
    game.talk.item(label, f"{game.talk.of(game.scene.name(row))}: {game.scene.shown(row)}{tail}", 2)


def show_tracked(game: Game) -> None:
    """Say the first measures of the scenario, as far as the seat sees their numbers."""
    rows = [row for row in game.matters.headlines if not _is_told(game, row)]
    if rows:
        game.talk.head(Text("Also watched by everybody", "Además, lo que todos miran"))
    for row in rows:
        _say_number(game, row)


def _is_told(game: Game, row: int) -> bool:
    return any(row in rows for rows in game.matters.objectives.values())


_YOU_ARE = Text("You play: {seat}. {others}", "Usted juega: {seat}. {others}")
_BOTS = (
    Text("The other seat is played by a bot.", "El otro puesto lo juega un bot."),
    Text("The other {n} seats are played by bots.", "Los otros {n} puestos los juegan bots."),
)
FULL = Text("as much as can be kept", "no se puede guardar más")
_KEPT = Text(
    "Session {id}, seed {seed}. Everything is kept as it happens.",
    "Sesión {id}, semilla {seed}. Todo se guarda en el momento.",
)
_OBJECTIVES = Text(
    "Your objectives, as far as you can tell (1: all you want; 0: nothing of it)",
    "Sus objetivos, hasta donde puede saberse (1: todo lo que quiere; 0: nada)",
)
_SCORE = Text(
    "Your score, if it ended now: {score} (their mean by weight). From {bar} on at the end you have what you wanted.",
    "Su puntaje, si terminara ahora: {score} (su media según el peso). Con {bar} o más al final tiene lo que quería.",
)
_BETTER = {1: Text("more is better", "más es mejor"), -1: Text("less is better", "menos es mejor")}
_FLAG_BETTER = {1: Text("better: yes", "mejor: sí"), -1: Text("better: no", "mejor: no")}
_SHORT = Text(
    "This session is short: {turns} turns, the last one {last}. Where a text speaks of a longer time, it means the "
    "full one of {full} turns.",
    "Esta sesión es corta: {turns} turnos, el último, {last}. Donde un texto habla de más tiempo, se refiere a la "
    "completa, de {full} turnos.",
)
_OF_THE_FIRST = Text(
    "This is the brief of the first turn ({when}): what it says of time to come is told from there.",
    "Este es el informe del primer turno ({when}): lo que dice del tiempo por venir se cuenta desde ahí.",
)
