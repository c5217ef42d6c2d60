"""What a player is told before it is too late, and in words that hold."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.support import ACCORD, answer_to, play
from tests.session.leagues import LEAGUE
from wargame.model.institutions import DecisionRule
from wargame.model.text import Language, Text
from wargame.session.calling import VARIABLE, to_type
from wargame.telling.rule_words import organ_rule

EN, ES = Language.EN, Language.ES
TO_THE_END = ("end", "end", "end")
"""To the last of the four turns of a short session."""


@pytest.mark.parametrize(
    ("language", "late"),
    [(EN, "Too late for 'Road works'"), (ES, "Ya no hay tiempo para «Obras viales»")],
)
def test_works_that_would_begin_after_the_end_are_called_too_late_before_they_are_paid(
    language: Language, late: str
) -> None:
    assert late not in play(["orders 4", "file 4.1"], language, short=True)
    for line in ("orders 4.1", "file 4.1"):
        assert late in " ".join(answer_to(line, *TO_THE_END, language=language, short=True).split())
    assert late.split("'")[0].split("«")[0].strip().lower() in " ".join(
        answer_to("orders", *TO_THE_END, language=language, short=True).split()
    )


def test_works_that_fit_only_in_part_are_said_to() -> None:
    said = " ".join(answer_to("orders 4.1", "end", short=True).split())
    assert "Of 'Road works' there is time for 2 of 4 turns." in said


@pytest.mark.parametrize(
    ("language", "promise"),
    [(EN, "promise kept: the neighbour lends"), (ES, "promesa cumplida: el vecino presta")],
)
def test_a_promise_that_moved_a_number_is_named_with_who_what_and_how_much(language: Language, promise: str) -> None:
    offer = "offer 2 give 1=1 ask 4 for 2" if language is EN else "ofrecer 2 dar 1=1 pedir 4 por 2"
    said = play([offer, "end" if language is EN else "terminar"], language, scenario=ACCORD)
    told = [line for line in said.splitlines() if promise in line]
    assert told
    assert not [line for line in told if "…" in line]


def test_who_holds_a_key_is_named_by_title_not_by_id() -> None:
    names = {"one": Text("Guardians", "Guardianes"), "two": Text("Assembly", "Asamblea")}
    organ = SimpleNamespace(rule=DecisionRule.KEYS, share=None, least=0, keys=("one", "two"))
    said = organ_rule(organ, names.__getitem__)  # type: ignore[arg-type]
    assert (said.en, said.es) == (
        "each of Guardians and Assembly says yes",
        "cada uno de Guardianes y Asamblea dice que sí",
    )


@pytest.mark.parametrize(("language", "says"), [(EN, "Alba sponsors '"), (ES, "Alba copatrocina «")])
def test_an_order_that_tables_a_text_says_so_in_a_sentence(language: Language, says: str) -> None:
    line = "orders table-text simple" if language is EN else "órdenes table-text simple"
    said = answer_to(line, language=language, scenario=LEAGUE, seat="alba-cell")
    assert says in " ".join(said.split())
    assert "comes onto the agenda" in said or "entra en la agenda" in said


def test_a_command_is_told_as_it_can_be_typed_by_how_the_program_was_started(tmp_path: Path) -> None:
    by_make = {VARIABLE: "make", "PATH": ""}
    assert to_type("play --resume 3em", by_make) == 'make play ARGS="--resume 3em"'
    assert to_type("play", by_make) == "make play"
    program = tmp_path / "wargame"
    program.touch(0o755)
    assert to_type("report 3em", {VARIABLE: "make", "PATH": str(tmp_path)}) == "wargame report 3em"
    assert to_type("play", {"PATH": str(tmp_path)}) == "wargame play"
    found = to_type("report 3em", by_make)
    assert found != "wargame report 3em"
    assert found.endswith("wargame report 3em"), "by the path of what runs it"


def test_leaving_says_how_to_go_on_as_one_began(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "make")
    assert 'To go on: make play ARGS="--resume' in " ".join(play([]).split())
    assert 'Para seguir: make play ARGS="--resume' in " ".join(play([], ES).split())


@pytest.mark.parametrize(
    ("language", "offer", "end", "ask", "says"),
    [
        (EN, "offer 2 give 1=1 for 1", "end", "promises", ("No promise by you or to you is in force now.", ": kept")),
        (ES, "ofrecer 2 dar 1=1 por 1", "terminar", "promesas", ("Ahora no rige ninguna promesa suya", ": cumplida")),
    ],
)
def test_promises_that_have_ended_are_told_with_what_became_of_them(
    language: Language, offer: str, end: str, ask: str, says: tuple[str, str]
) -> None:
    said = " ".join(answer_to(ask, offer, end, language=language, scenario=ACCORD).split())
    assert all(words in said for words in says), said


@pytest.mark.parametrize(
    ("language", "line", "says"),
    [
        (
            EN,
            "why crop area uplands",
            ("The scenario sets where it starts.", "Of your moves, these move it:"),
        ),
        (
            ES,
            "porqué crop area uplands",
            ("El escenario fija de dónde parte.", "De sus acciones, lo mueven:"),
        ),
    ],
)
def test_before_the_first_turn_a_number_says_where_it_starts_and_what_moves_it(
    language: Language, line: str, says: tuple[str, str]
) -> None:
    said = " ".join(answer_to(line, language=language).split())
    assert all(words in said for words in says), said


@pytest.mark.parametrize(
    ("language", "line", "says"),
    [
        (EN, "counter 1 ask 4=2", "Your counter-offer has closed offer 1; it can no longer be accepted."),
        (ES, "contraofertar 1 pedir 4=2", "Su contraoferta cerró la oferta 1; ya no se puede aceptar."),
        (EN, "counter 1", "Countering closes offer 1"),
        (ES, "contraofertar 1", "Contraofertar cierra la oferta 1"),
    ],
)
def test_countering_says_that_it_closes_what_was_offered(language: Language, line: str, says: str) -> None:
    assert says in " ".join(answer_to(line, language=language, scenario=ACCORD).split())


def test_promising_more_than_is_left_is_warned_of_at_once() -> None:
    before = ("file 1.1", "file 2.1")
    said = answer_to("offer 1 give 1=3 for 1", *before, scenario="la-pampa-2019", seat="lima")
    assert "Beware: with this you would have promised treasury 3 a turn, and your orders leave 2" in " ".join(
        said.split()
    )
