"""The end of a session: how it ended and why, what each objective came to, what was believed and what was true."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wargame.engine.views import SeatEyes
from wargame.formula.render import at_its_time
from wargame.formula.walk import leaves
from wargame.formula.words import words
from wargame.model.expression import Formula, Leaf, Read
from wargame.model.kinds import AttributeType
from wargame.model.scenario import Ending, Objective, Seat
from wargame.model.text import Language, Text, lower
from wargame.session.beliefs import Beliefs
from wargame.session.calling import to_type
from wargame.telling.figures import unit_in_words
from wargame.telling.game import Game
from wargame.telling.resting import tell_basis


def show_ending(game: Game) -> None:
    """Say everything about the end of a session, and what can be done now; nothing is hidden any more."""
    tell_ending(game)
    show_what_next(game)


def tell_ending(game: Game) -> None:
    """Say how a session ended, what was reached, believed and true, and what really happened."""
    end = game.session.reports[-1].end
    if end is None:
        return
    tell_how(game, end)
    tell_objectives(game)
    _show_scores(game)
    _show_truth(game)
    _show_measures(game, end)
    _show_course(game)


def tell_how(game: Game, end: Mapping[str, Any], *, cited: bool = True) -> None:
    """Say how a session ended and why; ``cited``: and on what that ending rests."""
    talk, scenario = game.talk, game.session.scenario
    ending = next(e for e in scenario.endings if e.id == end["ending"])
    talk.head(Text("The end: {title}", "Desenlace: {title}").fill(title=ending.title))
    talk.say(ending.text)
    reason = _reason(game, ending)
    text = Text("Why it ended so: {reason}.", "Por qué terminó así: {reason}.")
    talk.say(text.fill(reason=reason))
    if cited:
        tell_basis(game.scene, ending.basis, 2)
    for noted in scenario.endings:
        if noted.id in end["noted"]:
            text = Text("Noted in turn {turn}: {title}. {text}", "Anotado en el turno {turn}: {title}. {text}")
            talk.say(text.fill(turn=end["noted"][noted.id], title=noted.title, text=noted.text))


def _reason(game: Game, ending: Ending) -> Text:
    """Return why an ending came: in its author's words, else its condition read out."""
    if ending.because is not None:
        return ending.because
    return _condition(game, ending.when) if _reads(ending) else _TIME_IS_UP


def _condition(game: Game, when: Formula) -> Text:
    """Return a condition in words, its names as they stand within a sentence."""
    name = game.session.names.leaf({})

    def within(leaf: Leaf) -> Text:
        return lower(name(leaf))

    return Text(words(when.node, within, Language.EN), words(when.node, within, Language.ES))


# ── objectives ───────────────────────────────────────────────────────────────────────────────────────────────


def _reads(ending: Ending) -> bool:
    """Say whether the condition of an ending asks for anything but the turn."""
    return any(isinstance(leaf, Read) for leaf in leaves(ending.when.node))


@dataclass(frozen=True, slots=True)
class Reached:
    """What one objective came to."""

    objective: Objective
    degree: float
    believed: float
    """The degree that the seat would have believed."""
    working: str
    """The true numbers from which the degree is reckoned."""


def reached(game: Game) -> list[Reached]:
    """Return what the objectives of the seat came to; nothing of a session that has not ended."""
    end = game.session.reports[-1].end
    if end is None:
        return []
    degrees, believed = end["objectives"][game.seat.id], _believed(game)
    return [
        Reached(objective, degrees[objective.id], believed[objective.id], _working(game, objective))
        for objective, _ in game.session.engine.reckoning.objectives[game.seat.id]
    ]


def tell_objectives(game: Game) -> None:
    """Say how far the seat came with each objective, with the true numbers that say so."""
    talk, share = game.talk, game.scene.figures.share
    talk.head(REACHED)
    for one in reached(game):
        text = Text(
            "{title}: {degree} (you believed {guess}; weight {weight})",
            "{title}: {degree} (usted creía {guess}; peso {weight})",
        )
        said = text.fill(
            title=one.objective.title,
            degree=share(one.degree),
            guess=share(one.believed),
            weight=talk.voice.number(one.objective.weight),
        )
        talk.item("-", said)
        if one.working:
            talk.say(one.working, 4)


def _working(game: Game, objective: Objective) -> str:
    """Return the true numbers from which the degree of an objective is reckoned, in words."""
    truth = Beliefs(game.session.engine, game.session.world, None)
    found = truth.reckon_at_end(objective.degree, objective.id, game.session.turn)
    numbers = _numbers_in(game, objective.degree, found.leaves)
    return f"{game.talk.of(_FROM)}: {numbers}." if numbers else ""


def _numbers_in(game: Game, formula: Formula, values: Sequence[float]) -> str:
    """Return the numbers that a formula reads, each with its value: ``control 43, forces gone: yes``."""
    name, talk = game.session.names.leaf({}), game.talk
    found: dict[str, str] = {}
    for leaf, value in zip(leaves(formula.node), values, strict=True):
        if isinstance(leaf, Read):
            said = talk.of(at_its_time(lower(name(leaf)), leaf.lag))
            found[said] = _value_in(game, leaf, value)
    return "; ".join(f"{said}: {shown}" for said, shown in found.items())


def _value_in(game: Game, leaf: Read, value: float) -> str:
    attribute = next((a for a in game.session.scenario.ruleset.attributes if a.id == leaf.attribute), None)
    if attribute is not None and attribute.type is AttributeType.FLAG:
        return game.scene.figures.value(value, attribute)
    return game.talk.voice.number(value, 0 if abs(value) >= 100 else 1)


def _believed(game: Game) -> dict[str, float]:
    """Return the degree of each objective as the seat would believe it, had the session not ended."""
    eyes = SeatEyes(game.session.engine, game.seat)
    beliefs = Beliefs(game.session.engine, game.session.world, eyes)
    standings = game.matters.standings(beliefs, game.session.turn + 1)
    return {standing.objective.id: standing.degree for standing in standings}


def final_scores(game: Game) -> list[tuple[Seat, float]]:
    """Return the score of every seat; nothing of a session that has not ended."""
    end = game.session.reports[-1].end
    return [] if end is None else [(seat, end["scores"][seat.id]) for seat in game.session.scenario.seats]


def verdict(game: Game) -> Text:
    """Return the score of the seat, and whether that is what it wanted."""
    share, bar = game.scene.figures.share, game.bar
    score = next(score for seat, score in final_scores(game) if seat.id == game.seat.id)
    text = Text("Your score: {score}. {verdict}", "Su puntaje: {score}. {verdict}")
    return text.fill(score=share(score), verdict=(_GOT_IT if score >= bar else _NOT_QUITE).fill(bar=share(bar)))


def _show_scores(game: Game) -> None:
    talk = game.talk
    talk.gap()
    tell_score(game)
    talk.say(ALL_SEATS)
    for seat, score in final_scores(game):
        talk.item("-", f"{talk.of(seat.title)}: {game.scene.figures.share(score)}", 2)


def tell_score(game: Game) -> None:
    """Say the score of the seat, and whether it is what it wanted."""
    game.talk.say(verdict(game))


# ── truth ────────────────────────────────────────────────────────────────────────────────────────────────────


def _show_truth(game: Game) -> None:
    """Say the numbers of the objectives: at the start, as believed at the end, and as they are."""
    game.talk.head(BELIEVED_AND_TRUE)
    for known in known_at_end(game):
        attribute, unit = game.scene.attribute(known.row), game.scene.unit(known.row)
        shown = [game.scene.figures.value(v, attribute, unit) for v in (known.start, known.believed, known.truth)]
        text = Text(
            "{name}: {start} at the start; at the end you believed {guess}; in truth {truth}",
            "{name}: {start} al comienzo; al final usted creía {guess}; en verdad, {truth}",
        )
        said = text.fill(name=game.scene.name(known.row), start=shown[0], guess=shown[1], truth=shown[2])
        game.talk.item("-", said)


@dataclass(frozen=True, slots=True)
class Known:
    """One number: at the start, as the seat believed it at the end, and as it truly was then."""

    row: int
    start: float
    believed: float
    truth: float


def known_at_end(game: Game) -> list[Known]:
    """Return the numbers of the objectives and the headlines, as believed at the end and as they are."""
    session = game.session
    believed = Beliefs(session.engine, session.world, SeatEyes(session.engine, game.seat)).at_start_of(session.turn + 1)
    truth = Beliefs(session.engine, session.world, None)
    rows = dict.fromkeys([r for rows in game.matters.objectives.values() for r in rows] + list(game.matters.headlines))
    start, end = truth.at_start_of(1), truth.at_start_of(session.turn + 1)
    return [Known(row, float(start[row]), float(believed[row]), float(end[row])) for row in rows]


def _show_measures(game: Game, end: Mapping[str, Any]) -> None:
    talk, session = game.talk, game.session
    if not session.scenario.measures:
        return
    truth = Beliefs(session.engine, session.world, None)
    talk.head(Text("Measures, true", "Indicadores, en verdad"))
    rows = []
    for measure in session.scenario.measures:
        start = truth.reckon(measure.value, measure.id, {}, 1).value
        unit = talk.of(unit_in_words(measure.unit))
        name = f"{talk.of(measure.title)} ({unit})" if unit else talk.of(measure.title)
        values = [talk.voice.number(v, measure.decimals) for v in (start, end["measures"][measure.id])]
        rows.append((name, *values))
    head = ["", talk.of(Text("start", "inicio")), talk.of(Text("end", "final"))]
    talk.table(head, rows)


def _show_course(game: Game) -> None:
    tell_course(game)


def tell_course(game: Game, most: int = 0, length: int = 10_000) -> None:
    """Say what really happened meanwhile: everything, or so many entries, each in so many letters and uncited."""
    talk, session = game.talk, game.session
    course = [entry for entry in session.scenario.course if entry.turn <= session.turn]
    if 1 < most < len(course):
        course = [course[round(n * (len(course) - 1) / (most - 1))] for n in range(most)]
    if not course:
        return
    talk.head(Text("What really happened", "Lo que de verdad ocurrió"))
    for entry in course:
        when = game.scene.figures.period(session.scenario.calendar, entry.turn)
        cited = f" [{', '.join(entry.basis.sources)}]" if entry.basis.sources and not most else ""
        talk.item("-", f"{when}: {_first_sentences(talk.of(entry.text), length)}{cited}")


def _first_sentences(text: str, length: int) -> str:
    """Return the first sentence of a text, and those after it for which there is room."""
    parts = _SENTENCE.split(text)
    kept = parts[:1]
    for part in parts[1:]:
        if len(" ".join([*kept, part])) > length:
            return f"{' '.join(kept)} …"
        kept.append(part)
    return text


def show_what_next(game: Game) -> None:
    """Say what can be done with the session now by commands, and under which id it is kept."""
    session = game.session
    game.talk.head(WHAT_NOW)
    number = game.listed[0] if game.listed else session.engine.layout.names[0]
    for command, what in (
        (f'why {session.id} --turn {session.turn} "{number}"', _WHY),
        (f"decisions {session.id}", _DECISIONS),
        (f"report {session.id}", _REPORT),
        (f"replay {session.id}", _REPLAY),
        (f"fork {session.id} --turn {max(1, session.turn // 2)}", _FORK),
        (f"verify {session.id}", _VERIFY),
    ):
        game.talk.item("-", f"{to_type(command)}: {game.talk.of(what)}")
    game.talk.say(_ASK_ON)
    tell_kept(game)


def tell_kept(game: Game) -> None:
    """Say under which id a session is kept, and the hash by which it can be checked."""
    text = Text("Session {id}, head hash {head}.", "Sesión {id}, huella final {head}.")
    game.talk.say(text.fill(id=game.session.id, head=game.library.last(game.session.id).hash))


REACHED = Text("What you reached", "Lo que consiguió")
ALL_SEATS = Text("All seats:", "Todos los puestos:")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-ZÁÉÍÓÚÑ¿¡])")
WHAT_NOW = Text("What you can do now", "Qué puede hacer ahora")
_FROM = Text("In truth", "En verdad")
_TIME_IS_UP = Text(
    "time was up, and nothing else had come about", "se acabó el tiempo y no se había dado ningún otro desenlace"
)
BELIEVED_AND_TRUE = Text("Believed and true", "Lo creído y lo cierto")
_GOT_IT = Text("You have what you wanted ({bar} and more).", "Consiguió lo que quería ({bar} o más).")
_NOT_QUITE = Text("That is less than the {bar} you wanted.", "Es menos que el {bar} que quería.")
_WHY = Text("every cause of a number, with its sources", "todas las causas de un indicador, con sus fuentes")
_DECISIONS = Text(
    "which decisions mattered, each against its absence", "qué decisiones pesaron, cada una frente a su ausencia"
)
_REPORT = Text("a report in Markdown", "un reporte en Markdown")
_REPLAY = Text("the session again, with nothing hidden", "la sesión otra vez, sin nada oculto")
_FORK = Text("try again from that turn, with the same luck", "intentarlo de nuevo desde ese turno, con la misma suerte")
_VERIFY = Text("re-run it and compare every turn", "volver a ejecutarla y comparar cada turno")
_ASK_ON = Text(
    "Here you can go on asking (why, results, decisions, standing, look, sources, fork); quit leaves.",
    "Aquí puede seguir preguntando (porqué, resultados, decisiones, posición, mirar, fuentes, bifurcar); salir "
    "termina.",
)
