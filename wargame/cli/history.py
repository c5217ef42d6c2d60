"""What was played: why, again, from here, checked, listed, handed on."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from wargame.cli.exits import ExitCode
from wargame.cli.lines import table
from wargame.cli.named import seat_of
from wargame.cli.shelf import make_bots, open_library, open_session, where_kept
from wargame.cli.speech import Voice
from wargame.cli.talk import LineTalk
from wargame.model.text import Text, counted, same
from wargame.session.beginning import fork
from wargame.session.calling import to_type
from wargame.session.exchange import export_session, import_session, verify_export
from wargame.session.matters import Matters
from wargame.session.memory import MemoryStore
from wargame.session.planning import PLANNER
from wargame.session.session import Session
from wargame.session.store import Store, Summary
from wargame.session.verify import Difference, Verified, verify
from wargame.telling.causes import tell_change
from wargame.telling.causes import tell_why as tell_tree
from wargame.telling.figures import Figures
from wargame.telling.looking import number_in
from wargame.telling.results import show_events, show_news, tell_orders
from wargame.telling.scene import Scene
from wargame.telling.votes import show_votes

MOST_CHANGES = 15
"""How many changes of a turn a replay tells."""


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────


def tell_why(voice: Voice, library: Path | None, session: str, number: str, turn: int, seat: str) -> None:
    """Write the tree of causes of one number in one turn: the whole, or as a seat may see it."""
    with open_library(library) as store:
        scene = _scene(voice, open_session(store, session), seat)
        if not seat and not scene.session.ended:
            voice.narrate(_AS_FACILITATOR)
        tell_tree(scene, scene.reasons.why(number_in(scene, number), turn))


def _scene(voice: Voice, session: Session, seat: str) -> Scene:
    return Scene(LineTalk(voice), session, seat_of(session.scenario, seat).id if seat else None)


# ── fork, verify ─────────────────────────────────────────────────────────────────────────────────────────────


def fork_session(voice: Voice, library: Path | None, session: str, turn: int, new_luck: bool, seed: int | None) -> None:
    """Start a session from the beginning of a past turn; its id goes to stdout."""
    if new_luck and seed is None:
        seed = secrets.randbelow(2**32)
    with open_library(library) as store:
        found = store.find(session)
        branch = fork(store, found, turn, seed=seed)
    luck = _NEW_LUCK.fill(seed=seed) if seed is not None else _SAME_LUCK
    voice.data(branch)
    command = to_type(f"play --resume {branch}{where_kept(library)}")
    voice.narrate(_FORKED.fill(session=found, turn=turn, luck=luck, branch=branch, command=command))


def verify_session(voice: Voice, library: Path | None, session: str) -> ExitCode:
    """Check the chain of a session (or of an exported file) and re-run it; say the first difference."""
    path = Path(session)
    if path.is_file():
        carried = verify_export(path)
        store = MemoryStore()
        import_session(path, store)
        return _say_verified(voice, store, carried.session)
    with open_library(library) as kept:
        return _say_verified(voice, kept, kept.find(session))


def _say_verified(voice: Voice, store: Store, session: str) -> ExitCode:
    found = verify(store, session, make_bots)
    if not found.same_engine:
        voice.narrate(_OTHER_ENGINE.fill(engine=found.engine))
    if found.difference is None:
        voice.data(voice.of(_EQUAL.fill(id=session, records=_records(found.records), turns=_turns(found.turns))))
        voice.narrate(Text("Head hash: {hash}", "Huella final: {hash}").fill(hash=store.last(session).hash))
        return ExitCode.OK
    voice.data(voice.of(_difference(session, found, found.difference)))
    return ExitCode.DIFFERS


def _difference(session: str, found: Verified, difference: Difference) -> Text:
    return _DIFFERS.fill(
        id=session,
        seq=difference.seq,
        turn=difference.turn,
        number=difference.number,
        logged=repr(difference.logged),
        rerun=repr(difference.rerun),
        size=repr(difference.rerun - difference.logged),
    )


# ── replay ───────────────────────────────────────────────────────────────────────────────────────────────────


def replay_session(voice: Voice, library: Path | None, session: str, turn: int | None, seat: str) -> None:
    """Write a session turn by turn: orders, news, and the largest changes with their causes."""
    with open_library(library) as store:
        scene = _scene(voice, open_session(store, session), seat)
    reports = scene.session.reports
    if turn is not None:
        reports = [scene.reasons.report(turn)]
    _tell_header(scene)
    for report in reports:
        _tell_turn(scene, report.turn)
    if reports and reports[-1].end is not None and (scene.session.ended or not seat):
        _tell_end(scene, reports[-1].end)
    if not reports:
        scene.talk.say(Text("No turn has been played yet.", "Aún no se ha jugado ningún turno."))


def _tell_header(scene: Scene) -> None:
    header, talk = scene.session.header, scene.talk
    talk.head(scene.session.scenario.title)
    talk.say(
        Text(
            "Session {id}: {scenario}, lens {lens}, level {level}, seed {seed}.",
            "Sesión {id}: {scenario}, enfoque {lens}, nivel {level}, semilla {seed}.",
        ).fill(id=header.session, scenario=header.scenario, lens=header.lens, level=header.level, seed=header.seed)
    )
    for seating in header.seats:
        title = scene.session.seat(seating.seat).title
        doctrine = scene.session.scenario.ruleset.doctrines.get(seating.doctrine)
        usual = _AHEAD if seating.doctrine == PLANNER else same(seating.doctrine)
        bot = doctrine.title if doctrine is not None else usual
        who = Text("people", "personas") if seating.by == "people" else Text("bot, {d}", "bot, {d}").fill(d=bot)
        talk.item("-", Text("{seat}: {who}", "{seat}: {who}").fill(seat=title, who=who))


def _tell_turn(scene: Scene, turn: int) -> None:
    report = scene.reasons.report(turn)
    when = scene.figures.period(scene.session.scenario.calendar, turn)
    scene.talk.head(Text("Turn {n}: {when}", "Turno {n}: {when}").fill(n=turn, when=when))
    everything = scene.reasons.eyes is None
    reader = None if everything else scene.seat
    show_news(scene, turn, reader, "inject")
    scene.talk.head(Text("Orders", "Órdenes"))
    known = [o for o in report.outcomes if everything or o.open or o.seat == scene.seat]
    tell_orders(scene, known, show_luck=everything)
    show_votes(scene, turn)
    show_events(scene, turn, reader)
    _tell_changes(scene, turn)


def _tell_changes(scene: Scene, turn: int) -> None:
    """Tell the changes that matter most to a seat, or (to those who see everything) to the measures and everybody."""
    scene.talk.head(Text("Changes", "Cambios"))
    seat = scene.seat or scene.session.scenario.seats[0].id
    matters = Matters(scene.session, seat)
    if scene.reasons.eyes is None:
        changes = matters.largest(scene.reasons, turn, MOST_CHANGES)
    else:
        changes = matters.changed(scene.reasons, scene.session.view(seat), turn, MOST_CHANGES)
    for number, why in enumerate(changes, 1):
        tell_change(scene, number, why)


def _tell_end(scene: Scene, end: Any) -> None:
    ending = next(e for e in scene.session.scenario.endings if e.id == end["ending"])
    scene.talk.head(Text("The end: {title}", "Desenlace: {title}").fill(title=ending.title))
    scene.talk.say(ending.text)
    for seat in scene.session.scenario.seats:
        scene.talk.item("-", f"{scene.talk.of(seat.title)}: {scene.figures.share(end['scores'][seat.id])}")


# ── the library ──────────────────────────────────────────────────────────────────────────────────────────────


def list_sessions(voice: Voice, library: Path | None, as_json: bool) -> None:
    """Write the sessions of the library, the oldest first."""
    with open_library(library) as store:
        found = store.sessions()
        path = store.path
    if as_json:
        voice.data(json.dumps([_as_json(summary) for summary in found], ensure_ascii=False, indent=2))
        return
    head = [voice.of(text) for text in _HEAD]
    if found:
        for line in table(head, [_row(summary, Figures(voice)) for summary in found], left=4):
            voice.data(line)
    else:
        voice.narrate(
            Text("The library {path} has no sessions.", "La biblioteca {path} no tiene sesiones.").fill(path=path)
        )


_HEAD = (
    Text("session", "sesión"), Text("scenario", "escenario"), Text("people play", "juegan personas"),
    Text("last change", "último cambio"), Text("turn", "turno"), Text("score", "puntaje"),
    Text("records", "registros"),
)  # fmt: skip


def _row(summary: Summary, figures: Figures) -> list[str]:
    when = summary.changed[:16].replace("T", " ")
    result = ", ".join(figures.share(summary.scores[seat]) for seat in summary.people if seat in summary.scores)
    return [summary.session, summary.scenario or "?", ", ".join(summary.people), when, str(summary.turn),
            result or "–", str(summary.records)]  # fmt: skip


def _as_json(summary: Summary) -> dict[str, Any]:
    return {
        "session": summary.session,
        "scenario": summary.scenario,
        "turn": summary.turn,
        "records": summary.records,
        "head": summary.head,
        "created": summary.created,
        "changed": summary.changed,
        "ended": summary.ended,
        "scores": dict(summary.scores),
        "header": summary.header.plain() if summary.header else None,
    }


def show_session(voice: Voice, library: Path | None, session: str) -> None:
    """Write the header and the length of a session as JSON."""
    with open_library(library) as store:
        found = store.find(session)
        summary = next(s for s in store.sessions() if s.session == found)
        store.header(found)
    voice.data(json.dumps(_as_json(summary), ensure_ascii=False, indent=2))


def delete_session(voice: Voice, library: Path | None, session: str) -> None:
    """Delete a session whole."""
    with open_library(library) as store:
        stone = store.delete_session(store.find(session))
    text = Text(
        "Session {id} is deleted ({n}). What is left is its head hash: {hash}",
        "La sesión {id} quedó borrada ({n}). Queda su huella final: {hash}",
    )
    voice.narrate(text.fill(id=stone.session, n=_records(stone.records), hash=stone.head))


def export_to(voice: Voice, library: Path | None, session: str, file: Path) -> None:
    """Write a session to one portable file."""
    with open_library(library) as store:
        carried = export_session(store, store.find(session), file)
    text = Text("Session {id} ({n}) is in {file}.", "La sesión {id} ({n}) está en {file}.")
    voice.narrate(text.fill(id=carried.session, n=_records(carried.records), file=file))


def import_from(voice: Voice, library: Path | None, file: Path) -> None:
    """Take in a session from a portable file; its id goes to stdout."""
    with open_library(library, create=True) as store:
        carried = import_session(file, store)
    voice.data(carried.session)
    new = Text("Session {id} ({n}) is in the library.", "La sesión {id} ({n}) está en la biblioteca.")
    known = Text(
        "The library has session {id} already, and it is equal ({n}).",
        "La biblioteca ya tiene la sesión {id}, y es igual ({n}).",
    )
    voice.narrate((new if carried.new else known).fill(id=carried.session, n=_records(carried.records)))


def _records(n: int) -> Text:
    return counted(n, Text("{n} record", "{n} registro"), Text("{n} records", "{n} registros"))


def _turns(n: int) -> Text:
    return counted(n, Text("{n} turn", "{n} turno"), Text("{n} turns", "{n} turnos"))


_AHEAD = Text("thinks ahead", "piensa por adelantado")
_AS_FACILITATOR = Text(
    "The session is still open; this is the truth, as the facilitator sees it. --seat shows what a seat may know.",
    "La sesión sigue abierta; esta es la verdad, como la ve quien facilita. --seat muestra lo que sabe un puesto.",
)
_NEW_LUCK = Text("new luck (seed {seed})", "nueva suerte (semilla {seed})")
_SAME_LUCK = Text("the same luck", "la misma suerte")
_FORKED = Text(
    "Session {branch} begins where turn {turn} of {session} began, with {luck}. Play on: {command}",
    "La sesión {branch} comienza donde empezó el turno {turn} de {session}, con {luck}. Para jugarla: {command}",
)
_EQUAL = Text(
    "{id}: equal. Its chain is unbroken ({records}), and a re-run gives the same worlds and causes ({turns}).",
    "{id}: igual. Su cadena no tiene roturas ({records}), y volver a ejecutarla da los mismos mundos y causas "
    "({turns}).",
)
_DIFFERS = Text(
    "{id}: differs. Record {seq} (turn {turn}) is the first that the re-run does not give: {number} is {logged} in the "
    "log and {rerun} in the re-run (difference {size}).",
    "{id}: difiere. El registro {seq} (turno {turn}) es el primero que la nueva ejecución no da: {number} es "
    "{logged} en "
    "la bitácora y {rerun} en la nueva ejecución (diferencia {size}).",
)
_OTHER_ENGINE = Text(
    "Version {engine} wrote this session; another version may differ without a fault.",
    "Esta sesión la escribió la versión {engine}; otra versión puede diferir sin que haya falla.",
)
