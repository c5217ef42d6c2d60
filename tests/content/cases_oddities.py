"""Content that loads and is odd: each case is told as a warning, with its place."""

from __future__ import annotations

from tests.content.samples import PACK, SCENARIO, Case

NOUNS, MECHANISMS, MOVES, DOCTRINES, PACK_CARD = (
    PACK + name for name in ("nouns.yaml", "mechanisms.yaml", "moves.yaml", "doctrines.yaml", "pack.yaml")
)
CARD, WORLD, SEATS, SCRIPT = (SCENARIO + name for name in ("scenario.yaml", "world.yaml", "seats.yaml", "script.yaml"))

FORMULAS = (
    Case("never-true", MOVES, "    where: p.control >= 10\n", "    where: ‸p.control > 100\n", says="'p.control >"),
    Case(
        "never-true",
        SCRIPT,
        "    when: uplands.trust < 27\n",
        "    when: ‸uplands.trust < 0 and turn > 2\n",
        says="'uplands.trust < 0 and turn > 2'",
    ),
    Case(
        "never-true", MECHANISMS, "    when: turn > 1\n", "    when: ‸turn > 1 and z.trust > 120\n", says="z.trust"
    ),
    Case(
        "always-true",
        MECHANISMS,
        "    when: z.crop_ha > 0\n",
        "    when: ‸z.crop_ha >= 0 and z.trust > 5\n",
        says="'z.crop_ha >= 0'",
    ),
    Case("always-true", MOVES, "    where: p.control >= 10\n", "    where: ‸p.control >= 0\n"),
    Case(
        "always-zero",
        MECHANISMS,
        "s.treasury: 2 + 0.06 * s.legitimacy",
        "s.treasury: ‸2 + 0.06 * s.legitimacy + max(0, s.legitimacy - 100)",
        says="'max(0, s.legitimacy - 100)'",
    ),
    Case(
        "always-clipped", MOVES, "    chance: ramp(p.control, 0, 80)\n", "    chance: ‸ramp(p.control, 100, 180)\n",
        says="'ramp(p.control, 100, 180)'",
    ),
    Case(
        "always-clipped",
        MECHANISMS,
        "{g.cohesion: 0.05 * (60 - g.cohesion)}",
        '{g.cohesion: "‸0.05 * (60 - clip(g.cohesion, 100, 200))"}',
    ),
    Case(
        "never-taken",
        MECHANISMS,
        "{g.forces: 0.01 * g.cohesion, g.treasury: -1}",
        '{g.forces: "‸0.01 * min(g.cohesion, 150 + g.treasury)", g.treasury: -1}',
        says="'150 + g.treasury'",
    ),
)  # fmt: skip

IDLE = (
    Case(
        "rule-for-nobody",
        MECHANISMS,
        '    only: {z: ["#lowland"]}\n',
        '    only: {z: ["#hill"]}\n',
        says="zone [#hill]",
        also=("tag-for-nobody",),
    ),
    Case(
        "move-without-target",
        MOVES,
        "    target: {zone: z}\n",
        '    target: {zone: z}\n    only: {z: ["#isle"]}\n',
        says="no zone [#isle]",
        also=("tag-for-nobody",),
    ),
    Case("move-too-dear", MOVES, "    cost: {treasury: 6}\n", "    cost: {treasury: 201}\n", says="more than 200"),
    Case(
        "unchanging-attribute",
        NOUNS,
        "  - id: ease\n    of: [corridor]\n",
        "  - ‸id: width\n    of: [corridor]\n    title: {en: Width, es: Ancho}\n    type: level\n    start: 50\n"
        "    assumption: toy\n  - id: ease\n    of: [corridor]\n",
        also=("unread-attribute",),
    ),
    Case(
        "never-active",
        WORLD,
        "{splinter.active: 1, syndicate.cohesion: 5}",
        "{syndicate.cohesion: 5}",
        says="'splinter'",
    ),
    Case(
        "unplayed-doctrine", SEATS, "    doctrines: [planter, corruptor]\n", "    doctrines: [planter]\n",
        says="'corruptor'",
    ),
    Case(
        "fixed-objective",
        SEATS,
        '"ramp(neighbour.treasury, 20, 90)"',
        '"ramp(corridor(uplands, river).ease, 20, 90)"',
        says="corridor(uplands, river).ease",
    ),
    Case(
        "fixed-measure",
        SCRIPT,
        "value: valley.trust, unit: points",
        "value: 'corridor(uplands, river).ease', unit: points",
        says="'trust'",
    ),
)  # fmt: skip

SCRIPTED = (
    Case("unserved-training", SCRIPT, "    training: [see-the-balloon]\n", "", says="see-the-balloon"),
    Case(
        "ending-forestalled",
        SCRIPT,
        "  - id: valley-clean\n",
        "  - id: collapse-too\n    title: {en: Collapse again, es: Otro colapso}\n"
        "    text: {en: It falls., es: Cae.}\n    when: government.legitimacy < 10\n    at: any\n    assumption: toy\n"
        "  - id: valley-clean\n",
        says="'collapse'",
    ),
    Case(
        "lens-alike",
        PACK_CARD,
        "    parameters: {enforcement-displaces.shift: 0.1, fear-erodes-trust.scale: 1.2}\n    off: [weather]\n",
        "    parameters: {crop-follows-price.growth: 0.08, enforcement-displaces.shift: 0.4}\n"
        "    on: [smuggling-corrupts]\n",
        says="'money-first'",
    ),
    Case(
        "no-range",
        MECHANISMS,
        "{hold: {value: 5, low: 3, high: 8, assumption: toy}}",
        "{hold: {value: 5, low: 5, high: 5, assumption: toy}}",
        says="'hold'",
    ),
)

WORDS = (
    Case("listed-twice", SEATS, "[builder, hunter]", "[builder, hunter, ‸builder]"),
    Case("listed-twice", MOVES, "    tags: [corruption]\n", "    tags: [corruption, ‸corruption]\n"),
    Case(
        "untranslated",
        SCRIPT,
        "es: Los cultivadores marchan hacia el pueblo.",
        "es: ‸Growers march on the town.",
        says="same words",
    ),
    Case("same-title", MOVES, "{en: Bribe officials, es: Sobornar funcionarios}", "{en: Plant more, es: Sembrar más}"),
    Case("same-title", WORLD, "{en: The town, es: El pueblo}", "{en: The river, es: El río}", says="'river'"),
    Case(
        "uneven-brief",
        SCENARIO + "briefs/bosses.es.md",
        "# Su situación\n",
        "‸# Su situación\n\n# Lo que sabe\n",
        says="1 headings, the Spanish 2",
    ),
    Case("long-brief", SCENARIO + "briefs/bosses.en.md", "what follows.\n", "what follows.\n‸" + "word " * 450),
)  # fmt: skip

TWICE = """
double_counts:
  - id: taxed-twice
    rules: [toy/taxes, toy/recruitment]
    writes: treasury
    what: {en: money, es: dinero}
    remedy: {en: let one rule write it, es: que lo escriba una sola regla}
    assumption: toy
"""
DOUBLE = (
    Case("counts-double", PACK_CARD, "\nlenses:\n", TWICE + "\nlenses:\n", says="let one rule write it"),
    Case(
        "unknown-rule", PACK_CARD, "\nlenses:\n",
        TWICE.replace("toy/recruitment", "‸toy/recruitmnt") + "\nlenses:\n", says="did you mean 'toy/recruitment'?",
    ),
    Case(
        "unknown-attribute", PACK_CARD, "\nlenses:\n",
        TWICE.replace("writes: treasury", "writes: ‸tresury") + "\nlenses:\n", says="did you mean 'treasury'?",
    ),
    Case("wrong-id", PACK_CARD, "\nlenses:\n", TWICE.replace("toy/taxes", "‸taxes") + "\nlenses:\n", says="pack/rule"),
    Case(
        "added-again",  # the syndicate is present in two zones
        MECHANISMS,
        "effects: {g.treasury: 0.00002 * p.control * z.crop_ha}",
        "effects: {‸g.treasury: 0.00002 * p.control * z.crop_ha - 0.01 * g.treasury}",
        says="'g.treasury' 2 times",
    ),
    Case(
        "added-again",  # a corridor is met from both ends, and the amount is the same from either
        MECHANISMS,
        "    when: here.raided > there.raided\n    transfer:\n",
        "    effects: {‸c.ease: abs(there.raided - here.raided) * here.trust * there.trust}\n    transfer:\n",
        says="'c.ease' 2 times",
    ),
    Case(
        "added-again",  # so it is with a sum, none of whose parts is the same
        MECHANISMS,
        "    when: here.raided > there.raided\n    transfer:\n",
        "    when: here.raided == there.raided\n    effects: {‸c.ease: here.trust + there.trust}\n    transfer:\n",
        says="'c.ease' 2 times",
    ),
)  # fmt: skip

CASES = (*FORMULAS, *IDLE, *SCRIPTED, *WORDS, *DOUBLE)
