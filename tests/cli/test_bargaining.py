"""Bargaining in line mode: every command answers in a sentence, and what is typed wrong says what would be right."""

from __future__ import annotations

from typing import ClassVar
from unittest.mock import patch

import pytest

from tests.cli.support import ACCORD, TOY, answer_to
from wargame.cli.talk import LineTalk
from wargame.model.text import Language, Text


def answer(line: str, *before: str, **asked: object) -> str:
    return answer_to(line, *before, scenario=ACCORD, **asked)  # type: ignore[arg-type]


def test_an_offer_is_made_with_numbers_or_names() -> None:
    for who in ("2", "neighbour", "The neighbour"):
        line = f"offer {who.split()[-1]} give 1=1 ask 4 for 2 because we need them"
        assert "To The neighbour, for 2 turns: accepted" in answer(line)
    assert "A El vecino, por 2 turnos: aceptada" in answer_to(
        "ofrecer vecino dar 1=1 pedir 4 por 2", scenario=ACCORD, language=Language.ES
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("offer 7", "There is no seat '7'."),
        ("offer 2 nonsense", "Say it like this: offer 2 give"),
        ("offer 2 give 9", "There is no clause number 9 on that side."),
        ("offer 2 give 1=x", "Say it like this"),
        ("offer 2 give 1 for ever", "For how many turns?"),
        ("offer 2 give 1=9 for 1", "the amount must lie between 1 and 6"),
        ("accept", "Say which offer, by its number (see: offers)."),
        ("accept 99", "There is no offer number 99."),
        ("counter 99", "Say which offer, by its number (see: offers)."),
        ("retract 1", "Offer 1 is not yours."),
        ("break 1", "You have promised nothing that is still due."),
        ("promises", "Nothing is promised by you or to you."),
        ("messages", "Nothing has been said."),
        ("say 1", "Say to whom and what, for example: say 1 TEXT."),
    ],
)
def test_what_cannot_be_says_why(line: str, says: str) -> None:
    assert says in " ".join(answer(line).split())


def test_an_offer_can_be_countered_and_a_refusal_is_not_about_orders() -> None:
    said = answer("counter 1 ask 4=2")
    assert "From The bosses" not in said.split("\n")[0]
    assert "To The bosses, for 3 turns:" in said
    assert "Offer 1 is closed: countered." in answer("accept 1", "counter 1 ask 4=2")
    assert not answer("accept 99").startswith("Not filed")


def test_promises_are_shown_with_what_they_take_this_turn() -> None:
    said = answer("promises", "offer 2 give 1=2 ask 4 for 2")
    assert "Promised this turn: treasury 2." in " ".join(said.split())
    broken = answer("promises", "offer 2 give 1=2 ask 4 for 2", "break 1")
    assert "you will not keep it this turn" in " ".join(broken.split())
    assert "Promised this turn" not in broken


def test_where_nothing_can_be_promised_that_is_said() -> None:
    assert answer_to("offer", scenario=TOY) == "In this scenario nobody can promise you anything."
    assert "There are no offers this turn" in answer_to("offers", scenario=TOY)


def test_clauses_are_grouped_and_what_cannot_be_struck_is_told_on_request() -> None:
    said = " ".join(answer("offer 1").split())
    assert "WHAT YOU CAN ASK OF THE BOSSES: 4" in said
    assert "keeps the fields at … small for The government (1–4 turns) 6 Uplands; 7 The river" in said
    assert "Every clause can be struck now." in answer("offer 2 refused")
    struck = "offer 2 give 1=1 ask 4 for 2"
    said = " ".join(answer("offer 2", struck).split())
    assert "WHAT YOU CAN GIVE THE NEIGHBOUR: 1" in said
    assert "2 more clauses cannot be struck now (in full: offer neighbour-cell refused):" in said
    assert "You cannot give: × '" in said
    assert "You cannot ask: × '" in said
    assert said.count("is promised already. (") == 2
    assert "is promised already" in answer("offer 2 refused", struck)


def test_an_offer_that_asks_for_nothing_and_a_deal_that_binds_are_told_of_beforehand() -> None:
    assert answer("offer 2 give 1=1 for 2").startswith("You ask for nothing in return.")
    assert "You ask for nothing" not in answer("offer 2 give 1=1 ask 4 for 2")
    said = " ".join(answer("accept 1").split())
    assert said.startswith("It binds you from this turn to turn 3: ")
    assert "In return: " in said
    assert "accepted" in said


class Sitting(LineTalk):
    """Somebody at a terminal, with what is answered."""

    answers: ClassVar[list[str]] = []

    def confirm(self, question: Text) -> bool:
        self.live = True
        with patch("builtins.input", lambda _: self.answers.pop(0)):
            found = super().confirm(question)
        self.live = False
        return found


@pytest.mark.parametrize(("typed", "says"), [("yes", "accepted"), ("sí", "accepted"), ("", "the offer stays open")])
def test_at_a_terminal_a_deal_is_struck_with_a_yes_alone(typed: str, says: str) -> None:
    Sitting.answers[:] = [typed]
    with patch("wargame.cli.play.LineTalk", Sitting):
        assert says in " ".join(answer("accept 1").split())
    assert not Sitting.answers


def test_an_order_that_breaks_a_promise_is_filed_with_a_warning() -> None:
    struck = "offer 1 give 2 ask 6 for 2"
    said = " ".join(answer("file 1.1", struck).split())
    assert "Beware: the order 'Eradicate crops' breaks a promise of yours" in said, (answer(struck), said)
    assert "Beware: the order 'Eradicate crops'" in " ".join(answer("end", struck, "file 1.1").split())
    assert "Beware" not in answer("file 1.1")
