"""Whole games as players read them, held word by word, and what must hold of every line of them."""

from __future__ import annotations

import re

import pytest

from tests.cli.transcripts import FOLDER, GAMES, Game, transcript
from wargame.content.listing import case_names, scenario_names
from wargame.model.text import Language


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.path.stem)
def test_a_game_reads_as_it_did(game: Game) -> None:
    assert transcript(game) == game.path.read_text(encoding="utf-8"), "see tests/cli/transcripts.py"


def test_no_shipped_scenario_lacks_a_transcript() -> None:
    told = {(path.name.split(".")[0], path.name.split(".")[-2]) for path in FOLDER.glob("*.txt")}
    names = set(scenario_names()) - set(case_names())
    assert {(name, language.value) for name in names for language in Language} <= told


def test_there_is_no_transcript_of_nothing() -> None:
    assert {game.path for game in GAMES} == set(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.path.stem)
def test_lines_fit_into_eighty_columns(game: Game) -> None:
    """Tables of figures and pasted identifiers may be as wide as they are."""
    for line in game.path.read_text(encoding="utf-8").splitlines():
        assert len(line) <= 80 or "  " in line.strip(), line


_SEVERAL = (
    "turns|orders|places|records|sessions|seats|moves|causes|inputs|people|bases|companies|attacks|cases|laws|sites|"
    "strips|stretches|turnos|órdenes|lugares|registros|sesiones|puestos|acciones|causas|datos|personas|bases|compañías|"
    "ataques|casos|leyes|focos|pistas|tramos|contratos"
)


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.path.stem)
def test_one_of_anything_is_told_in_the_singular(game: Game) -> None:
    told = " ".join(game.path.read_text(encoding="utf-8").split())
    assert re.findall(rf"(?<![\d.,–+−] )(?<![\d.,])[+−]?\b1 (?:{_SEVERAL})\b", told) == []
    assert "(s)" not in told
    assert "(es)" not in told


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.path.stem)
def test_people_read_titles_and_not_ids(game: Game) -> None:
    """Only ``zones`` and ``actors`` name ids, in brackets, and the end names one number for the command line."""
    for line in game.path.read_text(encoding="utf-8").splitlines():
        if "wargame why" not in line and "ddf--" not in line:
            plain = re.sub(r"\([a-z_]+\)|H:\w+", "", line)
            assert not re.search(r"\b[a-z]+_[a-z_]+\b", plain), line
