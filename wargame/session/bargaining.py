"""Negotiation in a live session: offers, answers, promises to break, and messages between seats, all in the log.

What two seats say to one another is seen by these two alone. Bots answer at once; an offer that nobody has answered
when the turn is played out lapses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from wargame.engine.engine import Engine
from wargame.engine.promising import Clause, PromiseDesk
from wargame.engine.turn import Phase
from wargame.model.agreements import Settled
from wargame.model.errors import Refusal, RefusedOrder, SessionError
from wargame.model.promises import Bargains, Obligations, Withheld
from wargame.model.text import Text
from wargame.model.world import World
from wargame.session.asking import HOW_LONG, TWO_SIDES, enough, exact_to, refuse_asked
from wargame.session.dealings import Dealings
from wargame.session.deals import (
    LONGEST,
    STATUSES,
    Message,
    Offered,
    Promise,
    Proposal,
    Status,
    negotiator,
    obligations_of,
    offer_draft,
    opening,
    plain,
    said,
    turned,
)
from wargame.session.promised import deals_payload
from wargame.session.records import Draft, Record
from wargame.session.standing import Standing


class Bargaining:
    """The negotiations of one session. Made with it; every method that changes it returns once it is kept."""

    def __init__(
        self,
        session: Standing,
        bots: object,
        keep: Callable[[Sequence[Draft]], None],
        tell: Callable[[], None],
        still_open: Callable[[], None],
    ) -> None:
        self.session = session
        self._store, self._tell, self._still_open = keep, tell, still_open
        self.engine: Engine = session.engine
        self._bots = negotiator(bots)
        self.dealings = Dealings(session.engine)
        self._desks: dict[str, PromiseDesk] = {}

    # ── what a seat may know ────────────────────────────────────────────────────────────────────────────────

    def offers(self, seat: str) -> tuple[Offered, ...]:
        """Return the offers that a seat made or received this turn."""
        seat = self.session.seat(seat).id
        found = (o for o in self.dealings.offers if seat in (o.proposal.seat, o.proposal.to))
        return tuple(o for o in found if o.turn == self.session.turn)

    def messages(self, seat: str) -> tuple[Message, ...]:
        """Return what was said by or to a seat."""
        seat = self.session.seat(seat).id
        return tuple(m for m in self.dealings.messages if seat == m.seat or seat in m.to)

    def obligations(self, seat: str) -> tuple[Promise, ...]:
        """Return the promises in force that a seat gave or received; those struck this turn come last."""
        return tuple(p for p, party in self._known(seat) if party)

    def public(self, seat: str) -> tuple[Promise, ...]:
        """Return the promises between others that everybody knows of."""
        return tuple(p for p, party in self._known(seat) if not party)

    def _known(self, seat: str) -> list[tuple[Promise, bool]]:
        number, sides = self.engine.seat_number(seat), self.engine.agreements.sides
        found = [
            (Promise(c, amount, deal, since, until, kept, bool(sides[c, 0] == number)), bool(number in sides[c]))
            for c, amount, deal, since, until, kept, *_ in self.engine.agreements.known(self.promised(), number).rows()
        ]
        return sorted(found, key=lambda one: (one[0].deal, one[0].candidate))

    def is_broken(self, promise: Promise) -> bool:
        """Say whether the giver has said that it will not keep a promise this turn."""
        return (promise.deal, promise.candidate) in self.dealings.broken

    def partners(self, seat: str) -> dict[str, tuple[list[int], list[int]]]:
        """Return, by seat, which terms may ever be given to it and received from it."""
        desk = self.desk(seat)
        found = {}
        for other in self.session.scenario.seats:
            gives, asks = desk.may_ever(self.engine.seat_number(other.id))
            if other.id != seat and (gives or asks):
                found[other.id] = [c.id for c in gives], [c.id for c in asks]
        return found

    def desk(self, seat: str) -> PromiseDesk:
        """Return where the promises of a seat are checked this turn."""
        if seat not in self._desks:
            place = self.session.seat(seat)
            self._desks[seat] = PromiseDesk(self.engine, self.session.names, self.session.world, place)
        return self._desks[seat]

    def due(self, seat: str) -> dict[tuple[str, str], float]:
        """Return what the promises that a seat means to keep take from it this turn: (actor, resource) → points."""
        turn, broken = self.session.turn, self.dealings.broken
        rows = [r for r in self.promised().rows() if r[3] <= turn <= r[4]]
        kept = [(r[0], broken.get((r[2], r[0]), r[1]), *r[2:]) for r in rows]
        return self.desk(seat).due(Obligations.of([row for row in kept if row[1]]))

    def promised(self) -> Obligations:
        """Return everything in force, with what has been struck this turn."""
        return Obligations.joined(self.session.world.obligations, self.struck())

    def struck(self) -> Obligations:
        """Return what people have agreed on this turn, numbered by who and what, in whatever order it was agreed."""
        accepted = [offered.proposal for offered in self._of_turn("accepted")]
        return obligations_of(self.engine, self.session.turn, accepted)

    def _of_turn(self, status: Status) -> list[Offered]:
        return [o for o in self.dealings.offers if o.turn == self.session.turn and o.status == status]

    # ── offers ──────────────────────────────────────────────────────────────────────────────────────────────

    def offer(
        self, seat: str, to: str, gives: Sequence[Clause], asks: Sequence[Clause], turns: int, text: str = ""
    ) -> Offered:
        """Propose a deal; returns it with the answer if a bot gave one. Raises RefusedOrder."""
        self._still_open()
        proposal = Proposal(self.session.seat(seat).id, self.session.seat(to).id, tuple(gives), tuple(asks), turns,
                            said(text))  # fmt: skip
        number = self._propose(proposal, 0, [])
        return self._by_number(number)

    def answer(
        self,
        seat: str,
        number: int,
        verdict: Literal["accept", "decline", "counter"],
        *,
        gives: Sequence[Clause] = (),
        asks: Sequence[Clause] = (),
        turns: int = 1,
        text: str = "",
    ) -> Offered:
        """Answer an open offer made to a seat; a counter is an offer of its own. Raises RefusedOrder."""
        self._still_open()
        offered = self._open_to(seat, number)
        asked = offered.proposal
        if verdict == "counter":
            proposal = Proposal(asked.to, asked.seat, tuple(gives), tuple(asks), turns, said(text))
            first = self._draft("answer", seat, {"offer": number, "verdict": verdict, "text": plain(said(text))})
            return self._by_number(self._propose(proposal, number, [first]))
        if verdict == "accept" and (refusal := self._refuse_strike(asked)) is not None:
            raise RefusedOrder(refusal)
        self._keep([self._draft("answer", seat, {"offer": number, "verdict": verdict, "text": plain(said(text))})])
        return self._by_number(number)

    def withdraw_offer(self, seat: str, number: int) -> None:
        """Take back an offer that nobody has answered."""
        self._still_open()
        offered = self._by_number(number)
        if offered.proposal.seat != seat:
            raise RefusedOrder(Refusal("not-your-offer", _NOT_YOURS.fill(n=number)))
        self._refuse_closed(offered)
        self._keep([self._draft("unoffer", seat, {"offer": number})])

    def _propose(self, proposal: Proposal, reply_to: int, before: list[Draft]) -> int:
        """Keep an offer, with the answer of a bot if it is made to one; return its number."""
        if proposal.seat == proposal.to:
            raise RefusedOrder(TWO_SIDES)
        if not 1 <= proposal.turns <= 1000:
            raise RefusedOrder(HOW_LONG)
        refusal = self.refuse_offer(proposal)
        if refusal is not None:
            raise RefusedOrder(refusal)
        number = len(self.dealings.offers) + 1
        drafts = [*before, self._offer_draft(proposal, number, reply_to)]
        if proposal.to not in self.session.people and self._bots is not None:
            mine = not reply_to or self._by_number(reply_to).reply_to == 0
            reply = self._bots.consider(self.session.world, proposal, self.promised(), may_counter=mine)
            answer = {"offer": number, "verdict": reply.verdict, "text": plain(reply.words)}
            drafts.append(self._draft("answer", proposal.to, answer))
            if reply.counter is not None:
                drafts.append(self._offer_draft(reply.counter, number + 1, number))
        self._keep(drafts)
        return number

    def refuse_offer(self, made: Proposal) -> Refusal | None:
        """Return why an offer may not be made as it stands, in the sentence in which it would be refused."""
        other, promised, eyes = self.engine.seat_number(made.to), self.promised(), self.session.eyes(made.seat)
        return (
            self.desk(made.seat).refuse_deal(other, made.gives, made.asks, made.turns, promised)
            or refuse_asked(self.desk(made.to), promised, exact_to(eyes), made.asks)
            or self.refuse_more(made.seat, made.to)
        )

    def refuse_accepting(self, seat: str, offered: Offered) -> Refusal | None:
        """Return why a seat may not accept an offer now; None if it may."""
        try:
            self._open_to(seat, offered.number)
        except RefusedOrder as error:
            return error.refusal
        return self._refuse_strike(offered.proposal)

    def _refuse_strike(self, proposal: Proposal) -> Refusal | None:
        """Return why a deal cannot be struck: what either side cannot promise."""
        for one in (proposal, turned(proposal)):
            number, promised = self.engine.seat_number(one.to), self.promised()
            refusal = self.desk(one.seat).refuse_deal(number, one.gives, one.asks, one.turns, promised)
            if refusal is not None:
                return refusal
        return self.refuse_more(proposal.seat, proposal.to)

    def refuse_more(self, seat: str, to: str) -> Refusal | None:
        """Return why two seats may strike no more deals in this turn; None if they may."""
        return enough(seat, to, [offered.proposal for offered in self._of_turn("accepted")])

    def _by_number(self, number: int) -> Offered:
        if not 1 <= number <= len(self.dealings.offers):
            raise RefusedOrder(Refusal("unknown-offer", _NO_OFFER.fill(n=number)))
        return self.dealings.offers[number - 1]

    def _open_to(self, seat: str, number: int) -> Offered:
        offered = self._by_number(number)
        if offered.proposal.to != self.session.seat(seat).id:
            raise RefusedOrder(Refusal("not-to-you", _NOT_TO_YOU.fill(n=number)))
        self._refuse_closed(offered)
        return offered

    def _refuse_closed(self, offered: Offered) -> None:
        if offered.status != "open" or offered.turn != self.session.turn:
            status = "lapsed" if offered.status == "open" else offered.status
            raise RefusedOrder(Refusal("offer-closed", _CLOSED.fill(n=offered.number, how=STATUSES[status])))

    # ── promises and messages ───────────────────────────────────────────────────────────────────────────────

    def break_promise(self, seat: str, deal: int, candidate: int, delivered: int = 0) -> None:
        """Say that a promise will not be kept this turn, or only in part; nobody else is told."""
        self._still_open()
        promise = self._own_promise(seat, deal, candidate)
        if not 0 <= delivered < promise.amount:
            text = Text("Say how much less than {n} is delivered.", "Diga cuánto menos que {n} se entrega.")
            raise RefusedOrder(Refusal("amount-out-of-range", text.fill(n=promise.amount)))
        self._keep([self._draft("break", seat, {**self._named(promise), "delivered": delivered})])

    def keep_promise(self, seat: str, deal: int, candidate: int) -> None:
        """Take back that a promise will not be kept."""
        self._still_open()
        promise = self._own_promise(seat, deal, candidate)
        if not self.is_broken(promise):
            text = Text("You mean to keep it already.", "Ya piensa cumplirla.")
            raise RefusedOrder(Refusal("not-broken", text))
        self._keep([self._draft("keep", seat, self._named(promise))])

    def _own_promise(self, seat: str, deal: int, candidate: int) -> Promise:
        for promise in self.obligations(seat):
            if promise.mine and (promise.deal, promise.candidate) == (deal, candidate):
                return promise
        raise RefusedOrder(Refusal("no-promise", Text("You have not promised that.", "Usted no ha prometido eso.")))

    def _named(self, promise: Promise) -> dict[str, Any]:
        return {"deal": promise.deal, "term": self.engine.agreements.candidates[promise.candidate].key}

    def say(self, seat: str, to: Sequence[str], text: str) -> tuple[Message, ...]:
        """Say something to other seats; returns what bots answer."""
        seat, others = self.session.seat(seat).id, tuple(dict.fromkeys(self.session.seat(t).id for t in to))
        if not text.strip() or not others or seat in others:
            raise SessionError(Text("Say what, and to whom else.", "Diga qué, y a quién más."))
        if len(text) > LONGEST:
            raise SessionError(Text("That is too long.", "Es demasiado largo."))
        drafts = [self._draft("message", seat, {"to": list(others), "text": plain(said(text))})]
        for other in others if self._bots is not None and not self.session.ended else ():
            if other not in self.session.people:
                assert self._bots is not None
                words = self._bots.reply(self.agreed(self.session.world), other, seat)
                drafts.append(self._draft("message", other, {"to": [seat], "text": plain(words)}))
        before = len(self.dealings.messages)
        self._keep(drafts)
        return tuple(self.dealings.messages[before + 1 :])

    # ── the turn ────────────────────────────────────────────────────────────────────────────────────────────

    def bargains(self, bots: Bargains | None) -> Bargains | None:
        """Return what the turn is played with: deals and intents of people, and those of bots."""
        own = self.struck()
        alive = {(r[2], r[0]) for r in self.promised().rows()}
        held = [(0, deal, c, n) for (deal, c), n in sorted(self.dealings.broken.items()) if (deal, c) in alive]
        if bots is not None:
            own = Obligations.joined(own, bots.struck)
            held += [(s, d, c, n) for s, d, c, n in bots.withheld.rows()]
        found = Bargains(own, Withheld.of(held))
        return found if found else None

    def agreed(self, world: World) -> World:
        """Return the world with what people have agreed on this turn: bots choose their orders knowing it."""
        struck = self.struck()
        if not len(struck):
            return world
        found = world.fork()
        found.obligations = Obligations.joined(world.obligations, struck)
        return found

    def with_deals(
        self, drafts: Sequence[Draft], bargains: Bargains | None, settled: Sequence[Settled], world: World
    ) -> list[Draft]:
        """Return the records of a turn with those of its deals, and with what bots offer people in the next."""
        payload, found = deals_payload(self.engine, bargains, settled), []
        for draft in drafts:
            if draft.kind == "world" and not world.ended[0]:
                first, people = len(self.dealings.offers) + 1, frozenset(self.session.people)
                found += opening(self.engine, self._bots, world, people, draft.game_date, first)
            found.append(draft)
            if draft.kind == "outcomes" and payload:
                found.append(Draft("deals", payload, draft.turn, draft.phase, draft.game_date))
        return found

    def begin_turn(self, records: Sequence[Record | Draft]) -> None:
        """Forget the turn that was played, and take up what was said with its end."""
        self.dealings.broken.clear()
        self._desks.clear()
        for record in records:
            self.dealings.take(record)

    # ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────

    def _offer_draft(self, proposal: Proposal, number: int, reply_to: int) -> Draft:
        return offer_draft(self.engine, proposal, (number, reply_to), self.session.turn, self.session.date())

    def _draft(self, kind: str, seat: str, payload: Mapping[str, Any]) -> Draft:
        return Draft(kind, payload, self.session.turn, Phase.NEGOTIATE, self.session.date(), seat)

    def _keep(self, drafts: Sequence[Draft]) -> None:
        self._store(drafts)
        for draft in drafts:
            self.dealings.take(draft)
        self._tell()


_NO_OFFER = Text("There is no offer number {n}.", "No hay una oferta número {n}.")
_NOT_YOURS = Text("Offer {n} is not yours.", "La oferta {n} no es suya.")
_NOT_TO_YOU = Text("Offer {n} was not made to you.", "La oferta {n} no se le hizo a usted.")
_CLOSED = Text("Offer {n} is closed: {how}.", "La oferta {n} está cerrada: {how}.")
