"""What a tally says of members that speak for several governments."""

from __future__ import annotations

from wargame.model.text import Language, Text
from wargame.telling.votes import with_votes

_BLOC = Text("Haiti and others", "Haití y otros")


def test_a_member_that_speaks_for_several_says_with_how_many_votes() -> None:
    assert with_votes(_BLOC, 2).say(Language.EN) == "Haiti and others (2 votes)"
    assert with_votes(_BLOC, 2).say(Language.ES) == "Haití y otros (2 votos)"


def test_one_vote_needs_no_words() -> None:
    assert with_votes(_BLOC, 1) is _BLOC
