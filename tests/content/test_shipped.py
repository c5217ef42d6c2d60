"""What is shipped in ``rules/`` and ``scenarios/`` holds together beyond what the loader asks of each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wargame.content.problems import Problems
from wargame.content.yaml_source import Data, read_yaml

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("rules/*/*.yaml"), *ROOT.glob("scenarios/*/*.yaml")])


def plain(path: Path) -> Data:
    root = read_yaml(path.read_text(encoding="utf-8"), path.name, Problems())
    assert root is not None
    return root.plain()


def under(key: str, data: Data) -> Iterator[Data]:
    """Yield whatever stands under a key, at any depth."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from [value] if name == key else under(key, value)
    elif isinstance(data, list):
        for item in data:
            yield from under(key, item)


def test_every_named_assumption_is_needed_somewhere() -> None:
    named = {name for path in FILES for group in under("assumptions", plain(path)) for name in dict(group)}  # type: ignore[arg-type]
    needed = {found for path in FILES for found in under("assumption", plain(path)) if isinstance(found, str)}
    assert named == needed
    assert len(named) > 30


def test_an_assumption_that_is_said_more_than_twice_has_a_name() -> None:
    said = [str(found) for path in FILES for found in under("assumption", plain(path)) if isinstance(found, dict)]
    assert sorted({words for words in said if said.count(words) > 2}) == []


def test_assumptions_are_written_in_both_languages() -> None:
    texts = [found for path in FILES for key in ("assumption", "assumptions") for found in under(key, plain(path))]
    pairs = [t for found in texts if isinstance(found, dict) for t in ([found] if "en" in found else found.values())]
    assert len(pairs) > 300
    assert [p for p in pairs if not isinstance(p, dict) or p["en"] == p["es"]] == []


def test_every_rule_that_would_count_double_is_a_rule_of_its_pack() -> None:
    rules = {
        f"{path.parent.name}/{entry['id']}"  # type: ignore[index, call-overload]
        for path in FILES
        for section in ("mechanisms", "moves", "events", "modifiers", "resolutions", "interests")
        for entry in dict(plain(path)).get(section) or []  # type: ignore[arg-type, union-attr]
    }
    named = [str(rule) for path in FILES for entry in under("double_counts", plain(path)) for rule in _rules(entry)]
    assert len(named) > 40
    assert sorted(set(named) - rules) == []


def _rules(entries: Data) -> list[Data]:
    return [rule for found in under("rules", entries) if isinstance(found, list) for rule in found]


def test_no_two_packs_define_the_same_id() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for path in FILES:
        for section, entries in dict(plain(path)).items():  # type: ignore[arg-type]
            for entry in entries if path.parts[-3] == "rules" and isinstance(entries, list) else []:
                if isinstance(entry, dict) and "id" in entry:
                    owners.setdefault((section, str(entry["id"])), set()).add(path.parent.name)
    assert len(owners) > 1000
    assert {key: sorted(packs) for key, packs in owners.items() if len(packs) > 1} == {}


def test_endings_have_reasons_in_words() -> None:
    written = sorted(ROOT.glob("scenarios/*/endings.yaml"))
    assert len(written) >= 8
    for path in written:
        name, endings = path.parent.name, list(dict(plain(path))["endings"])  # type: ignore[arg-type]
        *told, last = [dict(ending) for ending in endings]  # type: ignore[arg-type]
        assert last["when"] == "turn >= 1"
        assert [ending["id"] for ending in told if "because" not in ending] == [], name
