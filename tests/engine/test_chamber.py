"""Bodies at work: who sits, what is voted when, why members lean, and nothing done without adoption."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.house import CARD, MEMBERS, PACK, House, built, house, the_engine
from tests.engine.scenes import LEAGUE, RANDOM, start, table
from wargame.engine import turn
from wargame.engine.chamber import SILENT
from wargame.engine.engine import Engine
from wargame.engine.views import SeatEyes
from wargame.model.institutions import Verdict
from wargame.model.kinds import Sight
from wargame.model.ledger import CauseKind, Ledger, Line
from wargame.model.world import World

CONSENSUS, WEIGHTED, MAJORITY = "text_consensus_league", "text_weighted_league", "text_majority_league_gama"
SIGNED, SECRET, ON_DORADO = "text_signers_league", "text_simple_league", "text_unanimity_league_dorado"


def ballot(member: str, proposal: str) -> str:
    return f"ballot({member}, {proposal})"


def lines_of(ledger: Ledger, kind: CauseKind) -> list[Line]:
    return [line for line in ledger.lines if line.cause.kind is kind]


# ── nothing without adoption ─────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000), play=st.sampled_from(["", RANDOM]), lens=st.sampled_from(["friendly", "moody"]))
def test_nothing_takes_effect_that_was_not_adopted_or_rejected_in_that_turn(seed: int, play: str, lens: str) -> None:
    engine, bots = table(LEAGUE, play, lens)
    world, names = start(engine, 1, seed), engine.layout.names
    while not world.ended.all():
        agenda = set(_on_the_agenda(engine, world, bots.choose(world)))
        ledger = Ledger([])
        turn.play(engine, world, bots.choose(world), ledger, voters=bots)
        verdicts = {p: _value(engine, world, p, "outcome") for p in agenda}
        raised = {names[line.row] for line in lines_of(ledger, CauseKind.VOTE) if line.amount > 0}
        for p, verdict in verdicts.items():
            assert (f"{p}.adopted" in raised) == (verdict == Verdict.ADOPTED)
            assert (f"{p}.rejected" in raised) == (verdict not in (Verdict.ADOPTED, Verdict.PENDING))
        for line in lines_of(ledger, CauseKind.RESOLUTION):
            p = dict(line.cause.bound)["p"]
            assert p in agenda
            assert verdicts[p] != Verdict.PENDING
            loses = names[line.row] == "league.cohesion" and line.amount == -1.0
            assert loses == (verdicts[p] != Verdict.ADOPTED)


def _on_the_agenda(engine: Engine, world: World, orders: object) -> list[str]:
    chamber, ahead = engine.chamber, world.fork()
    assert chamber is not None
    turn.convene(engine, ahead, orders, engine.changes(ahead))  # type: ignore[arg-type]
    return [p for p, on in zip(chamber.proposals, chamber.agenda(ahead).proposals[:, 0], strict=True) if on]


def _value(engine: Engine, world: World, owner: str, name: str) -> float:
    return float(world.values[engine.layout.row(owner, name), 0])


def test_what_is_adopted_takes_effect_once_and_what_is_rejected_otherwise() -> None:
    here = house()
    here.table(MAJORITY)
    here.play(alba=1, boreas=1, celta=1, dorado=1)
    assert here.verdict(MAJORITY) is Verdict.ADOPTED
    assert next(line.amount for line in here.lines(CauseKind.RESOLUTION) if line.cause.bound[0][0] == "p") == 2.0
    assert here.get(MAJORITY, "tabled") == here.get(MAJORITY, "waited") == here.get(MAJORITY, "adopted") == 0
    here.play(alba=1, boreas=1, celta=1, dorado=1)
    assert here.lines(CauseKind.RESOLUTION) == []
    here.table(MAJORITY)
    here.play(alba=1)
    assert here.verdict(MAJORITY) is Verdict.SHORT
    assert [line.amount for line in here.lines(CauseKind.RESOLUTION)] == [-1.0]


def test_what_is_signed_reaches_its_signers_alone() -> None:
    here = house()
    here.table(SIGNED)
    here.play(alba=1, boreas=1, celta=1, dorado=-1)
    assert here.verdict(SIGNED) is Verdict.ADOPTED
    reached = {dict(line.cause.bound).get("m") for line in here.lines(CauseKind.RESOLUTION)} - {None}
    assert reached == {"alba", "boreas", "celta"}
    here.table(MAJORITY)
    here.play(alba=1, boreas=1, celta=1, estrella=1, dorado=-1)
    reached = {dict(line.cause.bound).get("m") for line in here.lines(CauseKind.RESOLUTION)} - {None}
    assert "dorado" in reached


# ── who sits ─────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    votes=st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from([-1, 0, 1])),
    suspended=st.sets(st.sampled_from(MEMBERS)),
    absent=st.sets(st.sampled_from(MEMBERS)),
    gone=st.sets(st.sampled_from(MEMBERS)),
)
def test_absent_suspended_and_departed_members_are_counted_as_such(
    votes: dict[str, int], suspended: set[str], absent: set[str], gone: set[str]
) -> None:
    here = house()
    for member in MEMBERS:
        here.join(member, suspended=member in suspended, absent=member in absent, standing=member not in gone)
    here.table(SECRET)
    here.play(**votes)
    sitting = set(MEMBERS) - suspended - gone
    room = sitting - absent
    ways = [sum(votes.get(m, 0) == way for m in room) for way in (1, -1, 0)]
    assert here.counts(SECRET) == (*ways, len(sitting & absent))
    for member in MEMBERS:
        assert here.get(ballot(member, SECRET), "cast") == (member in room)
        assert here.get(ballot(member, SECRET), "vote") == (votes.get(member, 0) if member in room else 0)


def test_an_inactive_member_neither_votes_nor_takes_the_chair() -> None:
    here = House(
        Engine(built((CARD, "{id: dorado, kind: state,", "{id: dorado, kind: state, inactive: true,")), keep_all=True)
    )
    here.join("celta", chair=1)
    here.table(SECRET)
    here.play(alba=1, dorado=1)
    assert here.counts(SECRET)[0] == 1
    assert here.get("membership(dorado, league)", "chair") == 0
    assert here.get("membership(estrella, league)", "chair") == 1


@pytest.mark.parametrize(
    ("change", "verdict"), [({"dormant": 1.0}, Verdict.NO_BODY), ({"active": 0.0}, Verdict.NO_BODY)]
)
def test_a_body_that_is_asleep_or_not_founded_decides_nothing(change: dict[str, float], verdict: Verdict) -> None:
    here = house()
    here.put("league", **change)
    here.table(MAJORITY)
    here.play(**dict.fromkeys(MEMBERS, 1))
    assert here.verdict(MAJORITY) is verdict


def test_the_one_concerned_has_no_vote_where_the_organ_excludes_it() -> None:
    here = house()
    here.table(ON_DORADO)
    here.table(SECRET)
    here.play(dorado=-1)
    assert here.get(ballot("dorado", ON_DORADO), "cast") == 0
    assert here.get(ballot("dorado", SECRET), "cast") == 1
    assert here.get(ballot("dorado", ON_DORADO), "concerned") == 1


# ── when a vote is taken ─────────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_voted_in_the_turn_after_it_is_tabled_unless_the_organ_may_meet_at_once() -> None:
    here = house()
    here.put(WEIGHTED, tabled=1, urgent=1)
    here.put(MAJORITY, tabled=1, urgent=1)
    here.put(SECRET, tabled=1)
    here.play()
    assert here.verdict(MAJORITY) is Verdict.SHORT
    assert here.verdict(WEIGHTED) is here.verdict(SECRET) is Verdict.NONE
    here.play()
    assert here.verdict(WEIGHTED) is here.verdict(SECRET) is Verdict.SHORT


def test_a_text_that_was_taken_off_the_agenda_begins_anew() -> None:
    here = house()
    here.put(SECRET, tabled=1)
    here.play()
    here.put(SECRET, tabled=0)
    here.play()
    here.put(SECRET, tabled=1)
    here.play()
    assert here.verdict(SECRET) is Verdict.NONE
    here.play()
    assert here.verdict(SECRET) is Verdict.SHORT


def test_sponsors_fall_away_when_a_text_is_decided_and_not_before() -> None:
    here = house()
    for proposal in (CONSENSUS, MAJORITY):
        here.put(ballot("alba", proposal), sponsor=1)
        here.table(proposal)
    here.play(alba=1)
    assert here.verdict(CONSENSUS) is Verdict.PENDING
    assert here.get(ballot("alba", CONSENSUS), "sponsor") == 1
    assert here.get(ballot("alba", MAJORITY), "sponsor") == 0


@pytest.mark.parametrize(
    ("votes", "verdict"),
    [
        ({"alba": -1, "boreas": -1}, Verdict.ADOPTED),
        ({"estrella": -1}, Verdict.OBJECTED),
        ({"estrella": 1}, Verdict.ADOPTED),
    ],
)
@pytest.mark.parametrize("returns", [False, True])
def test_the_absent_may_object_a_turn_later_and_what_was_voted_stands(
    votes: dict[str, int], verdict: Verdict, returns: bool
) -> None:
    here = house()
    here.table(CONSENSUS)
    here.play(alba=1, boreas=1)
    assert here.verdict(CONSENSUS) is Verdict.PENDING
    assert here.lines(CauseKind.RESOLUTION) == []
    assert here.get(CONSENSUS, "tabled") == here.get(CONSENSUS, "pending") == 1
    first = here.counts(CONSENSUS)
    here.join("estrella", absent=not returns)
    here.play(**votes)
    assert here.verdict(CONSENSUS) is verdict
    assert here.counts(CONSENSUS) == first == (2, 0, 3, 1)
    assert here.get(ballot("alba", CONSENSUS), "vote") == 1
    assert here.get(ballot("estrella", CONSENSUS), "vote") == (votes.get("estrella", 0) == -1) * -1
    assert here.get(CONSENSUS, "tabled") == here.get(CONSENSUS, "pending") == 0


# ── why members lean ─────────────────────────────────────────────────────────────────────────────────────────


def _reasons(here: House, engine: Engine) -> dict[tuple[str, str], dict[str, float]]:
    """Return what the interests say: (member, proposal) → interest → points."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for line in here.lines(CauseKind.INTEREST):
        bound = dict(line.cause.bound)
        assert engine.layout.names[line.row] == f"{bound['b']}.inclination"
        found[bound["m"], bound["p"]][line.cause.rule] = line.amount
    return found


def _silently(here: House) -> None:
    here.ledger = Ledger([])
    turn.play(here.engine, here.world, here.engine.orders([[]]), here.ledger, voters=SILENT)


def test_a_vote_follows_from_an_inclination_that_is_explained_line_by_line() -> None:
    here = house()
    for proposal, strength in ((ON_DORADO, 60.0), (SECRET, 100.0)):
        here.table(proposal)
        here.put(proposal, strength=strength)
        here.put(ballot("celta", proposal), lobbied=30.0)
    before = {m: _affinity(here, m, "dorado") for m in MEMBERS}
    _silently(here)
    reasons = _reasons(here, here.engine)
    assert {p for _, p in reasons} == {ON_DORADO, SECRET}
    resets = {line.row: line.amount for line in here.lines(CauseKind.RESET)}
    for (member, proposal), said in reasons.items():
        strength = 60.0 if proposal == ON_DORADO else 100.0
        assert said.get("strong-texts-frighten", 0.0) == pytest.approx(20 - 0.2 * strength, abs=1e-5)
        friends = -1.4 * (before.get(member, 50.0) - 50.0) if proposal == ON_DORADO else 0.0
        if member == "dorado" and proposal == ON_DORADO:
            friends = -60.0
        if member in before:
            assert said.get("friends-shield-friends", 0.0) == pytest.approx(friends, abs=1e-5)
        assert said.get("lobbying-pays", 0.0) == (30.0 if member == "celta" else 0.0)
        total = sum(said.values())
        row = here.engine.layout.row(ballot(member, proposal), "inclination")
        assert resets[row] == -total
        if member in ("alba", "boreas", "celta", "gama"):
            vote = 1 if total > 10 else -1 if total < -10 else 0
            assert here.get(ballot(member, proposal), "vote") == vote


def _affinity(here: House, one: str, other: str) -> float:
    for name in (f"alignment({one}, {other})", f"alignment({other}, {one})"):
        if (name, "affinity") in here.engine.layout.index:
            return here.get(name, "affinity")
    return 50.0


def test_a_lens_switches_an_interest_and_the_effects_of_a_resolution_off_and_turns_another_up() -> None:
    found = {}
    for lens in ("friendly", "moody"):
        here = house(lens)
        for proposal in (ON_DORADO, WEIGHTED, MAJORITY):
            here.table(proposal)
        here.play(**dict.fromkeys(MEMBERS, 1))
        assert here.verdict(WEIGHTED) is here.verdict(MAJORITY) is Verdict.ADOPTED
        found[lens] = {line.cause.rule for line in here.ledger.lines}, _reasons(here, here.engine)
    assert found["friendly"][0] - found["moody"][0] == {"friends-shield-friends", "text-weighted"}
    for at, said in found["moody"][1].items():
        assert said["mood"] == pytest.approx(1.5 * found["friendly"][1][at]["mood"], abs=1e-5)


def test_members_that_a_seat_controls_read_its_view_and_the_others_the_truth() -> None:
    amount = "20 - 0.2 * p.strength + p.sponsors"
    engine = Engine(built((PACK, amount, "p.subject.legitimacy - 50")), keep_all=True)
    here = House(engine)
    seats = {actor: seat for seat in engine.scenario.seats for actor in seat.actors}
    views = {actor: SeatEyes(engine, seat).view(here.world) for actor, seat in seats.items()}
    truth = here.get("gama", "legitimacy")
    here.table(MAJORITY)
    _silently(here)
    for (member, _), said in _reasons(here, engine).items():
        seen = views[member].reading("gama", "legitimacy").value if member in seats else truth
        assert said["strong-texts-frighten"] == seen - 50
        assert (seen == truth) == (member not in seats)


def test_a_doctrine_leans_for_the_members_of_its_own_seat_from_its_own_view() -> None:
    leaning = "- {resolution: text-majority, when: p.strength > 60, amount: -30}"
    changed = "- {resolution: text-majority, amount: p.subject.legitimacy - 40}"
    from wargame.bots.bots import Bots

    engine = Engine(built((PACK, leaning, changed)), keep_all=True)
    plays = {"alba-cell": "convener", "boreas-cell": "sulker", "dorado-cell": "sulker"}
    bots = Bots(engine, plays)
    here = House(engine)
    seats = {seat.actors[0]: seat for seat in engine.scenario.seats}
    views = {actor: SeatEyes(engine, seat).view(here.world) for actor, seat in seats.items()}
    for proposal in (MAJORITY, SECRET):
        here.table(proposal)
    here.ledger = Ledger([])
    turn.play(engine, here.world, engine.orders([[]]), here.ledger, voters=bots)
    leans = {at: set(said) & {"convener", "sulker"} for at, said in _reasons(here, engine).items()}
    assert {at: said for at, said in leans.items() if said} == {
        ("alba", MAJORITY): {"convener"},
        ("alba", SECRET): {"convener"},
        ("boreas", MAJORITY): {"sulker"},
        ("dorado", MAJORITY): {"sulker"},
    }
    for member in ("boreas", "dorado"):
        seen = views[member].reading("gama", "legitimacy").value
        assert _reasons(here, engine)[member, MAJORITY]["sulker"] == seen - 40


# ── who sees what ────────────────────────────────────────────────────────────────────────────────────────────


def test_single_votes_of_a_secret_ballot_are_seen_by_the_voter_alone() -> None:
    engine = the_engine()
    for seat in engine.scenario.seats:
        eyes = SeatEyes(engine, seat)
        for member in (*MEMBERS, "fuego"):
            own = member in seat.actors
            for name in ("vote", "cast"):
                secret = eyes.seen[engine.layout.row(ballot(member, SECRET), name)].sight
                assert secret is (Sight.EXACT if own else Sight.HIDDEN)
                assert eyes.seen[engine.layout.row(ballot(member, WEIGHTED), name)].sight is Sight.EXACT


def test_how_others_voted_in_secret_leaves_no_trace_in_a_view_but_the_count() -> None:
    engine = the_engine()
    seat = engine.scenario.seats[engine.seat_number("alba-cell")]
    views = []
    for votes in ({"boreas": 1, "celta": -1}, {"boreas": -1, "celta": 1}):
        here = house()
        here.table(SECRET)
        here.play(alba=1, **votes)
        for member in ("boreas", "celta"):  # an effect of the sample resolution that tells how a member voted
            here.put(member, legitimacy=50)
        engine.look(here.world)
        views.append(SeatEyes(engine, seat).view(here.world).fingerprint())
    assert views[0] == views[1]


# ── chairs ───────────────────────────────────────────────────────────────────────────────────────────────────

ORDER = ("alba", "boreas", "celta", "dorado", "estrella")


def _holder(here: House) -> list[str]:
    return [m for m in MEMBERS if here.get(f"membership({m}, league)", "chair")]


@cache
def _patient_engine() -> Engine:
    patient = "turns: 2, outlasts_suspension: true, held:"
    return Engine(built((PACK, "turns: 2, held:", patient)), keep_all=True)


def _patient() -> House:
    """Return a league in which a chair is kept to the end of its term."""
    return House(_patient_engine())


@given(
    holder=st.sampled_from([*ORDER, None]),
    out=st.sets(st.sampled_from(ORDER)),
    suspended=st.sets(st.sampled_from(ORDER)),
    left=st.integers(0, 3),
    frozen=st.booleans(),
    dormant=st.booleans(),
    outlasts=st.booleans(),
)
def test_the_chair_goes_to_the_next_in_the_order_that_sits_when_its_term_is_over_or_its_holder_out(
    holder: str | None, out: set[str], suspended: set[str], left: int, frozen: bool, dormant: bool, outlasts: bool
) -> None:
    here = _patient() if outlasts else house()
    for member in ORDER:
        here.join(member, chair=member == holder, standing=member not in out, suspended=member in suspended)
    here.put("league", chair_left=left, chair_frozen=frozen, dormant=dormant)
    here.play()
    lost = holder in out | suspended and not outlasts
    if dormant or (not lost and (frozen or left > 1)):
        assert _holder(here) == ([holder] if holder else [])
        assert here.get("league", "chair_left") == (left if dormant else max(left - 1, 0))
        return
    after = ORDER.index(holder) + 1 if holder else 0
    turned = [m for m in (*ORDER[after:], *ORDER[:after]) if m not in out | suspended]
    assert _holder(here) == turned[:1]
    assert here.get("league", "chair_left") == 2


def test_a_hand_over_that_was_refused_happens_when_it_no_longer_is() -> None:
    here = house()
    here.put("league", chair_frozen=1)
    for _ in range(3):
        here.play()
    assert _holder(here) == ["celta"]
    here.put("league", chair_frozen=0)
    here.play()
    assert _holder(here) == ["dorado"]


# ── the first day ────────────────────────────────────────────────────────────────────────────────────────────

STATUS: dict[str, dict[str, dict[str, float]]] = {
    "2000-01-01": {},
    "2018-12-31": {"estrella": {"standing": 1.0}, "gama": {}, "hidra": {"standing": 1.0, "suspended": 1.0}},
    "2019-01-01": {"estrella": {"standing": 1.0, "absent": 1.0}, "fuego": {}},
    "2019-12-01": {"gama": {"standing": 1.0, "notice": 3.0}},
    "2020-05-31": {"gama": {"standing": 1.0, "notice": 1.0}},
    "2020-06-01": {"gama": {}},
}


@pytest.mark.parametrize("day", STATUS)
def test_memberships_are_those_of_the_first_day(day: str) -> None:
    scenario = built((CARD, "start: 2020-01-01", f"start: {day}"))
    ties = {t.source: {n: v.value for n, v in t.values.items()} for t in scenario.ties if t.type == "membership"}
    assert len(ties) == 8
    nothing = dict.fromkeys(("standing", "absent", "suspended", "notice"), 0.0)
    expected = STATUS[day] or {member: {} for member in ties}
    for member, values in expected.items():
        assert {n: ties[member].get(n, 0.0) for n in nothing} == {**nothing, **values}, member
    assert {m: t["quota"] for m, t in ties.items() if t["quota"]} == {"alba": 50, "boreas": 25, "celta": 25}


@pytest.mark.parametrize(
    ("day", "step", "chair", "left", "notice"),
    [
        ("2020-01-01", "quarter", "celta", 1, 2),
        ("2019-06-01", "quarter", "celta", 2, 2),
        ("2019-06-20", "month", "celta", 2, 6),
        ("2019-07-03", "month", "celta", 1, 6),
        ("2019-05-31", "week", "alba", 2, 26),
        ("2000-01-01", "quarter", "", 2, 2),
    ],
)
def test_the_chair_on_the_first_day_is_as_held_and_has_what_is_left_of_its_term(
    day: str, step: str, chair: str, left: int, notice: int
) -> None:
    scenario = built((CARD, "start: 2020-01-01, step: quarter", f"start: {day}, step: {step}"))
    ties = [t for t in scenario.ties if t.type == "membership"]
    assert "".join(t.source for t in ties if t.values["chair"].value) == chair
    assert {t.values["notice_needed"].value for t in ties} == {notice}
    body = next(e for e in scenario.entities if e.id == "league")
    assert body.values["chair_left"].value == left


def test_what_a_scenario_says_of_a_body_itself_goes_before_its_charter() -> None:
    scenario = built(
        (
            CARD,
            "title: {en: the League, es: la Liga}, assumption",
            "title: {en: the League, es: la Liga}, values: {chair_left: 5}, assumption",
        ),
        (
            CARD,
            "\nties:\n",
            "\nties:\n  - {type: membership, from: alba, to: league, values: {votes: 3}, assumption: toy}\n",
        ),
    )
    assert next(e for e in scenario.entities if e.id == "league").values["chair_left"].value == 5
    ties = [t for t in scenario.ties if t.type == "membership" and t.source == "alba"]
    assert [sorted(t.values) for t in ties] == [["votes"]]
    assert sum(t.type == "ballot" and t.source == "alba" for t in scenario.ties) == 14


def test_a_suspended_member_does_not_begin_in_the_chair_and_notice_without_an_end_runs_as_the_charter_asks() -> None:
    scenario = built(
        (PACK, ", held: [{who: celta, from: 2019-06-01}]", ""),
        (PACK, "{who: alba, from: 2001-01-01}", "{who: alba, from: 2001-01-01, status: suspended}"),
        (
            PACK,
            "{who: gama, from: 2019-12-01, to: 2020-06-01, status: notice}",
            "{who: gama, from: 2019-12-01, status: notice}",
        ),
    )
    ties = {t.source: t.values for t in scenario.ties if t.type == "membership"}
    assert [m for m, v in ties.items() if v["chair"].value] == ["boreas"]
    assert ties["gama"]["notice"].value == 2


def test_a_member_whose_notice_has_run_out_is_gone() -> None:
    here = house()
    said = []
    for _ in range(3):
        said.append((here.get("membership(gama, league)", "notice"), here.get("membership(gama, league)", "standing")))
        here.table(SECRET)
        here.play()
    assert said == [(2, 1), (1, 1), (0, 0)]
    assert here.get(ballot("gama", SECRET), "cast") == 0
    assert sum(here.counts(SECRET)) == 5


# ── readings of ties ─────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=10)
@given(seed=st.integers(0, 1000), turns=st.integers(0, 6))
def test_who_may_table_is_derived_for_every_ballot(seed: int, turns: int) -> None:
    engine, bots = table(LEAGUE, RANDOM)
    world = start(engine, 1, seed)
    for _ in range(turns):
        if not world.ended.all():
            turn.play(engine, world, bots.choose(world), voters=bots)
    assert engine.chamber is not None
    found = []
    for bound in engine.chamber.ballots:
        membership = f"membership({bound['m']}, league)"
        has = {n: _value(engine, world, membership, n) for n in ("chair", "standing", "suspended")}
        may = _value(engine, world, bound["b"], "tabler") or (
            _value(engine, world, bound["b"], "chair_tables") and has["chair"]
        )
        awake = not _value(engine, world, "league", "dormant")
        found.append(bool(may and has["standing"] and not has["suspended"] and awake))
        assert _value(engine, world, bound["b"], "may_table") == found[-1]
    assert any(found)
    assert not all(found)
    keyed = [b["m"] for b, may in zip(engine.chamber.ballots, found, strict=True) if may and "keys" in b["p"]]
    assert set(keyed) <= {"alba", "boreas"}
    assert np.isfinite(world.values).all()
