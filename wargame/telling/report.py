"""The report of a session that has ended, in Markdown: two pages that stand alone, then the record as an annex."""

from __future__ import annotations

from pathlib import Path

from wargame.analysis.decisions import Hindsight
from wargame.analysis.standing import standing
from wargame.model.text import Text
from wargame.session.library import Library
from wargame.session.session import Session
from wargame.telling.ending import tell_ending
from wargame.telling.game import Game
from wargame.telling.hindsight import tell_decisions, tell_standing
from wargame.telling.markdown import MarkdownTalk
from wargame.telling.results import show_news, tell_turn, turn_title
from wargame.telling.situation import show_brief
from wargame.telling.summary import tell_summary
from wargame.telling.voice import Voice
from wargame.telling.weighed import Weighed


def weigh(library: Library, session: str, seat: str) -> Weighed:
    """Play others beside a session that has ended, which takes seconds."""
    return Weighed(Hindsight(library, session).decisions(seat), standing(library, session, seat))


def report(
    voice: Voice, library: Library, session: Session, seat: str, weighed: Weighed, *, short: bool = False
) -> str:
    """Return the report of a session that has ended, for one seat; ``short``: only what stands alone."""
    talk = MarkdownTalk(voice)
    game = Game(talk, library, session, seat)
    with talk.under(f"{talk.of(session.scenario.title)}: {talk.of(game.seat.title)}"):
        tell_summary(game, weighed)
        if not short:
            _tell_annex(talk, game, weighed)
    return talk.text()


def write_report(text: str, out: Path) -> None:
    """Keep a report in a file."""
    out.write_text(text, encoding="utf-8", newline="\n")


def _tell_annex(talk: MarkdownTalk, game: Game, weighed: Weighed) -> None:
    with talk.under(Text("Annex 1: the record turn by turn", "Anexo 1: el registro, turno por turno")):
        for played in game.session.reports:
            with talk.under(turn_title(game, played.turn)):
                show_news(game.scene, played.turn, game.seat.id, "inject")
                tell_turn(game, played.turn)
    with talk.under(Text("Annex 2: the end in full", "Anexo 2: el desenlace completo")):
        tell_ending(game)
        tell_decisions(game.scene, game.seat.id, weighed.decisions)
        tell_standing(game.scene, weighed.standing)
    with talk.under(Text("Annex 3: the brief", "Anexo 3: el informe inicial")):
        show_brief(game)
