"""Each way in which content can be wrong is told with its code and its exact place, and all of them in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import wargame.content
from tests.content import cases_hindcast, cases_institutions, cases_oddities, cases_rules, cases_scenario
from tests.content.samples import DRIFT_SCENARIO, LEAGUE, MARK, PACK, SCENARIO, Case, drift, league, place_of, toy
from wargame.content.bundle import Bundle
from wargame.content.load import check_texts, load_bundle
from wargame.content.problems import NOUNS
from wargame.model.text import Language

CASES = (*cases_rules.CASES, *cases_scenario.CASES)
ALL = (*CASES, *cases_institutions.CASES, *cases_oddities.CASES, *cases_hindcast.CASES)


def whole_of(file: str) -> Mapping[str, str]:
    """Return the texts to which a file belongs."""
    if file.startswith(DRIFT_SCENARIO):
        return drift()
    return league() if file.startswith(LEAGUE) else toy()


@pytest.mark.parametrize("case", ALL, ids=lambda c: f"{c.code}-{c.file.rsplit('/', 1)[1]}")
def test_every_problem_is_told_with_its_place(case: Case) -> None:
    texts = dict(whole_of(case.file))
    where = case.spoil(texts)
    report = check_texts(texts)
    told = [*report.problems, *report.warnings]
    everything = "\n".join(p.say(Language.EN) for p in told)
    found = [p for p in told if p.code == case.code and (MARK not in case.new or place_of(p) == where)]
    assert found, everything
    assert all(p.place.line and p.place.column for p in found), everything
    assert case.says in found[0].message.en
    assert found[0].message.es.strip()
    assert sorted(p.code for p in told if p is not found[0]) == sorted(case.also), everything
    assert (report.scenario is None) == bool(report.problems)


def test_all_problems_are_told_in_one_pass() -> None:
    unreadable = {c.code for c in cases_rules.YAML} - {"yaml-number", "yaml-duplicate-key"}
    structural = {"unknown-pack", "pack-loop", "unknown-section"}
    texts, expected, touched = dict(toy()), [], set[tuple[str, str]]()
    for case in CASES:
        lines = {(case.file, line) for line in case.old.splitlines()}
        alone = case.code in unreadable | structural or case.also or case.old.count("\n") > 1
        if alone or texts[case.file].count(case.old) != 1 or lines & touched:
            continue
        touched |= lines
        case.spoil(texts)
        expected.append(case.code)
    report = check_texts(texts)
    told = [p.code for p in (*report.problems, *report.warnings)]
    hidden_by_others = {"unused-assumption", "useless-denial", "doctrine-move-denied", "actor-taken", "no-amount"}
    assert len(expected) > 60
    assert set(expected) - set(told) <= hidden_by_others


def with_files(changes: dict[str, str | None]) -> list[str]:
    texts = {**toy(), **{k: v for k, v in changes.items() if v is not None}}
    report = check_texts({k: v for k, v in texts.items() if changes.get(k, "") is not None})
    return [f"{p.code} {p.place}" for p in (*report.problems, *report.warnings)]


def test_files_that_are_missing_or_too_many_are_told() -> None:
    seats, script, card = (SCENARIO + f for f in ("seats.yaml", "script.yaml", "scenario.yaml"))
    assert with_files({SCENARIO + "about.es.md": None}) == [f"missing-about {card}:3:3"]
    assert with_files({SCENARIO + "briefs/bosses.en.md": " \n"}) == [f"missing-brief {seats}:16:9"]
    extra = SCENARIO + "briefs/boses.en.md"
    assert with_files({extra: "?"}) == [f"unknown-seat {extra}"]
    assert with_files({card: None}) == ["no-card scenarios/toy-valley"]
    assert with_files({PACK + "pack.yaml": "series: []\n"})[0] == "no-card rules/toy"
    assert "no-seat" in " ".join(with_files({seats: ""}))
    assert f"no-ending {card}:3:3" in with_files({script: ""})
    levels = toy()[card].split("levels:")[0]
    assert f"no-level {card}:3:3" in with_files({card: levels})


def test_a_case_needs_a_table_of_figures_and_ties_for_its_orders() -> None:
    texts = {k: v for k, v in drift().items() if not k.endswith("history.csv")}
    assert [(p.code, str(p.place)) for p in check_texts(texts).problems] == [
        ("missing-history", f"{DRIFT_SCENARIO}hindcast.yaml:2:3")
    ]
    chapter = """hindcast:
  calibrated_to: 2020-01-01
  script:
    - {on: 2020-02-01, seat: presidency, move: eradicate, targets: {z: uplands}, assumption: toy}
    - {on: 2020-05-01, seat: presidency, move: eradicate, targets: {z: borderland}, assumption: toy}
  series:
    - {series: [fields], measure: crop, over: mean, tolerance: 1, assumption: toy}
"""
    head = "series_id,quantity,unit,place,period_start,period_end,value,low,high,source,source_kind,note\n"
    rows = head + "fields,a,b,c,2020-01-01,2020-03-31,5,,,x,y,\n"
    assert with_files({SCENARIO + "hindcast.yaml": chapter, SCENARIO + "history.csv": rows}) == [
        f"no-such-tie {SCENARIO}hindcast.yaml:5:68"
    ]


def test_a_resource_that_only_some_actors_have_is_refused() -> None:
    fuel = """  - id: fuel
    of: [network]
    title: {en: Fuel, es: Combustible}
    type: stock
    unit: t
    bounds: [0, 9]
    resource: true
    start: 1
    assumption: toy
derived:
"""
    moves = toy()[PACK + "moves.yaml"].replace("    cost: {treasury: 3}\n", "    cost: {fuel: 3}\n")
    nouns = toy()[PACK + "nouns.yaml"].replace("derived:\n", fuel)
    assert with_files({PACK + "moves.yaml": moves, PACK + "nouns.yaml": nouns}) == [
        f"no-resource {PACK}moves.yaml:35:12"
    ]


def test_names_of_packs_that_are_not_used_are_told_as_such() -> None:
    text = "{en: a, es: a}"
    other = {
        "rules/other/pack.yaml": f"pack: {{id: other, title: {text}, text: {text}}}\n",
        "rules/other/rules.yaml": f"""mechanisms:
  - id: odd
    title: {text}
    for: {{zone: z}}
    effects: {{z.trust: 1}}
    assumption: toy
""",
        SCENARIO + "scenario.yaml": toy()[SCENARIO + "scenario.yaml"].replace("packs: [toy]", "packs: [toy, other]"),
    }
    told = with_files(dict(other))
    assert "pack-not-used rules/other/rules.yaml:4:11" in told
    assert "pack-not-used rules/other/rules.yaml:6:17" in told
    assert "unknown-kind" not in " ".join(told)
    used = {**other, "rules/other/pack.yaml": f"pack: {{id: other, title: {text}, text: {text}, uses: [toy]}}\n"}
    assert with_files(dict(used)) == []
    stocked = toy()[PACK + "pack.yaml"].replace("  toy: {", "  idle: {en: a, es: a}\n  toy: {")
    assert with_files({**used, PACK + "pack.yaml": stocked}) == []


def test_oddities_are_warnings_and_the_scenario_loads() -> None:
    nouns = toy()[PACK + "nouns.yaml"] + toy()[PACK + "nouns.yaml"].split("derived:\n")[1].split("  - id: watched")[
        0
    ].replace("armed_presence", "idle_guns")
    world = (
        toy()[SCENARIO + "world.yaml"]
        .replace("tags: [growing, lowland]", "tags: [growing, lowlands]")
        .replace("tags: [lowland]", "tags: [lowlands]")
    )
    seats = toy()[SCENARIO + "seats.yaml"].replace("    actors: [syndicate, splinter]", "    actors: [syndicate]")
    told = with_files({PACK + "nouns.yaml": nouns, SCENARIO + "world.yaml": world, SCENARIO + "seats.yaml": seats})
    assert sorted(t.split()[0] for t in told) == ["rule-for-nobody", "tag-for-nobody", "unread-attribute"]


def test_a_tag_that_nobody_has_is_told_however_little_it_looks_like_another() -> None:
    rules = toy()[PACK + "mechanisms.yaml"].replace("only: {g: [network]}", 'only: {g: [network, "#zealots"]}', 1)
    (told,) = check_texts({**toy(), PACK + "mechanisms.yaml": rules}).warnings
    assert (told.code, told.message.en) == ("tag-for-nobody", "no entity has the tag 'zealots'")
    near = rules.replace("#zealots", "#lowlands")
    (told,) = check_texts({**toy(), PACK + "mechanisms.yaml": near}).warnings
    assert told.message.es == "ninguna entidad tiene la etiqueta «lowlands»; ¿quiso decir «lowland»?"


def test_a_rule_pack_that_nothing_else_shares_warns_of_what_would_count_double_until_that_is_settled() -> None:
    card = toy()[PACK + "pack.yaml"] + cases_oddities.TWICE
    assert with_files({PACK + "pack.yaml": card}) == [f"counts-double {PACK}mechanisms.yaml:40:9"]
    settled = card + "    settled: {en: it is, es: lo está}\n"
    assert with_files({PACK + "pack.yaml": settled}) == []
    elsewhere = card.replace("toy/taxes", "taxes/taxes").replace("writes: treasury", "writes: tax")
    assert with_files({PACK + "pack.yaml": elsewhere}) == []


def test_a_seat_that_no_inject_reaches_is_told() -> None:
    script = toy()[SCENARIO + "script.yaml"].replace("    until: 7\n", "    until: 7\n    audience: [presidency]\n")
    assert with_files({SCENARIO + "script.yaml": script}) == [f"seat-told-nothing {SCENARIO}seats.yaml:28:5"]


def test_what_is_only_read_by_people_is_not_looked_for_where_a_session_is_opened() -> None:
    texts = dict(toy())
    texts[PACK + "moves.yaml"] = texts[PACK + "moves.yaml"].replace("where: p.control >= 10", "where: p.control > 100")
    assert [w.code for w in check_texts(texts).warnings] == ["never-true"]
    assert load_bundle(Bundle(texts)).id == "toy-valley"


def test_a_seat_with_nothing_but_alternatives_has_no_objective() -> None:
    seats = toy()[SCENARIO + "seats.yaml"]
    start = seats.index("    objectives:\n      - {id: clean-border")
    only = "    objectives:\n      - {id: x, title: {en: x, es: x}, degree: 1, secret: true, alternative: true, "
    only += "assumption: toy}\n"
    text = seats[:start] + only + seats[seats.index("    assumption: toy\n\nsight") :]
    assert with_files({SCENARIO + "seats.yaml": text}) == [f"no-objective {SCENARIO}seats.yaml:38:7"]


def test_a_series_that_nothing_reads_and_a_seat_that_can_do_nothing_are_told() -> None:
    mechanisms = toy()[PACK + "mechanisms.yaml"].replace("ramp(outside.crop_price, 30, 90)", "0.5")
    doctrines = toy()[PACK + "doctrines.yaml"].replace("50 + 0.2 * outside.crop_price", "50")
    told = with_files({PACK + "mechanisms.yaml": mechanisms, PACK + "doctrines.yaml": doctrines})
    assert told == [f"unread-series {SCENARIO}world.yaml:76:5"]
    moves = toy()[PACK + "moves.yaml"].replace("by: [network]", "by: [state]").replace("[state, network]", "[state]")
    told = with_files({PACK + "moves.yaml": moves})
    assert f"seat-without-moves {SCENARIO}seats.yaml:18:13" in told


def test_every_code_in_the_program_has_a_test() -> None:
    folder = Path(wargame.content.__file__).parent
    program = "\n".join(p.read_text(encoding="utf-8") for p in folder.glob("*.py"))
    codes = set(re.findall(r'\.(?:add|_note|_refuse)\([^()"]*(?:\([^()]*\)[^()"]*)*"([a-z]+(?:-[a-z0-9]+)+)"', program))
    codes |= set(re.findall(r'return "([a-z]+(?:-[a-z]+)+)",', program)) | {f"unknown-{noun}" for noun in NOUNS}
    tests = "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("*.py"))
    assert len(codes) > 90
    assert sorted(c for c in codes if c not in tests) == []
