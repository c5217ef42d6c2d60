"""Two sessions side by side, in a game and from the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from wargame.analysis.comparison import Comparison, compare
from wargame.cli.named import seat_of
from wargame.cli.shelf import make_bots, open_library, open_session
from wargame.cli.speech import Voice
from wargame.cli.talk import LineTalk
from wargame.model.errors import SessionError
from wargame.model.text import Text
from wargame.session.calling import to_type
from wargame.session.reports import LoggedOutcome
from wargame.session.session import Session
from wargame.telling.comparing import show_comparison, tell_comparison
from wargame.telling.game import Game
from wargame.telling.looking import number_in
from wargame.telling.scene import Scene


def compare_here(game: Game, words: Sequence[str]) -> None:
    """Hold this session against another of the library; without a name, against the one it was forked from."""
    lineage = game.session.header.lineage
    if not words and lineage is None:
        raise SessionError(_WITH_WHICH.fill(command=to_type("sessions")))
    typed = words[0] if words or lineage is None else lineage.parent
    show_comparison(game, Session.open(game.library, game.library.find(typed), make_bots))


def compare_sessions(
    voice: Voice, library: Path | None, names: tuple[str, str], seat: str, numbers: Sequence[str], as_json: bool
) -> None:
    """Write two sessions side by side."""
    with open_library(library) as store:
        first, second = (open_session(store, name) for name in names)
        who = seat_of(first.scenario, seat).id if seat else None
        scene = Scene(LineTalk(voice), first, who)
        found = compare(first, second, who, [number_in(scene, number) for number in numbers])
    if as_json:
        voice.data(json.dumps(_plain(found, names=(first.id, second.id)), ensure_ascii=False, indent=2))
        return
    tell_comparison(scene, second, found)


def _plain(found: Comparison, names: tuple[str, str]) -> dict[str, object]:
    return {
        "a": {"session": names[0], "turns": found.turns[0], "ending": found.endings[0]},
        "b": {"session": names[1], "turns": found.turns[1], "ending": found.endings[1]},
        "forked_at": found.forked,
        "new_luck": found.new_luck,
        "turns": [
            {
                "turn": parting.turn,
                "only_a": [_order(o) for o in parting.first],
                "only_b": [_order(o) for o in parting.second],
                "otherwise": [{"a": _order(a), "b": _order(b)} for a, b in parting.otherwise],
                "votes": [{"ballot": ballot, "a": a, "b": b} for ballot, a, b in parting.votes],
            }
            for parting in found.partings
        ],
        "numbers": [{"number": c.number, "a": list(c.first), "b": list(c.second)} for c in found.courses],
        "objectives": [
            {"id": r.objective, "title": {"en": r.title.en, "es": r.title.es}, "a": r.first, "b": r.second}
            for r in found.objectives
        ],
        "scores": None if found.scores is None else {"a": found.scores[0], "b": found.scores[1]},
    }


def _order(outcome: LoggedOutcome) -> dict[str, object]:
    return {"seat": outcome.seat, "order": outcome.order, "amount": outcome.amount, "fate": outcome.fate.value}


_WITH_WHICH = Text(
    "Say with which session, for example: compare 3em5n3 ({command} lists them).",
    "Diga con qué sesión; por ejemplo: comparar 3em5n3 ({command} las lista).",
)
