"""From what was known of governments on a day to the numbers of the scenario, by one book for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
SPREADS: Final = {"outlook": 8, "restraint": 8, "exposure": 10}
"""Points by which a number of the book may be off for one government on one day."""
SITS: Final = ("member", "notice")


def read(name: str) -> Any:
    """Return one of the YAML files beside this one."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def book() -> Any:
    """Return the facts."""
    return read("facts.yaml")


@dataclass(frozen=True)
class Caucuses:
    """Who sat in which body on a day, as the charters of the rule packs say."""

    spells: Mapping[str, Sequence[Mapping[str, Any]]]

    def of(self, body: str, day: date) -> frozenset[str]:
        """Return the members of a body on a day."""
        return frozenset(
            str(s["who"]) for s in self.spells.get(body, ()) if s["status"] in SITS and covers(s, day, until="to")
        )


def covers(spell: Mapping[str, Any], day: date, until: str = "until") -> bool:
    """Say whether a dated entry holds on a day: the first day counts, the last does not."""
    begin, end = spell.get("from"), spell.get(until)
    return (begin is None or begin <= day) and (end is None or day < end)


@dataclass(frozen=True)
class Government:
    """What the book makes of a government on a day."""

    who: str
    family: str
    values: Mapping[str, float]
    caucuses: frozenset[str] = field(default=frozenset())


def government(who: str, family: str, day: date, caucuses: Caucuses, outside: Sequence[str] = ()) -> Government:
    """Return the numbers of a government by its family, its caucuses, and its habits and crises on a day."""
    codes = book()["codebook"]
    values = {name: float(codes[name][family]) for name in SPREADS}
    joined = frozenset(b for b in codes["caucus"] if who in caucuses.of(b, day) and b not in outside)
    for body in joined if family != "bolivarian" else ():
        for name in ("outlook", "restraint"):
            values[name] += codes["caucus"][body][name]
    for habit in book()["habits"]:
        if habit["who"] == who and covers(habit, day):
            values["restraint"] = float(habit["restraint"])
    values["exposure"] += sum(c["add"] for c in book()["crises"] if c["who"] == who and covers(c, day))
    return Government(who, family, values, joined)


def governments(day: date, caucuses: Caucuses) -> dict[str, Government]:
    """Return every government of the book that was in office on a day."""
    found = {}
    for who, spells in book()["governments"].items():
        held = [s for s in spells if s["from"] <= day]
        if held:
            last = held[-1]
            found[who] = government(who, last["family"], day, caucuses, last.get("outside", ()))
    return found


def affinity(who: Government, subject: Government, day: date) -> float | None:
    """Return how a government stands to the subject of a text; None where nothing is known but their distance."""
    for feud in book()["feuds"]:
        if {who.who, subject.who} == set(feud["between"]) and covers(feud, day):
            return float(feud["affinity"])
    friends = book()["codebook"]["friends"]
    if friends["caucus"] in who.caucuses & subject.caucuses and subject.family == "bolivarian":
        return float(friends["affinity"])
    return None


def oil_share(day: date) -> float:
    """Return the share of the holds of early 2017 that oil could still give."""
    return float([s for s in book()["codebook"]["oil"] if s["from"] <= day][-1]["share"])
