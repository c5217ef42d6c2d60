"""Scenarios made wrong, one problem at a time."""

from __future__ import annotations

from tests.content.samples import SCENARIO, Case

CARD, WORLD, SEATS, SCRIPT = (SCENARIO + name for name in ("scenario.yaml", "world.yaml", "seats.yaml", "script.yaml"))

CARDS = (
    Case("unknown-pack", CARD, "  packs: [toy]\n", "  packs: [toy, ‸toyy]\n"),
    Case(
        "unknown-lens",
        CARD,
        "  lens: presence-first\n",
        "  lens: ‸presence-frist\n",
        says="did you mean 'presence-first'?",
    ),
    Case(
        "unknown-lens", CARD, "  lenses: [presence-first, money-first]\n", "  lenses: [presence-first, ‸money-last]\n"
    ),
    Case("wrong-date", CARD, "start: 2020-01-01", "start: ‸2020-02-31", says="2020-02-31"),
    Case("wrong-date", CARD, "start: 2020-01-01", "start: ‸January", says="2020-01-31"),
    Case("out-of-range", CARD, "turns: 8, short: 4", "turns: 8, short: ‸9"),
    Case("wrong-folder", CARD, "  id: toy-valley\n", "  id: ‸toy-vale\n", says="'toy-valley'"),
    Case("beyond-last-turn", CARD, "  - {turn: 1, text", "  - {turn: ‸9, text", says="8 turns"),
    Case("unknown-assumption", CARD, "assumption: no-history}", "assumption: ‸no-histories}", says="'no-history'?"),
    Case("duplicate-id", CARD, "assumptions:\n", "assumptions:\n  ‸toy: {en: x, es: x}\n", says="pack.yaml:12:3"),
)

WORLDS = (
    Case(
        "duplicate-id",
        WORLD,
        "  - id: town\n",
        "  - id: ‸river\n",
        says="world.yaml:36:9",
        also=("unknown-name", *("unknown-entity",) * 5),
    ),
    Case(
        "unknown-kind",
        WORLD,
        "    kind: network\n    title: {en: The syndicate",
        "    kind: ‸netwok\n    title: {en: The syndicate",
        says="did you mean 'network'?",
    ),
    Case("unknown-attribute", WORLD, "legitimacy: 45 ± 10", "‸legitimcy: 45 ± 10", says="did you mean 'legitimacy'?"),
    Case("out-of-range", WORLD, "legitimacy: 45 ± 10", "legitimacy: ‸145 ± 10", says="0 to 100"),
    Case("wrong-value", WORLD, "legitimacy: 45 ± 10", "legitimacy: ‸45 or so", says="42 ± 10"),
    Case("wrong-type", WORLD, "legitimacy: 45 ± 10", "legitimacy: ‸true", says="not yes or no"),
    Case("wrong-type", WORLD, "legitimacy: 45 ± 10", "legitimacy: ‸[45]"),
    Case(
        "out-of-range",
        WORLD,
        "{value: 25, low: 15, high: 35, assumption: toy}",
        "{value: ‸5, low: 15, high: 35, assumption: toy}",
    ),
    Case("out-of-range", WORLD, "{value: 25, low: 15, high: 35, assumption: toy}", "{value: 25, low: ‸-15, high: 35}"),
    Case("not-settable", WORLD, "values: {crop_ha: 200, trust: 55}", "values: {crop_ha: 200, ‸pressure: 55}"),
    Case("not-settable", WORLD, "values: {crop_ha: 200, trust: 55}", "values: {crop_ha: 200, ‸raided: 1}"),
    Case("missing-value", WORLD, "values: {crop_ha: 200, trust: 55}", "values: ‸{trust: 55}", says="'crop_ha'"),
    Case(
        "unknown-entity",
        WORLD,
        "references: {heir: splinter}",
        "references: {heir: ‸splintr}",
        says="did you mean 'splinter'?",
    ),
    Case(
        "wrong-kind",
        WORLD,
        "references: {heir: splinter}",
        "references: {heir: ‸town}",
        says="expected one of: network",
    ),
    Case(
        "unknown-reference",
        WORLD,
        "references: {heir: splinter}",
        "references: {‸hair: splinter}",
        says="did you mean 'heir'?",
    ),
    Case(
        "missing-reference",
        WORLD,
        "    references: {state: neighbour}\n",
        "    references: ‸{market: town}\n",
        says="'state'",
    ),
    Case(
        "unknown-attribute",
        SCRIPT,
        "trends:\n  - attribute: crop_ha",
        "trends:\n  - attribute: ‸crop_has",
        says="crop_ha",
    ),
    Case("unknown-entity", SCRIPT, "    entities: [uplands]\n    goes: up", "    entities: [‸upland]\n    goes: up"),
    Case("out-of-range", WORLD, "    at: [-74.0, -12.2]\n", "    at: ‸[-74.0, -122]\n", says="latitude"),
    Case(
        "out-of-range",
        WORLD,
        "    outline: [[-74.6, -12.6], [-74.4, -12.6], [-74.4, -12.4], [-74.6, -12.4]]\n",
        "    outline: ‸[[-74.6, -12.6], [-74.4, -12.6]]\n",
    ),
    Case(
        "unknown-tie",
        WORLD,
        "{type: corridor, from: uplands",
        "{type: ‸coridor, from: uplands",
        says="did you mean 'corridor'?",
    ),
    Case("unknown-entity", WORLD, "{type: presence, from: splinter", "{type: presence, from: ‸splinters"),
    Case("wrong-kind", WORLD, "{type: presence, from: splinter", "{type: presence, from: ‸town"),
    Case("same-ends", WORLD, "from: river, to: town", "from: river, to: ‸river"),
    Case(
        "duplicate-tie",
        WORLD,
        "  - {type: corridor, from: river, to: town",
        "  - ‸{type: corridor, from: river, to: uplands",
    ),
    Case("duplicate-tie", WORLD, "from: syndicate, to: river", "from: syndicate, to: uplands", says="world.yaml"),
    Case(
        "unknown-entity",
        WORLD,
        "zones: [uplands, river, town]",
        "zones: [uplands, river, ‸twn]",
        says="did you mean 'town'?",
    ),
    Case(
        "wrong-kind",
        WORLD,
        "zones: [uplands, river, town]",
        "zones: [uplands, river, ‸syndicate]",
        says="can act",
        also=("unknown-attribute",) * 6,
    ),
    Case("duplicate-id", WORLD, "zones: [uplands, river, town]", "zones: [uplands, river, ‸river]"),
    Case(
        "wrong-length",
        WORLD,
        "    values: [50, 52, 55, 60, 58, 55, 50, 45]\n",
        "    values: ‸[50, 52, 55]\n",
        says="8 turns",
    ),
    Case(
        "out-of-range",
        WORLD,
        "    values: [50, 52, 55, 60, 58, 55, 50, 45]\n",
        "    values: [50, 52, 55, 60, 58, 55, 50, ‸450]\n",
    ),
    Case("wrong-bounds", WORLD, "    bounds: [0, 200]\n", "    bounds: ‸[200, 200]\n", also=("out-of-range",) * 8),
    Case("wrong-unit", WORLD, "    unit: index\n", "    unit: ‸dollars\n", says="index"),
    Case(
        "unknown-name",
        WORLD,
        "syndicate.cohesion < 57 and",
        "‸sindicate.cohesion < 57 and",
        says="did you mean 'syndicate'?",
    ),
    Case("duplicate-id", WORLD, "  - id: band-splits", "  - id: ‸taxes"),
    Case(
        "role-taken",
        WORLD,
        "    when: syndicate.cohesion < 57 and not splinter.active\n",
        "    for: {zone: ‸town}\n    when: syndicate.cohesion < 57 and not splinter.active\n",
    ),
    Case("cannot-change", WORLD, "effects: {splinter.active: 1,", "effects: {‸valley.crop_ha: 1, splinter.active: 1,"),
)

SEATED = (
    Case(
        "unknown-entity",
        SEATS,
        "    actors: [government]\n",
        "    actors: [‸goverment]\n",
        says="did you mean 'government'?",
    ),
    Case("cannot-act", SEATS, "    actors: [government]\n", "    actors: [government, ‸town]\n"),
    Case(
        "actor-taken",
        SEATS,
        "    actors: [neighbour]\n",
        "    actors: [neighbour, ‸government]\n",
        says="seats.yaml:4:14",
    ),
    Case("duplicate-id", SEATS, "{id: rich, title", "{id: ‸less-crop, title"),
    Case("open-alternative", SEATS, "weight: 1, secret: true, alternative: true", "weight: 1, alternative: ‸true"),
    Case("useless-denial", SEATS, "    moves_denied: [lend-money]\n", "    moves_denied: [‸plant]\n"),
    Case("unknown-move", SEATS, "    moves_denied: [lend-money]\n", "    moves_denied: [‸lend-mony]\n"),
    Case(
        "unknown-doctrine",
        SEATS,
        "    doctrines: [builder, hunter]\n",
        "    doctrines: [builder, ‸huntr]\n",
        says="did you mean 'hunter'?",
    ),
    Case("doctrine-not-for-seat", SEATS, "    doctrines: [builder, hunter]\n", "    doctrines: [builder, ‸planter]\n"),
    Case(
        "doctrine-unplayable",
        SEATS,
        "    moves_denied: [declare-emergency]\n",
        "    moves_denied: [declare-emergency, lend-money, build-road]\n",
        also=("doctrine-move-denied",),
    ),
    Case(
        "doctrine-move-denied",
        SEATS,
        "    doctrines: [builder, hunter]\n",
        "    doctrines: [builder, hunter, ‸lender]\n",
        says="lend-money",
    ),
    Case("unknown-seat", SEATS, "{seat: bosses, attribute", "{seat: ‸boses, attribute", says="did you mean 'bosses'?"),
    Case("unknown-attribute", SEATS, "attribute: trust, entities", "attribute: ‸trst, entities"),
    Case("unknown-entity", SEATS, "entities: [uplands, river]", "entities: [uplands, ‸rivr]"),
    Case(
        "wrong-kind",
        SEATS,
        "attribute: legitimacy, entities: [government]",
        "attribute: legitimacy, entities: [‸uplands]",
    ),
    Case(
        "missing-reported",
        SEATS,
        "entities: [uplands, river], seen: exact",
        "entities: [uplands, river], seen: ‸reported",
    ),
    Case("missing-spread", SEATS, "seen: estimated, spread: 8", "seen: ‸estimated"),
    Case("wrong-type", SEATS, '"ramp(syndicate.treasury, 10, 80)"', '"‸syndicate.treasury > 10"'),
    Case(
        "unknown-attribute",
        SEATS,
        "presence(government, uplands).control",
        "presence(government, uplands).‸contrl",
        says="did you mean 'control'?",
    ),
)

_LESSON = """lessons:
  - id: look
    title: {en: x, es: x}
    text: {en: x, es: x}
    screens: {en: x, es: x}
    lines: {en: x, es: x}
    until: %s

injects:
"""

SCRIPTED = (
    Case("wrong-trigger", SCRIPT, "injects:\n", _LESSON % "‸{see: brief, turn: 2}"),
    Case("wrong-trigger", SCRIPT, "injects:\n", _LESSON % "‸{}"),
    Case("beyond-last-turn", SCRIPT, "injects:\n", _LESSON % "‸{turn: 9}"),
    Case("wrong-trigger", SCRIPT, "    turn: 3\n", "    turn: 3\n    when: turn > 2\n"),
    Case("wrong-trigger", SCRIPT, "    turn: 3\n", "    turn: 3\n    ‸until: 4\n"),
    Case("beyond-last-turn", SCRIPT, "    turn: 3\n", "    turn: ‸9\n"),
    Case("beyond-last-turn", SCRIPT, "    until: 7\n", "    until: ‸12\n"),
    Case("out-of-range", SCRIPT, "    until: 7\n", "    until: ‸1\n"),
    Case("unknown-seat", SCRIPT, "    audience: [presidency]\n", "    audience: [‸presidncy]\n"),
    Case("unknown-training", SCRIPT, "    training: [see-the-balloon]\n", "    training: [‸see-the-baloon]\n"),
    Case("unknown-move", SCRIPT, "absent: {move: build-road,", "absent: {move: ‸build-rod,"),
    Case("unknown-seat", SCRIPT, "seat: presidency, by: 4", "seat: ‸presidencia, by: 4"),
    Case("seat-never-gives", SCRIPT, "absent: {move: build-road,", "absent: {move: ‸plant,"),
    Case("unknown-gap", SCRIPT, '"The mayors complain: no road was begun."', '‸"The mayors of {town} complain."'),
    Case(
        "draw-not-allowed",
        SCRIPT,
        "    effects: {government.legitimacy: -3}\n",
        "    effects: {government.legitimacy: ‸noise(3)}\n",
    ),
    Case("last-ending", SCRIPT, "    when: turn >= 1\n", "    when: valley.crop_ha > 3\n"),
    Case("unknown-attribute", SCRIPT, "value: valley.trust, unit", "value: valley.‸trus, unit"),
)

CASES = (*CARDS, *WORLDS, *SEATED, *SCRIPTED)
