"""The one door through which every front end plays: file orders, read a view, play the turn out, ask why.

What it acknowledges is in the store. A session that is opened again stands where the last acknowledged record left it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from wargame import __version__
from wargame.content.bundle import Bundle
from wargame.engine import turn as engine_turn
from wargame.engine.engine import Engine
from wargame.engine.naming import Names
from wargame.engine.options import Desk, Option
from wargame.engine.turn import Phase
from wargame.engine.views import SeatEyes, View
from wargame.model.errors import RefusedOrder, SessionError
from wargame.model.ledger import Ledger
from wargame.model.orders import Candidate, Order, Orders
from wargame.model.scenario import Scenario, Seat
from wargame.model.text import Language, Text
from wargame.model.world import World
from wargame.session import collector
from wargame.session.bargaining import Bargaining
from wargame.session.beginning import Chooser, ChooserFactory, begin, prepare
from wargame.session.deals import negotiator, opening
from wargame.session.header import Header, Seating, new_session_id
from wargame.session.planning import Planning
from wargame.session.polls import SeatVoters
from wargame.session.records import Draft, Record, utc_now
from wargame.session.reports import TurnReport, read_reports
from wargame.session.snapshot import restore, seeds_by_turn, take_snapshot
from wargame.session.steps import Step, Watch, nobody_watches
from wargame.session.store import Store
from wargame.session.turn_log import records_of_turn
from wargame.session.voting import Voting


@dataclass(frozen=True, slots=True)
class Setting:
    """How a session is to be played: with which luck, lens, length and level, and who plays what."""

    seed: int
    plays: Mapping[str, str]
    """Seat → doctrine; the other seats are played by people."""
    lens: str = ""
    short: bool = False
    level: str = ""
    language: Language = Language.EN


class Session:
    """One session in play. Made by ``create`` or ``open``; every method that changes it returns once it is kept."""

    def __init__(self, store: Store, header: Header, engine: Engine, bots: Chooser, records: Sequence[Record]) -> None:
        self.store = store
        self.header = header
        self.engine = engine
        self.scenario = scenario = engine.scenario
        self.names = Names.of(scenario, engine.cast)
        self._bots = bots
        self._eyes = {seat.id: SeatEyes(self.engine, seat) for seat in scenario.seats}
        self._listeners: list[Callable[[Session], None]] = []
        self._desks: dict[str, Desk] = {}
        self.filed: dict[str, list[Order]] = {seat.id: [] for seat in scenario.seats}
        self._next = len(records)
        self.bargaining = Bargaining(self, bots, self._keep, self._tell, self._orders_open)
        self.voting = Voting(self, self._keep, self._tell, self._in_play, self._all_orders)
        self.planning = Planning(self, self._keep, self._orders_open)
        self.reports: list[TurnReport] = []
        self.world = self._recover(records)
        self.planning.recover(records, {key: c.id for key, c in self._by_key.items()})
        self.voting.recover(records)
        collector.spare_what_is_there()  # rules and scenario

    # ── starting and opening ────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def create(
        cls,
        store: Store,
        scenario: Scenario,
        bundle: Bundle,
        setting: Setting,
        factory: ChooserFactory,
        watch: Watch = nobody_watches,
    ) -> Session:
        """Start a session and keep it in the store; ``watch`` is told just before, and may raise."""
        level = scenario.level(setting.level).id
        content = bundle.to_bytes()
        header = Header(
            new_session_id(),
            scenario.id,
            sha256(content).hexdigest(),
            setting.seed,
            __version__,
            setting.lens or scenario.lens,
            "short" if setting.short else "full",
            level,
            tuple(
                Seating(s.id, "bot", setting.plays[s.id]) if s.id in setting.plays else Seating(s.id, "people")
                for s in scenario.seats
            ),
            setting.language,
            utc_now(),
            extra={"scenario": bundle.digest},
        )
        engine, bots, world = begin(scenario, header, factory)
        date = scenario.calendar.start.isoformat()
        people = frozenset(s.seat for s in header.seats if s.by == "people")
        first = [
            *opening(engine, negotiator(bots), world, people, date),
            Draft("world", take_snapshot(engine, world), 1, Phase.BRIEF, date),
        ]
        watch(Step.KEEP)
        rows = store.create(header, content, first)
        return cls(store, header, engine, bots, [row.record() for row in rows])

    @classmethod
    def open(cls, store: Store, session: str, factory: ChooserFactory) -> Session:
        """Open a session of the store where its last record left it."""
        from wargame.content.load import load_bundle

        header = store.header(session)
        scenario = load_bundle(Bundle.from_bytes(store.content(session)))
        engine, bots = prepare(scenario, header, factory)
        return cls(store, header, engine, bots, store.records(session))

    def _recover(self, records: Sequence[Record]) -> World:
        worlds = [r for r in records if r.kind == "world"]
        if not worlds:
            raise SessionError(
                Text("Session {id} has no beginning.", "La sesión {id} no tiene comienzo.").fill(id=self.header.session)
            )
        luck = [tuple(pair) for pair in self.header.extra.get("luck", [])]
        seeds = seeds_by_turn(self.header.seed, luck, [r.turn for r in worlds])
        self.reports = read_reports(records)
        self.bargaining.dealings.recover(records, worlds[-1].turn)
        for record in records:
            if record.seq > worlds[-1].seq:
                self._replay(record)
        return restore(self.engine, seeds, [r.payload for r in worlds])

    def _replay(self, record: Record) -> None:
        filed = self.filed.get(record.seat, [])
        if record.kind == "order":
            candidate = self._by_key[record.payload["order"]]
            filed.append(Order(candidate.id, record.payload["amount"], record.payload["rationale"]))
        elif record.kind == "withdraw":
            del filed[record.payload["position"]]
        elif record.kind == "reorder":
            filed[:] = [filed[i] for i in record.payload["positions"]]

    @cached_property
    def _by_key(self) -> dict[str, Candidate]:
        return {c.key: c for c in self.engine.candidates}

    # ── where the session stands ────────────────────────────────────────────────────────────────────────────

    @property
    def id(self) -> str:
        """Return the id of the session."""
        return self.header.session

    @property
    def turn(self) -> int:
        """Return the turn being played (the last one played, once the session has ended)."""
        return self.world.turn

    @property
    def ended(self) -> bool:
        """Say whether the session has ended."""
        return bool(self.world.ended[0])

    @property
    def orders_closed(self) -> bool:
        """Say whether the orders of this turn are closed, because votes are being cast."""
        return self.voting.polls is not None

    @property
    def people(self) -> tuple[str, ...]:
        """Return the seats that people play."""
        return tuple(s.seat for s in self.header.seats if s.by == "people")

    def date(self, turn: int | None = None) -> str:
        """Return the game date on which a turn begins."""
        return self.scenario.calendar.date_of(self.turn if turn is None else turn).isoformat()

    def seat(self, name: str) -> Seat:
        """Return a seat; raises SessionError."""
        return self.scenario.seats[self.engine.seat_number(name)]

    def view(self, seat: str) -> View:
        """Return what a seat sees now."""
        return self._eyes[self.seat(seat).id].view(self.world)

    def eyes(self, seat: str) -> SeatEyes:
        """Return how a seat sees every number."""
        return self._eyes[self.seat(seat).id]

    def options(self, seat: str) -> tuple[Option, ...]:
        """Return everything the seat may order, with cost and odds by its own estimates, or why not."""
        return self.desk(seat).options(self.filed[seat])

    def desk(self, seat: str) -> Desk:
        """Return where the orders of a seat are checked this turn."""
        if seat not in self._desks:
            self._desks[seat] = Desk(self.engine, self.names, self.world, self.seat(seat))
        return self._desks[seat]

    def subscribe(self, listener: Callable[[Session], None]) -> None:
        """Call a listener after every change."""
        self._listeners.append(listener)

    # ── orders ──────────────────────────────────────────────────────────────────────────────────────────────

    def file(self, seat: str, candidate: int, amount: int = 1, rationale: str = "") -> None:
        """File an order after the seat's others; raises RefusedOrder with the reason in a sentence."""
        self._orders_open()
        order = Order(candidate, amount, rationale)
        desk = self.desk(seat)
        refusal = desk.refuse(order, self.filed[seat])
        if refusal is not None:
            raise RefusedOrder(refusal)
        chosen = self.engine.candidates[candidate]
        payload = {
            "order": chosen.key,
            "amount": amount,
            "rationale": rationale,
            "cost": desk.cost(chosen, amount),
            "odds": desk.odds(chosen, amount),
        }
        self._keep([self._draft("order", payload, seat)])
        self.filed[seat].append(order)
        self._tell()

    def withdraw(self, seat: str, position: int) -> None:
        """Take back an order by its position (from 0)."""
        self._orders_open()
        self._check_position(seat, position)
        self._keep([self._draft("withdraw", {"position": position}, seat)])
        del self.filed[seat][position]
        self._tell()

    def reorder(self, seat: str, positions: Sequence[int]) -> None:
        """Put the orders of a seat into another order of priority."""
        self._orders_open()
        filed = self.filed[seat]
        if sorted(positions) != list(range(len(filed))):
            raise SessionError(
                Text("Name each of the {n} orders once.", "Nombre cada una de las {n} órdenes una vez.").fill(
                    n=len(filed)
                )
            )
        self._keep([self._draft("reorder", {"positions": list(positions)}, seat)])
        filed[:] = [filed[i] for i in positions]
        self._tell()

    def note(self, seat: str, text: str) -> None:
        """Keep a note of a seat (or of the facilitator: seat '') with the turn."""
        self.remark(seat, "note", {"text": text})

    def remark(self, seat: str, kind: str, payload: Mapping[str, Any]) -> None:
        """Keep a record that changes nothing in play: a note, a forecast."""
        self._keep([self._draft(kind, payload, seat)])

    def _orders_open(self) -> None:
        self._in_play()
        if self.orders_closed:
            raise SessionError(_CLOSED)

    def _check_position(self, seat: str, position: int) -> None:
        if not 0 <= position < len(self.filed[seat]):
            raise SessionError(
                Text("There is no order number {n}.", "No hay una orden número {n}.").fill(n=position + 1)
            )

    # ── the turn ────────────────────────────────────────────────────────────────────────────────────────────

    def resolve(self, watch: Watch = nobody_watches) -> TurnReport:
        """Play the turn out: the filed orders of people, and those of the bots; return what happened.

        What ``watch`` raises ends it; then the turn has not been played, and everything is as it was.
        """
        self._in_play()
        with collector.put_off():
            self._resolve(watch)
        self._tell()
        return self.reports[-1]

    def _resolve(self, watch: Watch) -> None:
        watch(Step.CHOOSE)
        polls = self.voting.polls_of_turn()
        orders = polls.orders
        votes = polls.told(frozenset(self.people))
        watch(Step.PLAY)
        world, ledger = self.world.fork(), Ledger([])
        voters = SeatVoters(self._bots, votes, self.engine)
        outcomes = engine_turn.play(self.engine, world, orders, ledger, voters=voters)
        watch(Step.KEEP)
        drafts = records_of_turn(self, world, outcomes, votes, ledger)
        drafts = self.bargaining.with_deals(drafts, orders.bargains, ledger.settled, world)
        self._keep(drafts)
        self.world = world
        self.voting.begin_turn()
        self.planning.begin_turn()
        self.bargaining.begin_turn(drafts)
        self._desks.clear()
        for filed in self.filed.values():
            filed.clear()
        self.reports += read_reports(drafts)

    def _all_orders(self) -> Orders:
        people = frozenset(self.people)
        others = frozenset(s.id for s in self.scenario.seats) - people
        bots = self._bots.choose(self.bargaining.agreed(self.world), others)
        listed = [(o.candidate, o.amount) for seat in self.people for o in self.filed[seat]]
        chosen = [(int(c), int(a)) for c, a in zip(bots.candidates[:, 0], bots.amounts[:, 0], strict=True) if c >= 0]
        listed += [(c, a) for c, a in chosen if not self.planning.plans(c)] + self.planning.orders()
        orders = self.engine.orders([listed], checked=True)
        return replace(orders, bargains=self.bargaining.bargains(bots.bargains))

    # ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────

    def _draft(self, kind: str, payload: Mapping[str, Any], seat: str) -> Draft:
        return Draft(kind, payload, self.turn, Phase.ORDERS, self.date(), seat)

    def _keep(self, drafts: Sequence[Draft]) -> None:
        rows = self.store.append(self.id, drafts, expected_seq=self._next)
        self._next = rows[-1].seq + 1

    def _in_play(self) -> None:
        if self.ended:
            raise SessionError(Text("The session has ended.", "La sesión ha terminado."))

    def _tell(self) -> None:
        for listener in self._listeners:
            listener(self)


_CLOSED = Text(
    "The orders of this turn are closed: votes are being cast.",
    "Las órdenes de este turno están cerradas: se está votando.",
)
