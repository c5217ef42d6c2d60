"""Seats that two authorities claim: whoever the body seats has the vote, and a text can change who that is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.claimed import GAMA, HAND_OVER, RECOGNISED, RIVAL, SEAT, claimed_engine
from tests.engine.house import CARD, MEMBERS, PACK, House
from tests.engine.scenes import scenario
from wargame.engine import turn
from wargame.engine.chamber import UNTOLD, Told
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.institutions import Verdict
from wargame.model.ledger import CauseKind
from wargame.model.world import World

SECRET, ON_DORADO = "text_simple_league", "text_unanimity_league_dorado"
THREE_OF_FOUR = dict.fromkeys(("alba", "boreas", "celta", "dorado", "estrella"), 1)


def house(*changes: tuple[str, str, str]) -> House:
    return House(claimed_engine(*changes))


def ballot(member: str, proposal: str) -> str:
    return f"ballot({member}, {proposal})"


def test_the_member_votes_until_a_text_is_adopted_that_seats_its_rival() -> None:
    here = house()
    here.join("estrella", absent=0)
    here.join(GAMA, notice=0)
    here.table(SECRET)
    here.play(gama=1, gama_rival=-1)
    assert here.counts(SECRET) == (1, 0, 5, 0)
    here.table(HAND_OVER)
    here.play(**THREE_OF_FOUR)
    assert here.verdict(HAND_OVER) is Verdict.ADOPTED
    assert here.get(SEAT, "rival_seated") == 1
    here.table(SECRET)
    here.play(gama=1, gama_rival=-1)
    assert here.counts(SECRET) == (0, 1, 5, 0)
    assert here.get(ballot(RIVAL, SECRET), "cast") == 1
    assert here.get(ballot(GAMA, SECRET), "cast") == here.get(ballot(GAMA, SECRET), "vote") == 0


def test_the_rival_votes_by_its_own_interests() -> None:
    here = house()
    here.join(GAMA, rival_seated=1)
    here.put(ballot(RIVAL, SECRET), lobbied=90)
    here.table(SECRET)
    turn.play(here.engine, here.world, here.engine.orders([[]]), here.ledger_of_turn())
    mine = [line for line in here.lines(CauseKind.INTEREST, "lobbying-pays") if line.amount]
    assert {dict(line.cause.bound)["m"] for line in mine} == {RIVAL}
    assert here.get(ballot(RIVAL, SECRET), "vote") == 1


@settings(max_examples=60)
@given(
    votes=st.dictionaries(st.sampled_from([*MEMBERS, RIVAL]), st.sampled_from([-1, 0, 1])),
    rival_seated=st.booleans(),
    suspended=st.booleans(),
    gone=st.booleans(),
    away=st.sets(st.sampled_from([GAMA, RIVAL])),
    inactive=st.sets(st.sampled_from([GAMA, RIVAL])),
)
def test_of_the_two_one_is_counted_at_most_and_it_is_the_one_that_the_body_seats(
    votes: dict[str, int], rival_seated: bool, suspended: bool, gone: bool, away: set[str], inactive: set[str]
) -> None:
    here = house()
    here.join(GAMA, rival_seated=rival_seated, suspended=suspended, standing=not gone, votes=3)
    for who in (GAMA, RIVAL):
        here.join(who, absent=who in away)
        here.put(who, active=who not in inactive)
    here.table(SECRET)
    here.play(**votes)
    seated, other = (RIVAL, GAMA) if rival_seated else (GAMA, RIVAL)
    there = not suspended and not gone and seated not in inactive
    cast = there and seated not in away
    assert here.get(ballot(other, SECRET), "cast") == 0
    assert here.get(ballot(seated, SECRET), "cast") == cast
    assert here.get(ballot(seated, SECRET), "vote") == (votes.get(seated, 0) if cast else 0)
    assert sum(here.counts(SECRET)) == 5 + 3 * there


def test_the_seat_that_is_concerned_has_no_vote_whoever_sits_there() -> None:
    for rival_seated in (0, 1):
        here = house()
        here.join(GAMA, rival_seated=rival_seated)
        here.table(HAND_OVER)
        here.play(**dict.fromkeys((*MEMBERS, RIVAL), 1))
        assert sum(here.counts(HAND_OVER)) == 5


def test_whoever_sits_may_table_and_the_other_may_not() -> None:
    here = house()
    for rival_seated, may, may_not in ((0, GAMA, RIVAL), (1, RIVAL, GAMA)):
        here.join(GAMA, rival_seated=rival_seated)
        assert here.get(ballot(may, SECRET), "may_table") == 1
        assert here.get(ballot(may_not, SECRET), "may_table") == 0


def test_the_chair_stays_with_the_seat_and_is_lost_with_it() -> None:
    held = ("order: [alba, boreas, celta, dorado, estrella]", "order: [gama, alba, boreas, celta]")
    here = house((PACK, *held))
    here.join("celta", chair=0)
    here.join(GAMA, chair=1, rival_seated=1)
    here.put("league", chair_left=2)
    here.play()
    assert here.get(SEAT, "chair") == 1
    here.put(RIVAL, active=0)
    here.play()
    assert here.get(SEAT, "chair") == 0
    assert here.get("membership(alba, league)", "chair") == 1


# ── from the first day ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "seated"), [("2018-12-31", 0), ("2019-01-01", 1), ("2020-05-31", 1), ("2020-06-01", 0)]
)
def test_a_charter_says_from_which_day_the_rival_is_seated(day: str, seated: int) -> None:
    here = house((PACK, "    members:\n      - {who: alba,", RECOGNISED), (CARD, "start: 2020-01-01", f"start: {day}"))
    assert here.get(SEAT, "rival_seated") == seated
    assert here.get("membership(gama_rival, league)", "standing") == 0


# ── as shipped ───────────────────────────────────────────────────────────────────────────────────────────────

CONDEMN, SEAT_ENVOY = "condemn_oas_venezuela", "seat_rival_envoy_oas_venezuela"
VENEZUELA, ASSEMBLY = "venezuela", "venezuela_assembly"


class Eighteen:
    """Whoever votes says yes to seating the envoy; about the rest they go by their interests."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def lean(self, *given: object) -> None:
        """Add nothing."""

    def tell(self, world: World) -> Told:
        """Tell the votes."""
        chamber = self.engine.chamber
        assert chamber is not None
        told = np.full((len(chamber.ballots), world.sessions), UNTOLD, dtype=np.int8)
        told[[i for i, b in enumerate(chamber.ballots) if b["p"] == SEAT_ENVOY]] = 1
        return told


def test_in_the_shipped_scenario_the_vote_of_a_country_changes_hands() -> None:
    engine = Engine(scenario("empty-chair-2017"), keep_all=True)
    world = engine.start(seeds_of(3, 1))

    def put(owner: str, **values: float) -> None:
        for name, value in values.items():
            world.values[engine.layout.row(owner, name), 0] = value
        engine.refresh(world)

    def get(owner: str, name: str) -> float:
        return float(world.values[engine.layout.row(owner, name), 0])

    put(ASSEMBLY, active=1)
    put(SEAT_ENVOY, tabled=1, waited=1)
    put(CONDEMN, tabled=1, waited=1)
    turn.play(engine, world, engine.orders([[]]), voters=Eighteen(engine))
    assert get(SEAT_ENVOY, "adopted") or get(SEAT_ENVOY, "stands")
    assert get(ballot(VENEZUELA, CONDEMN), "cast") == 1
    assert get(ballot(VENEZUELA, CONDEMN), "vote") == -1
    assert get("membership(venezuela, oas)", "rival_seated") == 1
    assert get(ballot(ASSEMBLY, CONDEMN), "may_table") == 1
    assert get(ballot(VENEZUELA, CONDEMN), "may_table") == 0
    assert get(ballot(VENEZUELA, "call_for_talks_celac_venezuela"), "may_table") == 1, "another body, another answer"
    put(CONDEMN, tabled=1, waited=1)
    turn.play(engine, world, engine.orders([[]]))
    assert get(ballot(VENEZUELA, CONDEMN), "cast") == 0
    assert get(ballot(ASSEMBLY, CONDEMN), "cast") == 1
    assert get(ballot(ASSEMBLY, CONDEMN), "vote") == 1
