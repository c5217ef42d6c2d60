"""The sample league, with its worlds set and its members told how to vote by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from tests.content.samples import league
from tests.engine.scenes import LEAGUE, scenario
from wargame.content.load import check_texts
from wargame.content.reports import Report
from wargame.engine import turn
from wargame.engine.chamber import Agenda, Told
from wargame.engine.changes import Changes
from wargame.engine.draws import seeds_of
from wargame.engine.engine import Engine
from wargame.engine.readers import Dense
from wargame.model.institutions import Verdict
from wargame.model.ledger import CauseKind, Ledger, Line
from wargame.model.scenario import Scenario
from wargame.model.world import World

MEMBERS = ("alba", "boreas", "celta", "dorado", "estrella", "gama", "hidra")
"""Those that are members on the first day; fuego watches. Estrella stays away, hidra is suspended."""
PACK, CARD = "rules/league/pack.yaml", "scenarios/toy-league/scenario.yaml"


@dataclass
class Script:
    """Voters who do as they are told: member → vote on everything; the others abstain."""

    engine: Engine
    votes: Mapping[str, int]

    def lean(self, world: World, reader: Dense, changes: Changes, agenda: Agenda) -> None:
        """Add nothing."""

    def tell(self, world: World) -> Told:
        """Say how everybody votes."""
        chamber = self.engine.chamber
        assert chamber is not None
        told = [[self.votes.get(ballot["m"], 0)] * world.sessions for ballot in chamber.ballots]
        return np.array(told, dtype=np.int8)


@dataclass
class House:
    """One session of the league."""

    engine: Engine
    world: World = field(init=False)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.world = self.engine.start(seeds_of(1, 1))

    def get(self, owner: str, name: str) -> float:
        """Return a number."""
        return float(self.world.values[self.engine.layout.row(owner, name), 0])

    def put(self, owner: str, **values: float) -> None:
        """Set numbers."""
        for name, value in values.items():
            self.world.values[self.engine.layout.row(owner, name), 0] = value
        self.engine.refresh(self.world)

    def join(self, member: str, **values: float) -> None:
        """Set numbers of a membership."""
        self.put(f"membership({member}, league)", **values)

    def table(self, proposal: str) -> None:
        """Put a proposal on the agenda of this turn."""
        self.put(proposal, tabled=1, waited=1)

    def play(self, **votes: int) -> None:
        """Play a turn in which nobody orders anything and members vote as told."""
        self.ledger = Ledger([])
        turn.play(self.engine, self.world, self.engine.orders([[]]), self.ledger, voters=Script(self.engine, votes))

    def ledger_of_turn(self) -> Ledger:
        """Begin the ledger of a turn that is played by hand."""
        self.ledger = Ledger([])
        return self.ledger

    def verdict(self, proposal: str) -> Verdict:
        """Return what came of the last vote."""
        return Verdict(int(self.get(proposal, "outcome")))

    def counts(self, proposal: str) -> tuple[float, float, float, float]:
        """Return yes, no, abstained and missing of the last vote."""
        yes, no, abstained, missing = (self.get(proposal, n) for n in ("yes", "no", "abstained", "missing"))
        return yes, no, abstained, missing

    def lines(self, kind: CauseKind, rule: str = "") -> list[Line]:
        """Return the lines of the last turn that have a cause."""
        return [
            line
            for line in self.ledger.lines
            if line.cause.kind is kind and line.cause.rule in (rule or line.cause.rule,)
        ]


@cache
def the_engine(lens: str = "") -> Engine:
    """Return the engine of the league under a lens."""
    return Engine(scenario(LEAGUE), lens or None, keep_all=True)


def house(lens: str = "") -> House:
    """Return a league at the beginning of turn 1."""
    return House(the_engine(lens))


def built(*changes: tuple[str, str, str]) -> Scenario:
    """Return the league with some texts changed: file, old, new."""
    found = built_report(*changes).scenario
    assert found is not None
    return found


def built_report(*changes: tuple[str, str, str]) -> Report:
    """Return what came of loading the league with some texts changed."""
    texts = dict(league())
    for file, old, new in changes:
        assert texts[file].count(old) == 1, old
        texts[file] = texts[file].replace(old, new)
    report = check_texts(texts)
    assert report.scenario is not None, report.problems
    return report
