"""Claims on seats that make no sense, each refused where it stands."""

from __future__ import annotations

import pytest

from tests.engine.claimed import RECOGNISED, claimed
from tests.engine.house import CARD, PACK


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((CARD, "references: {claims: gama}", "references: {claims: gama_rival}"), "wrong-claim"),
        ((CARD, "id: hidra, kind: state,", "id: hidra, kind: state, references: {claims: gama},"), "wrong-claim"),
        ((CARD, "id: gama, kind: state,", "id: gama, kind: state, references: {claims: alba},"), "wrong-claim"),
        ((PACK, "id: rival_seated, of: [membership]", "id: rival_seated, of: [ballot]"), "missing-noun"),
        ((PACK, "{id: ballot, title: {en: Ballot, es: Papeleta}, from: [state],",
          "{id: ballot, title: {en: Ballot, es: Papeleta}, from: [regional_body],"), "wrong-claim"),
        ((PACK, "    members:\n      - {who: alba,", RECOGNISED.replace("gama_rival", "boreas")), "contradictory-rule"),
        ((PACK, "    members:\n      - {who: alba,", RECOGNISED.replace("2020-06-01", "2018-06-01")), "wrong-date"),
    ],
)  # fmt: skip
def test_claims_that_make_no_sense_are_refused(change: tuple[str, str, str], code: str) -> None:
    report = claimed(change)
    assert code in {problem.code for problem in report.problems}, report.problems
