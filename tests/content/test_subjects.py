"""What a resolution is about: kinds, tags, or by name whoever a charter knows."""

from __future__ import annotations

from tests.engine.house import PACK, built_report

COUNCIL = "at: {league: council}"


def test_a_resolution_may_name_its_subject() -> None:
    report = built_report((PACK, COUNCIL, f"{COUNCIL}\n    subject: [fuego]"))
    assert report.scenario is not None
    proposals = {e.id: e for e in report.scenario.entities if e.proposes == "text-council"}
    assert list(proposals) == ["text_council_league_fuego"]
    assert proposals["text_council_league_fuego"].references["subject"] == "fuego"


def test_every_proposal_says_what_it_proposes() -> None:
    report = built_report()
    assert report.scenario is not None
    known = {r.id for r in report.scenario.ruleset.institutions.resolutions}
    assert {e.proposes for e in report.scenario.entities if e.kind == "proposal"} == known
    assert {e.proposes for e in report.scenario.entities if e.kind != "proposal"} == {""}
