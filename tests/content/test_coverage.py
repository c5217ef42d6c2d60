"""Coverage counts what a scenario really loads, and names the entry that covers each source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.content.samples import PACK, SCENARIO, toy
from wargame.content.coverage import KINDS, Coverage, cover, read_reasons
from wargame.content.listing import pack_names
from wargame.content.load import check_everything, check_texts
from wargame.content.sources import index
from wargame.model.errors import ContentError

ROOT = Path(__file__).parents[2]


@cache
def shipped() -> Coverage:
    """What the scenarios that are shipped cover."""
    return cover(check_everything(), pack_names())


def with_source(file: str, old: str, new: str) -> dict[str, str]:
    texts = dict(toy())
    assert texts[file].count(old) == 1
    return {**texts, file: texts[file].replace(old, new)}


def test_a_source_is_covered_by_the_entry_under_which_it_stands() -> None:
    flood = "    cooldown: 2\n    assumption: toy\n"
    texts = with_source(PACK + "mechanisms.yaml", flood, flood.replace("assumption: toy", "source: [C004-1]"))
    found = cover([check_texts(texts)], ["toy"])
    (citation,) = found.citations["C004-1"]
    assert citation.entry == "flood"
    assert citation.place.file == PACK + "mechanisms.yaml"
    assert texts[PACK + "mechanisms.yaml"].splitlines()[citation.place.line - 1].strip() == "source: [C004-1]"
    assert [s.id for s in found.of("mechanism", "004")[0]] == ["C004-1"]


def test_a_parameter_and_a_tie_cover_as_well_and_are_named() -> None:
    tie = "from: syndicate, to: river, values: {control: 20, forces: 2}, assumption: toy}"
    texts = with_source(SCENARIO + "world.yaml", tie, tie.replace("assumption: toy", "source: [C004-2]"))
    found = cover([check_texts(texts)], ["toy"])
    assert [c.entry for c in found.citations["C004-2"]] == ["presence(syndicate, river)"]


def test_packs_that_no_scenario_loads_and_scenarios_that_do_not_load_count_nothing() -> None:
    good, bad = check_texts(toy()), check_texts({**toy(), SCENARIO + "seats.yaml": ""})
    found = cover([good, bad], ["toy", "idle-one"])
    assert found.idle == ("idle-one",)
    assert found.packs == ("toy",)
    assert cover([bad], ["toy"]).citations == {}


def test_what_is_shipped_is_counted_by_kind_and_document() -> None:
    found = shipped()
    for kind in KINDS:
        have, lack = found.of(kind)
        assert len(have) + len(lack) == sum(source.kind == kind for source in index().values())
    assert len(found.of("mechanism")[0]) > 180
    assert all(c.place.line and c.entry for cited in found.citations.values() for c in cited)


def test_every_source_that_is_not_covered_has_a_reason_once() -> None:
    reasons = read_reasons(ROOT / "docs" / "uncovered.yaml")
    named = [name for reason in reasons for name in reason.sources]
    assert len(named) == len(set(named))
    lacking = {s.id for kind in KINDS for s in shipped().of(kind)[1]}
    assert lacking <= set(named)
    assert all(r.why.en != r.why.es and len(r.why.en) > 40 for r in reasons)


def test_a_reason_for_a_source_that_is_not_there_or_without_words_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "uncovered.yaml"
    file.write_text("uncovered:\n  - {title: {en: a, es: b}, why: {en: c, es: d}, sources: [C009-1]}\n  - {title: x}\n")
    with pytest.raises(ContentError) as refused:
        read_reasons(file)
    assert [p.code for p in refused.value.problems] == ["unknown-source", "wrong-type"]
