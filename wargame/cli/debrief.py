"""After a session: the decisions that mattered, the run among those of bots, and a report to keep."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
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
from wargame.telling.ending import tell_ending
from wargame.telling.game import Game
from wargame.telling.hindsight import decision_words, tell_decisions, tell_standing
from wargame.telling.results import show_results
from wargame.telling.scene import Scene
from wargame.telling.situation import show_brief
from wargame.telling.talk import Talk

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
        "score": {"mean": usual.value, "low": usual.low, "high": usual.high, "here": decision.here},
        "objectives": dict(decision.objectives),
        "endings": {endings[e].id: share for e, share in decision.endings.items() if e >= 0},
    }


def report_of(voice: Voice, library: Path | None, session: str, seat: str, out: Path | None) -> None:
    """Write a report in Markdown: how it ended, what mattered, what was believed and true, and every turn."""
    talk = MarkdownTalk(voice)
    with open_library(library) as store:
        opened, who = _finished(store, session, seat)
        _report(Game(talk, store, opened, who))
    if out is None:
        voice.data(talk.text())
        return
    out.write_text(talk.text(), encoding="utf-8", newline="\n")
    voice.narrate(Text("The report is in {file}.", "El reporte está en {file}.").fill(file=out))


def _report(game: Game) -> None:
    talk, session, header = game.talk, game.session, game.session.header
    talk.head(f"{talk.of(session.scenario.title)}: {talk.of(game.seat.title)}")
    lens = next(lens.title for lens in session.scenario.ruleset.lenses.values() if lens.id == header.lens)
    level = session.scenario.level(header.level).title
    talk.say(_SETTING.fill(id=session.id, lens=lens, level=level, seed=header.seed, turns=len(session.reports)))
    tell_ending(game)
    tell_decisions(game.scene, game.seat.id, Hindsight(game.library, session.id).decisions(game.seat.id))
    tell_standing(game.scene, standing(game.library, session.id, game.seat.id))
    for report in session.reports:
        show_results(game, report.turn)
    show_brief(game)


class MarkdownTalk(Talk):
    """Collects what is told as Markdown; nobody answers."""

    def __init__(self, voice: Voice) -> None:
        self.voice: Voice = voice
        self._parts: list[str] = []
        self._margin = 0
        """How far the first item of the list in hand was set in."""

    def text(self) -> str:
        """Return everything that was told."""
        return "\n\n".join(self._parts) + "\n"

    def say(self, text: Text | str, indent: int = 0) -> None:
        """Add a paragraph, or go on in the item before it."""
        words = self._words(text)
        if indent and self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n  {words}"
        else:
            self._parts.append(words)

    def head(self, text: Text | str) -> None:
        """Add a heading; the first is the title."""
        self._parts.append(f"{'##' if self._parts else '#'} {self._words(text)}")

    def item(self, label: str, text: Text | str, indent: int = 0) -> None:
        """Add an item of a list."""
        mark = "-" if label == "-" else f"- **{label.rstrip(':')}**"
        line = f"{mark} {self._words(text)}"
        if self._parts and self._parts[-1].startswith("- "):
            self._parts[-1] += f"\n{'  ' if indent > self._margin else ''}{line}"
        else:
            self._parts.append(line)
            self._margin = indent

    def prose(self, text: Text) -> None:
        """Add authored text as it is written."""
        self._parts.append(self.of(text).strip())

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Add a table."""
        lines = [list(head), ["---"] + ["---:"] * (len(head) - 1), *(list(row) for row in rows)]
        cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
        self._parts.append("\n".join(f"| {' | '.join(line)} |" for line in cells))

    def gap(self) -> None:
        """Paragraphs stand apart already."""

    def ask(self, prompt: str) -> str | None:
        """Return None: nobody answers."""
        return None

    def _words(self, text: Text | str) -> str:
        return text if isinstance(text, str) else self.of(text)


_NOT_YET = Text("The session has not ended yet.", "La sesión todavía no ha terminado.")
_PLAYING = Text("Bots play {n} sessions from the same start …", "Los bots juegan {n} partidas desde el mismo comienzo…")
_SETTING = Text(
    "Session {id}; lens: {lens}; level: {level}; seed {seed}; {turns} turns.",
    "Sesión {id}; enfoque: {lens}; nivel: {level}; semilla {seed}; {turns} turnos.",
)
