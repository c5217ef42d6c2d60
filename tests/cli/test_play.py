"""The line mode, step by step: what is said, what is refused, what is kept, and what is not given away."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.support import answer_to, play, session_in
from wargame.cli.commands import COMMANDS
from wargame.model.errors import SessionError
from wargame.model.orders import Fate
from wargame.model.text import Language
from wargame.session.reports import LoggedOutcome
from wargame.telling.results import ODDS_HIGHER, ODDS_LOWER, odds_were_wrong
from wargame.telling.typed import plain

ES = Language.ES


def flat(said: str) -> str:
    """Return what was said without line breaks."""
    return " ".join(said.split())


# ── beginning ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pipe_that_says_nothing_ends_politely() -> None:
    said = play([])
    assert said.rstrip().endswith("To go on: wargame play --resume\n" + session_in(said))


def test_the_opening_says_who_where_when_and_what_to_type() -> None:
    said = flat(play([]))
    for words in (
        "THE TOY VALLEY", "You play: Presidency. The other 2 seats are played by bots.", "seed 7",
        "TURN 1 OF 8: JANUARY TO MARCH 2020", "In secret: Be seen to act before the vote.",
        "Treasury: 30; +4.7 by the next turn", "Less crop:", "Type orders to see what you may order",
    ):  # fmt: skip
        assert words in said


def test_on_a_pipe_the_first_seat_is_taken_and_said() -> None:
    assert "Seat: presidency (the first of the list; choose another with --seat)." in play([], seat="")


def test_on_a_pipe_the_suggested_scenario_is_taken_and_said() -> None:
    said = play(["quit"], scenario="", seat="congress")
    assert "Scenario: vraem-2020" in said
    assert "THE VALLEY IN A PANDEMIC" in said


@pytest.mark.parametrize("asked", [{"seat": "presidncy"}, {"lens": "money"}, {"level": "easy"}], ids=str)
def test_an_unknown_choice_is_refused_with_what_there_is(asked: dict[str, str]) -> None:
    with pytest.raises(SessionError, match="Known: "):
        play([], Language.EN, **asked)


# ── orders ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    ["file 1.1", "file 1 1", "f 1.1", "file eradicate uplands", "file Eradicate crops Uplands", "FILE eradicate up"],
)
def test_an_order_can_be_filed_by_number_and_by_name(line: str) -> None:
    assert flat(answer_to(line)).startswith(
        "Filed as order 1 of 3: Eradicate crops — Uplands; cost: treasury 4, forces 1; odds"
    )


@pytest.mark.parametrize(
    "line", ["presentar 1.1", "p erradicar altas", "ordenar 1.1", "PRESENTAR erradicar cultivos tierras"]
)
def test_an_order_can_be_filed_in_spanish(line: str) -> None:
    said = flat(answer_to(line, language=ES))
    assert said.startswith(
        "Presentada como orden 1 de 3: Erradicar cultivos — Tierras altas; costo: tesoro 4, fuerzas 1;"
    )


def test_an_amount_and_a_reason_are_kept_with_the_order() -> None:
    said = answer_to("mine", "file deploy river 3 because the road needs it")
    assert "Deploy forces — The river (companies: 3)" in said
    assert "Because the road needs it" in said


def test_a_move_of_several_places_shows_them_instead_of_guessing() -> None:
    said = answer_to("file deploy")
    assert "3.1 Uplands" in said
    assert "To order it: file 3.1, or with another amount: file 3.1 4" in said


def test_what_an_order_would_do_is_said_before() -> None:
    said = flat(answer_to("1.1"))
    assert re.search(r"If it succeeds: Uplands: Crop area −\d+ ha; Trust in the state −3\.", said)
    assert "Replanting, from the next turn on, for 3 turns, each turn: Uplands: Crop area +" in said


def test_refusals_are_given_with_their_reason() -> None:
    assert "Uplands" not in answer_to("refused")
    said = answer_to("refused", "file 5")
    assert "5. Declare an emergency: You have already filed this order." in said


def test_orders_are_withdrawn_and_moved_up() -> None:
    said = answer_to("up 2", "file 1.1", "file 2.2")
    assert said.index("1. Raid depots") < said.index("2. Eradicate crops")
    assert "1. Raid depots" in answer_to("mine", "file 1.1", "file 2.2", "withdraw 1")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("file", "Say what to order"),
        ("file 99", "Your moves are numbered 1 to 5."),
        ("file 1.9", "The places of 'Eradicate crops' are numbered 1.1 to 1.3."),
        ("file eradicate", "1. ERADICATE CROPS"),
        ("file 3.1 99", "Not filed: The amount must lie between 1 and 4."),
        ("file 3.1 99999999999999999999", "The amount must be a whole number, not '99999999999999999999'."),
        ("file 1.99999999999999999999", "The places of 'Eradicate crops' are numbered 1.1 to 1.3."),
        ("file 99999999999999999999", "Your moves are numbered 1 to 5."),
        ("why 99999999999999999999", "The last list has numbers 1 to 6."),
        ("results 99999999999999999999", "Say the number of a turn"),
        ("fork 99999999999999999999", "Say the turn to go back to"),
        ("withdraw 99999999999999999999", "You have filed no orders this turn."),
        ("file \u0665", "Filed as order 1 of 3: Declare an emergency"),
        ("file 3.1 many", "The amount must be a whole number, not 'many'."),
        ("file 1.1 2", "'Eradicate crops' has no amount."),
        ("withdraw 1", "You have filed no orders this turn."),
        ("up x", "You have filed no orders this turn."),
        ("why", "Say of which number"),
        ("why 40", "The last list has numbers 1 to 6."),
        ("why crop area uplands", "The scenario sets where it starts."),
        ("why uplands.crop_hax", "There is no number 'uplands.crop_hax'"),
        ("results 3", "No turn has been played yet."),
        ("results soon", "Say the number of a turn"),
        ("look", "Say whom or what to look at"),
        ("look uplnads", "There is nobody and nothing called 'uplnads'; did you mean 'Uplands'?"),
        ("sources XYZ", "There is no source or rule 'XYZ'."),
        ("note", "Say what to note"),
        ("help zzz", "There is no help about 'zzz'."),
        ("fork", "Say the turn to go back to"),
        ("fork 9", "cannot be forked at turn 9, only at turn 1."),
        ("fiel 1.1", "There is no command 'fiel'; did you mean 'file'? Type help for the list."),
        ("%&/(", "There is no command '%&/('. Type help for the list."),
        ("\x00\x1b[31m", "There is no command"),
        ("9" * 3000, "That line is too long."),
        ("²", "There is no command '²'."),
        ("1.1.1", "There is no command '1.1.1'."),
    ],
    ids=lambda value: value[:20].encode("unicode_escape").decode(),
)
def test_bad_input_is_answered_with_a_sentence(line: str, sentence: str) -> None:
    assert sentence in flat(answer_to(line))


@pytest.mark.parametrize("typed", ["\n\n   \n", "\ufeffhelp", "help\r", "file 1.1 because \u202e\u0007"])
def test_odd_lines_do_no_harm(typed: str) -> None:
    assert "To go on: wargame play" in play(typed.split("\n"))


def test_no_command_has_the_name_of_another() -> None:
    for language in ("names", "nombres"):
        names = [plain(name) for command in COMMANDS for name in getattr(command, language) if plain(name)]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", list(Language))
def test_every_command_can_be_typed_as_help_shows_it(language: Language) -> None:
    lines = [command.name.say(language) for command in COMMANDS if command.names[0] not in ("quit", "end")]
    said = play(lines, language)
    assert "There is no command" not in said
    assert "No existe el comando" not in said


# ── turns ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_turn_brings_news_fates_others_changes_and_a_score() -> None:
    said = answer_to("end", "file 1.1", "end")
    for words in ("RESULTS OF TURN 2", "NEWS", "WHAT BECAME OF YOUR ORDERS", "WHAT OTHERS WERE SEEN TO DO",
                  "WHAT CHANGED FOR YOU, AND WHY", "Your score, if it ended now:", "TURN 3 OF 8"):  # fmt: skip
        assert words in said
    assert "A journalist asks. A journalist from the capital asks where the fields went." in flat(said)
    assert "The cell compares zones" not in said  # what is expected is the facilitator's


def test_the_causes_of_the_crop_area_are_told_in_plain_words() -> None:
    said = flat(answer_to("end", "file 1.1"))
    found = re.search(r"Crop area \(The valley\): about [\d,]+ → [\d,]+ ha \((.*?)\)(.*?) \d\. ", said)
    assert found is not None
    assert re.search(r"−\d+ your order: Eradicate crops \(Uplands\)", found.group(2))
    assert "the rest: error of your estimate, or causes hidden from you" in found.group(2)


def test_the_card_of_a_source_is_told_in_the_language_of_the_reader() -> None:
    said = answer_to("fuentes C004-1", language=Language.ES)
    for words in (
        "Autor o sección: §Crimen organizado transnacional; §Entrada",
        "Clase: una tesis causal",
        "En nuestras palabras: Desempleo + informalidad → cantera para el crimen.",
    ):
        assert words in " ".join(said.split())
    assert "In our words: Unemployment + informality → pool for crime." in answer_to("sources C004-1")


def test_why_gives_the_whole_tree_with_luck_and_sources() -> None:
    said = answer_to("why crop area uplands", "file 1.1", "end")
    for words in (
        "CROP AREA (UPLANDS), TURN 1",
        "your order: Eradicate crops",
        "odds by your estimates 81 %, draw 59 %",
        "Assumption: invented for the toy",
        "Confidence in the direction: medium",
    ):
        assert words in said


def test_results_can_be_read_again() -> None:
    told = answer_to("end", "file 1.1").split("\nTURN 2 OF 8")[0]
    assert answer_to("results 1", "file 1.1", "end") == told.strip()


def test_the_end_tells_everything() -> None:
    said = play(["file 1.1", *["end"] * 8])
    for words in ("THE END: ", "Why it ended so: ", "WHAT YOU REACHED", "you believed", "Your score: ", "All seats:",
                  "BELIEVED AND TRUE", "MEASURES, TRUE", "WHAT REALLY HAPPENED", "Nothing much happened.",
                  "wargame verify ", "wargame fork ", "head hash"):  # fmt: skip
        assert words in said
    assert "Noted in turn 2: The band has split." in said


def test_after_the_end_one_may_ask_but_not_order() -> None:
    said = play([*["end"] * 8, "file 1.1", "why crop area uplands 3", "look syndicate"])
    assert "The session has ended. You can still ask" in said
    tail = said.split("CROP AREA (UPLANDS), TURN 3")[1]
    assert "error of your estimate" not in tail
    assert "Cohesion: " in tail  # hidden until the end


def test_the_whole_game_can_be_played_in_spanish() -> None:
    said = play(["presentar 1.1 porque toca", "mías", "terminar", "porqué 1", "por qué 1", *["fin"] * 7, "salir"], ES)
    for words in (
        "QUÉ CAMBIÓ PARA USTED, Y POR QUÉ",
        "el resto: error de su estimación",
        "DESENLACE: ",
        "LO CREÍDO Y LO CIERTO",
    ):
        assert words in said
    english = {"turn", "order", "orders", "the", "because", "you", "and", "with"}
    quoted = {"toy"}
    shown = "\n".join(line for line in said.splitlines() if "wargame" not in line)
    assert not (set(re.findall(r"[a-z]+", shown.lower())) - quoted) & english


# ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_is_resumed_where_it_was_left() -> None:
    first = play(["file 1.1", "end", "file 2.1 because depots", "note remember"])
    again = play(["mine", "notes", "why 1"], scenario="", seat="", resume=session_in(first))
    assert "TURN 2 OF 8" in again
    assert "1. Raid depots — Uplands" in again
    assert "Because depots" in again
    assert "Turn 2: remember" in again
    assert ", TURN 1" in again


def test_an_ended_session_is_resumed_at_its_end() -> None:
    first = play(["end"] * 8)
    again = play(["results 2"], scenario="", seat="", resume=session_in(first))
    assert "THE END: " in again
    assert "RESULTS OF TURN 2" in again


def test_only_the_seat_of_the_session_can_resume_it() -> None:
    session = session_in(play([]))
    with pytest.raises(SessionError, match="people play: presidency"):
        play([], scenario="", seat="bosses", resume=session)


def test_a_fork_goes_on_from_a_past_turn_and_leaves_its_parent_alone() -> None:
    first = play(["file 1.1", "end", "end", "fork 2", "mine", "end", "quit"])
    branch = re.search(r"You now play session (\w{10}),", first)
    assert branch is not None
    assert first.count("RESULTS OF TURN 2") == 2
    told = [part.split("\nTURN 3 OF 8")[0] for part in first.split("RESULTS OF TURN 2")[1:]]
    assert told[0] == told[1]  # the same orders with the same luck
    assert "at turn 3" in play([], scenario="", seat="", resume=session_in(first))


def test_a_fork_with_new_luck_says_its_seed() -> None:
    assert re.search(r"with new luck \(seed \d+\)", flat(answer_to("fork 1 new", "end")))


def test_everything_is_kept_in_the_library_that_was_named(tmp_path: Path) -> None:
    play(["save"], library=tmp_path / "mine.sqlite")
    assert (tmp_path / "mine.sqlite").exists()


# ── names that are not quite the name of a move ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line", ["file eradicate vizcatan", "file eradication vizcatan", "file erradicar vizcatan"])
def test_a_part_of_a_name_lists_what_may_be_meant_with_what_it_does(line: str) -> None:
    """Two moves of this seat are about eradication, and one of them does the opposite of the other."""
    said = flat(answer_to(line, scenario="vraem-2020", seat="police-devida"))
    assert "is not the name of one of your moves. Perhaps you mean one of these; use its number:" in said
    assert re.search(r"5\. Forced manual eradication: \w.*6\. Pause eradication in a valley: \w", said)


@pytest.mark.parametrize(
    "line",
    ["file eradication vizcatan", "file forzosa vizcatan", "file valley", "file manual", "file a", "file pause-"],
)
def test_nothing_is_filed_on_a_guess(line: str) -> None:
    said = play([line, "mine"], scenario="vraem-2020", seat="police-devida")
    assert "Filed as order" not in said
    assert "You have filed no orders this turn." in said


@pytest.mark.parametrize("name", ["manual-eradication", "Forced manual eradication", "Erradicación forzosa", "FORCED"])
def test_an_id_or_a_title_from_its_beginning_is_enough_in_either_language(name: str) -> None:
    said = flat(answer_to(f"file {name} vizcatan", scenario="vraem-2020", seat="police-devida"))
    assert said.startswith("Filed as order 1 of 3: Forced manual eradication — Vizcatán")


def test_a_move_that_two_actors_may_give_is_asked_about() -> None:
    said = flat(answer_to("file follow the money", scenario="vraem-2020", seat="police-devida"))
    assert "12. Follow the money: " in said
    assert "20. Prosecutors and financial unit: Follow the money: " in said


def test_at_most_three_moves_are_proposed() -> None:
    said = answer_to("file chemicals forces money", scenario="vraem-2020", seat="police-devida")
    assert len(re.findall(r"^\d+\. ", said, re.MULTILINE)) == 3


def test_a_move_may_be_looked_at_by_any_word_of_its_name() -> None:
    said = answer_to("orders substitution", scenario="vraem-2020", seat="police-devida")
    assert "VOLUNTARY CROP SUBSTITUTION" in said


@pytest.mark.parametrize("line", ["en", "termina", "qui", "sali", "exi"])
def test_a_turn_is_not_ended_and_a_game_not_left_by_half_a_word(line: str) -> None:
    assert "There is no command" in answer_to(line)
    assert play([line]).count("turn 1, 0 of 3 orders >") == 1


# ── what is told of orders ───────────────────────────────────────────────────────────────────────────────────────


def test_own_orders_tell_what_they_did_and_what_is_still_to_come() -> None:
    said = flat(answer_to("end", "file 1.1"))
    assert re.search(r"What it did: Uplands: Crop area −\d+ ha; Trust in the state −\d", said)
    assert "Still to come: Replanting, in turns 2 to 4." in said


def test_an_outcome_against_the_odds_tells_what_the_estimates_had_wrong() -> None:
    told = LoggedOutcome("s", "a|m|", 1, Fate.FAILED, 0.3, 0.5, True, 0.7)
    assert odds_were_wrong(told) == ODDS_LOWER
    assert odds_were_wrong(replace(told, fate=Fate.SUCCEEDED)) is None
    assert odds_were_wrong(replace(told, draw=0.8)) is None
    assert odds_were_wrong(replace(told, fate=Fate.SUCCEEDED, draw=0.8)) == ODDS_HIGHER
    assert odds_were_wrong(replace(told, reckoned=None)) is None


def test_actors_that_are_not_in_play_are_only_named() -> None:
    said = flat(answer_to("objectives", scenario="vraem-2020", seat="presidency"))
    assert "Not in play at present: Successor band, Northern faction." in said
    assert "Strength (Successor band)" not in said


def test_a_yes_or_no_is_not_more_or_less() -> None:
    assert "President removed: no; better: no" in answer_to("objectives", scenario="vraem-2020", seat="presidency")


def test_what_is_left_over_is_told_last() -> None:
    tree = answer_to("why crop area uplands", "file 1.1", "end")
    assert re.search(r"the rest: error of your estimate, or causes hidden from you$", tree)


def test_the_sources_of_a_rule_are_told_once_however_often_it_was_at_work() -> None:
    said = answer_to("why peru.seized", "end", scenario="vraem-2020", seat="presidency")
    assert said.count("mechanism: Seizures add up (") == 1
    assert said.count("Assumption: books what is lost on the way") == 1
    assert re.search(r"^    \+\d[\d.]* Lima and the ports, European ports$", said, re.MULTILINE)


def test_measures_without_a_unit_have_no_empty_brackets() -> None:
    said = play(["end"] * 6, scenario="vraem-2020", seat="presidency", short=True)
    assert "Control of the valley, true  " in said
    assert "()" not in said
