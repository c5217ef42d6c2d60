"""An episode on the engine's stage: the texts of the scenario, another day, other governments, one text tabled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from tests.episodes import facts
from wargame.content import files
from wargame.content.load import check_texts
from wargame.content.problems import Problems
from wargame.engine import turn
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.model.institutions import BALLOT, Verdict
from wargame.model.layout import Layout
from wargame.model.orders import NONE, Orders
from wargame.model.scenario import Scenario, StartValue
from wargame.model.text import Language
from wargame.model.ticks import Floats, round_in_place
from wargame.model.world import World

SCENARIO: Final = "empty-chair-2017"
NOT_NEEDED: Final = ("institution-strategies",)
"""Packs of the scenario that an episode does without: nobody plays a doctrine."""
UNSURE: Final = frozenset(
    {"outlook", "restraint", "exposure", "doubt", "acceptance", "heat", "backing", "hold", "affinity"}
)
"""Starting numbers that each session draws inside their range; the others are as written."""
FUNDS: Final = {"treasury": 9, "diplomatic_capital": 9, "political_capital": 9}
"""Sponsors can pay for the order; what they had in the till is not what is tried."""


@dataclass(frozen=True)
class Roll:
    """How members voted in each session: ``[member, session]``, and the verdicts."""

    members: tuple[str, ...]
    vote: NDArray[np.int8]
    cast: NDArray[np.bool_]
    counts: Mapping[str, Floats]
    """``yes``, ``no`` and ``abstained`` as the engine counted them, by weight."""
    verdict: NDArray[np.int8]
    sponsors: frozenset[str]

    def voted(self) -> Roll:
        """Return the sessions in which there was a vote."""
        on = self.verdict != Verdict.NONE
        counts = {name: values[on] for name, values in self.counts.items()}
        return replace(self, vote=self.vote[:, on], cast=self.cast[:, on], counts=counts, verdict=self.verdict[on])


# ── texts ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def texts(shelf: Any, name: str) -> dict[str, str]:
    """Return the YAML texts of a rule pack or scenario as shipped, by the path under which a bundle keeps them."""
    folder = files.locate(shelf, name)
    assert folder is not None, name
    stored = files.read_folder(shelf, folder, Problems()).stored()
    return {path: text for path, text in stored.items() if path.endswith(".yaml")}


@cache
def shipped() -> Mapping[str, Any]:
    """Return the sections of the scenario, its files put together."""
    found: dict[str, Any] = {}
    for text in texts("scenarios", SCENARIO).values():
        for section, content in yaml.safe_load(text).items():
            if isinstance(content, list):
                found.setdefault(section, []).extend(content)
            else:
                found[section] = content
    return found


def packs() -> list[str]:
    """Return the rule packs of an episode."""
    return [pack for pack in shipped()["scenario"]["packs"] if pack not in NOT_NEEDED]


@cache
def caucuses() -> facts.Caucuses:
    """Return who was a member of what, by the charters of the packs."""
    parts = [yaml.safe_load(text) for path, text in texts("rules", "regional-bodies").items() if "charters" in path]
    return facts.Caucuses({c["body"]: c["members"] for part in parts for c in part["charters"]})


def bundle(episode: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of an episode: rule packs as shipped (but for ``also_at``), and a scenario of its own."""
    found = {path: text for pack in packs() for path, text in texts("rules", pack).items()}
    for path in [p for p in found if "resolutions" in p and episode.get("also_at")]:
        found[path] = _widened(found[path], episode["also_at"])
    found["rules/staging/pack.yaml"] = _STAGING
    found |= {
        f"scenarios/episode/{name}.{lang}.md": "…" for name in ("about", "briefs/sponsors") for lang in ("en", "es")
    }
    found["scenarios/episode/scenario.yaml"] = _plain(_scenario(episode))
    return found


def _widened(text: str, also_at: Mapping[str, Mapping[str, str]]) -> str:
    content = yaml.safe_load(text)
    for resolution in content["resolutions"]:
        resolution["at"] |= also_at.get(resolution["id"], {})
    return _plain(content)


def _plain(content: Mapping[str, Any]) -> str:
    """Return YAML without anchors: JSON is YAML as well."""
    return json.dumps(content, ensure_ascii=False)


def _scenario(episode: Mapping[str, Any]) -> dict[str, Any]:
    body, subject = episode["text"]["body"], episode["text"].get("subject", "")
    cast = [
        deepcopy(e)
        for e in shipped()["entities"]
        if (e["kind"] != "regional_body" or e["id"] in (body, "oas", *episode.get("with", ())))
        and "claims" not in e.get("references", {})
    ]
    cast += [_newcomer(e) for e in episode.get("entities", ())]
    names = {e["id"] for e in cast}
    dated = caucuses().spells.get(body, ())
    ties = [deepcopy(t) for t in shipped()["ties"] if t["from"] in names and t["to"] in names]
    ties = [t for t in ties if t["type"] != "membership" or not any(s["who"] == t["from"] for s in dated)]
    if episode.get("positions", "facts") == "facts":
        ties = _by_the_book(episode, cast, ties, subject)
    ties = _replaced(ties, [*_seats(episode), *episode.get("ties", ())])
    for entity in cast:
        _dress(entity, episode)
    seat = deepcopy(_SEAT) | {"actors": episode["sponsors"]} if episode["sponsors"] else None
    return {
        "scenario": _card(episode["date"]),
        "assumptions": deepcopy(dict(shipped().get("assumptions", {}))) | {"staged": _STAGED},
        "levels": [_LEVEL],
        "entities": cast,
        "ties": [t | ({} if t.get("source") or t.get("assumption") else {"assumption": "staged"}) for t in ties],
        "seats": [seat or deepcopy(_SEAT) | {"actors": [names & {"norway"} and "norway"]}],
        "endings": [_ENDING],
        "measures": [_MEASURE],
    }


def _card(day: date) -> dict[str, Any]:
    calendar = {"start": day.isoformat(), "step": "month", "turns": 3, "short": 3}
    words = {"en": "An episode on the stage.", "es": "Un episodio en escena."}
    return {
        "id": "episode", "title": words, "where": words, "text": words, "packs": [*packs(), "staging"],
        "lens": "plain", "lenses": ["plain"], "calendar": calendar,
    }  # fmt: skip


def _newcomer(entity: Mapping[str, Any]) -> dict[str, Any]:
    claims = {"references": {"claims": entity["claims"]}} if "claims" in entity else {}
    made = {"id": entity["id"], "kind": "state", "title": entity["title"], "assumption": "staged", "values": {}}
    return made | claims


def _seats(episode: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the memberships of those whom the scenario does not have, and the chairs that are empty."""
    body = episode["text"]["body"]
    newcomers = [e["id"] for e in episode.get("entities", ()) if body in e["in"]]
    written = [(who, {"standing": True}) for who in newcomers]
    written += [(who, {"standing": True, "absent": True}) for who in episode.get("away", ())]
    return [{"type": "membership", "from": who, "to": body, "values": values} for who, values in written]


def _replaced(ties: list[dict[str, Any]], others: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    new = {(t["type"], t["from"], t["to"]) for t in others}
    return [t for t in ties if (t["type"], t["from"], t["to"]) not in new] + [dict(t) for t in others]


def _by_the_book(
    episode: Mapping[str, Any], cast: list[dict[str, Any]], ties: list[dict[str, Any]], subject: str
) -> list[dict[str, Any]]:
    """Give everybody the numbers of the facts, and return the ties as they stood."""
    day = episode["date"]
    known = facts.governments(day, caucuses())
    for e in episode.get("entities", ()):
        known[e["id"]] = facts.government(e["id"], e["family"], day, caucuses())
    for entity in cast:
        if entity["id"] in known:
            values = known[entity["id"]].values
            entity["values"] = dict(entity.get("values", {})) | {
                name: f"{min(100.0, max(0.0, value)):g} ± {facts.SPREADS[name]}" for name, value in values.items()
            }
    ties = [t for t in ties if t["type"] != "alignment"]
    for tie in ties:
        if tie["type"] == "leverage" and tie["from"] == "venezuela":
            tie["values"] = tie["values"] | {"hold": round(min(100.0, tie["values"]["hold"] * facts.oil_share(day)), 1)}
    return ties + _feelings(known, subject, day)


def _feelings(known: Mapping[str, facts.Government], subject: str, day: date) -> list[dict[str, Any]]:
    if subject not in known:
        return []
    felt = {who: facts.affinity(g, known[subject], day) for who, g in known.items() if who != subject}
    return [
        {"type": "alignment", "from": who, "to": subject, "values": {"affinity": value}}
        for who, value in felt.items()
        if value is not None
    ]


def _dress(entity: dict[str, Any], episode: Mapping[str, Any]) -> None:
    name = entity["id"]
    values = dict(entity.get("values", {})) | episode.get("values", {}).get(name, {})
    entity["values"] = values | (FUNDS if name in episode["sponsors"] else {})
    tags = set(entity.get("tags", ())) - ({"contested", "disputed-mandate"} if episode.get("tags") else set())
    entity["tags"] = sorted(tags | set(episode.get("tags", {}).get(name, ())))


@cache
def _loaded(name: str) -> Scenario:
    episode = next(e for e in facts.read("episodes.yaml")["episodes"] if e["id"] == name)
    report = check_texts(bundle(episode))
    assert report.scenario is not None, "\n".join(p.say(Language.EN) for p in report.problems[:20])
    return report.scenario


# ── play ─────────────────────────────────────────────────────────────────────────────────────────────────────


def hold(episode: Mapping[str, Any], sessions: int, seed: int) -> Roll:
    """Table the text, let the sessions vote, and return how they did."""
    engine = Engine(_loaded(episode["id"]), keep_all=True)
    proposal = _proposal(episode["text"])
    world = engine.start(seeds_of(seed, sessions))
    _draw_starts(engine, world, seed)
    orders, quick = _tabling(engine, episode["sponsors"], proposal, sessions)
    if not episode["sponsors"]:
        world.values[engine.layout.row(proposal, "tabled")] = 1.0
    for _ in range(1 if quick else 2):
        turn.play(engine, world, orders)
        orders = _nothing(sessions)
    roll = _read(engine, world, proposal, episode["sponsors"])
    if (roll.verdict == Verdict.PENDING).any():
        turn.play(engine, world, orders)
        later = _read(engine, world, proposal, episode["sponsors"])
        roll = replace(roll, verdict=later.verdict)
    return roll


def _proposal(text: Mapping[str, str]) -> str:
    return "_".join(p for p in (text["resolution"].replace("-", "_"), text["body"], text.get("subject", "")) if p)


def _tabling(engine: Engine, sponsors: Sequence[str], proposal: str, sessions: int) -> tuple[Orders, bool]:
    """Return the orders by which the sponsors table the text, and whether it is voted at once."""
    moves = engine.scenario.ruleset.moves
    ballots = {engine.layout.ties[BALLOT, who, proposal] for who in sponsors}
    assert len(ballots) == len(sponsors)
    found = [c for c in engine.candidates if ballots & set(c.targets.values()) and "tabling" in moves[c.move].tags]
    assert engine.chamber is not None
    organ = engine.chamber.organs[engine.chamber.place[proposal]]
    quick = organ.urgent and any("urgent" in moves[c.move].tags for c in found)
    chosen = [c.id for c in found if ("urgent" in moves[c.move].tags) == quick]
    assert len(chosen) == len(sponsors), [c.key for c in found]
    candidates = np.repeat(np.array(chosen, dtype=np.int32)[:, None], sessions, axis=1).reshape(-1, sessions)
    return Orders(candidates, np.ones_like(candidates, dtype=np.int16)), quick


def _nothing(sessions: int) -> Orders:
    none = np.full((0, sessions), NONE, dtype=np.int32)
    return Orders(none, np.ones_like(none, dtype=np.int16), checked=True)


def _read(engine: Engine, world: World, proposal: str, sponsors: Sequence[str]) -> Roll:
    chamber, values, row = engine.chamber, world.values, engine.layout.row
    assert chamber is not None
    ballots = [b for b in chamber.ballots if b["p"] == proposal]
    vote = values[[row(b["b"], "vote") for b in ballots]].astype(np.int8)
    cast = values[[row(b["b"], "cast") for b in ballots]] >= 0.5
    there = np.flatnonzero(cast.any(axis=1))
    counts = {name: values[row(proposal, name)].copy() for name in ("yes", "no", "abstained")}
    verdict = values[row(proposal, "outcome")].astype(np.int8)
    return Roll(tuple(ballots[i]["m"] for i in there), vote[there], cast[there], counts, verdict, frozenset(sponsors))


def _draw_starts(engine: Engine, world: World, seed: int) -> None:
    """Let each session draw the numbers that we are unsure of, evenly inside their range."""
    rng, layout, scenario = np.random.default_rng(seed), engine.layout, engine.scenario
    started: list[tuple[str, Mapping[str, StartValue]]] = [(e.id, e.values) for e in scenario.entities]
    started += [(layout.ties[t.type, t.source, t.target], t.values) for t in scenario.ties]
    for owner, values in started:
        for name in sorted(values.keys() & UNSURE):
            _draw(world, layout, owner, name, values[name], rng)
    engine.refresh(world)
    engine.look(world)
    world.past[-1] = world.values.copy()
    world.start = world.past[-1]


def _draw(world: World, layout: Layout, owner: str, name: str, value: StartValue, rng: np.random.Generator) -> None:
    if value.low < value.high:
        world.values[layout.row(owner, name)] = round_in_place(rng.uniform(value.low, value.high, world.sessions))


# ── what every episode's scenario has and no episode is about ────────────────────────────────────────────────

_STAGED: Final = {"en": "set for this episode", "es": "puesto para este episodio"}
_LEVEL: Final = {
    "id": "standard", "title": {"en": "Standard", "es": "Normal"}, "resources": 1.0, "sharpness": 1.0,
    "assumption": "staged",
}  # fmt: skip
_SEAT: Final = {
    "id": "sponsors",
    "title": {"en": "The sponsors", "es": "Quienes la presentan"},
    "public": {"en": "That it be voted.", "es": "Que se vote."},
    "secret": {"en": "The same.", "es": "Lo mismo."},
    "orders": 20,
    "doctrines": ["stand-still"],
    "objectives": [
        {"id": "voted", "title": {"en": "Voted", "es": "Votado"}, "degree": "1", "assumption": "staged"},
    ],
    "assumption": "staged",
}
_ENDING: Final = {
    "id": "over", "title": {"en": "Over", "es": "Fin"}, "text": {"en": "Over.", "es": "Fin."},
    "when": "turn >= 1", "at": "last", "assumption": "staged",
}  # fmt: skip
_MEASURE: Final = {"id": "turns", "title": {"en": "Turns", "es": "Turnos"}, "value": "turn", "assumption": "staged"}
_STAGING: Final = """
pack:
  id: staging
  title: {en: Staging, es: Puesta en escena}
  text: {en: What a stage needs., es: Lo que necesita un escenario.}
  uses: [core, institutions, regional-bodies]
lenses:
  - id: plain
    title: {en: Plain, es: Tal cual}
    text: {en: As written., es: Como está escrito.}
    held_by: {en: nobody, es: nadie}
    assumption: {en: as written, es: como está escrito}
doctrines:
  - id: stand-still
    title: {en: Stand still, es: No moverse}
    text: {en: Does nothing., es: No hace nada.}
    by: [state, external_power]
    priorities: [{move: table-house-text, weight: 0}]
    assumption: {en: for the stage, es: para el escenario}
"""
