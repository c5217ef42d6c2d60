"""After a session: the decisions that mattered, the run among those of bots, and a report to keep."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from wargame.analysis.decisions import Decision, Hindsight
from wargame.analysis.standing import RUNS, standing
from wargame.cli.named import seat_of
from wargame.cli.shelf import open_library, open_session
from wargame.cli.speech import Voice
from wargame.cli.talk import LineTalk
from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.library import Library
from wargame.session.session import Session
from wargame.telling.game import Game
from wargame.telling.hindsight import decision_words, tell_decisions, tell_standing
from wargame.telling.report import report, weigh, write_report
from wargame.telling.scene import Scene

# ── in a game ────────────────────────────────────────────────────────────────────────────────────────────────


def show_decisions(game: Game, words: Sequence[str]) -> None:
    """Say which decisions of a session that has ended mattered most."""
    _must_have_ended(game.session)
    tell_decisions(game.scene, game.seat.id, Hindsight(game.library, game.session.id).decisions(game.seat.id))


def show_standing(game: Game, words: Sequence[str]) -> None:
    """Say where the run lies among those of bots."""
    _must_have_ended(game.session)
    game.talk.say(_PLAYING.fill(n=RUNS))
    tell_standing(game.scene, standing(game.library, game.session.id, game.seat.id))


def _must_have_ended(session: Session) -> None:
    if not session.ended:
        raise SessionError(_NOT_YET)


# ── from the command line ────────────────────────────────────────────────────────────────────────────────────


def decisions_of(voice: Voice, library: Path | None, session: str, seat: str, most: int, as_json: bool) -> None:
    """Write the decisions of a seat, those that mattered most first."""
    with open_library(library) as store:
        opened, who = _finished(store, session, seat)
        found = Hindsight(store, opened.id).decisions(who)
        scene = Scene(LineTalk(voice), opened, who)
    if as_json:
        voice.data(json.dumps([_plain(scene, d) for d in found[:most]], ensure_ascii=False, indent=2))
        return
    tell_decisions(scene, who, found, most)


def _finished(store: Library, session: str, seat: str) -> tuple[Session, str]:
    opened = open_session(store, session)
    _must_have_ended(opened)
    people = opened.people
    if not seat and not people:
        raise SessionError(Text("Nobody played in this session.", "En esta sesión no jugó ninguna persona."))
    return opened, seat_of(opened.scenario, seat).id if seat else people[0]


def _plain(scene: Scene, decision: Decision) -> dict[str, object]:
    endings = scene.session.scenario.endings
    said = decision_words(scene, decision)
    usual = decision.usual
    return {
        "turn": decision.turn,
        "kind": decision.kind,
        "what": decision.what,
        "title": {"en": said.en, "es": said.es},
        "amount": decision.amount,
        "score": {
            "mean": usual.value,
            "low": usual.low,
            "high": usual.high,
            "here": decision.here,
            "lucks": decision.lucks,
        },
        "objectives": dict(decision.objectives),
        "endings": {endings[e].id: share for e, share in decision.endings.items() if e >= 0},
    }


def report_of(
    voice: Voice, library: Path | None, session: str, seat: str, out: Path | None, *, short: bool = False
) -> None:
    """Write a report in Markdown: two pages that stand alone, and the record as an annex unless it is to be short."""
    with open_library(library) as store:
        opened, who = _finished(store, session, seat)
        text = report(voice, store, opened, who, weigh(store, opened.id, who), short=short)
    if out is None:
        voice.data(text)
        return
    write_report(text, out)
    voice.narrate(Text("The report is in {file}.", "El reporte está en {file}.").fill(file=out))


_NOT_YET = Text("The session has not ended yet.", "La sesión todavía no ha terminado.")
_PLAYING = Text("Bots play {n} sessions from the same start …", "Los bots juegan {n} sesiones desde el mismo comienzo…")
