"""Cases against their history: a case that can be worked out by hand, parameter sets, and dated orders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.content.samples import SAMPLES
from wargame.analysis.hindcast import hindcast, scored, sort_rows
from wargame.analysis.parameters import Factor, factors, latin_hypercube, sets_for
from wargame.analysis.scoring import Verdict
from wargame.analysis.trajectories import Course, Player, Trajectories
from wargame.bots.bots import Bots, default_plays
from wargame.bots.dated import Script
from wargame.content.listing import case_names
from wargame.content.load import load_with_bundle
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.basis import Basis
from wargame.model.errors import ContentError, Place, SessionError
from wargame.model.text import same

DRIFT, VALLEY = (SAMPLES / "scenarios" / name for name in ("toy-drift", "toy-valley"))
MEASURES = ("tiles", "delivered", "dust")
NOTHING: dict[tuple[str, str], np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}


def played(course: Course) -> Trajectories:
    _, bundle = load_with_bundle(DRIFT)
    return Player(bundle, course).play(seeds_of(1, 1), NOTHING)


# ── worked out by hand ───────────────────────────────────────────────────────────────────────────────────────


def test_the_drift_is_ten_a_turn_and_five_once_and_no_ending_stops_it() -> None:
    found = played(Course(measures=MEASURES))
    assert found.measures["tiles"][:, 0].tolist() == [100, 110, 125, 135, 145, 155, 165, 175, 185]
    assert found.measures["delivered"][:, 0].tolist() == [0, *[10] * 8]
    assert found.given.tolist() == [[1, 1]]


def test_where_endings_stop_sessions_the_numbers_stay_as_they_were() -> None:
    many = ("mason", "many")
    found = played(Course(measures=MEASURES, objectives=(many,), endings=True))
    assert found.measures["tiles"][:, 0].tolist() == [100, 110, 125, 135, *[145] * 5]
    assert found.degrees[many].tolist() == pytest.approx([0.45], abs=1e-6)
    assert played(Course(objectives=(many,))).degrees[many].tolist() == pytest.approx([0.85], abs=1e-6)


def test_what_is_done_is_kept_when_the_work_is_broken_off() -> None:
    def broken_off(done: int) -> None:
        raise KeyboardInterrupt

    scenario, bundle = load_with_bundle(DRIFT)
    found = hindcast(bundle, scenario.lens, 40, 2, workers=1, chunk=10, progress=broken_off)
    assert found.sessions == 10


def test_under_the_usual_lens_the_scores_of_one_session_are_perfect() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    found = hindcast(bundle, scenario.lens, 1, 7, workers=1)
    assert {name: s.scores.points for name, s in found.series.items()} == {"tiles": 4, "delivered": 3}
    assert (found.overall.inside_80, found.overall.sign_agreement, found.overall.median_error) == (1.0, 1.0, 0.0)
    assert [r.end.isoformat() for r in found.outside] == ["2002-06-30"]
    assert found.unmapped == ()
    assert [share for _, share in found.script] == [1.0]


def test_under_another_lens_the_errors_are_those_of_twice_the_pace() -> None:
    _, bundle = load_with_bundle(DRIFT)
    found = hindcast(bundle, "brisk", 1, 7, workers=1)
    said = {125: 145, 135: 165, 145: 185, 185: 265}
    assert found.series["tiles"].scores.errors == tuple(pytest.approx(abs(m - h) / h) for h, m in said.items())
    assert found.series["delivered"].scores.errors == (1.0, 1.0)
    assert found.series["tiles"].scores.sign_agreement == 1.0
    assert found.overall.inside_80 == 0.0


def test_the_rivals_of_the_drift() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    rivals = hindcast(bundle, scenario.lens, 1, 7, workers=1).series["tiles"].rivals
    last, line = rivals["last_value"], rivals["interpolation"]
    assert last is not None
    assert line is not None
    assert last.errors == tuple(pytest.approx((h - 110) / h) for h in (125, 135, 145, 185))
    assert max(line.errors) < 0.05  # ten in 91 days goes on, and the five are missed


def test_rows_of_others_map_by_what_they_are_about() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    mine = next(r for r in case.rows if r.series == "tiles" and r.value == 135)
    same = replace(mine, series="tiles_by_another")
    other = replace(mine, series="bricks", quantity="bricks")
    found = hindcast(bundle, scenario.lens, 1, 7, against=(same, other), workers=1)
    assert list(found.series) == ["tiles_by_another"]
    assert [r.series for r in found.unmapped] == ["bricks"]
    assert found.series["tiles_by_another"].rivals["last_value"] is not None  # the line's own past is known
    rows = sort_rows(case, scenario.calendar)
    assert sum(map(len, rows.known.values())) == 3


def test_early_and_repeated_figures_of_a_table_are_told_and_not_scored() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    mine = next(r for r in case.rows if r.series == "tiles" and r.value == 135)
    again = replace(mine, place=Place("theirs.csv", 3, 1), note="the same, copied")
    early = replace(mine, start=case.calibrated_to, end=case.calibrated_to, value=112.0)
    strange = replace(mine, series="bricks", quantity="bricks")
    sorted_rows = sort_rows(case, scenario.calendar, (mine, again, early, strange))
    assert sorted_rows.scored == {"tiles": (mine,)}
    assert (sorted_rows.repeated, sorted_rows.early, sorted_rows.unmapped) == ((again,), (early,), (strange,))
    assert early in sorted_rows.known["tiles"]
    other = replace(mine, source="somebody else")
    assert sort_rows(case, scenario.calendar, (mine, other)).scored == {"tiles": (mine, other)}
    found = hindcast(bundle, scenario.lens, 1, 7, against=(mine, again, early), workers=1)
    assert (found.overall.points, found.early, found.repeated) == (1, (early,), (again,))
    assert found.series["tiles"].verdict is Verdict.FEW


def test_the_sessions_are_scored_on_the_figures_of_the_rivals_too() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    found = hindcast(bundle, scenario.lens, 1, 7, workers=1)
    assert {name: s.verdict for name, s in found.series.items()} == {"tiles": Verdict.SIZE, "delivered": Verdict.FEW}
    assert found.beside_rivals == found.overall
    case = scenario.hindcast
    assert case is not None
    rows = tuple(replace(r, series="theirs") for r in case.rows if r.series == "tiles")
    blank = replace(scenario, hindcast=replace(case, rows=tuple(r for r in case.rows if r.end > case.calibrated_to)))
    alone = scored(blank, "", played(Course(measures=MEASURES)), 1, 1, [r for r in rows if r.end > case.calibrated_to])
    assert (alone.beside_rivals.points, alone.overall.points) == (0, 4)


def test_a_scenario_without_history_is_refused() -> None:
    scenario, bundle = load_with_bundle(VALLEY)
    with pytest.raises(SessionError, match="without a history"):
        hindcast(bundle, scenario.lens, 1, 1, workers=1)


# ── parameter sets ───────────────────────────────────────────────────────────────────────────────────────────


def factor(name: str = "a", value: float = 2.0, low: float = 1.0, high: float = 5.0) -> Factor:
    return Factor("rule", name, value, low, high, Basis(), Place("a"), same("A rule"))


def test_one_set_is_the_defaults_and_the_others_cover_every_range() -> None:
    sets = latin_hypercube([factor(), factor("b")], 21, 3)
    assert sets.values[:, 0].tolist() == [2.0, 2.0]
    for values in sets.values:
        assert ((values >= 1.0) & (values <= 5.0)).all()
        assert int((values[1:] < 2.0).sum()) == int((values[1:] > 2.0).sum()) == 10
        shares = sorted(factor().share(v) for v in values[1:])
        assert [int(s * 20) for s in shares] == list(range(20))
    assert sets.values[0].tolist() != sets.values[1].tolist()


def test_sets_depend_on_seed_and_names_alone() -> None:
    both, one = latin_hypercube([factor("b"), factor()], 9, 3), latin_hypercube([factor()], 9, 3)
    assert both.values[1].tolist() == one.values[0].tolist()
    assert latin_hypercube([factor()], 9, 4).values.tolist() != one.values.tolist()
    assert [sets_for(n) for n in (1, 10, 1000)] == [1, 2, 40]


def test_a_value_at_the_edge_of_its_range_is_fine() -> None:
    for edge in (1.0, 5.0):
        at_edge = factor(value=edge)
        assert at_edge.at(np.array([0.0, 0.5, 0.99])).min() >= 1.0
        assert at_edge.share(edge) in (0.5,)


def test_parameters_in_play_are_varied_and_those_of_the_lens_are_not() -> None:
    scenario, _ = load_with_bundle(DRIFT)
    plays = default_plays(scenario)
    found = [f.id for f in factors(Engine(scenario), plays)]
    own = ["tiles-pile-up.step", "dust-settles.settling", "busy.lay_first"]
    assert [name for name in found if not name.endswith(".scale")] == own
    assert len(found) == 7  # two mechanisms and two moves have a scale as well
    brisk = [f.id for f in factors(Engine(scenario, "brisk"), {})]
    assert set(found) - set(brisk) == {"tiles-pile-up.step", "busy.lay_first"}


def test_sessions_with_parameters_of_their_own_are_those_of_an_engine_with_these_parameters() -> None:
    scenario, bundle = load_with_bundle(VALLEY)
    course = Course(measures=("crop", "trust", "guns"))
    player = Player(bundle, course)
    sets = latin_hypercube(factors(player.engine, player.plays), 4, 5)
    seeds = seeds_of(9, 4)
    together = player.play(seeds, sets.of_sessions(np.arange(4)))
    lens = scenario.ruleset.lenses[scenario.lens]
    for number in range(4):
        values = {f.id: float(v) for f, v in zip(sets.factors, sets.values[:, number], strict=True)}
        moved = replace(lens, parameters={**lens.parameters, **values})
        ruleset = replace(scenario.ruleset, lenses={**scenario.ruleset.lenses, lens.id: moved})
        player.engine = Engine(replace(scenario, ruleset=ruleset))
        player.bots = Bots(player.engine, player.plays, scenario.level().sharpness)
        alone = player.play(seeds[number : number + 1], NOTHING)
        for name in course.measures:
            assert alone.measures[name][:, 0].tolist() == together.measures[name][:, number].tolist()


def test_scores_do_not_depend_on_chunks_and_processes() -> None:
    scenario, bundle = load_with_bundle(DRIFT)
    found = [
        hindcast(bundle, scenario.lens, 30, 2, workers=workers, chunk=chunk) for workers, chunk in ((1, 30), (2, 7))
    ]
    assert repr(found[0].overall) == repr(found[1].overall)
    assert found[0].sets == 6


# ── dated orders ─────────────────────────────────────────────────────────────────────────────────────────────


def test_orders_of_history_come_first_and_doctrines_leave_withheld_moves_alone() -> None:
    scenario, _ = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    engine = Engine(scenario)
    plays = default_plays(scenario)
    for withheld, expected in (([("mason", "lay"), ("mason", "deliver")], ["lay"]), ([], ["lay", "deliver"])):
        order = replace(case.script[0], turn=1)
        bots = Bots(engine, plays, 1.0, Script(engine, [order], withheld))
        chosen = bots.choose(engine.start(seeds_of(1, 2)))
        ids = [i for i in chosen.candidates[:, 0].tolist() if i >= 0]
        assert [engine.candidates[i].move for i in ids] == expected


def test_what_history_orders_is_paid_first() -> None:
    scenario, _ = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    engine = Engine(scenario)
    deliver = replace(case.script[0], turn=1, move="deliver")
    bots = Bots(engine, default_plays(scenario), 1.0, Script(engine, [deliver]))
    world = engine.start(seeds_of(1, 2), resources={"mason": 2 / 7})  # two points: not enough for both
    orders = bots.choose(world).candidates[:, 0].tolist()
    assert [engine.candidates[i].move for i in orders if i >= 0] == ["deliver"]
    poor = engine.start(seeds_of(1, 2), resources={"mason": 0.0})
    assert (bots.choose(poor).candidates < 0).all()
    assert bots.script is not None
    assert bots.script.given.tolist() == [[2, 4]]


def test_an_order_that_nobody_can_give_is_told_with_its_place() -> None:
    scenario, _ = load_with_bundle(DRIFT)
    case = scenario.hindcast
    assert case is not None
    engine = Engine(scenario)
    with pytest.raises(ContentError) as error:
        Script(engine, [replace(case.script[0], targets={"y": "masons"})])
    assert [p.code for p in error.value.problems] == ["never-possible"]
    assert error.value.problems[0].place.file.endswith("hindcast.yaml")


# ── what is shipped ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_every_shipped_case_plays_and_has_something_to_score() -> None:
    for name in case_names():
        scenario, bundle = load_with_bundle(name)
        case = scenario.hindcast
        assert case is not None
        player = Player(bundle, Course(measures=tuple(line.measure for line in case.lines)))
        scores = scored(scenario, scenario.lens, player.play(seeds_of(1, 24), NOTHING), 1, 1)
        assert scores.overall.points > 0
        assert set(scores.series) <= {name for line in case.lines for name in line.series}
        dated: dict[
            tuple[object, str], float
        ] = {}  # what was decided on a day counts once, to whomever it was addressed
        for order, share in scores.script:
            dated[order.on, order.move] = max(share, dated.get((order.on, order.move), 0.0))
        given = [share > 0.0 for share in dated.values()]
        assert sum(given) >= 0.9 * len(given), "what history ordered is possible, unless the past took another turn"
