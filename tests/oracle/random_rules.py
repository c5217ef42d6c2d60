"""Random rule packs: kinds and ties are always the same few, bounds and rules are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from tests.oracle.random_formulas import ATTRIBUTES, REFERENCES, TIES, Data, Draw, Formulas, Names

PACK = "toy-pack"
WAIT = "wait"
"""A move that everyone may always give."""
BASIS: Data = {"assumption": {"en": "a number for a test", "es": "un número para una prueba"}}


def text(words: str) -> Data:
    """Return words that serve in both languages."""
    return {"en": words, "es": words}


Template = tuple[list[Data], dict[str, frozenset[str]]]


def _kinds(**roles: str) -> dict[str, frozenset[str]]:
    return {role: frozenset(kinds.split()) for role, kinds in roles.items()}


RULES: list[Template] = [
    ([{"zone": "z"}], _kinds(z="zone")),
    ([{"nation": "n"}], _kinds(n="nation")),
    ([{"gang": "g"}], _kinds(g="gang")),
    ([{"road": "r", "from": "here", "to": "there"}], _kinds(here="zone", there="zone", r="road")),
    ([{"presence": "p", "from": "who", "to": "z"}], _kinds(who="nation gang", z="zone", p="presence")),
    ([{"pact": "k", "from": "n", "to": "m"}], _kinds(n="nation", m="nation gang", k="pact")),
    (
        [{"presence": "p", "from": "who", "to": "z"}, {"road": "r", "from": "z", "to": "y"}],
        _kinds(who="nation gang", z="zone", p="presence", y="zone", r="road"),
    ),
    (
        [{"presence": "p", "from": "who", "to": "z"}, {"presence": "q", "from": "other", "to": "z"}],
        _kinds(who="nation gang", z="zone", p="presence", other="nation gang", q="presence"),
    ),
    ([{"nation": "n"}, {"gang": "g"}], _kinds(n="nation", g="gang")),
    ([{"gang": "g"}, {"gang": "h"}, {"zone": "z"}], _kinds(g="gang", h="gang", z="zone")),
    ([{"road": "r", "from": "here", "to": "there"}], _kinds(r="road")),  # no use for its ends: bound once
    ([{"road": "r", "between": "here", "and": "there"}], _kinds(here="zone", there="zone", r="road")),
    (
        [{"road": "r", "from": "z", "to": "y"}, {"presence": "p", "from": "who", "to": "z"}],
        _kinds(r="road", p="presence"),
    ),
    ([{"road": "r", "from": "z", "to": "y"}, {"road": "q", "from": "y", "to": "x"}], _kinds(r="road", q="road")),
    ([{"zone": "z"}, {"road": "r", "from": "z", "to": "y"}], _kinds(r="road")),
]
TARGETS: list[Template] = [
    ([], {}),
    ([{"zone": "z"}], _kinds(z="zone")),
    ([{"gang": "g"}], _kinds(g="gang")),
    ([{"presence": "p", "from": "actor", "to": "z"}], _kinds(p="presence", z="zone")),
    ([{"road": "r", "from": "here", "to": "there"}], _kinds(r="road", here="zone", there="zone")),
    (
        [{"presence": "p", "from": "actor", "to": "z"}, {"presence": "q", "from": "g", "to": "z"}],
        _kinds(p="presence", z="zone", q="presence", g="nation gang"),
    ),
    ([{"pact": "k", "from": "m", "to": "actor"}], _kinds(k="pact", m="nation")),
    ([{"road": "r", "from": "here", "to": "there"}], _kinds(r="road")),
]
READINGS: list[tuple[str, Data | list[Data], dict[str, frozenset[str]]]] = [
    ("zone", {"presence": "p", "from": "who", "to": "o"}, _kinds(p="presence", who="nation gang")),
    ("zone", {"road": "r", "from": "o", "to": "y"}, _kinds(r="road", y="zone")),
    ("gang", {"presence": "p", "from": "o", "to": "z"}, _kinds(p="presence", z="zone")),
    ("nation", {"pact": "k", "from": "o", "to": "m"}, _kinds(k="pact", m="nation gang")),
    (
        "nation",
        [{"presence": "p", "from": "o", "to": "z"}, {"road": "r", "from": "z", "to": "y"}],
        _kinds(p="presence", z="zone", r="road", y="zone"),
    ),
]
"""Kind of the owner (role ``o``), what is folded, the roles that come with it."""


class Writer(Formulas):
    """Draws the parts of one rule."""

    def effects(self, most: int = 3) -> Data:
        """Draw effects: path → amount."""
        rows = self.names.rows(stored=True)
        if not rows:
            return {}
        chosen = [self.pick(rows) for _ in range(self.draw(st.integers(1, most)))]
        return {f"{s}.{a}": self._amount(kind, unit) for s, a, kind, unit in chosen}

    def _amount(self, kind: str, unit: str) -> str | float | int:
        if kind == "flag":
            flips: list[str | int] = [1, -1, f"1 if {self.truth()} else -1", f"1 if {self.truth()} else 0"]
            return self.pick(flips)
        if self.often(2):
            return self.pick([3, -2, 0.25, -11.1, 4000, -3000])
        return self.size(unit)

    def transfers(self) -> list[Data]:
        """Draw transfers between two subjects that share a stock."""
        stocks: dict[tuple[str, str], list[str]] = {}
        for subject, name, kind, unit in self.names.rows(stored=True):
            if kind == "stock":
                stocks.setdefault((name, unit), []).append(subject)
        pairs = [(name, unit, owners) for (name, unit), owners in stocks.items() if len(owners) > 1]
        return [self._transfer(*self.pick(pairs)) for _ in range(self.draw(st.integers(1, 2)))] if pairs else []

    def _transfer(self, name: str, unit: str, owners: list[str]) -> Data:
        source = self.pick(owners)
        target = self.pick([o for o in owners if o != source])
        amount = f"0.7 * {source}.{name}" if self.often(3) else self.size(unit)
        return {"attribute": name, "from": source, "to": target, "amount": amount}

    def transfer(self) -> Data:
        """Draw one transfer in the shape of mechanisms and events."""
        found = self.transfers()[:1]
        return {"transfer": {t.pop("attribute"): t for t in found}} if found else {}


def _parameters(draw: Draw, names: Sequence[str]) -> Data:
    values = st.sampled_from([0.1, 0.06, 1, 2.5, 7])
    return {n: {"value": v, "low": 0, "high": 10, **BASIS} for n in names for v in [draw(values)]}


def some(draw: Draw, most: int) -> range:
    return range(draw(st.integers(0, most)))


def card(identifier: str) -> Data:
    return {"id": identifier, "title": text(identifier), **BASIS}


@dataclass
class Pack:
    """A rule pack as it is drawn, section by section."""

    sections: Data = field(default_factory=dict)
    derived: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    tunable: list[str] = field(default_factory=list)
    """``rule.parameter`` of everything a lens may change."""
    targets: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    """The roles of each move but its actor's."""
    switches: list[str] = field(default_factory=list)


def names_in(pack: Pack, roles: dict[str, frozenset[str]], **more: Any) -> Names:
    return Names(dict(roles), pack.derived, **more)


def _attributes(draw: Draw) -> list[Data]:
    return [_attribute(draw, *item) for item in ATTRIBUTES.items()]


def _attribute(draw: Draw, name: str, declared: tuple[list[str], str, str]) -> Data:
    of, kind, unit = declared
    found: Data = {**card(name), "of": of, "type": kind}
    if kind != "flag":
        found["unit"] = unit
        found["bounds"] = draw(st.sampled_from(_BOUNDS[kind]))
    if kind != "signal":
        found["start"] = draw(st.sampled_from([0, 1])) if kind == "flag" else draw(st.sampled_from([0, 5, 9.3]))
    if any(k in TIES for k in of) and kind != "signal":
        found["absent"] = draw(st.sampled_from([0, 1] if kind == "flag" else [0, 4]))
    if kind == "stock" and name in ("money", "men"):
        found["resource"] = True
    return found


_BOUNDS: dict[str, list[list[float]]] = {
    "stock": [[0, 1000], [0, 60], [0, 12.3]],
    "level": [[0, 100], [0, 30], [0, 50.7]],
    "signal": [[-20, 20], [0, 100]],
}


def _derive(draw: Draw, pack: Pack, number: int) -> Data:
    name = f"reading_{number}"
    folded = draw(st.integers(0, 3)) > 0
    owner, over, roles = (
        draw(st.sampled_from(READINGS)) if folded else (draw(st.sampled_from(["zone", "gang"])), None, {})
    )
    parameters = _parameters(draw, ["size"][: draw(st.integers(0, 1))])
    names = names_in(pack, {"o": frozenset({owner}), **roles}, parameters=list(parameters), draws=False)
    writer = Writer(draw, names)
    kind = writer.pick(["level", "stock"])
    found: Data = {**card(name), "type": kind, "unit": "points", "for": {owner: "o"}, "parameters": parameters}
    found["bounds"] = writer.pick([[0, 100], [0, 9.9], [0, 2000]])
    if over is None:
        found["value"] = writer.size("points")
    else:
        found["over"] = over
        if writer.often(3):
            found["only"] = {writer.pick([r for r, k in names.roles.items() if not k & set(TIES)]): ["#hot", "#cold"]}
        fold = writer.pick(["sum", "max", "min", "mean", "count"])
        found[fold] = True if fold == "count" else writer.size("points")
        if writer.often(4):
            found["where"] = writer.truth()
    pack.derived[owner, name] = (kind, "points")
    pack.tunable += [f"{name}.{p}" for p in parameters]
    return found


def _bound(draw: Draw, pack: Pack, templates: list[Template]) -> tuple[Data, dict[str, frozenset[str]]]:
    clauses, roles = draw(st.sampled_from(templates))
    only: Data = {}
    ends = {c[end]: frozenset({"zone"}) for c in clauses for end in ("from", "to") if end in c and "road" in c}
    pair = {c[end] for c in clauses for end in ("between", "and") if end in c}  # one is not told from the other
    for role, kinds in {**ends, **roles}.items():
        if role in pair:
            continue
        if not kinds & set(TIES) and draw(st.integers(0, 4)) == 0:
            only[role] = draw(st.sampled_from([["#hot"], ["#hot", "#cold"]]))
        elif kinds == {"nation", "gang"} and draw(st.booleans()):
            only[role] = ["gang"]
            roles = {**roles, role: frozenset({"gang"})}
    shape: Any = clauses[0] if len(clauses) == 1 else clauses
    return {"for": shape, **({"only": only} if only else {})}, roles


def _mechanism(draw: Draw, pack: Pack, number: int) -> Data:
    binding, roles = _bound(draw, pack, RULES)
    parameters = _parameters(draw, ["shift", "push"][: draw(st.integers(0, 2))])
    writer = Writer(draw, names_in(pack, roles, parameters=list(parameters)))
    found = {**card(f"mechanism-{number}"), **binding, "parameters": parameters, "effects": writer.effects()}
    if writer.often(5):
        found["when"] = writer.truth()
    if writer.often(5):
        found |= writer.transfer()
    if writer.often(2):
        found["off"] = True
    _tunable(pack, found, "scale", *parameters)
    return found


def _tunable(pack: Pack, rule: Data, *parameters: str) -> None:
    pack.tunable += [f"{rule['id']}.{p}" for p in parameters]
    pack.switches.append(rule["id"])


def _event(draw: Draw, pack: Pack, number: int) -> Data:
    binding, roles = _bound(draw, pack, RULES)
    parameters = _parameters(draw, ["harm"][: draw(st.integers(0, 1))])
    writer = Writer(draw, names_in(pack, roles, parameters=list(parameters)))
    found = {**card(f"event-{number}"), **binding, "parameters": parameters, "effects": writer.effects()}
    found |= {"news": text("It happened"), "chance": Formulas(draw, writer.names.quiet()).odds()}
    if writer.often(5):
        found["when"] = writer.truth()
    if writer.often(3):
        found |= writer.transfer()
    found |= writer.pick([{}, {"once": True}, {"cooldown": 1}, {"cooldown": 2}])
    _tunable(pack, found, *parameters)
    return found


def _move(draw: Draw, pack: Pack, number: int) -> Data:
    by = draw(st.sampled_from([["nation"], ["gang"], ["nation", "gang"], ["gang", "#hot"]]))
    actors = frozenset(by if "#hot" not in by else ["nation", "gang"])
    binding, roles = _bound(draw, pack, TARGETS)
    parameters = _parameters(draw, ["force"][: draw(st.integers(0, 1))])
    names = names_in(pack, {"actor": actors, **roles}, parameters=list(parameters))
    found = {**card(f"move-{number}"), "by": by, "parameters": parameters}
    found |= {"target" if key == "for" else key: value for key, value in binding.items() if value != []}
    if draw(st.booleans()):
        found["amount"] = {"low": 1, "high": draw(st.sampled_from([2, 5])), "default": 1, "title": text("how much")}
        names.amount = True
    pack.targets[found["id"]] = roles
    _odds_and_costs(Writer(draw, names), found)
    _outcomes(Writer(draw, names), found)
    found["tags"] = draw(st.sampled_from([[], ["loud"], ["loud", "fast"]]))
    _tunable(pack, found, "scale", *parameters)
    return found


def _term(draw: Draw, pack: Pack, number: int, moves: list[Data]) -> Data:
    """Draw something that can be promised."""
    by = draw(st.sampled_from([["nation"], ["gang"], ["nation", "gang"]]))
    taker = draw(st.sampled_from([["gang"], ["nation", "gang"], ["nation", "#hot"]]))
    binding, roles = _bound(draw, pack, TARGETS)
    parameters = _parameters(draw, ["trust"][: draw(st.integers(0, 1))])
    sides = _kinds(actor=" ".join(by), taker="nation gang" if "#hot" in taker else " ".join(taker))
    names = names_in(pack, {**sides, **roles}, parameters=list(parameters))
    found = {**card(f"term-{number}"), "by": by, "taker": taker, "parameters": parameters}
    found |= {"target" if key == "for" else key: value for key, value in binding.items() if value != []}
    if draw(st.booleans()):
        found["amount"] = {"low": 1, "high": draw(st.sampled_from([2, 7])), "default": 1}
        names.amount = True
    _duties(Writer(draw, names), found, moves)
    found["worth"] = {"actor": -1, "taker": 1}
    _tunable(pack, found, "scale", *parameters)
    return found


def _duties(writer: Writer, term: Data, moves: list[Data]) -> None:
    """Draw what a promise costs and does, when it is broken, and what is noticed of it."""
    quiet = Formulas(writer.draw, replace(writer.names.quiet(), amount=False))
    if writer.often(8):
        own = Writer(writer.draw, writer.names.only("actor", draws=False))
        term["cost"] = {"money": own.pick([2, 0.3, own.size("points"), *["amount"] * 3 * writer.names.amount, 1])}
    if writer.often(8):
        term["effects"] = writer.effects(2)
    if writer.often(4):
        term |= writer.transfer()
    if writer.often(4):
        known = [*(m["id"] for m in moves), *(f"#{tag}" for m in moves for tag in m.get("tags", []))]
        term["forbids"] = [writer.pick([WAIT, *known])]
        term |= writer.pick([{}, {"against": "anyone"}])
    elif writer.often(3):
        term["kept"] = quiet.truth()
    if not term.keys() & {"cost", "effects", "transfer", "forbids", "kept"}:
        term["kept"] = quiet.truth()  # a term that promises nothing is refused
    term["watch"] = writer.pick([0, 1, 0.5, quiet.odds()])
    if writer.often(5):
        term["false_alarm"] = writer.pick([0.3, quiet.odds()])
    term["breach"] = writer.effects(2)


def _odds_and_costs(writer: Writer, move: Data) -> None:
    actor = Writer(writer.draw, writer.names.only("actor", draws=False))
    target = Writer(writer.draw, writer.names.quiet())
    if actor.often(2):
        move["requires"] = Formulas(writer.draw, replace(actor.names, amount=False)).truth()
    if actor.often(3):
        check = Formulas(writer.draw, replace(target.names, amount=False)).truth()
        move["where"] = [{"check": check, "else": text("No")}]
    if actor.often(7):
        move["cost"] = {"money": actor.pick([2, 0.3, actor.size("points"), "amount" if writer.names.amount else 1])}
    if actor.often(6):
        move["chance"] = target.odds()
    if actor.often(3):
        move["cooldown"] = 1
    if actor.often(1):
        move["once"] = True


def _outcomes(writer: Writer, move: Data) -> None:
    move["effects"] = writer.effects()
    for outcome in ("success", "failure"):
        if writer.often(5):
            move[outcome] = writer.effects(2)
    if writer.often(5):
        move["transfer"] = [{"on": writer.pick(["always", "success", "failure"]), **t} for t in writer.transfers()]
    if writer.often(5):
        move["program"] = [_programme(writer) for _ in range(writer.draw(st.integers(1, 2)))]
    if writer.often(4):
        quiet = Formulas(writer.draw, writer.names.quiet())
        move["covert"] = {"exposure": quiet.odds(), "exposed": writer.effects(1)}
    if "chance" not in move:
        _make_sure(move)
    for key in ("transfer", "program", "effects"):
        if not move.get(key):
            move.pop(key, None)


def _make_sure(move: Data) -> None:
    """Leave a move without odds nothing that hangs on success."""
    for outcome in ("success", "failure"):
        move["effects"] |= move.pop(outcome, {})
    for part in (*move.get("transfer", []), *move.get("program", [])):
        part["on"] = "always"


def _programme(writer: Writer) -> Data:
    return (writer.transfer() if writer.often(2) else {}) | {
        "title": text("programme"),
        "on": writer.pick(["always", "success", "failure"]),
        "after": writer.draw(st.integers(1, 3)),
        "for": writer.draw(st.integers(1, 3)),
        "each": writer.effects(2),
    }


def _modifier(draw: Draw, pack: Pack, number: int, moves: list[Data]) -> Data:
    tags = [f"#{tag}" for m in moves for tag in m.get("tags", [])]
    choice = draw(st.sampled_from([*tags, *(m["id"] for m in moves)]))
    parameters = _parameters(draw, ["grade"][: draw(st.integers(0, 1))])
    roles = {**pack.targets.get(choice, {}), **_kinds(actor="nation gang")}
    names = names_in(pack, roles, parameters=list(parameters), draws=False)
    factors = draw(st.sampled_from([["cost"], ["odds"], ["effect"], ["odds", "effect"], ["cost", "odds", "effect"]]))
    writer = Writer(draw, names.only("actor") if "cost" in factors else names)
    found = {**card(f"modifier-{number}"), "moves": [choice], "parameters": parameters}
    for factor in factors:
        found[factor] = writer.pick([0.5, 1.3, f"ramp({writer.number(1).text}, 0, 20)", *parameters])
    if writer.often(4):
        found["when"] = writer.truth()
    if writer.often(3):
        found["by"] = ["gang"]
    if writer.often(2):
        found["off"] = True
    _tunable(pack, found, *parameters)
    return found


def _lens(draw: Draw, pack: Pack, number: int) -> Data:
    found = {**card(f"lens-{number}"), "text": text("lens"), "held_by": text("nobody")}
    if number > 0:
        tuned = {name: draw(st.sampled_from([None, None, 0.8, 1.2])) for name in pack.tunable}
        found["parameters"] = {name: value for name, value in tuned.items() if value is not None}
        rules = [s for s in pack.switches if not s.startswith(("move", "term"))]
        switched = draw(st.lists(st.sampled_from(rules), max_size=4, unique=True)) if rules else []
        found["off"], found["on"] = switched[::2], switched[1::2]
    return found


def draw_pack(draw: Draw) -> Pack:
    pack = Pack()
    pack.sections["pack"] = {"id": PACK, "title": text("Toy"), "text": text("For tests"), "uses": []}
    pack.sections["kinds"] = [
        {**card(k), "acts": k != "zone", "references": _references(k)} for k in ("nation", "gang", "zone")
    ]
    pack.sections["ties"] = [
        {**card(t), "from": a, "to": b, "symmetric": symmetric} for t, (a, b, symmetric) in TIES.items()
    ]
    pack.sections["series"] = [{**card("price"), "unit": "points", "bounds": [0, 90], "default": 50.1}]
    pack.sections["attributes"] = _attributes(draw)
    pack.sections["derived"] = [_derive(draw, pack, i) for i in some(draw, 4)]
    pack.sections["mechanisms"] = [_mechanism(draw, pack, i) for i in some(draw, 5)]
    moves = [_move(draw, pack, i) for i in range(1 + draw(st.integers(0, 3)))]
    wait = {**card(WAIT), "by": ["nation", "gang"], "effects": {"actor.money": 0.5}}
    pack.sections["moves"] = [wait, *moves]
    pack.sections["modifiers"] = [_modifier(draw, pack, i, moves) for i in some(draw, 3)]
    pack.sections["terms"] = [_term(draw, pack, i, moves) for i in some(draw, 3)]
    pack.sections["events"] = [_event(draw, pack, i) for i in some(draw, 2)]
    pack.sections["lenses"] = [_lens(draw, pack, i) for i in range(2)]
    pack.sections["doctrines"] = [
        {
            **card("idle"),
            "text": text("Waits"),
            "by": ["nation", "gang"],
            "priorities": [{"move": WAIT, "weight": 1, "when": "actor.money > 0"}],
        }
    ]
    return pack


def _references(kind: str) -> Data:
    return {
        r: {"kinds": [leads], "optional": optional} for (k, r), (leads, optional) in REFERENCES.items() if k == kind
    }
