"""Looking around: actors, zones, ties, and single numbers with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wargame.model.errors import SessionError
from wargame.model.institutions import BALLOT, PROPOSAL
from wargame.model.kinds import AttributeType, Sight
from wargame.model.layout import ACTIVE
from wargame.model.scenario import EntityStart, Scenario, TieStart
from wargame.model.text import Text, counted, join
from wargame.telling.causes import tell_why
from wargame.telling.game import Game, is_active
from wargame.telling.scene import Scene
from wargame.telling.typed import matching, one_of, plain, whole_number


def show_zones(game: Game, words: Sequence[str]) -> None:
    """Say which zones there are, and the groups in which they are read together."""
    game.talk.head(Text("Zones", "Zonas"))
    _list_entities(game, acts=False)
    if not any(_is_place(game.session.scenario, entity) for entity in game.session.scenario.entities):
        game.talk.say(Text("This scenario has no zones.", "Este escenario no tiene zonas."))
    for group in game.session.scenario.groups:
        members = join([game.session.names.owner(zone) for zone in group.zones], ", ")
        text = Text("{title} ({id}), read together: {members}", "{title} ({id}), en conjunto: {members}")
        game.talk.item("-", text.fill(title=group.title, id=group.id, members=members))


def show_actors(game: Game, words: Sequence[str]) -> None:
    """Say which actors there are, and which seat controls them."""
    game.talk.head(Text("Actors", "Actores"))
    _list_entities(game, acts=True)


def _is_place(scenario: Scenario, entity: EntityStart) -> bool:
    """Say whether an entity is one that things happen in, and not one that acts."""
    return entity.kind != PROPOSAL and not scenario.ruleset.kinds[entity.kind].acts


def _list_entities(game: Game, *, acts: bool) -> None:
    scenario = game.session.scenario
    seats = {actor: seat.title for seat in scenario.seats for actor in seat.actors}
    for entity in scenario.entities:
        listed = entity.kind != PROPOSAL and _is_place(scenario, entity) is not acts
        if listed and is_active(game, entity.id):
            said = f"{game.talk.of(entity.title)} ({entity.id})"
            if entity.id in seats:
                said += f"; {game.talk.of(Text('seat', 'puesto'))}: {game.talk.of(seats[entity.id])}"
            game.talk.item("-", said)


# ── look ─────────────────────────────────────────────────────────────────────────────────────────────────────


def look(game: Game, words: Sequence[str]) -> None:
    """Say every number of an actor, zone, tie or group as the seat sees it."""
    if not words:
        raise SessionError(_LOOK_AT_WHAT)
    owner = _owner(game, " ".join(words))
    talk, scenario = game.talk, game.session.scenario
    talk.head(game.session.names.owner(owner))
    entity = game.session.engine.cast.entities.get(owner)
    if entity is not None:
        _say_card(game, entity)
    for group in scenario.groups:
        if group.id == owner:
            members = join([game.session.names.owner(zone) for zone in group.zones], ", ")
            talk.say(Text("Read together: {members}.", "En conjunto: {members}.").fill(members=members))
    game.listed, game.listed_turn = [], len(game.session.reports)
    _say_numbers(game, owner)
    ties = [t for t in scenario.ties if owner in (t.source, t.target) and _both_active(game, t)]
    if ties:
        talk.gap()
        talk.say(Text("Ties:", "Vínculos:"))
    for tie in ties:
        _say_tie(game, tie)


def _owner(game: Game, typed: str) -> str:
    owners = game.session.names.owners
    if typed in owners:
        return typed
    keys = list(owners)
    found = matching(typed, {i: (key, owners[key].en, owners[key].es) for i, key in enumerate(keys)})
    ties = game.session.engine.cast.ties
    entities = [i for i in found if keys[i] not in ties]
    known = {i: owners[key] for i, key in enumerate(keys) if key not in ties or i in found}
    return keys[one_of(typed, entities or found, known, _NOBODY)]


def _say_card(game: Game, entity: EntityStart) -> None:
    if entity.text is not None:
        game.talk.say(entity.text)
    if not is_active(game, entity.id):
        game.talk.say(Text("Not in play at present.", "Sin actividad por ahora."))
    seat = next((s for s in game.session.scenario.seats if entity.id in s.actors), None)
    if seat is not None:
        game.talk.say(Text("Seat: {seat}.", "Puesto: {seat}.").fill(seat=seat.title))


def _rows(game: Game, owner: str) -> Iterator[int]:
    """Yield the rows of an owner that are told: what the seat is not blind to, without signals and double reports."""
    eyes, layout = game.session.eyes(game.seat.id), game.session.engine.layout
    rows = eyes.rows_of.get(owner, ())
    reports = () if game.session.ended else tuple(eyes.seen[r].row for r in rows if eyes.seen[r].row != r)
    for row in rows:
        attribute = layout.attributes[row]
        is_signal = attribute is not None and attribute.type is AttributeType.SIGNAL
        hidden = eyes.seen[row].sight is Sight.HIDDEN and not game.session.ended
        if not (is_signal or hidden or row in reports or layout.names[row].endswith(f".{ACTIVE}")):
            yield row


def _say_numbers(game: Game, owner: str) -> None:
    for row in _rows(game, owner):
        game.listed.append(game.session.engine.layout.names[row])
        said = f"{game.talk.of(game.scene.attribute_name(row))}: {game.scene.shown(row)}"
        game.talk.item(f"{len(game.listed)}.", said)


def _both_active(game: Game, tie: TieStart) -> bool:
    return is_active(game, tie.source) and is_active(game, tie.target)


def _say_tie(game: Game, tie: TieStart) -> None:
    """Say the numbers of a tie, leaving out those at zero."""
    scene = game.scene
    told = [row for row in _rows(game, tie.id) if round(scene.reading(row).value, 1)]
    parts = [f"{game.talk.of(scene.attribute_name(row))} {scene.shown(row)}" for row in told]
    if parts:
        game.talk.item("-", f"{game.talk.of(game.session.names.owner(tie.id))}: {', '.join(parts)}")


# ── why ──────────────────────────────────────────────────────────────────────────────────────────────────────


def why(game: Game, words: Sequence[str]) -> None:
    """Say the whole tree of causes of a number in a turn."""
    if not words:
        raise SessionError(_WHY_WHAT)
    number, turn = which(game, list(words))
    tell_why(game.scene, game.scene.reasons.why(number, turn))


def which(game: Game, words: list[str]) -> tuple[str, int]:
    """Return the number that is meant, by its place in the last list or by its name, and the turn; SessionError."""
    last = len(game.session.reports)
    turn = (whole_number(words.pop()) or NO_TURN) if len(words) > 1 and words[-1].isdecimal() else 0
    if len(words) == 1 and words[0].isdecimal():
        at = whole_number(words[0]) or 0
        if not 1 <= at <= len(game.listed):
            raise SessionError(counted(len(game.listed), *_NOT_LISTED) if game.listed else _NOTHING_LISTED)
        return game.listed[at - 1], turn or game.listed_turn or last
    return number_in(game.scene, " ".join(words)), turn or last


def number_in(scene: Scene, typed: str) -> str:
    """Return the number that an id or words of its name mean; raises SessionError."""
    layout = scene.session.engine.layout
    if typed in layout.names:
        return typed
    sections = layout.sections
    left_out = {*range(sections.constants, sections.derived), *range(sections.signals, sections.mutable)}
    names = {row: scene.name(row) for row in range(layout.count) if row not in left_out}
    found = matching(typed, {row: (layout.names[row], name.en, name.es) for row, name in names.items()})
    ties = scene.session.engine.cast.ties
    plainest = [row for row in found if layout.owners[row] not in ties]
    if len(found) > 1 and not plainest:
        plainest = _votes_meant(scene, typed, found)
    return layout.names[one_of(typed, plainest or found, names, _NO_NUMBER)]


def _votes_meant(scene: Scene, typed: str, rows: Sequence[int]) -> list[int]:
    """Return the votes that are meant where several numbers of ballots fit: of the member that is named first."""
    layout, ties = scene.session.engine.layout, scene.session.engine.cast.ties
    ballots = dict.fromkeys(layout.owners[row] for row in rows if ties[layout.owners[row]].type == BALLOT)
    first: dict[int, list[int]] = {}
    for ballot in ballots:
        title = scene.session.names.owner(ties[ballot].source)
        places = [plain(typed).find(plain(name)) for name in (title.en, title.es, ties[ballot].source)]
        place = min((at for at in places if at >= 0), default=len(typed))
        first.setdefault(place, []).append(layout.row(ballot, "vote"))
    return first[min(first)] if first else []


NO_TURN = 999_999
"""Stands for the number of a turn that cannot be."""
_LOOK_AT_WHAT = Text(
    "Say whom or what to look at, for example the title of a zone or actor (see: zones, actors).",
    "Diga a quién o qué mirar; por ejemplo, el título de una zona o un actor (vea: zonas, actores).",
)
_WHY_WHAT = Text(
    "Say of which number: its place in the last list (why 2), or its name (why coca area …).",
    "Diga de qué indicador: su lugar en la última lista (porqué 2) o su nombre (porqué área de coca …).",
)
_NOT_LISTED = (
    Text("The last list has only number 1.", "La última lista solo tiene el número 1."),
    Text("The last list has numbers 1 to {n}.", "La última lista va del 1 al {n}."),
)
_NOTHING_LISTED = Text("Nothing has been listed yet.", "Todavía no se ha listado nada.")
_NOBODY = Text("There is nobody and nothing called '{typed}'{hint}", "No hay nadie ni nada llamado «{typed}»{hint}")
_NO_NUMBER = Text("There is no number '{typed}'{hint}", "No existe el indicador «{typed}»{hint}")
