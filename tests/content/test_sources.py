"""The index of sources answers for every kind of citation."""

from __future__ import annotations

import re

import pytest

from wargame.content.sources import DOCUMENTS, cite, index, is_source, nearest_source, source


@pytest.mark.parametrize(
    "name",
    [
        "C000-1",
        "M004-3",
        "S004-1",
        "003a:M14",
        "003b:P07",
        "H:coca_per_unodc",
        "004 §6",
        "003b §6.2",
        "004 §Coca",
        "U1",
    ],
)
def test_all_kinds_of_citations_are_known(name: str) -> None:
    found = source(name)
    assert found is not None
    assert found.title
    assert name in found.cite().en
    assert found.work.es in found.cite().es


def test_the_index_holds_every_kind() -> None:
    kinds = [s.kind for s in index().values()]
    counted = {kind: kinds.count(kind) for kind in set(kinds)}
    assert {k: counted[k] for k in ("mechanism", "move", "situation", "inject", "body", "loop")} == {
        "mechanism": 324,
        "move": 247,
        "situation": 133,
        "inject": 48,
        "body": 27,
        "loop": 26,
    }
    assert counted["series"] > 300
    assert counted["section"] > 150
    assert counted["text"] > 200


def test_every_document_has_a_name() -> None:
    assert {part for s in index().values() for part in re.split(r"[;, ]+", s.document)} <= set(DOCUMENTS)


def test_an_unknown_id_is_itself_and_has_a_nearest() -> None:
    assert not is_source("C004-555")
    assert cite("C004-555").en == "C004-555"
    assert nearest_source("004 §Cocaa") == "004 §Coca"
    assert nearest_source("h:coca_per_unod") is None or "coca" in str(nearest_source("h:coca_per_unod"))
