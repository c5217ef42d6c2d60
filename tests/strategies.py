"""Random small rule packs and scenarios as YAML texts, for Hypothesis: valid by construction, odd on purpose.

``contents()`` yields a mapping of path → text with one rule pack and one scenario; ``order_picks()`` yields choices
that a test turns into orders. The nouns are always the same few (nations, gangs and zones; presence, roads and pacts);
their bounds, start values and ties, and every rule that works on them, are drawn.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.oracle.random_formulas import ATTRIBUTES, REFERENCES, TIES, Data, Draw, Names
from tests.oracle.random_rules import BASIS, PACK, Pack, Writer, card, draw_pack, names_in, some, text

SCENARIO = "toy"
TURNS = 4


def _entities(draw: Draw) -> list[Data]:
    sizes = {"nation": draw(st.integers(1, 2)), "gang": draw(st.integers(1, 3)), "zone": draw(st.integers(1, 4))}
    ids = {kind: [f"{kind}_{i}" for i in range(size)] for kind, size in sizes.items()}
    return [_entity(draw, kind, name, ids) for kind, names in ids.items() for name in names]


def _entity(draw: Draw, kind: str, name: str, ids: dict[str, list[str]]) -> Data:
    found: Data = {**card(name), "kind": kind, "tags": draw(st.sampled_from([[], ["hot"], ["cold"]]))}
    if kind == "zone":
        found["at"] = [-74.1, -12.5]
    if draw(st.integers(0, 8)) == 0:
        found["inactive"] = True
    references = {}
    for (of, reference), (leads, optional) in REFERENCES.items():
        others = [other for other in ids[leads] if other != name]
        if of == kind and others and not (optional and draw(st.booleans())):
            references[reference] = draw(st.sampled_from(others))
    if references:
        found["references"] = references
    found["values"] = _values(draw, kind)
    return found


def _values(draw: Draw, kind: str) -> Data:
    found: Data = {}
    for name, (of, form, _) in ATTRIBUTES.items():
        if kind in of and form != "signal" and draw(st.integers(0, 2)) > 0:
            found[name] = draw(st.sampled_from([0, 1])) if form == "flag" else draw(st.sampled_from(_STARTS))
    return found


_STARTS: list[Any] = [0, 1.5, 8, 11.7, "7 ± 3", {"value": 10.2, "low": 4, "high": 11, **BASIS}]


def _ties(draw: Draw, entities: list[Data]) -> list[Data]:
    found: list[Data] = []
    for tie, (sources, targets, symmetric) in TIES.items():
        pairs = [
            (a["id"], b["id"])
            for i, a in enumerate(entities)
            for j, b in enumerate(entities)
            if a["kind"] in sources and b["kind"] in targets and i != j and (not symmetric or i < j)
        ]
        chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
        found += [{"type": tie, "from": a, "to": b, "values": _values(draw, tie), **BASIS} for a, b in chosen]
    return found


def _scenario(draw: Draw, pack: Pack) -> Data:
    entities = _entities(draw)
    zones = [e["id"] for e in entities if e["kind"] == "zone"]
    actors = [e["id"] for e in entities if e["kind"] != "zone"]
    found: Data = {"scenario": _head(pack), "entities": entities, "ties": _ties(draw, entities)}
    found["levels"] = [{**card("standard"), "resources": 1.0, "sharpness": 1.0}]
    found["groups"] = [{"id": "lands", "title": text("lands"), "zones": zones}]
    if draw(st.booleans()):
        found["series"] = [_series(draw)]
    names = _scenario_names(pack, entities)
    found["mechanisms"] = [_own_mechanism(draw, pack, names, i) for i in some(draw, 2)]
    found["seats"] = _seats(draw, names, actors)
    found["injects"] = [_inject(draw, names, pack, i) for i in some(draw, 4)]
    found["endings"] = _endings(draw, names)
    found["measures"] = [{**card("count"), "value": _quiet(draw, names).number().text, "unit": "points", "decimals": 1}]
    found["training"] = [{**card("learn"), "evidence": text("seen")}]
    return found


def _head(pack: Pack) -> Data:
    lenses = [lens["id"] for lens in pack.sections["lenses"]]
    return {
        "id": SCENARIO,
        "title": text("Toy"),
        "text": text("For tests"),
        "where": text("Nowhere"),
        "packs": [PACK],
        "lens": lenses[0],
        "lenses": lenses,
        "calendar": {"start": "2020-01-01", "step": "quarter", "turns": TURNS, "short": 2},
    }


def _scenario_names(pack: Pack, entities: list[Data]) -> Names:
    return names_in(pack, {e["id"]: frozenset({e["kind"]}) for e in entities}, groups=("lands",))


def _again(names: Names) -> Names:
    return replace(names, unnamed={"chance", "noise"}, fresh=count(1))


def _quiet(draw: Draw, names: Names) -> Writer:
    return Writer(draw, _again(names).quiet())


def _series(draw: Draw) -> Data:
    values = [draw(st.sampled_from([50, 52.1, 40, 88])) for _ in range(TURNS)]
    return {
        **card("price"),
        "unit": "points",
        "bounds": [0, 90],
        "values": values,
        "spread": draw(st.sampled_from([0, 3, 20.5])),
    }


def _named_effects(draw: Draw, names: Names) -> Data:
    """Draw effects on entities by name, also ones that switch them on and off."""
    found = Writer(draw, names).effects()
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(sorted(names.roles)))
        flip = "1 if chance(0.6, flip) else -1" if names.draws else "1 if turn > 2 else -1"
        found[f"{name}.active"] = draw(st.sampled_from([1, -1, flip]))
    return found


def _own_mechanism(draw: Draw, pack: Pack, names: Names, number: int) -> Data:
    names = _again(names)
    found = {**card(f"own-{number}"), "effects": _named_effects(draw, names)}
    if draw(st.booleans()):
        found["when"] = Writer(draw, names).truth()
    if draw(st.integers(0, 3)) == 0:
        found |= Writer(draw, names).transfer()
    return found


def _seats(draw: Draw, names: Names, actors: list[str]) -> list[Data]:
    half = draw(st.integers(1, len(actors)))
    return [_seat(draw, names, f"seat-{i}", own) for i, own in enumerate((actors[:half], actors[half:])) if own]


def _seat(draw: Draw, names: Names, name: str, actors: list[str]) -> Data:
    objectives = [
        {**card(f"{name}-{i}"), "degree": f"ramp({_quiet(draw, names).number().text}, 0, 20)", "weight": i + 1}
        for i in range(draw(st.integers(1, 2)))
    ]
    return {
        **card(name),
        "actors": actors,
        "public": text("public"),
        "secret": text("secret"),
        "orders": 3,
        "doctrines": ["idle"],
        "objectives": objectives,
    }


def _inject(draw: Draw, names: Names, pack: Pack, number: int) -> Data:
    names = _again(names)
    found = {**card(f"inject-{number}"), "text": text("news"), "expected": text("an answer")}
    found |= {"effects": _named_effects(draw, names.quiet()), "training": ["learn"]}
    if draw(st.integers(0, 3)) == 0:
        found |= Writer(draw, names.quiet()).transfer()
    kind = draw(st.integers(0, 3))
    if kind == 0:
        move = draw(st.sampled_from(pack.sections["moves"]))
        found["absent"] = {"move": move["id"], "by": draw(st.integers(1, 3))}
        if "nation" in move["by"] and draw(st.booleans()):
            found["absent"]["seat"] = "seat-0"
    elif kind == 1:
        window = draw(st.sampled_from([{}, {"from": 2}, {"from": 1, "until": 2}, {"until": 3}]))
        found["when"] = Writer(draw, names.quiet()).truth()
        found |= window
    else:
        found["turn"] = draw(st.integers(1, TURNS))
    if draw(st.booleans()):
        found["chance"] = Writer(draw, names.quiet()).odds()
    return found


def _endings(draw: Draw, names: Names) -> list[Data]:
    first = [
        {
            **card(f"ending-{i}"),
            "text": text("ends"),
            "when": _quiet(draw, names).truth(),
            "at": draw(st.sampled_from(["any", "last"])),
            "from": draw(st.integers(1, 3)),
            "stops": draw(st.sampled_from([False, False, True])),
        }
        for i in some(draw, 3)
    ]
    return [*first, {**card("time-out"), "text": text("ends"), "when": "turn >= 1", "at": "last"}]


@st.composite
def contents(draw: Draw) -> dict[str, str]:
    """Draw a rule pack and a scenario: path → text."""
    pack = draw_pack(draw)
    scenario = _scenario(draw, pack)
    folder = f"scenarios/{SCENARIO}"
    found = {f"rules/{PACK}/pack.yaml": _dump(pack.sections), f"{folder}/scenario.yaml": _dump(scenario)}
    for language in ("en", "es"):
        found[f"{folder}/about.{language}.md"] = "About"
        found |= {f"{folder}/briefs/{s['id']}.{language}.md": "Brief" for s in scenario["seats"]}
    return found


def _dump(data: Data) -> str:
    return json.dumps({k: v for k, v in data.items() if v != []}, ensure_ascii=False, indent=1)  # JSON is YAML


seeds = st.integers(0, 2**64 - 1)
"""The seeds of sessions."""


def order_picks(turns: int = TURNS, most: int = 4) -> st.SearchStrategy[list[list[tuple[int, int]]]]:
    """Draw, turn by turn, pairs of whole numbers: one picks a candidate, the other its amount."""
    pick = st.tuples(st.integers(0, 10_000), st.integers(0, 10))
    return st.lists(st.lists(pick, max_size=most), min_size=turns, max_size=turns)
