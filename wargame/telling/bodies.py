"""Bodies in lines: those to which a seat belongs, their charters and members, and what can be proposed there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from wargame.engine.naming import enumerated
from wargame.engine.options import Option
from wargame.model.errors import SessionError
from wargame.model.institutions import NEEDED, Charter, Status
from wargame.model.kinds import AttributeType, Sight
from wargame.model.text import Text, capitalised, join, lower
from wargame.session.assembly import Assembly, Member
from wargame.session.counts import plain, turns
from wargame.telling.game import Game, is_active
from wargame.telling.offers import costs_in_words
from wargame.telling.resting import tell_basis
from wargame.telling.typed import matching, one_of

_BODY_KIND = "regional_body"
_OUT = Status.OBSERVER
_FEW = 6
"""So many members are named in the list of bodies."""
_FEW_NUMBERS = 4


Tabling = Mapping[str, tuple[Option, ...]]
"""Text → the orders by which the seat might put it on an agenda."""


def assembly_of(game: Game) -> Assembly:
    """Return the bodies as the seat sees them now; raises SessionError where the scenario has none."""
    assembly = Assembly(game.session, game.seat.id)
    if not assembly.charters:
        raise SessionError(
            Text("This scenario has no bodies that vote.", "Este escenario no tiene organismos que voten.")
        )
    return assembly


# ── the bodies of a seat ─────────────────────────────────────────────────────────────────────────────────────


def show_bodies(game: Game, words: Sequence[str]) -> None:
    """Say to which bodies the seat's actors belong, and in a few lines each how these bodies are."""
    assembly = assembly_of(game)
    game.talk.head(Text("Bodies", "Organismos"))
    sitting = [body for body in assembly.charters if any(m.status is not _OUT for m in assembly.own(body))]
    for body in sitting:
        _say_heading(game, assembly, body)
        _say_standing(game, assembly, body, whole=False)
    for title, known in ((_LOOKING_ON, True), (_NO_PART, False)):
        others = [b for b in assembly.charters if b not in sitting and bool(assembly.own(b)) is known]
        if others:
            game.talk.say(title.fill(all=join([_with_sleep(game, assembly, body) for body in others], ", ")))
    game.talk.gap()
    game.talk.say(_MORE)


def _with_sleep(game: Game, assembly: Assembly, body: str) -> Text:
    title = game.session.names.owner(body)
    asleep = Text("{body} (asleep)", "{body} (sin funcionar)").fill(body=title)
    return asleep if assembly.flag(body, "dormant") else title


def _say_heading(game: Game, assembly: Assembly, body: str, *, typed: bool = True) -> None:
    title = game.talk.of(capitalised(game.session.names.owner(body))) + (f" ({body})" if typed else "")
    game.talk.item("-", f"{title}: {game.talk.of(_own_status(game, assembly, body))}.")


def _say_standing(game: Game, assembly: Assembly, body: str, *, whole: bool) -> None:
    """Say how a body is: asleep, its chair, its members (all by name if ``whole``), its numbers, its agenda."""
    talk = game.talk
    if not is_active(game, body):
        talk.say(Text("It does not exist at present.", "No existe por ahora."), 2)
        return
    if assembly.flag(body, "dormant"):
        talk.say(_ASLEEP, 2)
    lines = (_chair_lines(game, assembly, body), _member_lines(game, assembly, body, whole=whole))
    for line in (*chain(*lines), *_contest_lines(game, assembly, body)):
        talk.say(line, 2)
    numbers = list(_numbers(game, body, whole=whole))
    if numbers:
        said = ", ".join(numbers)
        talk.say(f"{said[:1].upper()}{said[1:]}.", 2)
    on_agenda = sum(item.body == body for item in assembly.agenda)
    if on_agenda:
        one = Text("1 text on its agenda.", "1 texto en su agenda.")
        more = Text("{n} texts on its agenda.", "{n} textos en su agenda.")
        talk.say(one if on_agenda == 1 else more.fill(n=on_agenda), 2)


def _own_status(game: Game, assembly: Assembly, body: str) -> Text:
    own = assembly.own(body)
    if len(own) == 1:
        return status_in_words(own[0])
    text = Text("{who}: {status}", "{who}: {status}")
    return join([text.fill(who=game.session.names.owner(m.who), status=status_in_words(m)) for m in own], "; ")


def status_in_words(member: Member) -> Text:
    """Return what somebody is to a body: ``member, chair, leaves in 3 turns``."""
    parts = [_STATUS[member.status]]
    if member.status is not Status.OBSERVER:
        if member.chair:
            parts.append(Text("in the chair", "en la presidencia"))
        if member.notice:
            parts.append(Text("leaves in {n}", "sale en {n}").fill(n=turns(member.notice)))
    return join(parts, ", ")


def _chair_lines(game: Game, assembly: Assembly, body: str) -> Iterator[Text]:
    holder = next((m for m in assembly.members(body) if m.chair), None)
    if holder is None:
        if assembly.charters[body].chair is not None:
            yield Text("The chair is empty.", "La presidencia está vacante.")
        return
    left = assembly.value(body, "chair_left") or 0.0
    who = game.session.names.owner(holder.who)
    if assembly.flag(body, "chair_frozen"):
        text = Text("Chair: {who}; the hand-over is refused.", "Presidencia: {who}; se niega el traspaso.")
        yield text.fill(who=who)
    elif assembly.charters[body].chair is None:
        yield Text("Chair: {who}.", "Presidencia: {who}.").fill(who=who)
    elif left <= 1:
        text = Text("Chair: {who}, until this turn ends.", "Presidencia: {who}, hasta que termine este turno.")
        yield text.fill(who=who)
    else:
        text = Text("Chair: {who}, {n} left.", "Presidencia: {who}; le quedan {n}.")
        yield text.fill(who=who, n=turns(left))


def _member_lines(game: Game, assembly: Assembly, body: str, *, whole: bool) -> Iterator[Text]:
    by_status: dict[Status, list[Text]] = {}
    for member in assembly.members(body):
        title = game.session.names.owner(member.who)
        if member.votes != 1 and member.sits:
            title = Text("{who} ({n} votes)", "{who} ({n} votos)").fill(who=title, n=plain(member.votes))
        if member.status is Status.NOTICE:
            title = Text("{who} (in {n})", "{who} (en {n})").fill(who=title, n=turns(member.notice))
        if member.status is not _OUT:
            by_status.setdefault(member.status, []).append(title)
    for status, text in _GROUPS.items():
        some = by_status.get(status, [])
        if some and (whole or len(some) <= _FEW or status is not Status.MEMBER):
            yield text.fill(n=len(some), all=enumerated(some))
        elif some:
            yield Text("Sitting: {n}.", "En funciones: {n}.").fill(n=len(some))


def _contest_lines(game: Game, assembly: Assembly, body: str) -> Iterator[Text]:
    """Yield who sits, and who only claims to, where two claim one seat."""
    for contest in assembly.contests(body):
        rival, names = assembly.rival_seated(contest), game.session.names
        other = contest.seated(rival=not rival)
        if rival or is_active(game, contest.rival):
            said = game.talk.of(contest.say(names, rival=rival)).removesuffix(".")
            yield _CLAIMED.fill(said=said, who=names.brief(other))


def _numbers(game: Game, body: str, *, whole: bool) -> Iterator[str]:
    """Yield the numbers that only bodies have, as the seat sees them, but those of business told in words.

    Unless ``whole``, only the first few levels.
    """
    eyes, scene, told = game.session.eyes(game.seat.id), game.scene, 0
    sections = game.session.engine.layout.sections
    for row in eyes.rows_of.get(body, ()):
        attribute, reading = scene.attribute(row), scene.reading(row)
        if attribute is None or attribute.of != (_BODY_KIND,) or attribute.id in NEEDED[_BODY_KIND]:
            continue
        signal = sections.signals <= row < sections.mutable
        if signal or reading.sight is Sight.HIDDEN or not round(reading.value, 1):
            continue
        if whole or (attribute.type is AttributeType.LEVEL and told < _FEW_NUMBERS):
            told += 1
            shown = scene.shown(row)
            if reading.sight is Sight.ESTIMATED and reading.deviation:  # its ± says already that it is about so much
                shown = shown.removeprefix(f"{game.talk.of(Text('about', 'cerca de'))} ")
            yield f"{game.talk.of(lower(scene.attribute_name(row)))}: {shown}"


# ── one body ─────────────────────────────────────────────────────────────────────────────────────────────────


def show_body(game: Game, words: Sequence[str], *, typed: bool = True) -> None:
    """Say everything about the body that is meant; ``typed``: see ``say_body``."""
    assembly = assembly_of(game)
    say_body(game, assembly, _body_named(game, assembly, " ".join(words)), tabling_now(game, assembly), typed=typed)


def say_body(game: Game, assembly: Assembly, body: str, tabling: Tabling, *, typed: bool = True) -> None:
    """Say everything about one body: how it stands, its charter, and what can be proposed there by which orders.

    ``typed``: with the ids and numbers by which commands are typed; a screen has keys instead.
    """
    charter = assembly.charters[body]
    game.talk.head(game.session.names.owner(body))
    entity = game.session.engine.cast.entities[body]
    if entity.text is not None:
        game.talk.say(entity.text)
    if assembly.own(body):
        _say_heading(game, assembly, body, typed=typed)
    else:
        game.talk.say(Text("You have no part in it.", "Usted no forma parte."))
    _say_standing(game, assembly, body, whole=True)
    _say_charter(game, assembly, charter)
    _say_texts(game, assembly, body, tabling, typed=typed)


def _body_named(game: Game, assembly: Assembly, typed: str) -> str:
    bodies = list(assembly.charters)
    if not typed:
        own = [body for body in bodies if assembly.own(body)] or bodies
        if len(own) == 1:
            return own[0]
        raise SessionError(_WHICH.fill(all=join([game.session.names.owner(body) for body in own], ", ")))
    titles = {i: game.session.names.owner(body) for i, body in enumerate(bodies)}
    found = matching(typed, {i: (bodies[i], title.en, title.es) for i, title in titles.items()})
    return bodies[one_of(typed, found, titles, _NO_BODY)]


def _say_charter(game: Game, assembly: Assembly, charter: Charter) -> None:
    talk, names = game.talk, game.session.names
    talk.head(charter.title)
    members = [m for m in assembly.members(charter.body) if m.sits]
    votes = sum(m.votes for m in members)
    sitting, organs = [m.who for m in members], list(charter.organs.values())
    remarks = [assembly.words.remarks(organ, votes, sitting) for organ in organs]
    shared = [r for r in remarks[0] if len(organs) > 1 and all(r in some for some in remarks)]
    for organ, some in zip(organs, remarks, strict=True):
        talk.item("-", f"{talk.of(capitalised(organ.title))}: {talk.of(assembly.words.rule(organ, votes))}.")
        own = " ".join(talk.of(remark) for remark in some if remark not in shared)
        if own:
            talk.say(own, 2)
    if shared:
        everywhere = Text("In every organ: {all}", "En todos los órganos: {all}")
        talk.say(everywhere.fill(all=join(shared)))
    for text in _house_rules(game, charter):
        talk.say(text)
    quotas = [
        f"{talk.of(names.owner(m.who))} {talk.voice.number(m.quota)} %"
        for m in assembly.members(charter.body)
        if m.quota
    ]
    if quotas:
        talk.say(f"{talk.of(Text('Shares of the budget', 'Cuotas del presupuesto'))}: {', '.join(quotas)}.")
    tell_basis(game.scene, charter.basis, 2)


def _house_rules(game: Game, charter: Charter) -> Iterator[Text]:
    if charter.chair is not None:
        known = [who for who in charter.chair.order if who in game.session.engine.cast.entities]
        text = Text("The chair goes round every {n}: {order}.", "La presidencia rota cada {n}: {order}.")
        order = join([game.session.names.owner(who) for who in known], ", ")
        yield text.fill(n=turns(charter.chair.turns), order=order)
    if charter.notice_days:
        text = Text("Whoever leaves gives {n} days' notice.", "Quien se retira lo anuncia con {n} días.")
        yield text.fill(n=charter.notice_days)


def _say_texts(game: Game, assembly: Assembly, body: str, tabling: Tabling, *, typed: bool) -> None:
    talk = game.talk
    talk.head(Text("What can be proposed there", "Qué se puede proponer allí"))
    full = {o.refusal.message for some in tabling.values() for o in some if o.refusal and o.refusal.code == _FULL}
    for message in full:
        talk.say(message)
    for text in assembly.texts(body):
        organ = talk.of(assembly.organ_of(text).title)
        talk.item("-", f"{talk.of(capitalised(game.session.names.owner(text)))} ({organ})")
        if assembly.flag(text, "tabled"):
            talk.say(Text("On the agenda.", "En la agenda."), 2)
            continue
        for line in ways_to_table(game, tabling.get(text, ()), typed=typed):
            if line not in {talk.of(message) for message in full}:
                talk.say(line, 2)
    talk.gap()
    talk.say(_HOW_TO_TABLE if typed else _KEY_TO_TABLE)


def tabling_now(game: Game, assembly: Assembly) -> Tabling:
    """Return, text by text, the orders by which the seat might put it on an agenda now."""
    options = {} if game.session.ended else {o.candidate.id: o for o in game.session.options(game.seat.id)}
    return assembly.tabling(options)


def ways_to_table(game: Game, options: Iterable[Option], *, typed: bool = True) -> Iterator[str]:
    """Yield how the seat may put a text on the agenda, or why it may not."""
    open_, refused = [], []
    for option in options:
        offer, place = game.menu.where[option.candidate.id]
        if option.refusal is None:
            cost = f"{game.talk.of(offer.title)} ({game.talk.of(costs_in_words(game, option.cost))})"
            open_.append(f"{place.number} {cost}" if typed else cost)
        else:
            refused.append(game.talk.of(option.refusal.message))
    if open_:
        yield f"{game.talk.of(Text('You may', 'Usted puede'))}: {'; '.join(dict.fromkeys(open_))}."
    else:
        yield from dict.fromkeys(refused)


_FULL = "too-many-orders"
"""The code of the refusal of every further order."""
_STATUS = {
    Status.MEMBER: Text("member", "miembro"),
    Status.NOTICE: Text("member", "miembro"),
    Status.ABSENT: Text("member that stays away", "miembro ausente"),
    Status.SUSPENDED: Text("suspended member", "miembro suspendido"),
    Status.OBSERVER: Text("no vote", "sin voto"),
    Status.DISPLACED: Text(
        "member, but another delegation has its seat", "miembro, pero otra delegación ocupa su asiento"
    ),
    Status.CLAIMANT: Text("no vote, but a claim to a seat", "sin voto, pero reclama un asiento"),
}
_GROUPS = {
    Status.MEMBER: Text("Sitting ({n}): {all}.", "En funciones ({n}): {all}."),
    Status.NOTICE: Text("Sitting, but leaving ({n}): {all}.", "En funciones, pero de salida ({n}): {all}."),
    Status.ABSENT: Text("Absent ({n}): {all}.", "Ausentes ({n}): {all}."),
    Status.SUSPENDED: Text("Suspended ({n}): {all}.", "Suspendidos ({n}): {all}."),
}
_CLAIMED = Text("{said}, and is claimed by {who} too.", "{said}; también lo reclama {who}.")
_LOOKING_ON = Text("You look on, without a vote, in: {all}.", "Usted está, sin voto, en: {all}.")
_NO_PART = Text("You have no part in: {all}.", "Usted no forma parte de: {all}.")
_ASLEEP = Text("It is asleep: nothing can be voted there.", "No está en funciones: allí nada puede votarse.")
_MORE = Text(
    "Its charter, and what can be proposed there: body NAME. What is to be voted: agenda.",
    "Su estatuto y lo que se puede proponer allí: organismo NOMBRE. Lo que se va a votar: agenda.",
)
_WHICH = Text("Say which body: {all}.", "Diga qué organismo: {all}.")
_NO_BODY = Text("There is no body '{typed}'{hint}", "No existe el organismo «{typed}»{hint}")
_HOW_TO_TABLE = Text(
    "To put a text on the agenda: file and its number. How members might vote: agenda and words of its title.",
    "Para llevar un texto a la agenda: presentar y su número. Cómo votarían los miembros: agenda y palabras del "
    "título.",
)
_KEY_TO_TABLE = Text("To put one of them on the agenda: t.", "Para llevar uno a la agenda: t.")
