"""Two sessions side by side, in words: where they parted, what was ordered otherwise, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from wargame.analysis.comparison import Comparison, Course, Parting, compare
from wargame.model.errors import SessionError
from wargame.model.text import Text, counted
from wargame.session.counts import VOTES
from wargame.session.reports import LoggedOutcome
from wargame.session.session import Session
from wargame.telling.game import Game
from wargame.telling.menu import Menu
from wargame.telling.results import FATES, outcome_title
from wargame.telling.scene import Scene

A, B = "A", "B"
_TURNS_A_LINE = 7
"""Values of a number in one table; longer sessions take several."""


def show_comparison(game: Game, other: Session) -> None:
    """Hold the session of a game against another one, as its seat may see both."""
    if other.id == game.session.id:
        raise SessionError(_SAME)
    tell_comparison(game.scene, other, compare(game.session, other, game.seat.id))


def tell_comparison(scene: Scene, other: Session, found: Comparison) -> None:
    """Tell two sessions side by side: A is that of the scene, B the other."""
    talk, session = scene.talk, scene.session
    talk.head(_HEAD)
    for label, one, text in ((A, session, _THIS), (B, other, _OTHER)):
        talk.item(f"{label}:", text.fill(id=one.id))
    talk.say(where_parted(found))
    talk.head(_DIFFERENT)
    for parting in found.partings:
        tell_parting(scene, other, parting)
    if not found.partings:
        talk.say(_NOTHING_DIFFERS)
    if found.courses:
        talk.head(_NUMBERS)
    for course in found.courses:
        tell_course(scene, course)
    if found.objectives:
        talk.head(_OBJECTIVES)
        for said in _degrees(scene, found):
            talk.item("-", said)
    talk.head(_ENDINGS)
    for label, one, ending, played in zip((A, B), (session, other), found.endings, found.turns, strict=True):
        talk.item(f"{label}.", ending_words(one, ending, played))


def where_parted(found: Comparison) -> Text:
    """Return from where on two sessions may differ."""
    if found.forked is None:
        return _NO_FORK_NEW_LUCK if found.new_luck else _NO_FORK
    return (_PARTED_NEW_LUCK if found.new_luck else _PARTED).fill(turn=found.forked)


def ending_words(session: Session, ending: str | None, played: int) -> Text:
    """Return how a session ended, or how far it has come."""
    if ending is None:
        return counted(played, *_STILL_OPEN)
    title = next(e.title for e in session.scenario.endings if e.id == ending)
    return counted(played, *_ENDED, title=title)


def tell_parting(scene: Scene, other: Session, parting: Parting) -> None:
    """Tell what differs in one turn."""
    talk = scene.talk
    talk.say(Text("Turn {n}", "Turno {n}").fill(n=parting.turn))
    for label, said in parting_lines(scene, other, parting):
        talk.item(label, said, 2)


def parting_lines(scene: Scene, other: Session, parting: Parting) -> Iterator[tuple[str, str]]:
    """Yield what differs in one turn, line by line, each with the letter of its session."""
    of = scene.talk.of
    for label, session, outcomes in ((A, scene.session, parting.first), (B, other, parting.second)):
        for outcome in outcomes:
            yield f"{label}:", f"{_order(scene, session, outcome)}: {of(FATES[outcome.fate])}"
    for one, two in parting.otherwise:
        said = _OTHERWISE.fill(order=_order(scene, scene.session, one), a=FATES[one.fate], b=FATES[two.fate])
        yield "≠", of(said)
    names, ties = scene.session.names.owner, scene.session.engine.cast.ties
    for ballot, first, second in parting.votes:
        a, b = (VOTES[v] if v is not None else Text("no vote", "sin voto") for v in (first, second))
        tie = ties[ballot]
        yield "≠", of(_VOTE.fill(who=names(tie.source), text=names(tie.target), a=a, b=b))


def _order(scene: Scene, session: Session, outcome: LoggedOutcome) -> str:
    said = scene.talk.of(outcome_title(Menu(session, outcome.seat), outcome))
    if outcome.seat == scene.seat:
        return said
    return f"{scene.talk.of(session.seat(outcome.seat).title)}, {said}"


def tell_course(scene: Scene, course: Course) -> None:
    """Tell one number in both sessions turn by turn."""
    talk, row = scene.talk, scene.reasons.row(course.number)
    unit = scene.figures.unit(scene.attribute(row), scene.unit(row))
    name = talk.of(scene.name(row))
    talk.say(f"{name} ({unit})" if unit else name)
    count = max(len(course.first), len(course.second))
    decimals = 0 if max((abs(v) for v in (*course.first, *course.second)), default=0.0) >= 100 else 1
    for start in range(0, count, _TURNS_A_LINE):
        turns = range(start, min(start + _TURNS_A_LINE, count))
        head = ["", *(f"T{turn}" if turn else talk.of(_START) for turn in turns)]
        rows = [
            [label, *(talk.voice.number(values[t], decimals) if t < len(values) else "–" for t in turns)]
            for label, values in ((A, course.first), (B, course.second))
        ]
        gaps = [course.first[t] - course.second[t] if t < course.common else None for t in turns]
        rows.append(["A − B", *("–" if gap is None else talk.voice.signed(gap, decimals) for gap in gaps)])
        talk.table(head, rows)


def _degrees(scene: Scene, found: Comparison) -> Iterator[str]:
    share, signed = scene.figures.share, scene.figures.signed
    reached = [(r.title, r.first, r.second) for r in found.objectives]
    if found.scores is not None:
        reached.append((SCORE, *found.scores))
    for title, a, b in reached:
        yield f"{scene.talk.of(title)}: A {share(a)}, B {share(b)}; A − B {signed(a - b, 2)}"


_START = Text("start", "inicio")
WHICH = Text(
    "A is this session, B the other one ({other}); A − B: this one less the other.",
    "A es esta sesión, B la otra ({other}); A − B: esta menos la otra.",
)
_THIS = Text("this session, {id}", "esta sesión, {id}")
_OTHER = Text("the other session, {id}", "la otra sesión, {id}")
_STILL_OPEN = (
    Text("still open, 1 turn played", "todavía abierta, 1 turno jugado"),
    Text("still open, {n} turns played", "todavía abierta, {n} turnos jugados"),
)
_ENDED = (
    Text("{title} (after 1 turn)", "{title} (tras 1 turno)"),
    Text("{title} (after {n} turns)", "{title} (tras {n} turnos)"),
)
_HEAD = Text("Two sessions side by side", "Dos sesiones lado a lado")
_DIFFERENT = Text("What was done otherwise", "Qué se hizo distinto")
_NOTHING_DIFFERS = Text("Nothing that your seat may know of.", "Nada de lo que su puesto puede saber.")
_NUMBERS = Text("Numbers, turn by turn", "Indicadores, turno por turno")
_OBJECTIVES = Text("Objectives", "Objetivos")
_ENDINGS = Text("Endings", "Desenlaces")
SCORE = Text("Score", "Puntaje")
_OTHERWISE = Text("{order}: in A {a}, in B {b}", "{order}: en A {a}, en B {b}")
_VOTE = Text("{who} on '{text}': in A {a}, in B {b}", "{who} sobre «{text}»: en A {a}, en B {b}")
_PARTED = Text(
    "They are one session until turn {turn} begins, and have the same luck after it: what differs is what was decided.",
    "Son la misma sesión hasta que empieza el turno {turn} y después tienen la misma suerte: difiere lo decidido.",
)
_PARTED_NEW_LUCK = Text(
    "They are one session until turn {turn} begins; from then on luck differs as well as decisions.",
    "Son la misma sesión hasta que empieza el turno {turn}; desde ahí difieren la suerte y las decisiones.",
)
_NO_FORK = Text(
    "Neither is a branch of the other, but they have the same luck.",
    "Ninguna es rama de la otra, pero tienen la misma suerte.",
)
_NO_FORK_NEW_LUCK = Text(
    "Neither is a branch of the other: luck differs as well as decisions.",
    "Ninguna es rama de la otra: difieren la suerte y las decisiones.",
)
_SAME = Text("That is this session itself; name another one.", "Esa es esta misma sesión; indique otra.")
