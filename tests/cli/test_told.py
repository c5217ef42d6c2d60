"""What a player is told before it is too late, and in words that hold."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.cli.support import ACCORD, answer_to, play
from tests.session.leagues import LEAGUE
from wargame.model.institutions import DecisionRule
from wargame.model.text import Language, Text
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
