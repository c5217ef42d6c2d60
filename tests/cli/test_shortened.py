"""Names are cut to a length, and never to the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wargame.telling.shortened import shortened

LINES = [
    "Affinity (Government of Colombia – Government of Venezuela)",
    "Affinity (Government of Colombia – Government of Brazil)",
    "Trust",
]


def test_what_tells_names_apart_is_kept() -> None:
    cut = shortened(LINES, 30)
    assert all(len(name) <= 30 for name in cut)
    assert cut[0].endswith("Venezuela)")
    assert cut[1].endswith("Brazil)")
    assert cut[2] == "Trust"


def test_a_name_alone_is_cut_at_its_end() -> None:
    assert shortened(["abcdefghij"], 6) == ["abcde…"]


@given(st.lists(st.text("ab (", max_size=20), max_size=5), st.integers(6, 12))
def test_no_name_is_longer_than_asked(names: list[str], longest: int) -> None:
    assert all(len(name) <= longest for name in shortened(names, longest))


def test_names_that_part_in_several_places_stay_apart() -> None:
    ends = ("Colombia", "Estados Unidos", "Brasil", "Guyana")
    rungs = [f"Peldaño de escalada (Gobierno de Venezuela – Gobierno de {end})" for end in ends]
    rungs += [f"Peldaño de escalada (Gobierno de Cuba – Gobierno de {end})" for end in ends]
    for longest in range(28, 60):
        cut = shortened(rungs, longest)
        assert len(set(cut)) == len(rungs), (longest, cut)
        assert all(len(name) <= longest for name in cut)
