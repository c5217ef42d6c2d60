"""The sample league with a seat that two claim: that of Gama, which the League gives to one of them by two thirds."""

from __future__ import annotations

from functools import cache

from tests.content.samples import league
from tests.engine.house import CARD, PACK
from wargame.content.load import check_texts
from wargame.content.reports import Report
from wargame.engine.engine import Engine

GAMA, RIVAL = "gama", "gama_rival"
SEAT = "membership(gama, league)"
HAND_OVER = "text_two_thirds_league_gama"
"""It gives Gama's seat to the rival; whoever sits there has no vote on it."""
RECOGNISED = "    recognises: [{who: gama_rival, from: 2019-01-01, to: 2020-06-01}]\n    members:\n      - {who: alba,"
"""What stands in the charter instead of the head of its members, where the League seats the rival from a day on."""
_SEATED = (
    "((membership(m, p.body).standing and not membership(m, p.body).suspended and not membership(m, p.body)"
    ".rival_seated) or (membership(m.claims, p.body).standing and not membership(m.claims, p.body).suspended "
    "and membership(m.claims, p.body).rival_seated))"
)
_CHANGES = (
    (PACK, "{id: state, title: {en: State, es: Estado}, acts: true,",
     "{id: state, title: {en: State, es: Estado}, acts: true, references: {claims: {kinds: [state], optional: true}},"),
    (PACK, "  - {id: votes, of: [membership],",
     "  - {id: rival_seated, of: [membership], type: flag, title: {en: The rival sits, es: Se sienta el rival}, "
     "start: false, assumption: toy}\n  - {id: votes, of: [membership],"),
    (PACK, "membership(m, p.body).standing and not membership(m, p.body).suspended and", f"{_SEATED} and"),
    (PACK, '''    at: {league: two_thirds}
    subject: ["#accused"]
    adopted: {p.body''', '''    at: {league: two_thirds}
    subject: ["#accused"]
    adopted: {"membership(p.subject, p.body).rival_seated": 1, p.body'''),
    (CARD, "  - {id: hidra, kind: state,",
     "  - {id: gama_rival, kind: state, title: {en: the other Gama, es: la otra Gama}, references: {claims: gama}, "
     "assumption: toy}\n  - {id: hidra, kind: state,"),
    (CARD, "actors: [boreas]", "actors: [boreas, gama_rival]"),
    (CARD, "actors: [dorado]", "actors: [dorado, gama]"),
)  # fmt: skip


def claimed_texts(*changes: tuple[str, str, str]) -> dict[str, str]:
    """Return the texts of the league with the claim, and with some more of them changed: file, old, new."""
    texts = dict(league())
    for file, old, new in (*_CHANGES, *changes):
        assert texts[file].count(old) == 1, old
        texts[file] = texts[file].replace(old, new)
    return texts


def claimed(*changes: tuple[str, str, str]) -> Report:
    """Return what came of loading that league."""
    return check_texts(claimed_texts(*changes))


@cache
def claimed_engine(*changes: tuple[str, str, str]) -> Engine:
    """Return the engine of that league."""
    report = claimed(*changes)
    assert report.scenario is not None, report.problems
    return Engine(report.scenario, keep_all=True)
