"""What an order may come to, told before it is given, and how earlier forecasts have borne out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from wargame.analysis.forecast import HORIZON, Forecast, Outlook, Study
from wargame.analysis.foresight import borne_out, keep, question_of, setting_of
from wargame.model.errors import SessionError
from wargame.model.kinds import AttributeType
from wargame.model.orders import Order
from wargame.model.text import Text, counted
from wargame.telling.filing import order_title
from wargame.telling.game import Game
from wargame.telling.menu import Place
from wargame.telling.shortened import shortened
from wargame.telling.typed import whole_number

_LONGEST_NAME = 44
_NEWEST = 12
"""How many lines about earlier forecasts are shown."""


def forecast(game: Game, words: Sequence[str]) -> None:
    """Say what an order may come to by some turns ahead; without words, how earlier forecasts have borne out."""
    if not words:
        _show_record(game)
        return
    offer, place, rest = game.menu.read(words, strictly=True)
    if place is None:
        text = Text("Say where, for example: forecast {n}.1", "Diga dónde; por ejemplo: pronóstico {n}.1")
        raise SessionError(text.fill(n=offer.number))
    found = _study(game).answer(question_of(game.session, game.matters, _order(game, place, rest)))
    keep(game.session, found)
    _show(game, found)


def _order(game: Game, place: Place, rest: Sequence[str]) -> Order:
    desk, filed = game.session.desk(game.seat.id), game.session.filed[game.seat.id]
    already = next((order for order in filed if order.candidate == place.candidate.id), None)
    if already is not None:
        return already
    amount = whole_number(rest[0]) if rest else desk.default_amount(place.candidate)
    if amount is None:
        raise SessionError(Text("The amount must be a whole number.", "La cantidad debe ser un número entero."))
    order = Order(place.candidate.id, amount)
    refusal = desk.refuse(order, filed)
    if refusal is not None:
        raise SessionError(Text("It cannot be given: {why}", "No puede darse: {why}").fill(why=refusal.message))
    return order


def _study(game: Game) -> Study:
    """Return the study of the game in play: it reads the rules once, and again after a fork."""
    kept = game.study
    if kept is None or kept[0] != game.session.id:
        game.talk.say(Text("Reading the rules for forecasts …", "Leyendo las reglas para los pronósticos…"))
        kept = game.study = (game.session.id, Study(setting_of(game.session)))
    return kept[1]


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────


def _show(game: Game, found: Forecast) -> None:
    talk, question = game.talk, found.question
    title = order_title(game, *question.order)
    talk.head(Text("Forecast: {order}", "Pronóstico: {order}").fill(order=title))
    turns = found.until - question.known.turn + 1
    talk.say(how_made(found))
    head = ["", *(talk.of(text) for text in (_WITHOUT, _WITH, _HIGHER, _LOWER))]
    rows = list(_rows(game, found))
    names = shortened([name for name, *_ in rows], _LONGEST_NAME)
    talk.table(head, [[name, *cells] for name, (_, *cells) in zip(names, rows, strict=True)])
    talk.say(_READ_SO)
    if turns < HORIZON:
        talk.say(_TO_THE_END)


def how_made(found: Forecast) -> Text:
    """Return how a forecast was made: how many pairs, how far ahead, who plays."""
    turns = found.until - found.question.known.turn + 1
    return _HOW.fill(pairs=found.question.pairs, until=found.until, turns=counted(turns, *_TURNS))


def record_of(game: Game) -> tuple[int, int]:
    """Return how many numbers of past forecasts came to lie in their bands, and of how many."""
    found = borne_out(game.session, game.matters)
    return sum(f.inside for f in found), len(found)


def _rows(game: Game, found: Forecast) -> Iterator[list[str]]:
    yield _row(game, Text("your score", "su puntaje"), found.score, 2)
    for objective, _ in game.session.engine.reckoning.objectives[game.seat.id]:
        yield _row(game, objective.title, found.objectives[objective.id], 2)
    for row, outlook in found.numbers.items():
        if outlook.more or outlook.less:
            attribute = game.scene.attribute(row)
            flag = attribute is not None and attribute.type is AttributeType.FLAG
            decimals = attribute.decimals if attribute is not None else 1
            yield _row(game, game.scene.name(row), outlook, decimals, flag=flag)


def _row(game: Game, title: Text, outlook: Outlook, decimals: int, *, flag: bool = False) -> list[str]:
    name, number = game.talk.of(title), game.talk.voice.fixed
    if flag:
        text = Text("yes in {share} %", "sí en {share} %")
        shown = [game.talk.of(text.fill(share=number(100 * share, 0))) for share in outlook.shares]
    else:
        shown = [" / ".join(number(v, decimals) for v in band) for band in outlook.bands]
    return [name, shown[1], shown[0], *(game.talk.voice.percent(share, 0) for share in (outlook.more, outlook.less))]


def dots(outlook: Outlook, count: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return so many evenly likely values of a number with the order, and without it, in order of size."""
    places = (np.arange(count) + 0.5) / count
    given, absent = (np.quantile(values, places) for values in (outlook.given, outlook.absent))
    return tuple(given.tolist()), tuple(absent.tolist())


def _show_record(game: Game) -> None:
    talk, found = game.talk, borne_out(game.session, game.matters)
    if not found:
        talk.say(_NONE_YET)
        return
    inside = sum(f.inside for f in found)
    talk.say(counted(len(found), *_RECORD, inside=inside))
    for item in found[-_NEWEST:]:
        figures, attribute, unit = game.scene.figures, game.scene.attribute(item.row), game.scene.unit(item.row)
        low, high, came = (figures.value(v, attribute, unit) for v in (item.band[0], item.band[2], item.came))
        verdict = _INSIDE if item.inside else _OUTSIDE
        text = Text(
            "turns {turn}–{until}, {name}: foretold {low} to {high}; you now take it to be {came} ({verdict})",
            "turnos {turn}–{until}, {name}: se previó de {low} a {high}; ahora usted lo estima en {came} ({verdict})",
        )
        said = text.fill(
            turn=item.turn, until=item.until, name=game.scene.name(item.row), low=low, high=high, came=came,
            verdict=verdict,
        )  # fmt: skip
        talk.item("-", said)


_TURNS = (Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos"))
_HOW = Text(
    "{pairs} pairs of worlds as you may believe them, to the end of turn {until} ({turns}). In each pair the luck is "
    "the same; one side gives the order, the other does not. Bots play everybody, from the next turn on you too.",
    "{pairs} pares de mundos que usted considera posibles, hasta el final del turno {until} ({turns}). En cada par "
    "la suerte es la misma; un lado da la orden y el otro no. Los bots juegan por todos, y desde el turno siguiente "
    "también por usted.",
)
_WITHOUT = Text("without it (p10 / p50 / p90)", "sin ella (p10 / p50 / p90)")
_WITH = Text("with it (p10 / p50 / p90)", "con ella (p10 / p50 / p90)")
_HIGHER = Text("higher with it", "más con ella")
_LOWER = Text("lower with it", "menos con ella")
_READ_SO = Text(
    "Nine in ten worlds lie above p10, one in ten above p90. This is what you can know, not what will happen.",
    "Nueve de cada diez mundos quedan por encima de p10; uno de cada diez, por encima de p90. Es lo que usted puede "
    "saber, no lo que va a pasar.",
)
_TO_THE_END = Text("The session ends there.", "Ahí termina la sesión.")
_NONE_YET = Text(
    "No forecast has come due yet. Ask for one: forecast 4.2. It is held against what comes if you give the order.",
    "Todavía no ha vencido ningún pronóstico. Pida uno: pronóstico 4.2. Se compara con lo que ocurra si da la orden.",
)
_RECORD = (
    Text(
        "Of {n} number foretold, {inside} came to lie in its band.",
        "De {n} indicador previsto, {inside} cayó en su banda.",
    ),
    Text(
        "Of {n} numbers foretold, {inside} came to lie in their bands (eight in ten should).",
        "De {n} indicadores previstos, {inside} cayeron en su banda (deberían ser ocho de cada diez).",
    ),
)  # fmt: skip
_INSIDE = Text("inside", "dentro")
_OUTSIDE = Text("outside", "fuera")
