"""The seat's own ballots: what it can vote on now, the casting of votes, and what is left uncast."""

from __future__ import annotations

from collections.abc import Sequence

from wargame.model.errors import SessionError
from wargame.model.text import Text, join
from wargame.session.assembly import Assembly
from wargame.session.counts import VOTES
from wargame.session.polls import ABSTAIN, NO, YES, Paper
from wargame.telling.agenda import HOW_TO_VOTE, say_item, text_named
from wargame.telling.bodies import assembly_of
from wargame.telling.game import Game
from wargame.telling.keeping import say_vote_at_risk
from wargame.telling.typed import matching, one_of, plain


def show_polls(game: Game) -> None:
    """Say what the seat can vote on now that orders are closed."""
    assembly = Assembly(game.session, game.seat.id)
    game.talk.head(Text("Orders are closed. To be voted now", "Las órdenes están cerradas. Se vota ahora"))
    items = [(n, item) for n, item in enumerate(assembly.agenda, 1) if assembly.papers(item)]
    expected = assembly.expect(*(item.proposal for _, item in items))
    for number, item in items:
        say_item(game, assembly, expected, item, f"{number}.")
    game.talk.gap()
    game.talk.say(HOW_TO_VOTE)


def cast_vote(game: Game, words: Sequence[str]) -> None:
    """Cast the seat's ballots on a text: its number (perhaps which member) or title, and yes, no or abstain."""
    assembly = assembly_of(game)
    if not game.session.orders_closed:
        raise SessionError(_NOT_NOW)
    if not words:
        show_polls(game)
        return
    vote, rest = _vote_in(words)
    for paper in _papers_meant(game, assembly, rest):
        game.session.voting.vote(game.seat.id, paper.ballot, vote)
        names = game.session.names.owner
        game.talk.say(_CAST.fill(who=names(paper.member), vote=VOTES[vote], text=names(paper.proposal)))
        say_vote_at_risk(game, paper.ballot, vote)
    left = uncast(game)
    if left:
        text = Text("{n} ballots are not cast yet.", "Faltan {n} papeletas por depositar.")
        one = Text("1 ballot is not cast yet.", "Falta 1 papeleta por depositar.")
        game.talk.say(one if len(left) == 1 else text.fill(n=len(left)))
    else:
        game.talk.say(_ALL_CAST)


def _vote_in(words: Sequence[str]) -> tuple[int, list[str]]:
    """Return the vote that the last words say, and the words before them."""
    for count in (2, 1):
        said = plain(" ".join(words[-count:]))
        if said in _SAID and len(words) >= count:
            return _SAID[said], list(words[:-count])
    raise SessionError(_VOTE_WHAT)


def _papers_meant(game: Game, assembly: Assembly, words: Sequence[str]) -> list[Paper]:
    mine = list(game.session.voting.papers(game.seat.id))
    if not words:
        if len({paper.proposal for paper in mine}) == 1:
            return mine
        raise SessionError(_VOTE_WHAT)
    if plain(words[0]) in ("all", "todo", "todos", "todas") and len(words) == 1:
        return mine
    number = words[0].isdecimal()
    proposal = text_named(game, assembly, words[0] if number else " ".join(words))
    on_text = [paper for paper in mine if paper.proposal == proposal]
    if not on_text:
        raise SessionError(_NO_BALLOT.fill(text=game.session.names.owner(proposal)))
    return [_member_meant(game, on_text, " ".join(words[1:]))] if number and len(words) > 1 else on_text


def _member_meant(game: Game, papers: Sequence[Paper], typed: str) -> Paper:
    titles = {i: game.session.names.owner(paper.member) for i, paper in enumerate(papers)}
    found = matching(typed, {i: (papers[i].member, title.en, title.es) for i, title in titles.items()})
    return papers[one_of(typed, found, titles, _NO_MEMBER)]


def uncast(game: Game) -> list[Paper]:
    """Return the seat's ballots about which nothing has been said."""
    return [paper for paper in game.session.voting.papers(game.seat.id) if paper.vote is None]


def say_abstentions(game: Game) -> None:
    """Say which ballots count as abstentions because nobody cast them."""
    left = uncast(game)
    if left:
        titles = [game.session.names.owner(paper.proposal) for paper in left]
        text = Text("Not cast, so an abstention: {all}.", "Sin depositar, y por tanto abstención: {all}.")
        game.talk.say(text.fill(all=join(titles, "; ")))


_SAID = {
    **dict.fromkeys(("yes", "y", "for", "in favour", "in favor", "si", "a favor"), YES),
    **dict.fromkeys(("no", "n", "against", "en contra"), NO),
    **dict.fromkeys(("abstain", "abstains", "abstention", "abstencion", "abstenerse", "me abstengo"), ABSTAIN),
}  # fmt: skip
_VOTE_WHAT = Text(
    "Say the number of the text and how you vote, for example: vote 1 yes (or no, or abstain).",
    "Diga el número del texto y cómo vota; por ejemplo: votar 1 sí (o no, o abstención).",
)
_NOT_NOW = Text(
    "Orders are still open: what is voted is known once you end the turn with end, and then you vote.",
    "Las órdenes siguen abiertas: lo que se vota se sabe al cerrarlas con terminar, y entonces usted vota.",
)
_NO_BALLOT = Text("You have no vote on '{text}' now.", "Usted no vota ahora sobre «{text}».")
_NO_MEMBER = Text("No member of yours is called '{typed}'{hint}", "Ningún miembro suyo se llama «{typed}»{hint}")
_CAST = Text("{who} on '{text}': {vote}.", "{who} sobre «{text}»: {vote}.")
_ALL_CAST = Text(
    "All your ballots are cast; you may change them until end plays the turn.",
    "Sus papeletas están depositadas; puede cambiarlas hasta que terminar juegue el turno.",
)
