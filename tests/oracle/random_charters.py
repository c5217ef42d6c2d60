"""Random charters in the sample league: bodies, organs, members, resolutions and interests are drawn, nouns are not."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeAlias

import yaml
from hypothesis import strategies as st

from tests.content.samples import league

Data: TypeAlias = dict[str, Any]
PACK, CARD = "rules/league/pack.yaml", "scenarios/toy-league/scenario.yaml"
STATES = ("alba", "boreas", "celta", "dorado", "estrella", "fuego", "gama", "hidra")
BODIES = ("league", "club")
BASIS: Data = {"assumption": {"en": "a number for a test", "es": "un número para una prueba"}}
LEANS = [
    "noise(40)",
    "noise(20) + 35",
    "40",
    "m.legitimacy - 60",
    "p.subject.legitimacy - 60",
    "1.5 * (lag(p.subject.legitimacy, 2) - start(p.subject.legitimacy))",
    "30 if b.tabler else -12",
    "0.9 * (alignment(m, p.subject).affinity - 50)",
    "25 - membership(m, p.body).quota",
    "-40 if membership(m, p.body).chair or b.concerned else 15",
    "b.lobbied + 25",
    "20 if b.sponsor else 0.2",
    "28 * b.vote",
]
WHENS = ["m.credit > 4", "p.subject.credit > 4.5", "chance(0.6, whether)", "p.waited >= 1", "not b.cast"]
SHARED = ["supermajority", "unanimity_abstain"]
COUNTED = ["council_veto", "sign_on"]
STATUS = ["member", "member", "member", "absent", "absent", "suspended", "observer", "notice", "withdrawn"]
STRIKES: list[Data] = [{}, {}, {}, {}, {"hidra.active": "-1"}, {"club.dormant": 1}, {"league.chair_frozen": 1}]
RULES = [
    *SHARED, *COUNTED, "consensus", "consensus", "consensus", "unanimity", "absolute_majority",
    "majority_no_negative", "simple_majority", "weighted", "keys",
]  # fmt: skip


@cache
def _sample(path: str) -> str:
    return json.dumps(yaml.load(league()[path], Loader=yaml.BaseLoader))


def _words(name: str) -> Data:
    return {"title": {"en": name, "es": name}}


def _some(draw: st.DrawFn, choices: Any, least: int = 0, most: int = 4) -> list[Any]:
    places = st.integers(0, len(choices) - 1)
    return [choices[i] for i in draw(st.lists(places, min_size=least, max_size=most, unique=True))]


def _organ(draw: st.DrawFn, name: str, members: list[str]) -> Data:
    rule = draw(st.sampled_from(RULES))
    found: Data = {"id": name, **_words(name), "rule": rule, "quorum": draw(st.sampled_from([0, 0, 0.5, 0.6667]))}
    if rule in SHARED or (rule == "weighted" and draw(st.booleans())):
        found["share"] = draw(st.sampled_from([0.5, 0.6667, 0.75, 0.2]))
    if rule in COUNTED:
        found["least"] = draw(st.integers(1, 4))
    if rule == "council_veto":
        found["veto"] = _some(draw, [*members, "#accused"])
    if rule == "keys":
        found["keys"] = _some(draw, members, least=1, most=3)
    found["tables"] = draw(st.sampled_from(["members", "chair", "subject", *(["keys"] if rule == "keys" else [])]))
    found |= draw(st.sampled_from([{}, {"base": "present"}, {"base": "voting"}, {"of": 9}]))
    found |= dict.fromkeys(_some(draw, ["consults_absent", "urgent", "secret"]), True)
    found |= draw(st.sampled_from([{}, {"excludes": "subject"}]))
    found |= draw(st.sampled_from([{}, {"opposes_beyond": 30}, {"opposes_beyond": 0}]))
    return found | {"abstains_within": draw(st.sampled_from([0, 5, 20]))}


def _charter(draw: st.DrawFn, body: str) -> Data:
    members = _some(draw, STATES, least=4, most=8)
    status = st.sampled_from(STATUS)
    found: Data = {"id": f"{body}-charter", "body": body, **_words(body), **BASIS}
    found["organs"] = [_organ(draw, f"{body}_{i}", members) for i in range(draw(st.integers(1, 4)))]
    found["members"] = [{"who": m, "from": "2001-01-01", "status": draw(status)} for m in members]
    found["notice_days"] = draw(st.sampled_from([0, 180]))
    found["quotas"] = {m: draw(st.sampled_from([0, 12.5, 40])) / len(members) for m in members}
    if draw(st.booleans()):
        order = draw(st.permutations(members))
        held = draw(st.sampled_from([[], [{"who": order[-1], "from": "2019-10-01"}]]))
        found["chair"] = {"order": order, "turns": draw(st.integers(1, 3)), "held": held}
        found["chair"] |= draw(st.sampled_from([{}, {"outlasts_suspension": True}]))
    if draw(st.booleans()):
        found["recognises"] = [{"who": draw(st.sampled_from([*RIVALS])), "from": "2019-10-01"}]
    return found


def _resolution(draw: st.DrawFn, number: int, charters: list[Data]) -> Data:
    name = f"text-{number}"
    where = _some(draw, charters, least=1) if len(charters) > 1 and number else charters[:1]
    found: Data = {"id": name, **_words(f"{name} {{body}}"), **BASIS}
    found["at"] = {c["body"]: draw(st.sampled_from([o["id"] for o in c["organs"]])) for c in where}
    found["adopted"] = {"p.body.cohesion": "gain * p.strength / 100"}
    found["rejected"] = {"p.body.cohesion": "-1.1", "p.strength": "-10 if chance(0.5) else 5"}
    found["each"] = {"m.legitimacy": "0.7 * b.vote", "m.credit": "gain if b.cast else -1"}
    found["parameters"] = {"gain": {"value": 2, "low": 1, "high": 4, **BASIS}}
    if draw(st.booleans()):
        found["subject"] = draw(st.sampled_from([["#accused"], ["#founder"], [*SUBJECTS]]))
        found["adopted"]["p.subject.legitimacy"] = -3.3
        found["adopted"] |= draw(st.sampled_from([{}, *({SEATING: way} for way in (1, -1))]))
    return found


def _interest(draw: st.DrawFn, number: int) -> Data:
    found: Data = {"id": f"interest-{number}", **_words("interest"), "amount": draw(st.sampled_from(LEANS)), **BASIS}
    if draw(st.integers(0, 2)) == 0:
        found["when"] = draw(st.sampled_from(WHENS))
    if draw(st.integers(0, 3)) == 0:
        found["only"] = {"m": _some(draw, ["#accused", "state"], least=1)}
    return found | draw(st.sampled_from([{}, {}, {}, {"off": True}]))


_UNREST: list[Data] = [
    {"s.suspended": "1 if chance(0.15, out) else -1 if chance(0.5, again) else 0"},
    {"s.absent": "1 if chance(0.3, away) else -1 if chance(0.5, back) else 0"},
    {"s.standing": "-1 if chance(0.1, gone) else 1 if chance(0.3, come) else 0"},
    {"s.votes": "1 if chance(0.3, more) else 0"},
    {"s.rival_seated": "1 if chance(0.3, rival) else -1 if chance(0.4, itself) else 0"},
]


def _unrest(draw: st.DrawFn) -> list[Data]:
    """Draw what suspends members, keeps them away and gives them more votes, by chance."""
    chosen = {k: v for effects in _some(draw, _UNREST) for k, v in effects.items()}
    found = {"id": "unrest", **_words("unrest"), "for": {"membership": "s", "from": "m", "to": "g"}, **BASIS}
    return [{**found, "effects": chosen}] if chosen else []


SEATING = "membership(p.subject, p.body).rival_seated"
RIVALS = {"gama_rival": "gama", "alba_rival": "alba"}
"""Authorities that claim the seats of members."""
SUBJECTS = {"#accused": ["dorado", "gama"], "#founder": ["alba"]}


def _proposals(pack: Data) -> list[str]:
    """Return the names of the proposals that there will be."""
    found = []
    for resolution in pack["resolutions"]:
        about = [f"_{who}" for tag in resolution.get("subject", ()) for who in SUBJECTS[tag]]
        for body in resolution["at"]:
            found += [f"{resolution['id'].replace('-', '_')}_{body}{who}" for who in about or [""]]
    return found


def _inject(draw: st.DrawFn, turn: int, proposals: list[str]) -> Data:
    effects: Data = {f"{p}.tabled": 1 for p in proposals}
    effects |= {f"{p}.urgent": 1 for p in proposals if draw(st.booleans())}
    effects |= draw(
        st.sampled_from([{}, {}, {}, {}, {"hidra.active": "-1"}, {"club.dormant": 1}, {"league.chair_frozen": 1}])
    )
    words = {"text": {"en": "news", "es": "noticia"}, "expected": {"en": "an answer", "es": "una respuesta"}}
    return {"id": f"news-{turn}", **_words("news"), **words, "turn": turn, "effects": effects, **BASIS} | {
        "training": ["count-first"]
    }


class Drawn(dict[str, str]):
    """Texts by path; what is told of them is what was drawn, not what is always the same."""

    def __repr__(self) -> str:
        pack, card = json.loads(self[PACK]), json.loads(self[CARD])
        told = {name: pack.get(name) for name in ("charters", "resolutions", "interests")}
        return json.dumps(told | {"injects": card.get("injects")})[:8000]


@st.composite
def charters(draw: st.DrawFn) -> Drawn:
    """Draw a rule pack with charters and a scenario: path → text."""
    pack, card = json.loads(_sample(PACK)), json.loads(_sample(CARD))
    bodies = BODIES[: draw(st.integers(1, 2))]
    pack["charters"] = [_charter(draw, body) for body in bodies]
    pack["resolutions"] = [_resolution(draw, i, pack["charters"]) for i in range(draw(st.integers(1, 4)))]
    pack["interests"] = [_interest(draw, i) for i in range(draw(st.integers(1, 4)))]
    pack["mechanisms"] += _unrest(draw)
    _let_seats_be_claimed(pack)
    for doctrine in pack["doctrines"]:
        about = ["#league", *(r["id"] for r in pack["resolutions"])]
        doctrine["leanings"] = [
            {"resolution": draw(st.sampled_from(about)), "amount": draw(st.sampled_from(LEANS[2:]))}
            for _ in range(draw(st.integers(0, 2)))
        ]
        doctrine.pop("parameters")
        for priority in doctrine["priorities"]:
            priority.pop("when", None)
    rules = [r["id"] for r in (*pack["resolutions"], *pack["interests"])]
    for lens in pack["lenses"]:
        lens["parameters"] = {f"{r['id']}.scale": draw(st.sampled_from([0.5, 1.5])) for r in pack["interests"][1:]}
        lens["off"] = _some(draw, rules)
    _set_scene(draw, card, pack)
    texts = {**league(), PACK: json.dumps(pack), CARD: json.dumps(card)}
    return Drawn({path: _dump(text) if path in (PACK, CARD) else text for path, text in texts.items()})


def _let_seats_be_claimed(pack: Data) -> None:
    state = next(kind for kind in pack["kinds"] if kind["id"] == "state")
    state["references"] = {"claims": {"kinds": ["state"], "optional": True}}
    flag = {"id": "rival_seated", "of": ["membership"], "type": "flag", "start": False}
    pack["attributes"].append(flag | _words("the rival sits") | BASIS)


def _rivals(draw: st.DrawFn) -> list[Data]:
    """Draw authorities that claim seats, one of which may not be in play."""
    found = []
    for rival in _some(draw, [*RIVALS]):
        entity = {"id": rival, "kind": "state", "references": {"claims": RIVALS[rival]}, **_words(rival), **BASIS}
        found.append(entity | draw(st.sampled_from([{}, {}, {"inactive": True}])))
    return found


def _set_scene(draw: st.DrawFn, card: Data, pack: Data) -> None:
    club = {"id": "club", "kind": "regional_body", **_words("club"), **BASIS}
    card["entities"].append(club | draw(st.sampled_from([{}, {"values": {"dormant": 1}}, {"inactive": True}])))
    next(e for e in card["entities"] if e["id"] == "alba")["tags"] = ["founder"]
    card["entities"] += _rivals(draw)
    named = _proposals(pack)
    card["injects"] = [_inject(draw, turn, _some(draw, named, least=1)) for turn in _some(draw, range(1, 7), least=3)]
    for actor in draw(st.sampled_from([[], ["gama"], ["boreas"]])):
        next(e for e in card["entities"] if e["id"] == actor)["inactive"] = True


def _dump(text: str) -> str:
    return json.dumps(_plain(json.loads(text)), ensure_ascii=False, indent=1)


def _plain(data: Any) -> Any:
    """Return the data with numbers and truths as such: the sample was read as words."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if data in ("true", "false"):
        return data == "true"
    try:
        return json.loads(data) if isinstance(data, str) and data.lstrip("-")[:1].isdigit() else data
    except ValueError:
        return data
