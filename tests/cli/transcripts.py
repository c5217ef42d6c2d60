"""Golden transcripts: whole games in line mode, as a player reads them.

Made anew, after a change that is meant, by ``python -m tests.cli.transcripts``; look at the difference before you keep
it. A game is played by a script that fits every scenario and seat: it tries moves by number, refused or not, and asks.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from tests.cli.support import ACCORD, ROOT, TOY, play, session_in
from wargame.content.load import load_scenario
from wargame.model.text import Language

FOLDER = ROOT / "tests" / "golden"
SEED = 2020
LEAGUE = TOY.replace("toy-valley", "toy-league")
TRIES = 6
"""How many moves the script tries to order in a turn."""


@dataclass(frozen=True, slots=True)
class Game:
    """One golden game."""

    scenario: str
    seat: str
    language: Language
    short: bool = False
    votes: int = 0
    """The first turn in which the seat has something to vote on; 0: there are no bodies."""

    @property
    def path(self) -> Path:
        """Return the file of its transcript."""
        return FOLDER / f"{Path(self.scenario).name}.{self.seat}.{self.language}.txt"


GAMES = (
    Game("vraem-2020", "police-devida", Language.EN),
    Game("vraem-2020", "presidency", Language.ES, short=True),
    Game("vraem-2020", "remnant", Language.ES, short=True),
    Game("la-pampa-2019", "lima", Language.EN, short=True),
    Game("la-pampa-2019", "federation", Language.ES, short=True),
    Game(TOY, "presidency", Language.EN),
    Game(TOY, "bosses", Language.ES),
    Game(LEAGUE, "alba-cell", Language.EN, short=True, votes=2),
    Game(LEAGUE, "boreas-cell", Language.ES, short=True, votes=2),
    Game("after-unasur-2019", "argentina", Language.EN, short=True, votes=2),
    Game("after-unasur-2019", "bolivia", Language.ES, short=True, votes=2),
    Game("empty-chair-2017", "brazil", Language.EN, short=True, votes=2),
    Game("empty-chair-2017", "colombia", Language.ES, short=True, votes=2),
    Game("venezuela-2019", "bogota", Language.EN, short=True, votes=2),
    Game("venezuela-2019", "caracas", Language.ES, short=True, votes=2),
    Game("northern-triangle-2014", "san-salvador", Language.EN, short=True, votes=5),
    Game("northern-triangle-2014", "justice-and-street", Language.ES, short=True),
    Game(ACCORD, "presidency", Language.EN, short=True),
    Game(ACCORD, "neighbour-cell", Language.ES, short=True),
)


def script(turns: int, language: Language, *, votes: int = 0, bargains: bool = False) -> list[str]:
    """Return the lines of a whole game, in the commands of a language; ``votes``: the first turn with a vote, if any.

    Where nothing is voted in a later turn, its second ``end`` plays the next one, and the last lines come too late.
    """
    lines: list[str] = []
    for turn in range(1, turns + 1):
        lines += (_BARGAINED if bargains else _ASKED).get(turn, [])
        lines += _ASKED_OF_BODIES.get(turn, []) if votes else []
        lines += [f"file {(turn * 5 + n * 3) % 14 + 1}.{1 + turn % 2}" for n in range(TRIES)]
        lines += ["mine", "end"]
        lines += ["vote 1 yes", "vote 2 no", "agenda 1", "end"] if 0 < votes <= turn else []
    lines += ["why 1", "results 1", "quit"]
    return lines if language is Language.EN else [_in_spanish(line) for line in lines]


_ASKED = {
    1: ["help", "orders", "1", "refused", "zones", "actors", "objectives"],
    2: ["situation", "2.1", "file 1.1 because a rationale is kept", "withdraw 1", "note one to remember", "notes"],
    3: ["brief", "news", "why 1", "look treasury", "help odds", "sources"],
}
_ASKED_OF_BODIES = {
    1: ["bodies", "body", "body league", "body oas", "agenda", "vote 1 yes"],
    2: ["agenda", "agenda 1"],
    3: ["agenda 2"],
}
_BARGAINED = {
    1: [
        "offers", "offer", "2", "1", "4", "2", "offer 1", "offer 2 give 1=2 ask 4 for 2 because we need it",
        "offer 1 give 1=9 ask 4 for 2", "offer 1 give 1 ask 5 for 9", "offer 1 give 2 ask 5 for 3", "offers",
        "decline 1",
        "accept 1", "promises", "say 1 what do you want", "say", "messages",
    ],
    2: [
        "offers", "accept 4", "accept 5", "accept 6", "promises", "break 1", "break 2", "break 3", "promises", "keep 3",
        "keep 2", "keep 1", "break 1", "break 2", "counter 9", "retract 1",
    ],
    3: ["promises", "offer 2", "offer 2 give 2 ask 6 for 2", "counter 7 for 1", "offers", "messages"],
}  # fmt: skip
"""What is asked in a scenario whose seats can promise one another things; what fits one seat is refused to another."""
_SPANISH = {
    "help": "ayuda", "orders": "órdenes", "refused": "rechazadas", "zones": "zonas", "actors": "actores",
    "objectives": "objetivos", "situation": "situación", "file": "presentar", "because": "porque",
    "withdraw": "retirar", "note": "nota", "notes": "notas", "brief": "informe", "news": "noticias", "look": "mirar",
    "odds": "probabilidad", "sources": "fuentes", "mine": "mías", "end": "terminar", "why": "porqué",
    "results": "resultados", "quit": "salir", "bodies": "organismos", "body": "organismo", "vote": "votar", "yes": "sí",
    "offers": "ofertas", "offer": "ofrecer", "give": "dar", "ask": "pedir",
    "for": "por", "accept": "aceptar", "decline": "declinar", "counter": "contraofertar", "promises": "promesas",
    "break": "incumplir", "keep": "cumplir", "say": "decir", "messages": "mensajes", "retract": "retractar",
}  # fmt: skip


def _in_spanish(line: str) -> str:
    return " ".join(_SPANISH.get(word, word) for word in line.split())


def transcript(game: Game) -> str:
    """Play a game and return what was said, without what differs from run to run."""
    calendar = load_scenario(game.scenario).calendar
    turns = calendar.short if game.short else calendar.full
    lines = script(turns, game.language, votes=game.votes, bargains=game.scenario == ACCORD)
    said = play(lines, game.language, scenario=game.scenario, seat=game.seat, seed=SEED, short=game.short)
    said = said.replace(session_in(said), "(session)")
    return re.sub(r"\b[0-9a-f]{64}\b", "(hash)", said)


def main() -> None:
    """Write every transcript; the games are kept in a library of their own."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as library, patch.dict(os.environ, WARGAME_LIBRARY=library):
        for game in GAMES:
            game.path.write_text(transcript(game), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
