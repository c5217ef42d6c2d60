"""Causal loops are read from the formulas: signs, circles, and a picture that is the same every time."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import networkx
import pytest

from tests.content.samples import PACK, SCENARIO, toy
from wargame.analysis.loops import Arrow, Influences, Loop, graph_of, loops_of, loops_through
from wargame.content.load import check_texts
from wargame.model.ruleset import Ruleset
from wargame.telling.loop_picture import picture


def ruleset_of(effects: str, when: str = "") -> Ruleset:
    """Return the toy with one more rule."""
    rule = f"""  - id: probe
    title: {{en: Probe, es: Prueba}}
    for: {{presence: p, from: g, to: z}}
    only: {{g: [network]}}
{f"    when: {when}" if when else ""}
    effects: {{{effects}}}
    parameters:
      k: {{value: 1, low: 0.5, high: 2, assumption: toy}}
      m: {{value: 0, low: -1, high: 1, assumption: toy}}
    assumption: toy

modifiers:
"""
    texts = {**toy(), PACK + "mechanisms.yaml": toy()[PACK + "mechanisms.yaml"].replace("modifiers:\n", rule, 1)}
    report = check_texts(texts)
    assert report.scenario is not None, report.problems
    return report.scenario.ruleset


def arrows(effects: str, when: str = "") -> dict[tuple[str, str], int]:
    ruleset = ruleset_of(effects, when)
    rules = [m for m in ruleset.mechanisms if m.id == "probe"]
    return {(a.source, a.target): a.sign for a in Influences(ruleset).arrows(rules)}


@pytest.mark.parametrize(
    ("amount", "sign"),
    [
        ("p.control", 1),
        ("-k * p.control", -1),
        ("m * p.control", 0),
        ("k * (p.control - start(p.control))", 1),
        ("k * (start(p.control) - p.control)", -1),
        ("1 / (1 + p.control)", -1),
        ("k * ramp(p.control, 10, 60)", 1),
        ("k * ramp(p.control, 60, 10)", -1),
        ("k * (100 - p.control)", -1),
        ("k * (50 - p.control) * p.control", 0),
        ("max(0, p.control - 30) + min(p.control, 40)", 1),
        ("3 if p.control > 40 else 1", 1),
        ("0 if p.control > 40 else 1", -1),
        ("0 if 40 < p.control else z.crop_ha", -1),
        ("abs(p.control - 50)", 0),
        ("lag(p.control, 2)", 1),
        ("logistic(-p.control) * k", -1),
    ],
)
def test_the_sign_of_an_arrow_says_what_more_of_the_one_does_to_the_other(amount: str, sign: int) -> None:
    assert arrows(f'z.trust: "{amount}"')["control", "trust@zone"] == sign


def test_what_a_number_was_at_the_start_drives_nothing() -> None:
    assert ("control", "trust@zone") not in arrows("z.trust: start(p.control)")


def test_a_condition_drives_what_its_rule_adds() -> None:
    assert arrows("z.trust: -2", "p.control > 20") == {("control", "trust@zone"): -1}
    assert arrows("z.trust: 2", "p.control < 20 and not z.seizures > 3") == {
        ("control", "trust@zone"): -1,
        ("seizures", "trust@zone"): -1,
    }


def test_rules_that_disagree_make_a_mixed_arrow_that_names_them_both() -> None:
    ruleset = ruleset_of('z.trust: "k * z.armed_presence"')
    rules = [m for m in ruleset.mechanisms if m.id in ("probe", "fear-erodes-trust")]
    (arrow,) = [a for a in Influences(ruleset).arrows(rules) if a.source == "armed_presence"]
    assert (arrow.target, arrow.sign, set(arrow.rules)) == ("trust@zone", 0, {"probe", "fear-erodes-trust"})


def test_loops_reinforce_with_an_even_number_of_minus_signs_and_balance_with_an_odd_one() -> None:
    graph = graph_of(
        [
            Arrow("a", "b", 1, ("r",)),
            Arrow("b", "a", 1, ("r",)),
            Arrow("b", "c", -1, ("r",)),
            Arrow("c", "a", 1, ("r",)),
            Arrow("c", "b", 0, ("r",)),
        ]
    )
    assert loops_of(graph) == [
        Loop(("a", "b"), 1),
        Loop(("b", "c"), 0),
        Loop(("a", "b", "c"), -1),
    ]


def test_readings_and_references_take_part_in_loops() -> None:
    report = check_texts(toy())
    assert report.scenario is not None
    ruleset = report.scenario.ruleset
    graph = graph_of(Influences(ruleset).arrows([*ruleset.mechanisms, *ruleset.derived]))
    assert graph.edges["forces@presence", "armed_presence"]["sign"] == 1
    assert graph.edges["armed_presence", "trust@zone"]["sign"] == -1
    assert graph.edges["trust@zone", "pressure"]["sign"] == -1
    assert graph.edges["control", "legitimacy"]["sign"] == -1


def test_the_picture_is_well_formed_the_same_every_time_and_boxes_keep_off_one_another() -> None:
    report = check_texts(toy())
    assert report.scenario is not None
    ruleset = report.scenario.ruleset
    graph = graph_of(Influences(ruleset).arrows([*ruleset.mechanisms, *ruleset.derived]))
    drawn = [picture(graph, {"trust@zone": "Trust <&> zone"}, "Toy & loops", "legend") for _ in range(2)]
    assert drawn[0] == drawn[1]
    root = ElementTree.fromstring(drawn[0])
    space = "{http://www.w3.org/2000/svg}"
    boxes = [
        tuple(float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        for rect in root.iter(f"{space}rect")
        if "rx" in rect.attrib
    ]
    assert len(boxes) == len(graph)
    assert len(list(root.iter(f"{space}path"))) == graph.number_of_edges() + 3
    apart = [
        a[0] + a[2] < b[0] or b[0] + b[2] < a[0] or a[1] + a[3] < b[1] or b[1] + b[3] < a[1]
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
    ]
    assert all(apart)
    assert SCENARIO not in drawn[0]


def test_the_graph_can_be_written_and_read_by_others(tmp_path: object) -> None:
    graph = graph_of([Arrow("a", "b", -1, ("one", "two"))])
    file = f"{tmp_path}/loops.graphml"
    networkx.write_graphml(graph, file)
    assert networkx.read_graphml(file).edges["a", "b"] == {"sign": -1, "rules": "one, two"}


def test_loops_are_found_through_a_rule_or_a_number() -> None:
    arrows = [
        Arrow("a", "b", 1, ("r",)),
        Arrow("b", "a", -1, ("s",)),
        Arrow("b", "c", 1, ("s",)),
        Arrow("c", "a", 1, ("t",)),
        Arrow("c", "d", 1, ("u",)),
    ]
    graph = graph_of(arrows)
    found = loops_through(graph, 5, rule="r")
    assert [(loop.numbers, loop.sign, signs) for loop, signs in found] == [
        (("b", "a"), -1, (-1, 1)),
        (("b", "c", "a"), 1, (1, 1, 1)),
    ]
    assert [loop.numbers for loop, _ in loops_through(graph, 5, rule="t")] == [("a", "b", "c")]
    assert [loop.numbers for loop, _ in loops_through(graph, 1, number="a")] == [("a", "b")]
    assert not loops_through(graph, 5, rule="u")
    assert not loops_through(graph, 5, number="d")
