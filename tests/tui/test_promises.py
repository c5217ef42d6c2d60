"""What is said of promises: a false alarm sounds to the others like a breach, and only the giver knows better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.support import ACCORD, run, table
from wargame.cli.shelf import make_bots
from wargame.content.load import load_with_bundle
from wargame.model.agreements import Compliance
from wargame.model.text import Language
from wargame.session.memory import MemoryStore
from wargame.session.session import Session, Setting
from wargame.telling import promises
from wargame.telling.game import Game
from wargame.telling.voice import Voice
from wargame.tui.app import Asked
from wargame.tui.page import Page

SUBSIDY = "government|pay-subsidy|taker=neighbour"


def settle(session: Session, compliance: Compliance) -> None:
    """Put into the last turn what became of a subsidy of the presidency."""
    settled = {"struck": [], "withheld": [], "settled": [[SUBSIDY, 1, 1, 1, compliance.value, 0.2, 0.1]]}
    session.reports[-1] = replace(session.reports[-1], deals=settled)


def said(seat: str, compliance: Compliance, language: Language = Language.EN) -> str:
    scenario, bundle = load_with_bundle(ACCORD)
    store = MemoryStore()
    people = {"presidency", "neighbour-cell"}
    bots = {s.id: "racketeer" for s in scenario.seats if s.id not in people}
    session = Session.create(store, scenario, bundle, Setting(7, bots), make_bots)
    session.resolve()
    settle(session, compliance)
    page = Page(Voice(language))
    promises.show_promises(Game(page, store, session, seat), [])  # type: ignore[arg-type]
    return " ".join(block.text for block in page.take())


@pytest.mark.parametrize("language", list(Language))
def test_a_false_alarm_sounds_like_a_breach_to_whom_it_was_promised(language: Language) -> None:
    alarm = said("neighbour-cell", Compliance.SUSPECTED, language)
    assert alarm == said("neighbour-cell", Compliance.FOUND, language)
    assert {Language.EN: "said not to have been kept", Language.ES: "se dice que no se cumplió"}[language] in alarm


def test_who_kept_a_promise_knows_that_the_alarm_is_false() -> None:
    assert "kept, yet it is said that you did not keep it" in said("presidency", Compliance.SUSPECTED)
    assert "not kept, and found out" in said("presidency", Compliance.FOUND)


def test_what_nobody_noticed_is_known_to_the_giver_alone() -> None:
    assert "not kept; nobody noticed" in said("presidency", Compliance.HIDDEN)
    assert "nobody noticed" not in said("neighbour-cell", Compliance.HIDDEN)
    assert "earlier promises" not in said("neighbour-cell", Compliance.HIDDEN)


def test_the_tab_of_deals_shows_what_is_alleged(tmp_path: Path) -> None:
    async def test() -> None:
        async with table(tmp_path, Asked(ACCORD, "presidency", seed=7)) as at:
            assert at.app.sitting is not None
            at.app.sitting.session.resolve()
            settle(at.app.sitting.session, Compliance.SUSPECTED)
            at.app.sitting.moved()
            at.app.refill()
            await at.press("3")
            await at.until(lambda: "kept, yet it is said" in " ".join(at.text.split()))

    run(test)
