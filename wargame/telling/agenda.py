"""What is to be voted, how the seat expects members to vote and why, and the casting of its own ballots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from wargame.engine.expectations import Expectations, Leaning
from wargame.engine.naming import enumerated
from wargame.model.errors import SessionError
from wargame.model.institutions import Organ
from wargame.model.text import Text, capitalised, join, same
from wargame.session.assembly import Assembly, Item
from wargame.session.charters import SECRET
from wargame.session.counts import VOTES
from wargame.session.counts import plain as figure
from wargame.session.polls import ABSTAIN, NO, YES, Paper
from wargame.telling.attendance import obstacles
from wargame.telling.bodies import assembly_of
from wargame.telling.game import Game
from wargame.telling.typed import matching, one_of
from wargame.telling.votes import with_votes

REASONS = 2
"""How many reasons are told of each member's expected vote."""
_SURE = 0.95


def show_agenda(game: Game, words: Sequence[str]) -> None:
    """Say what is on the agendas, or how each member may be expected to vote on one text."""
    assembly = assembly_of(game)
    if words:
        say_text(game, assembly, text_named(game, assembly, " ".join(words)))
        return
    game.talk.head(Text("Agenda", "Agenda"))
    if not assembly.agenda:
        game.talk.say(Text("Nothing is on any agenda.", "No hay nada en ninguna agenda."))
        return
    expected = assembly.expect(*(item.proposal for item in assembly.agenda))
    for number, item in enumerate(assembly.agenda, 1):
        say_item(game, assembly, expected, item, f"{number}.")
    game.talk.gap()
    game.talk.say(HOW_TO_VOTE if game.session.orders_closed else _MORE)


def text_named(game: Game, assembly: Assembly, typed: str) -> str:
    """Return the text that is meant by its number on the agenda or by its title."""
    agenda = assembly.agenda
    if typed.isdecimal():
        if 1 <= int(typed[:9]) <= len(agenda):
            return agenda[int(typed[:9]) - 1].proposal
        raise SessionError(_NUMBERED.fill(n=len(agenda)) if agenda else _EMPTY)
    texts = [text for body in assembly.charters for text in assembly.texts(body)]
    titles = {i: game.session.names.owner(text) for i, text in enumerate(texts)}
    found = matching(typed, {i: (texts[i], title.en, title.es) for i, title in titles.items()})
    return texts[one_of(typed, found, titles, _NO_TEXT)]


# ── one text in a few lines ──────────────────────────────────────────────────────────────────────────────────


def say_item(game: Game, assembly: Assembly, expected: Expectations, item: Item, label: str) -> None:
    """Say one item of an agenda: where it stands, by which rule it is voted, and what to expect."""
    talk, margin = game.talk, len(label) + 1
    talk.item(label, capitalised(game.session.names.owner(item.proposal)))
    for line in _standing(game, assembly, item):
        talk.say(line, margin)
    talk.say(_rule(game, assembly, item.organ, item.body, item.subject), margin)
    for estimate in _expected(game, assembly, expected, item.proposal):
        talk.say(estimate, margin)
    for paper in assembly.papers(item):
        talk.say(_paper(game, assembly, paper), margin)


def _standing(game: Game, assembly: Assembly, item: Item) -> Iterator[Text]:
    """Yield when a text is voted, since when it is there, and who stands behind it."""
    if item.pending and not game.session.ended:
        yield Text(
            "Approved in principle; it stands unless an absent member objects this turn.",
            "Aprobado en principio; queda firme salvo que un ausente objete en este turno.",
        )
    elif game.session.ended:
        yield Text("Still on the agenda at the end.", "Seguía en la agenda al terminar.")
    elif item.voted and not game.session.orders_closed:
        yield Text("To be voted this turn.", "Se vota en este turno.")
    elif not item.voted:
        yield Text("To be voted next turn.", "Se vota en el próximo turno.")
    owner, parts = game.session.names.owner, []
    if item.since and item.by:
        parts.append(Text("Tabled in turn {n} by {who}", "Presentado en el turno {n} por {who}").fill(
            n=item.since, who=owner(item.by)))  # fmt: skip
    elif item.since:
        parts.append(Text("Tabled in turn {n}", "Presentado en el turno {n}").fill(n=item.since))
    if item.sponsors:
        text = Text("sponsored by {who}", "patrocinado por {who}")
        parts.append(text.fill(who=enumerated([owner(who) for who in item.sponsors])))
    if item.strength is not None:
        text = Text("strength of the text {n} of 100", "fuerza del texto {n} de 100")
        parts.append(text.fill(n=figure(item.strength)))
    said = [game.talk.of(part) for part in parts]
    if said:
        joined = "; ".join(said)
        yield same(f"{joined[:1].upper()}{joined[1:]}.")


def _rule(game: Game, assembly: Assembly, organ: Organ, body: str, subject: str) -> str:
    votes = assembly.votes_in(body, subject if organ.excludes_subject else "")
    talk = game.talk
    said = f"{talk.of(organ.title)}: {talk.of(assembly.words.rule(organ, votes))}."
    return f"{said} {talk.of(SECRET)}" if organ.secret else said


def _paper(game: Game, assembly: Assembly, paper: Paper) -> str:
    """Return what a seat's ballot says so far."""
    talk = game.talk
    said = VOTES[paper.vote] if paper.vote is not None else Text("not cast yet", "todavía sin depositar")
    text = Text("Vote of {who}: {vote}.", "Papeleta de {who}: {vote}.")
    line = talk.of(text.fill(who=game.session.names.owner(paper.member), vote=said))
    absent = next((m.absent for m in assembly.own(paper.body) if m.who == paper.member), False)
    if absent:
        line += f" {talk.of(_OBJECT if assembly.flag(paper.proposal, 'pending') else _AWAY)}"
    return line


def _expected(game: Game, assembly: Assembly, expected: Expectations, proposal: str) -> Iterator[Text]:
    """Yield the count that the seat expects, and what its own votes would make of it."""
    if game.session.ended:
        return
    odds_of, own = partial(game.talk.voice.percent, decimals=0), _votes_of_own(assembly, expected, proposal)
    papers = [paper for paper in game.session.voting.papers(game.seat.id) if paper.proposal == proposal]
    told = {paper.ballot: ABSTAIN if paper.vote is None else paper.vote for paper in papers}
    outlook = expected.outlook(proposal, told)
    yield _ESTIMATE.fill(
        yes=_range(outlook.yes), no=_range(outlook.no), missing=figure(outlook.missing), odds=odds_of(outlook.adopted)
    )
    yield from obstacles(assembly, proposal)
    if not own or outlook.asleep:
        return
    odds = [odds_of(expected.outlook(proposal, dict.fromkeys(own, vote)).adopted) for vote in (YES, ABSTAIN, NO)]
    if len(set(odds)) == 1:
        yield _NO_DIFFERENCE if len(own) == 1 else _NONE_DIFFERS
    else:
        yield (_IF_YOU if len(own) == 1 else _IF_YOURS).fill(yes=odds[0], abstain=odds[1], no=odds[2])


def _votes_of_own(assembly: Assembly, expected: Expectations, proposal: str) -> list[str]:
    """Return the ballots of the seat's members that will count."""
    own = assembly.own_ballots(proposal)
    pending = assembly.flag(proposal, "pending")
    found = [lean for lean in expected.leanings(proposal) if lean.ballot in own and lean.votes]
    return [lean.ballot for lean in found if pending or not lean.absent]


def _range(spread: tuple[float, float, float]) -> Text:
    """Return ``5 (3 to 6)``, or the number alone where it is sure."""
    low, middle, high = (figure(value) for value in spread)
    if low == high:
        return middle
    return Text("{n} ({a} to {b})", "{n} (de {a} a {b})").fill(n=middle, a=low, b=high)


# ── one text, member by member ───────────────────────────────────────────────────────────────────────────────


def say_text(game: Game, assembly: Assembly, proposal: str) -> None:
    """Say everything about one text: what it is, the rule, and how each member may be expected to vote."""
    talk, expected = game.talk, assembly.expect(proposal)
    talk.head(game.session.names.owner(proposal))
    item = next((item for item in assembly.agenda if item.proposal == proposal), None)
    text = assembly.resolution(proposal).text
    if text is not None:
        talk.say(text)
    if item is None:
        talk.say(Text("It is on no agenda.", "No está en ninguna agenda."))
        organ, body = assembly.organ_of(proposal), assembly.body_of(proposal)
        subject = game.session.engine.cast.entities[proposal].references.get("subject", "")
        talk.say(_rule(game, assembly, organ, body, subject))
    else:
        for line in _standing(game, assembly, item):
            talk.say(line)
        talk.say(_rule(game, assembly, item.organ, item.body, item.subject))
    for estimate in _expected(game, assembly, expected, proposal):
        talk.say(estimate)
    talk.gap()
    talk.say(_BY_INTERESTS)
    leanings = sorted(expected.leanings(proposal), key=lambda lean: (not lean.votes, lean.absent, -lean.inclination))
    votes = {member.who: member.votes for member in assembly.members(assembly.body_of(proposal))}
    for lean in leanings:
        if lean.votes:
            _say_leaning(game, assembly, lean, votes.get(lean.member, 1.0))
    silent = [game.session.names.owner(lean.member) for lean in leanings if not lean.votes]
    if silent:
        talk.say(_WITHOUT_VOTE.fill(all=enumerated(silent)))


def _say_leaning(game: Game, assembly: Assembly, lean: Leaning, votes: float) -> None:
    talk = game.talk
    who = talk.of(with_votes(game.session.names.owner(lean.member), votes))
    if assembly.seat is not None and lean.member in assembly.seat.actors:
        who += f" ({talk.of(Text('yours', 'suyo'))})"
    said = f"{who}: {talk.of(likely_vote(game, lean))}"
    if lean.absent:
        said += f"; {talk.of(Text('absent', 'ausente'))}"
    reasons = [
        f"{talk.of(assembly.reason_title(rule))} {game.scene.figures.signed(amount, 0)}"
        for rule, amount in lean.reasons[:REASONS]
        if round(amount)
    ]
    more = f": {'; '.join(reasons)}" if reasons else ""
    leans = talk.of(Text("leans {n}", "se inclina {n}").fill(n=game.scene.figures.signed(lean.inclination, 0)))
    talk.item("-", f"{said} ({leans}){more}.")


def likely_vote(game: Game, lean: Leaning) -> Text:
    """Return how a member is most likely to vote."""
    shares = {YES: lean.yes, NO: lean.no, ABSTAIN: 1.0 - lean.yes - lean.no}
    vote = max(shares, key=lambda v: (shares[v], v == lean.vote))
    if shares[vote] >= _SURE:
        return VOTES[vote]
    text = Text("{vote}, {odds} likely", "{vote}, probabilidad {odds}")
    return text.fill(vote=VOTES[vote], odds=game.talk.voice.percent(shares[vote], 0))


def say_what_is_due(game: Game) -> None:
    """Say in a line which texts are voted this turn, at the beginning of it; nothing if there are none."""
    assembly = Assembly(game.session, game.seat.id)
    due = [item.proposal for item in assembly.agenda if item.voted]
    own = [game.session.names.owner(proposal) for proposal in due if assembly.has_vote(proposal)]
    if own:
        game.talk.say(_DUE.fill(all=join(own, "; ")))
    if len(own) < len(due):
        one, several = _DUE_ELSEWHERE
        game.talk.say((one if len(due) - len(own) == 1 else several).fill(n=len(due) - len(own)))


_DUE = Text("You vote this turn on: {all}. More: agenda.", "Usted vota en este turno sobre: {all}. Más: agenda.")
_DUE_ELSEWHERE = (
    Text("1 text is voted this turn without you (agenda).", "1 texto se vota en este turno sin usted (agenda)."),
    Text(
        "{n} texts are voted this turn without you (agenda).", "{n} textos se votan en este turno sin usted (agenda)."
    ),
)
_ESTIMATE = Text(
    "Your estimate: for {yes}, against {no}, absent {missing}; chance of adoption {odds}.",
    "Su estimación: a favor {yes}, en contra {no}, ausentes {missing}; probabilidad de aprobación {odds}.",
)
_NO_DIFFERENCE = Text("Your vote hardly changes that.", "Su voto casi no cambia eso.")
_NONE_DIFFERS = Text(
    "The votes of your members hardly matter for that.", "Los votos de sus miembros casi no cambian eso."
)
_IF_YOU = Text(
    "Chance if you vote yes {yes}, if you abstain {abstain}, if you vote no {no}.",
    "Probabilidad si usted vota sí: {yes}; si se abstiene: {abstain}; si vota no: {no}.",
)
_IF_YOURS = Text(
    "Chance if all your members vote yes {yes}, if they abstain {abstain}, if they vote no {no}.",
    "Probabilidad si todos sus miembros votan sí: {yes}; si se abstienen: {abstain}; si votan no: {no}.",
)
_BY_INTERESTS = Text(
    "Each member as its interests make you expect it, with the largest of them in points (yes is above zero). What its "
    "government has decided for itself is not known to you.",
    "Cada miembro según los intereses que usted le conoce, con los mayores en puntos (sobre cero, a favor). Lo que su "
    "gobierno haya resuelto por su cuenta usted no lo sabe.",
)
_WITHOUT_VOTE = Text("Without a vote on this: {all}.", "Sin voto en esto: {all}.")
_MORE = Text(
    "Member by member, with reasons: agenda 1. You vote when you end the turn.",
    "Miembro por miembro, con razones: agenda 1. Usted vota al terminar el turno.",
)
HOW_TO_VOTE = Text(
    "To vote: vote 1 yes, vote 1 no, vote 1 abstain. Member by member: agenda 1. Then end plays the turn; a ballot "
    "that is not cast is an abstention.",
    "Para votar: votar 1 sí, votar 1 no, votar 1 abstención. Miembro por miembro: agenda 1. Después, terminar juega el "
    "turno; la papeleta que no se deposita es una abstención.",
)
_NO_TEXT = Text("There is no text '{typed}'{hint}", "No existe el texto «{typed}»{hint}")
_NUMBERED = Text("The texts on the agenda are numbered 1 to {n}.", "Los textos de la agenda van del 1 al {n}.")
_EMPTY = Text("Nothing is on any agenda.", "No hay nada en ninguna agenda.")
_AWAY = Text("It is absent, so this does not count.", "Está ausente: no cuenta.")
_OBJECT = Text("It is absent: a no is an objection.", "Está ausente: un no es una objeción.")
