"""W as an ordinary rule pack and scenario: the texts of their files, as an author might write them.

The pack knows kinds, moves and events; the scenario names the actors, their relations, and the links between their
indicators. Texts are the same in both languages because nobody reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bench.tables import ACTORS, FAILURE, INDICATORS, TURNS, Amount, Deed, Link, Shock, Tables
from bench.words import actor_id, indicator_id, move_id, shock_id
from wargame.content.bundle import Bundle
from wargame.content.load import load_bundle
from wargame.model.scenario import Scenario

NAME: Final = "bench-w"
"""The name of the rule pack and of the scenario."""
RELATION: Final = "relation"
WARMTH: Final = "warmth"

_BASIS: Final = {
    "assumption": {"en": "made from a seed, for measuring only", "es": "hecho a partir de una semilla, solo para medir"}
}

Entry = Mapping[str, Any]


def load_w(tables: Tables) -> Scenario:
    """Return W as a scenario, through the loader that reads every scenario."""
    return load_bundle(Bundle({**_pack(tables), **_scenario(tables)}))


def _pack(tables: Tables) -> dict[str, str]:
    card = {"id": NAME, "title": _text("Workload W"), "text": _text("Rules made from a seed")}
    files = {
        "pack": f"pack: {json.dumps(card)}\n",
        "nouns": _sections({"kinds": [_kind()], "ties": [_tie_type()], "attributes": _attributes()}),
        "moves": _sections({"moves": (_move(move_id(m), deed) for m, deed in enumerate(tables.deeds))}),
        "events": _sections({"events": (_event(shock_id(e), shock) for e, shock in enumerate(tables.shocks))}),
        "choices": _sections({"lenses": [_lens()], "doctrines": [_doctrine()]}),
    }
    return {f"rules/{NAME}/{file}.yaml": text for file, text in files.items()}


def _scenario(tables: Tables) -> dict[str, str]:
    actors = range(ACTORS)
    sections = {
        "levels": [{"id": "standard", "title": _text("Standard"), **_BASIS}],
        "entities": (_entity(actor, tables) for actor in actors),
        "ties": (_tie(a, b, tables.relations[a][b]) for a in actors for b in actors if a != b),
        "mechanisms": (_mechanism(f"link-{i:02d}", link) for i, link in enumerate(tables.links)),
        "seats": (_seat(actor) for actor in actors),
        "endings": [_ending()],
        "measures": [{"id": "first", "title": _text("First"), "value": "actor00.ind0", "unit": "points", **_BASIS}],
    }
    files = {f"briefs/{_seat_id(actor)}.{language}.md": "Play.\n" for actor in actors for language in ("en", "es")}
    files |= {f"about.{language}.md": "Made from a seed.\n" for language in ("en", "es")}
    files["scenario.yaml"] = f"scenario: {json.dumps(_card())}\n" + _sections(sections)
    return {f"scenarios/{NAME}/{file}": text for file, text in files.items()}


def _sections(sections: Mapping[str, Iterable[Entry]]) -> str:
    return "".join(f"{name}:\n" + "".join(_lines(entries)) for name, entries in sections.items())


def _lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Write each entry as one line of YAML's flow style, which is JSON."""
    return (f"  - {json.dumps(entry)}\n" for entry in entries)


def _text(words: str) -> dict[str, str]:
    return {"en": words, "es": words}


# ── the rule pack ──────────────────────────────────────────────────────────────────────────────────────────────


def _kind() -> Entry:
    return {"id": "power", "title": _text("Power"), "acts": True, **_BASIS}


def _tie_type() -> Entry:
    return {"id": RELATION, "title": _text("Relation"), "from": ["power"], "to": ["power"], **_BASIS}


def _attributes() -> Iterator[Entry]:
    for indicator in range(INDICATORS):
        name = indicator_id(indicator)
        yield {"id": name, "of": ["power"], "title": _text(name), "type": "level", "start": 50, **_BASIS}
    yield {
        "id": WARMTH, "of": [RELATION], "title": _text("Warmth"), "type": "level", "bounds": [-100, 100], "start": 0,
        **_BASIS,
    }  # fmt: skip


def _move(name: str, deed: Deed) -> Entry:
    indicator, price = deed.cost
    return {
        "id": name,
        "title": _text(name),
        "by": ["power"],
        "target": {"power": "t"},
        "requires": [f"actor.{indicator_id(i)} >= {threshold}" for i, threshold in deed.guards],
        "chance": _odds(deed),
        **({"effects": {f"actor.{indicator_id(indicator)}": -price}} if price else {}),
        **({"success": _outcome(deed, 1.0), "failure": _outcome(deed, FAILURE)} if deed.own else {}),
        "cooldown": deed.cooldown,
        **_BASIS,
    }


def _odds(deed: Deed) -> str:
    own = f"{deed.odds.own} * (actor.{indicator_id(deed.odds.indicator)} - 50) / 100"
    relation = f"{deed.odds.relation} * {RELATION}(actor, t).{WARMTH} / 100"
    return f"clip({deed.odds.base} + {own} + {relation}, 0.05, 0.95)"


def _outcome(deed: Deed, share: float) -> dict[str, float]:
    amounts = {
        **_effects("actor", deed.own, share),
        **_effects("t", deed.target, share),
        f"{RELATION}(actor, t).{WARMTH}": deed.relation * share,
    }
    return {path: amount for path, amount in amounts.items() if amount}


def _effects(role: str, amounts: Iterable[Amount], share: float) -> dict[str, float]:
    return {f"{role}.{indicator_id(i)}": amount * share for i, amount in amounts}


def _event(name: str, shock: Shock) -> Entry:
    return {
        "id": name,
        "title": _text(name),
        "news": _text(name),
        "for": {"power": "p"},
        "only": {"p": [f"#{_tag(shock.actor)}"]},
        "chance": shock.odds,
        "effects": _effects("p", shock.effects, 1.0),
        **_BASIS,
    }


def _lens() -> Entry:
    return {
        "id": "as-written", "title": _text("As written"), "text": _text("No change"), "held_by": _text("Nobody"),
        **_BASIS,
    }  # fmt: skip


def _doctrine() -> Entry:
    priorities = [{"move": move_id(0), "weight": 1}]
    return {
        "id": "idle", "title": _text("Idle"), "text": _text("Waits"), "by": ["power"], "priorities": priorities,
        **_BASIS,
    }  # fmt: skip


# ── the scenario ───────────────────────────────────────────────────────────────────────────────────────────────


def _card() -> Entry:
    return {
        "id": NAME,
        "title": _text("Workload W"),
        "text": _text("Twenty actors, all at once"),
        "where": _text("Nowhere"),
        "packs": [NAME],
        "lens": "as-written",
        "lenses": ["as-written"],
        "calendar": {"start": "2020-01-01", "step": "quarter", "turns": TURNS, "short": TURNS // 2},
    }


def _entity(actor: int, tables: Tables) -> Entry:
    return {
        "id": actor_id(actor),
        "kind": "power",
        "title": _text(actor_id(actor)),
        "tags": [_tag(actor)],
        "values": {indicator_id(i): value for i, value in enumerate(tables.indicators[actor])},
        **_BASIS,
    }


def _tie(source: int, target: int, value: float) -> Entry:
    return {"type": RELATION, "from": actor_id(source), "to": actor_id(target), "values": {WARMTH: value}, **_BASIS}


def _mechanism(name: str, link: Link) -> Entry:
    cause, effect = _path(link.cause), _path(link.effect)
    amount = f"{link.weight} * ({cause} - lag({cause}, 1))"
    return {"id": name, "title": _text(name), "effects": {effect: amount}, **_BASIS}


def _path(cell: tuple[int, int]) -> str:
    actor, indicator = cell
    return f"{actor_id(actor)}.{indicator_id(indicator)}"


def _seat(actor: int) -> Entry:
    degree = f"{actor_id(actor)}.ind0 / 100"
    return {
        "id": _seat_id(actor),
        "title": _text(f"Seat {actor}"),
        "actors": [actor_id(actor)],
        "public": _text("Play"),
        "secret": _text("Play"),
        "orders": 1,
        "doctrines": ["idle"],
        "objectives": [{"id": f"high-{actor}", "title": _text("High"), "degree": degree, **_BASIS}],
        **_BASIS,
    }


def _seat_id(actor: int) -> str:
    return f"seat-{actor:02d}"


def _tag(actor: int) -> str:
    return f"only-{actor:02d}"


def _ending() -> Entry:
    return {"id": "time", "title": _text("Time"), "text": _text("Time"), "when": "turn >= 1", "at": "last", **_BASIS}
