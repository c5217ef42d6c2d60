"""Why a number moved: amounts that add up, for those who see everything and for a seat, and nothing given away."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.engine.scenes import SMALL, TOY
from wargame.bots.bots import Bots
from wargame.content.load import load_with_bundle
from wargame.model.errors import SessionError
from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind
from wargame.model.orders import Fate
from wargame.model.ticks import TICK
from wargame.session.beginning import fork
from wargame.session.beliefs import Beliefs
from wargame.session.matters import Matters
from wargame.session.memory import MemoryStore
from wargame.session.news import news_of
from wargame.session.prospects import prospects, scaling
from wargame.session.session import Session, Setting
from wargame.session.verify import verify
from wargame.session.why import Reasons, Why

MOST_ROWS = 300


def begin(name: str = TOY, seat: str = "", seed: int = 5) -> Session:
    """Return a new session of which a person plays one seat (the first)."""
    scenario, bundle = load_with_bundle(name)
    person = seat or scenario.seats[0].id
    plays = {s.id: s.doctrines[0] for s in scenario.seats if s.id != person}
    return Session.create(MemoryStore(), scenario, bundle, Setting(seed, plays), Bots)


def play(session: Session, turns: int) -> Session:
    """Let the person give the first legal orders for some turns."""
    seat = session.people[0]
    for _ in range(turns):
        for option in session.options(seat)[:12]:
            refusal = session.desk(seat).option(option.candidate, session.filed[seat]).refusal
            if refusal is None:
                session.file(seat, option.candidate.id, session.desk(seat).default_amount(option.candidate))
        session.resolve()
    return session


@cache
def played(name: str = TOY, seat: str = "", turns: int = 3) -> Session:
    """Return a session in play, played once."""
    return play(begin(name, seat), turns)


def everything(reasons: Reasons, turn: int) -> list[Why]:
    """Return why every number moved; in large scenarios, why every few did."""
    session = reasons.session
    layout = session.engine.layout
    rows = [*range(layout.sections.constants), *range(layout.sections.derived, layout.count)]
    return [reasons.why(layout.names[row], turn) for row in rows[:: 1 + len(rows) // MOST_ROWS]]


# ── adding up ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SMALL, ids=lambda name: name.rpartition("/")[2])
def test_for_those_who_see_everything_the_causes_of_a_stored_number_are_its_change_to_the_tick(name: str) -> None:
    session = played(name)
    reasons = Reasons(session)
    for turn in (1, 2, 3):
        for why in everything(reasons, turn):
            if reasons.readings.is_derived(reasons.row(why.row)):
                continue
            assert sum(entry.amount for entry in why.entries) == why.change, why.row
            assert not any(entry.rest or entry.guess for entry in why.entries)


@pytest.mark.parametrize("name", SMALL, ids=lambda name: name.rpartition("/")[2])
def test_for_a_seat_causes_and_the_rest_are_the_change_it_believes(name: str) -> None:
    session = played(name)
    for seat in session.scenario.seats[:3]:
        reasons = Reasons(session, seat.id)
        for why in everything(reasons, 2):
            if why.sight is Sight.HIDDEN:
                assert why.entries == ()
            else:
                assert sum(entry.amount for entry in why.entries) == pytest.approx(why.change, abs=1e-6), why.row


@pytest.mark.parametrize("seed", [3, 7])
def test_what_ones_own_order_did_before_is_counted_in_what_rules_do_later_in_the_turn(seed: int) -> None:
    session = begin("la-pampa-2019", "lima", seed)
    options = session.options("lima")
    strike = next(o for o in options if o.candidate.move == "strike-camps" or "strike" in o.candidate.move)
    session.file("lima", strike.candidate.id, 1)
    session.resolve()
    reasons = Reasons(session, "lima")
    zone = next(name for name in strike.candidate.targets.values() if name in session.engine.cast.entities)
    camps = session.engine.layout.row(zone, "mining_camps")
    why = reasons.why(f"{zone}.forest_lost", 1)
    struck = sum(deed.amount for deed in reasons.deeds(reasons.report(1).outcomes[0], 1) if deed.row == camps)
    held = reasons.beliefs.at_start_of(1)[camps]
    destroyed = next(entry for entry in why.entries if not entry.rest)
    parameter = destroyed.numbers[0].value
    assert struck < 0 or reasons.report(1).outcomes[0].fate is Fate.FAILED
    # rules that run between the order and this one may give some camps back
    assert parameter * (held + struck) <= destroyed.amount * (1 + 1e-3)
    assert destroyed.amount <= parameter * (held + 0.8 * struck) * (1 + 1e-3)
    assert abs(sum(entry.amount for entry in why.entries) - why.change) < 1e-6


def test_a_group_tells_the_causes_of_its_members_rule_by_rule() -> None:
    session = played()
    reasons = Reasons(session)
    whole = reasons.why("valley.crop_ha", 1)
    parts = [reasons.why(f"{zone}.crop_ha", 1) for zone in ("uplands", "river", "town")]
    assert whole.change == sum(part.change for part in parts)
    rules = {entry.rule: entry.amount for entry in whole.entries}
    grown = [e.amount for part in parts for e in part.entries if e.rule == "crop-follows-price"]
    assert rules["crop-follows-price"] == pytest.approx(sum(grown), abs=TICK)
    assert len({entry.rule for entry in whole.entries}) == len(whole.entries)


def test_a_computed_number_tells_its_inputs() -> None:
    why = Reasons(played()).why("uplands.pressure", 1)
    assert why.working is not None
    assert "Trust in the state" in why.working.en
    assert all(entry.kind is None for entry in why.entries)
    assert sum(entry.amount for entry in why.entries) == pytest.approx(why.change, abs=1e-5)


@pytest.mark.parametrize(
    ("number", "turn", "sentence"),
    [
        ("uplands.crop", 1, "There is no number"),
        ("uplands.crop_ha", 9, "turns 1 to 3 have"),
        ("constant.0.0", 1, "no number"),
    ],
)
def test_what_is_not_there_is_refused(number: str, turn: int, sentence: str) -> None:
    with pytest.raises(SessionError, match=sentence):
        Reasons(played()).why(number, turn)


# ── what a seat knows ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_seat_reckons_causes_from_its_own_estimates() -> None:
    session = played()
    reasons = Reasons(session, "presidency")
    why, row = reasons.why("uplands.crop_ha", 1), session.engine.layout.row("uplands", "crop_ha")
    grown = next(e for e in why.entries if e.rule == "crop-follows-price")
    believed = session.eyes("presidency").look_at(session.world, 1)[row]
    outcomes = [o for o in reasons.report(1).outcomes if reasons.surmise is not None and reasons.surmise.known(o)]
    believed += sum(deed.amount for o in outcomes for deed in reasons.deeds(o, 1) if deed.row == row)
    assert grown.guess
    assert grown.working is not None
    assert f"Crop area {believed:.0f}" in grown.working.en
    assert why.entries[-1].rest


def test_own_numbers_are_told_exactly() -> None:
    why = Reasons(played(), "presidency").why("government.treasury", 1)
    assert not any(entry.guess or entry.rest for entry in why.entries)


def test_true_odds_are_not_told_to_a_seat_and_its_own_are() -> None:
    session = played()
    order = next(o for o in session.reports[0].outcomes if o.seat == "presidency" and o.odds is not None)
    reasons = Reasons(session, "presidency")
    lucks = [e.luck.en for why in everything(reasons, 1) for e in why.entries if e.luck is not None]
    assert lucks
    assert all(luck.startswith("odds by your estimates") for luck in lucks)
    assert order.reckoned is not None
    assert order.reckoned != order.odds


def test_an_order_that_nobody_saw_is_no_cause_for_others() -> None:
    session = played("vraem-2020", "congress")
    hidden = {o.order for o in session.reports[0].outcomes if not o.open and o.seat != "congress"}
    assert hidden
    reasons = Reasons(session, "congress")
    told = {cause.order for row in range(session.engine.layout.count) for cause in _surmised(reasons, row)}
    assert not told & hidden


def _surmised(reasons: Reasons, row: int):  # type: ignore[no-untyped-def]
    assert reasons.surmise is not None
    return reasons.surmise.causes(row, reasons.report(1))


@pytest.mark.parametrize(("name", "seat"), [(TOY, "presidency"), (TOY, "bosses"), ("vraem-2020", "presidency")])
def test_what_a_seat_is_told_does_not_depend_on_what_it_cannot_see(name: str, seat: str) -> None:
    """The same session with every hidden number and every unseen cause made up differently reads the same."""
    session, other = played(name, seat), play(begin(name, seat), 3)
    eyes, layout = session.eyes(seat), session.engine.layout
    unseen = {n for row, n in enumerate(layout.names) if eyes.seen[row].sight is not Sight.EXACT}
    for number, report in enumerate(other.reports):
        kept = tuple(cause for cause in report.causes if cause.number not in unseen)
        made_up = tuple(replace(c, ticks=c.ticks * 3 + 7) for c in report.causes if c.number in unseen)[::2]
        odds = tuple(replace(o, odds=None if o.odds is None else o.odds / 3) for o in report.outcomes)
        other.reports[number] = replace(report, causes=(*made_up, *kept), outcomes=odds)
    hidden = [row for row in range(layout.sections.constants) if eyes.seen[row].sight is Sight.HIDDEN]
    for past in (*other.world.past, other.world.values):
        past[hidden] = layout.low[hidden][:, None]
    assert tellings(session, seat) == tellings(other, seat)


def tellings(session: Session, seat: str) -> list[object]:
    """Return everything that a seat is told of turns played: whys, choice of changes, standings, news."""
    reasons, matters = Reasons(session, seat), Matters(session, seat)
    told: list[object] = [everything(reasons, turn) for turn in (1, 2, 3)]
    told += [matters.changed(reasons, session.view(seat), turn, 12) for turn in (1, 2, 3)]
    told += [matters.standings(reasons.beliefs, turn) for turn in (1, 2, 3, 4)]
    told += [[(n.id, n.text) for n in news_of(session, turn, seat)] for turn in (1, 2, 3, 4)]
    return told


def test_beliefs_of_turns_before_a_fork_are_those_that_were_held() -> None:
    """New luck is drawn from the fork on; what was believed before it was drawn from the old seed."""
    session = played()
    branch = Session.open(session.store, fork(session.store, session.id, 3, seed=99), Bots)
    for seat in session.scenario.seats:
        held, again = (s.eyes(seat.id) for s in (session, branch))
        for turn in (1, 2):
            before, after = held.look_at(session.world, turn), again.look_at(branch.world, turn)
            assert before.tobytes() == after.tobytes()
    told = [Reasons(s, "presidency").why("valley.crop_ha", 1) for s in (session, branch)]
    assert (told[0].before, told[0].after) == (told[1].before, told[1].after)
    assert [e.amount for e in told[0].entries] == [e.amount for e in told[1].entries]


def test_services_that_count_badly_go_on_counting_badly_after_a_fork_with_new_luck() -> None:
    """The lasting error of an estimate was drawn once, at the beginning; only what is new each turn is drawn anew."""
    session = played()
    branch = Session.open(session.store, fork(session.store, session.id, 3, seed=99), Bots)
    row = session.engine.layout.row("uplands", "crop_ha")
    truth = float(session.world.past[2][row, 0])
    held, anew = (float(s.eyes("presidency").look_at(s.world, 3)[row]) for s in (session, branch))
    assert held != anew
    assert abs(held - anew) < abs(held - truth)


def test_what_a_seat_is_shown_after_a_fork_with_new_luck_is_what_its_orders_are_weighed_by() -> None:
    session = played()
    branch = play(Session.open(session.store, fork(session.store, session.id, 3, seed=99), Bots), 1)
    assert verify(branch.store, branch.id, Bots).difference is None
    for seat in branch.scenario.seats:
        view = branch.view(seat.id)
        places = [(true, at) for (of, true), at in branch.engine.sights.places.items() if of == seat.id]
        assert all(view.values[true] == branch.world.values[at, 0] for true, at in places)


# ── whose, and what came of it ───────────────────────────────────────────────────────────────────────────────────


def heads(reasons: Reasons, turn: int) -> set[str]:
    """Return how causes of a turn are told, without whom or where they were about."""
    return {e.head.en for why in everything(reasons, turn) for e in why.entries if e.head is not None}


def test_a_seat_reads_whether_an_order_was_its_own() -> None:
    session = played()
    own = [o for o in session.reports[0].outcomes if o.seat == "presidency"]
    assert own
    told = heads(Reasons(session, "presidency"), 1)
    assert any(head.startswith(("your order: ", "your failed order: ")) for head in told)
    assert not any("by The government" in head for head in told)
    everybody = heads(Reasons(session), 1)
    assert any("by The government: " in head for head in everybody)
    assert not any("your" in head for head in everybody)


@pytest.mark.parametrize("fate", [Fate.SUCCEEDED, Fate.FAILED])
def test_a_cause_says_that_its_order_failed(fate: Fate) -> None:
    session = play(begin(), 1)
    outcome = next(o for o in session.reports[0].outcomes if o.seat == "presidency" and o.odds is not None)
    report = session.reports[0]
    session.reports[0] = replace(report, outcomes=tuple(replace(o, fate=fate) for o in report.outcomes))
    title = session.scenario.ruleset.moves[outcome.move].title.en
    failed = f"failed order by The government: {title}" in heads(Reasons(session), 1)
    assert failed is (fate is Fate.FAILED)


def test_causes_of_one_rule_are_told_as_one() -> None:
    """Thirty routes on which something was seized are one cause, with the largest of them named."""
    session = played("vraem-2020", "congress")
    why = Reasons(session, "congress").why("peru.seized", 1)
    seizures = [e for e in why.entries if e.rule == "seizures-add-up"]
    assert len(seizures) == 1
    assert len(seizures[0].parts) > 10
    assert len({part.whom for part in seizures[0].parts}) > 10
    assert sum(part.amount for part in seizures[0].parts) == pytest.approx(seizures[0].amount, abs=1e-6)


@pytest.mark.parametrize("ended", [False, True])
def test_what_an_order_did_is_what_the_ledger_says_of_it(ended: bool) -> None:
    session = played(turns=8) if ended else played()
    assert session.ended is ended
    reasons = Reasons(session, "presidency")
    told = 0
    for outcome in (o for o in session.reports[0].outcomes if o.seat == "presidency"):
        for deed in reasons.deeds(outcome, 1):
            name = session.engine.layout.names[deed.row]
            lines = [c for c in session.reports[0].causes if c.order == outcome.order and c.number == name]
            assert deed.guess or deed.amount == sum(c.amount for c in lines if c.kind is CauseKind.MOVE)
            assert not (ended and deed.guess)
            told += 1
    assert told


def test_parameters_are_told_with_their_ranges_and_what_they_rest_on() -> None:
    why = Reasons(played(), "presidency").why("uplands.crop_ha", 1)
    grown = next(e for e in why.entries if e.rule == "crop-follows-price")
    growth = next(given for given in grown.numbers if given.parameter.name == "growth")
    assert (growth.value, growth.parameter.low, growth.parameter.high) == (0.05, 0.0, 0.15)
    assert grown.working is not None
    assert "growth 0.05" in grown.working.en
    assert "growth" not in grown.working.es


def test_what_is_left_over_of_an_exact_number_is_not_called_an_error_of_its_estimate() -> None:
    session = played("vraem-2020", "congress")
    reasons = Reasons(session, "congress")
    rests = {(why.sight, e.title.en) for why in everything(reasons, 1) for e in why.entries if e.rest}
    assert {title for sight, title in rests if sight is Sight.EXACT} == {
        "the rest: your estimates by which these were reckoned err, or causes are hidden from you"
    }
    assert {title for sight, title in rests if sight is Sight.ESTIMATED} == {
        "the rest: error of your estimate, or causes hidden from you"
    }


# ── what matters, what is told ───────────────────────────────────────────────────────────────────────────────────


def test_numbers_of_objectives_come_first_among_changes() -> None:
    session = played()
    matters, reasons = Matters(session, "presidency"), Reasons(session, "presidency")
    changes = matters.changed(reasons, session.view("presidency"), 1, 12)
    wanted = {session.engine.layout.names[row] for rows in matters.objectives.values() for row in rows}
    first = [why.row in wanted for why in changes]
    assert first[0]
    assert "valley.crop_ha" in {why.row for why in changes}
    assert not any(why.row == "government.treasury" for why in changes)  # means are told elsewhere


def test_believed_degrees_are_those_of_the_numbers_believed() -> None:
    session = played()
    standings = {
        s.objective.id: s for s in Matters(session, "presidency").standings(Reasons(session, "presidency").beliefs, 4)
    }
    view = session.view("presidency")
    crop = view.values[session.engine.layout.row("valley", "crop_ha")]
    assert standings["less-crop"].degree == pytest.approx(1 - min(max((crop - 1500) / 4500, 0), 1))


@pytest.mark.parametrize("name", SMALL, ids=lambda name: name.rpartition("/")[2])
def test_objectives_are_reckoned_at_the_end_as_they_were_scored(name: str) -> None:
    """Also those that read the turn, or numbers of turns before."""
    session = begin(name)
    while not session.ended:
        session.resolve()
    end, truth = session.reports[-1].end, Beliefs(session.engine, session.world, None)
    assert end is not None
    for seat in session.scenario.seats:
        standings = Matters(session, seat.id).standings(truth, session.turn + 1)
        assert {s.objective.id: s.degree for s in standings} == pytest.approx(end["objectives"][seat.id], abs=1e-5)


def test_a_number_that_begins_to_count_at_a_threshold_has_a_good_direction() -> None:
    session = begin("vraem-2020", "presidency")
    good = session.eyes("presidency").good
    row = session.engine.layout.row
    assert good[row("peru", "relief")] == 1
    assert good[row("peru", "covid_deaths")] == -1
    assert good[row("peru", "removed")] == -1


def test_the_members_of_a_group_serve_as_the_group_serves() -> None:
    session = begin("vraem-2020", "presidency")
    row = session.engine.layout.row
    for seat, group, attribute, sign in (
        ("presidency", "vraem", "trust", 1),
        ("armed-forces", "vraem", "control", 1),
        ("valley-communities", "vraem", "civilians_killed", -1),
    ):
        good = session.eyes(seat).good
        assert good[row(group, attribute)] == sign
        assert good[row("vizcatan", attribute)] == good[row("ene_apurimac", attribute)] == sign
    eyes = session.eyes("washington")
    assert eyes.good[row("peru", "coca_area")] == eyes.good[row("vizcatan", "crop_ha")] == -1
    assert eyes.view(session.world).reading("vizcatan", "crop_ha").good == -1
    assert not session.eyes("remnant").good[row("vizcatan", "trust")]


def test_injects_reach_their_audience_and_what_is_expected_only_the_facilitator() -> None:
    session = played()
    told = {seat.id: {n.id for n in news_of(session, 3, seat.id)} for seat in session.scenario.seats}
    assert "journalist" in told["presidency"]
    assert "journalist" not in told["bosses"]
    journalist = next(n for n in news_of(session, 3) if n.id == "journalist")
    assert journalist.expected is not None


def test_injects_of_the_first_turn_are_read_in_its_brief() -> None:
    session = begin("vraem-2020")
    first = {i.id for i in session.scenario.injects if i.trigger.kind == "turn" and i.trigger.turn == 1}
    assert {news.id for news in news_of(session, 1)} == first


def test_results_tell_of_events_and_leave_injects_to_the_next_brief() -> None:
    session = played()
    assert "journalist" in {n.id for n in news_of(session, 3, "presidency", "inject")}
    assert "journalist" not in {n.id for n in news_of(session, 3, "presidency", "event")}
    both = {n.id for kind in ("event", "inject") for n in news_of(session, 3, None, kind)}
    assert both == {n.id for n in news_of(session, 3)}


def test_an_order_does_what_was_foreseen_when_estimates_are_right() -> None:
    """Forcing on own numbers: what the seat sees exactly must come out as told."""
    session = begin()
    option = next(o for o in session.options("presidency") if o.candidate.move == "declare-emergency")
    foreseen = prospects(Reasons(session, "presidency"), option.candidate, 1)
    session.file("presidency", option.candidate.id)
    session.resolve()
    for prospect in foreseen:
        entries = Reasons(session).why(session.engine.layout.names[prospect.row], 1).entries
        done = [e.amount for e in entries if e.kind is CauseKind.MOVE and e.rule == "declare-emergency"]
        assert done == [prospect.amount]


def test_what_is_foreseen_of_an_order_counts_modifiers_in() -> None:
    session = begin("vraem-2020", "clans")
    option = next(o for o in session.options("clans") if o.candidate.move == "finance-campaigns-and-favours")
    reasons = Reasons(session, "clans")
    foreseen = {p.row: p.amount for p in prospects(reasons, option.candidate, 1) if p.case == "always"}
    assert [size for _, size in scaling(reasons, option.candidate, 1)] == [1.3]
    session.file("clans", option.candidate.id)
    session.resolve()
    row = session.engine.layout.row("clans", "casework")
    lines = [c for c in session.reports[0].causes if c.number == "clans.casework" and c.order == option.candidate.key]
    assert foreseen[row] == pytest.approx(sum(c.amount for c in lines if c.kind is CauseKind.MOVE), abs=1e-5)
