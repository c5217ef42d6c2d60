"""What the toy says is what the model holds."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tests.content.samples import SCENARIO, toy
from wargame.content.load import check_texts
from wargame.content.scope import ACTIVE, OUTSIDE
from wargame.model import layout
from wargame.model.bindings import Cast, enumerate_bindings
from wargame.model.expression import Between, Entity, Read
from wargame.model.kinds import AttributeType, Good, Sight
from wargame.model.rules import EntityClause, TieClause
from wargame.model.scenario import Scenario, StartValue, Step
from wargame.model.text import Text


@cache
def scenario() -> Scenario:
    report = check_texts(toy())
    assert report.scenario is not None, report.problems
    assert report.warnings == ()
    return report.scenario


def test_names_that_content_and_layout_share_are_the_same() -> None:
    assert (ACTIVE, OUTSIDE) == (layout.ACTIVE, layout.OUTSIDE)


def test_the_built_scenario_can_be_laid_out() -> None:
    rows = layout.lay_out(scenario())
    assert rows.start[rows.row("uplands", "crop_ha")] == 3000
    assert rows.start[rows.row("splinter", "active")] == 0


def test_a_pair_is_bound_once_and_a_tie_with_two_ends_from_both() -> None:
    pair = "for: {corridor: c, between: here, and: there}"
    texts, file = toy(), "rules/toy/mechanisms.yaml"
    spoken = texts[file].replace("for: {corridor: c, from: here, to: there}", pair)
    once = check_texts({**texts, file: spoken}).scenario
    assert once is not None
    cast, used = Cast.of(once), frozenset(("here", "there", "c"))
    bounds = [
        enumerate_bindings(next(m for m in s.ruleset.mechanisms if m.id == "enforcement-displaces").binding, cast, used)
        for s in (once, scenario())
    ]
    ties = [t.id for t in once.ties if t.type == "corridor"]
    assert [bound["c"] for bound in bounds[0]] == ties
    assert sorted(bound["c"] for bound in bounds[1]) == sorted(ties * 2)


def test_attributes_take_what_their_type_implies() -> None:
    by_id = {a.id: a for a in scenario().ruleset.attributes}
    assert "active" not in by_id
    crop, trust, raided, hidden = (by_id[n] for n in ("crop_ha", "trust", "raided", "cohesion"))
    assert (crop.type, crop.unit, crop.low, crop.high) == (AttributeType.STOCK, "ha", 0, 10000)
    assert (crop.good, crop.sight, crop.spread) == (Good.LOW, Sight.ESTIMATED, 0.15)
    assert (trust.unit, trust.low, trust.high, trust.sight, trust.guess) == ("points", 0, 100, Sight.EXACT, 50)
    assert (raided.type, raided.high, raided.start) == (AttributeType.SIGNAL, 10, 0)
    assert (hidden.sight, hidden.guess) == (Sight.HIDDEN, 55)
    assert by_id["seizures"].reported_as == "reported_seizures"
    assert by_id["intelligence_reach"].sharpens == 0.01
    assert [a.id for a in by_id.values() if a.resource] == ["treasury", "forces"]


def test_an_assumption_is_told_in_its_own_words_or_by_name() -> None:
    rules = {m.id: m.basis.assumption for m in scenario().ruleset.mechanisms}
    assert rules["taxes"] == Text("invented for the toy", "inventado para el juguete")
    lenses = {k: v.basis.assumption for k, v in scenario().ruleset.lenses.items()}
    assert lenses["money-first"] == Text("one of two opposed readings", "una de dos lecturas opuestas")
    assert scenario().course[0].basis.assumption == Text(
        "an invented valley has no history", "un valle inventado no tiene historia"
    )


def test_bindings_and_effects_are_read() -> None:
    rules = {m.id: m for m in scenario().ruleset.mechanisms}
    balloon = rules["enforcement-displaces"]
    assert balloon.binding.clauses == (TieClause("c", "corridor", "here", "there"),)
    moved = balloon.effects.transfer[0]
    assert (moved.attribute, moved.source, moved.target) == ("crop_ha", Entity("here"), Entity("there"))
    assert (balloon.scale.name, balloon.scale.value, balloon.scale.low, balloon.scale.high) == ("scale", 1, 0.7, 1.3)
    assert rules["fear-erodes-trust"].scale.high == 2
    assert rules["crop-pays-network"].binding.only == {"g": ("network",)}
    assert rules["smuggling-corrupts"].off
    path = rules["smuggling-corrupts"].effects.add[0].path
    assert path == Read(Entity("z", ("state",)), "legitimacy")
    assert rules["taxes"].pack == "toy"


def test_derived_readings_stand_in_an_order_that_can_be_computed() -> None:
    derived = scenario().ruleset.derived
    assert [d.attribute.id for d in derived] == ["armed_presence", "watched_crop", "pressure"]
    guns = derived[0]
    assert (guns.owner, guns.fold, guns.attribute.of) == (EntityClause("z", ("zone",)), "sum", ("zone",))
    assert guns.over is not None
    assert guns.over.only == {"g": ("network",)}
    assert derived[2].over is None


def test_a_move_holds_all_its_parts() -> None:
    moves = scenario().ruleset.moves
    eradicate = moves["eradicate"]
    assert [str(r.check.text) for r in eradicate.requires] == ["actor.forces >= 2"]
    assert eradicate.where[0].otherwise is not None
    assert eradicate.where[0].otherwise.es.startswith("Aquí hay muy poco")
    assert set(eradicate.cost) == {"treasury", "forces"}
    programme = eradicate.programmes[0]
    assert (programme.on, programme.after, programme.length) == ("success", 1, 3)
    assert moves["deploy"].amount is not None
    assert (moves["deploy"].amount.low, moves["deploy"].amount.high, moves["deploy"].amount.default) == (1, 4, 2)
    assert len(moves["deploy"].always.transfer) == 1
    assert not moves["deploy"].success
    assert moves["bribe"].covert is not None
    assert [type(c) for c in moves["bribe"].target.clauses] == [TieClause, TieClause]
    assert moves["declare-emergency"].once
    road = moves["build-road"].where[0].check.node
    assert "presence" in repr(road)


def test_rules_about_rules_are_read() -> None:
    ruleset = scenario().ruleset
    assert ruleset.lenses["money-first"].parameters == {
        "crop-follows-price.growth": 0.08,
        "enforcement-displaces.shift": 0.4,
    }
    assert ruleset.lenses["money-first"].on == ("smuggling-corrupts",)
    powers = ruleset.modifiers[0]
    assert (powers.moves, powers.by, powers.effect) == (("#enforcement",), ("state",), None)
    hunter = ruleset.doctrines["hunter"]
    assert [p.move for p in hunter.priorities] == ["eradicate", "declare-emergency", "raid-depots", "deploy"]
    assert hunter.priorities[3].amount == 3
    assert ruleset.doctrines["lender"].priorities[1].amount == 1


def test_the_start_world_is_read_with_its_ranges() -> None:
    found = scenario()
    entities = {e.id: e for e in found.entities}
    state, syndicate, uplands = (entities[n] for n in ("government", "syndicate", "uplands"))
    assert state.values["legitimacy"] == StartValue(45, 35, 55, state.basis)
    assert state.values["treasury"] == StartValue(30, 24, 36, state.basis)
    assert syndicate.values["treasury"].low == 15
    assert syndicate.references == {"heir": "splinter"}
    assert not entities["splinter"].active
    assert uplands.at == (-74.5, -12.5)
    assert len(uplands.outline) == 4
    assert [t.id for t in found.ties][:1] == ["presence(government, uplands)"]
    assert found.groups[0].zones == ("uplands", "river", "town")
    assert (found.series[0].id, found.series[0].values[3], found.series[0].spread) == ("crop_price", 60, 3)
    assert (found.calendar.start, found.calendar.step, found.calendar.full) == (date(2020, 1, 1), Step.QUARTER, 8)


def test_a_series_that_the_scenario_does_not_give_stays_at_its_default() -> None:
    texts = dict(toy())
    world = texts[SCENARIO + "world.yaml"]
    texts[SCENARIO + "world.yaml"] = world.split("series:")[0] + "mechanisms:" + world.split("mechanisms:")[1]
    found = check_texts(texts).scenario
    assert found is not None
    assert (found.series[0].values, found.series[0].spread) == ((50.0,) * 8, 0.0)


def test_seats_and_script_are_read() -> None:
    found = scenario()
    presidency, bosses, _ = found.seats
    assert [o.weight for o in presidency.objectives] == [2, 2, 1, 1]
    assert [o.alternative for o in presidency.objectives] == [False, False, False, True]
    assert bosses.actors == ("syndicate", "splinter")
    assert presidency.brief.en.startswith("# Your situation")
    kinds = [(i.trigger.kind, i.trigger.turn, i.trigger.until) for i in found.injects]
    assert kinds == [("turn", 3, 3), ("condition", 2, 7), ("absence", 4, 4)]
    assert (found.injects[2].trigger.absent_move, found.injects[2].trigger.absent_seat) == ("build-road", "presidency")
    assert [(e.at, e.stops) for e in found.endings][-3:] == [("any", False), ("last", True), ("last", True)]
    assert found.endings[1].from_turn == 4
    weak = bosses.objectives[2].degree.node
    assert Between("presence", Entity("government"), Entity("uplands")) in [r.subject for r in _reads(weak)]
    switch = found.mechanisms[0]
    assert (switch.pack, str(switch.effects.add[0].path)) == ("toy-valley", "splinter.active")


def _reads(node: object) -> list[Read]:
    from wargame.formula.walk import reads

    return list(reads(node))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "value", "low", "high"),
    [
        ("45", 45, 35, 55),
        ("95", 95, 85, 100),
        ("45 +- 5", 45, 40, 50),
        ("45±5.5", 45, 39.5, 50.5),
        ("50 ± 10 %", 50, 45, 55),
        ("{value: 45, high: 46}", 45, 35, 46),
    ],
)
def test_starting_values_may_be_written_in_many_ways(written: str, value: float, low: float, high: float) -> None:
    texts = dict(toy())
    texts[SCENARIO + "world.yaml"] = texts[SCENARIO + "world.yaml"].replace(
        "legitimacy: 45 ± 10", f"legitimacy: {written}"
    )
    found = check_texts(texts).scenario
    assert found is not None
    start = found.entities[0].values["legitimacy"]
    assert (start.value, start.low, start.high) == (value, low, high)


def test_order_of_sections_and_files_does_not_matter_to_what_is_built() -> None:
    texts = dict(toy())
    pack = {p: t for p, t in texts.items() if p.startswith("rules/toy/")}
    merged = {p: t for p, t in texts.items() if p not in pack}
    merged["rules/toy/all.yaml"] = (
        "\n".join(pack[p] for p in ("rules/toy/doctrines.yaml", "rules/toy/moves.yaml")) + "\n"
    )
    merged["rules/toy/more.yaml"] = "\n".join(pack[f"rules/toy/{n}.yaml"] for n in ("mechanisms", "pack", "nouns"))
    found = check_texts(merged).scenario
    assert found is not None
    assert [d.attribute.id for d in found.ruleset.derived] == ["armed_presence", "watched_crop", "pressure"]
    assert list(found.ruleset.moves) == list(scenario().ruleset.moves)
