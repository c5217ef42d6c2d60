"""The first part of a report, which stands alone: who played what, how it ended, what mattered, what to discuss."""

from __future__ import annotations

from wargame.model.text import Text, join
from wargame.session.header import Seating
from wargame.telling.ending import (
    BELIEVED_AND_TRUE,
    Known,
    known_at_end,
    tell_course,
    tell_how,
    tell_objectives,
    tell_score,
)
from wargame.telling.game import Game
from wargame.telling.hindsight import tell_decisions, tell_standing
from wargame.telling.questions import gap_of, questions
from wargame.telling.weighed import Weighed

_NUMBERS, _ENTRIES = 6, 4
"""How many numbers believed and true, and entries of what really happened, are told."""
_LETTERS = 180
"""How long such an entry may grow by its later sentences."""


def tell_summary(game: Game, weighed: Weighed) -> None:
    """Tell a session that has ended in two pages."""
    end = game.session.reports[-1].end
    _tell_who(game)
    if end is not None:
        tell_how(game, end, cited=False)
        tell_score(game)
        tell_objectives(game)
    tell_decisions(game.scene, game.seat.id, weighed.decisions, briefly=True)
    tell_standing(game.scene, weighed.standing, bars=False)
    _tell_beliefs(game)
    tell_course(game, _ENTRIES, _LETTERS)
    game.talk.head(Text("Three questions for discussion", "Tres preguntas para discutir"))
    for n, question in enumerate(questions(game, weighed), 1):
        game.talk.item(f"{n}.", question)


def _tell_who(game: Game) -> None:
    talk, session, header = game.talk, game.session, game.session.header
    lens = next(lens.title for lens in session.scenario.ruleset.lenses.values() if lens.id == header.lens)
    level = session.scenario.level(header.level).title
    talk.say(_SETTING.fill(id=session.id, lens=lens, level=level, seed=header.seed, turns=len(session.reports)))
    talk.head(Text("Who played what", "Quién jugó qué"))
    seats = {seat.id: seat.title for seat in session.scenario.seats}
    people = [seats[one.seat] for one in header.seats if one.by == "people"]
    bots = [_bot(game, one, seats[one.seat]) for one in header.seats if one.by == "bot"]
    for who, some in ((_PEOPLE, people), (_BOTS, bots)):
        if some:
            talk.item("-", who.fill(all=join(some, "; ")))


def _bot(game: Game, seating: Seating, title: Text) -> Text:
    doctrine = game.session.scenario.ruleset.doctrines.get(seating.doctrine)
    said = doctrine.title if doctrine is not None else _AT_RANDOM
    return Text("{seat} ({how})", "{seat} ({how})").fill(seat=title, how=said)


def _tell_beliefs(game: Game) -> None:
    """Tell the numbers of the objectives that were taken most wrongly at the end."""
    talk, figures, scene = game.talk, game.scene.figures, game.scene
    talk.head(BELIEVED_AND_TRUE)
    wrong = sorted((k for k in known_at_end(game) if gap_of(game, k) > 0.0), key=lambda k: -gap_of(game, k))

    def row(known: Known) -> list[str]:
        attribute, unit = scene.attribute(known.row), scene.unit(known.row)
        values = (known.start, known.believed, known.truth)
        return [talk.of(scene.name(known.row)), *(figures.value(v, attribute, unit) for v in values)]

    if not wrong:
        talk.say(_ALL_RIGHT)
        return
    heads = ("", *(talk.of(head) for head in (_AT_START, _BELIEVED, _TRUE)))
    talk.table(heads, [row(known) for known in wrong[:_NUMBERS]])
    if len(wrong) > _NUMBERS:
        talk.say(_MORE.fill(n=len(wrong) - _NUMBERS))


_SETTING = Text(
    "Session {id}; lens: {lens}; level: {level}; seed {seed}; {turns} turns.",
    "Sesión {id}; enfoque: {lens}; nivel: {level}; semilla {seed}; {turns} turnos.",
)
_PEOPLE = Text("People: {all}.", "Personas: {all}.")
_BOTS = Text("Bots: {all}.", "Bots: {all}.")
_AT_RANDOM = Text("at random", "al azar")
_ALL_RIGHT = Text(
    "At the end you took no number of your objectives for anything but what it was.",
    "Al final no tenía equivocado ningún indicador de sus objetivos.",
)
_AT_START, _BELIEVED, _TRUE = Text("start", "inicio"), Text("believed", "creído"), Text("in truth", "en verdad")
_MORE = Text("{n} more were less wrong (annex 2).", "Otros {n} estaban menos errados (anexo 2).")
