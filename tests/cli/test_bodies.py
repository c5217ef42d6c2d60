"""Bodies in line mode: charters, agendas, casting votes, coming back to them, and what is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import answer_to, play, process, session_in
from tests.session.leagues import LEAGUE
from wargame.model.text import Language

TABLED = ("file table-text simple", "file call-session expel gama", "end")
"""A turn in which the player puts two texts on the agenda: one voted in secret, one openly."""


def flat(said: str) -> str:
    """Return what was said without line breaks."""
    return " ".join(said.split())


def league(line: str, *before: str, language: Language = Language.EN, **asked: object) -> str:
    """Return the answer to a line in a game of the toy league."""
    return flat(answer_to(line, *before, language=language, **{"scenario": LEAGUE, "seat": "alba-cell", **asked}))


# ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bodies_say_what_one_is_there_who_sits_and_who_does_not() -> None:
    said = league("bodies")
    for words in (
        "The League (league): member.", "Chair: Celta, until this turn ends.",
        "Sitting (4): Alba, Bóreas, Celta and Dorado.", "Sitting, but leaving (1): Gama (in 2 turns).",
        "Absent (1): Estrella.", "Suspended (1): Hidra.", "Cohesion: 50.",
    ):  # fmt: skip
        assert words in said


def test_a_body_says_its_rules_in_sentences_with_the_votes_they_take() -> None:
    said = league("body league")
    for words in (
        "more than half of 6 votes: 4", "two thirds of 6 votes: 4", "Quorum: 4 of 6.", "Veto: Alba.",
        "The vote is secret", "Only the chair may table.", "180 days' notice", "Alba 50 %",
        "You may: 1.1 Table a text (credit 1)", "You may not table this.",
    ):  # fmt: skip
        assert words in said


def test_the_same_in_spanish() -> None:
    said = league("organismo liga", language=Language.ES)
    for words in ("dos tercios de 6 votos: 4", "Quórum: 4 de 6.", "Usted puede: 1.1 Presentar un texto (crédito 1)"):
        assert words in said


def test_any_text_can_be_looked_at_before_it_is_tabled() -> None:
    said = league("agenda expel dorado")
    assert "It is on no agenda." in said
    assert "Your estimate: for " in said
    assert "Without a vote on this: Fuego, Hidra and Dorado." in said
    assert "Friends shield friends" in said


def test_the_agenda_says_who_tabled_what_and_how_it_may_end() -> None:
    said = league("agenda", *TABLED)
    for words in (
        ". The League: expel Gama To be voted this turn.", "Tabled in turn 1 by Alba; sponsored by Alba",
        "all of 5 votes in favour", "Your estimate: for ", "The vote is secret", "agenda 1.",
    ):  # fmt: skip
        assert words in said


def test_what_is_voted_is_said_as_the_turn_begins() -> None:
    said = flat(play(TABLED, scenario=LEAGUE, seat="alba-cell"))
    assert "the League: expel Gama" in said.rsplit("You vote this turn on: ", 1)[1]


# ── voting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_end_of_orders_comes_before_the_vote_and_the_vote_before_the_results() -> None:
    polls = league("end", *TABLED)
    assert polls.startswith("ORDERS ARE CLOSED. TO BE VOTED NOW 1. The League: ")
    assert ". The League: expel Gama Tabled in turn 1 by Alba" in polls
    assert "Vote of Alba: not cast yet." in polls
    results = league("end", *TABLED, "end", "vote expel gama no")
    assert results.startswith("Not cast, so an abstention: ")
    assert "WHAT WAS VOTED" in results
    assert "Blocked by objection: Alba" in results
    assert "The vote was secret. You: abstention." in results


def test_votes_can_be_changed_until_the_turn_is_played() -> None:
    said = league("vote", *TABLED, "end", "vote expel gama yes", "vote expel gama against")
    assert "Vote of Alba: no." in said
    said = league("end", *TABLED, "end", "vote expel gama no", "vote all yes")
    assert "Not cast" not in said
    assert "The vote was secret. You: yes." in said


def test_the_spanish_words_for_votes() -> None:
    orders = ("presentar table-text sede", "presentar call-session expulsar gama", "terminar", "terminar")
    for words, vote in (
        ("expulsar gama sí", "sí"),
        ("expulsar gama en contra", "no"),
        ("expulsar gama abstención", "abstención"),
    ):
        said = league(f"votar {words}", *orders, language=Language.ES)
        assert said.startswith(f"Alba sobre «la Liga: expulsar a Gama»: {vote}.")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("vote", "Orders are still open"),
        ("vote 1 yes", "Orders are still open"),
        ("agenda 99", "Nothing is on any agenda."),
        ("agenda 9999999999999999999999", "Nothing is on any agenda."),
        ("agenda xyzzy", "There is no text 'xyzzy'"),
        ("agenda league", "may mean"),
        ("body xyzzy", "There is no body 'xyzzy'"),
    ],
)
def test_what_makes_no_sense_while_orders_are_open_is_refused(line: str, sentence: str) -> None:
    assert sentence in league(line)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("vote yes", "Say the number of the text"),
        ("vote 1", "Say the number of the text"),
        ("vote 1 maybe", "Say the number of the text"),
        ("vote 99 yes", "The texts on the agenda are numbered 1 to"),
        ("vote 1 boreas yes", "No member of yours is called 'boreas'"),
        ("vote xyzzy yes", "There is no text 'xyzzy'"),
        ("vote open letter yes", "There is no text"),
        ("vote letter of protest yes", "You have no vote on 'the League: a letter of protest' now."),
        ("vote ² yes", "There is no text"),
        ("vote 0 yes", "The texts on the agenda are numbered 1 to"),
        ("file 1.1", "The orders of this turn are closed"),
        ("withdraw 1", "You have filed no orders"),
    ],
)
def test_what_makes_no_sense_in_the_vote_is_refused(line: str, sentence: str) -> None:
    assert sentence in league(line, *TABLED, "end")


def test_a_scenario_without_bodies_says_so() -> None:
    for line in ("bodies", "body", "agenda", "vote 1 yes"):
        assert flat(answer_to(line)) == "This scenario has no bodies that vote."


def test_after_the_end_bodies_can_still_be_looked_at_and_nothing_voted() -> None:
    over = ["end"] * 16
    assert "The League (league)" in league("bodies", *over)
    assert "WHAT CAN BE PROPOSED THERE" in league("body", *over)
    assert "The session has ended." in league("vote 1 yes", *over)


# ── coming back, asking why ──────────────────────────────────────────────────────────────────────────────────────


def test_a_session_left_in_the_vote_comes_back_to_it_with_what_was_cast(tmp_path: Path) -> None:
    library = tmp_path / "sessions.db"
    said = play([*TABLED, "end", "vote expel gama no"], scenario=LEAGUE, seat="alba-cell", library=library)
    again = flat(play(["end"], scenario="", seat="", resume=session_in(said), library=library))
    assert "ORDERS ARE CLOSED. TO BE VOTED NOW" in again
    assert "Vote of Alba: no." in again
    assert "Blocked by objection: Alba" in again


def test_a_pipe_that_ends_in_the_vote_leaves_it_open(tmp_path: Path) -> None:
    library = str(tmp_path / "sessions.db")
    lines = "\n".join([*TABLED, "end", ""])
    done = process(
        "play", LEAGUE, "--line", "--lang", "en", "--seat", "alba-cell", "--library", library, "--seed", "7",
        typed=lines,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "is kept, at turn 2" in flat(done.stdout)
    assert "Traceback" not in done.stdout + done.stderr


def test_the_vote_of_a_member_is_found_by_its_name_and_the_text() -> None:
    said = league("why boreas expel gama", *TABLED, "end", "end")
    assert "LAST VOTE (VOTE OF BÓREAS ON 'THE LEAGUE: EXPEL GAMA'), TURN 2" in said
    said = league("why dorado expel gama", *TABLED, "end", "end")
    assert "LAST VOTE (VOTE OF DORADO ON 'THE LEAGUE: EXPEL GAMA'), TURN 2" in said
    assert "SPONSOR" in league("why sponsor alba expel gama", *TABLED, "end", "end")


def test_who_voted_yes_is_why_there_are_so_many() -> None:
    said = league("why text_unanimity_league_gama.no", *TABLED, "end", "vote expel gama no", "end")
    assert "count of the vote" in said
    assert "Alba" in said


def test_the_facilitator_replays_votes_with_every_ballot(tmp_path: Path) -> None:
    library = str(tmp_path / "sessions.db")
    said = play([*TABLED, "end", "end"], scenario=LEAGUE, seat="alba-cell", library=Path(library))
    done = process("replay", session_in(said), "--text", "--lang", "en", "--library", library)
    assert done.returncode == 0, done.stderr
    assert "WHAT WAS VOTED" in done.stdout
    assert "The vote was secret" not in done.stdout
    ballot = "ballot(celta,text_unanimity_league_gama)"
    why = process("why", session_in(said), f"{ballot}.vote", "--turn", "2", "--lang", "en", "--library", library)
    assert why.returncode in (0, 4), why.stderr
