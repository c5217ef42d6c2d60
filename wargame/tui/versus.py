"""The session on screen held against another one: what the timeline draws of both."""

from __future__ import annotations

from collections.abc import Mapping

from wargame.analysis.comparison import Comparison, Course, compare, course_of
from wargame.model.text import Text
from wargame.session.session import Session
from wargame.session.why import Reasons
from wargame.telling import comparing
from wargame.tui.ink import Line, columns, dim
from wargame.tui.page import Block
from wargame.tui.panel import Row, page_row
from wargame.tui.sitting import Sitting


class Versus:
    """Two sessions side by side: A is the one on screen, B the other. Made anew whenever A has moved on."""

    def __init__(self, sitting: Sitting, other: Session) -> None:
        self.sitting = sitting
        self.other = other
        self.found: Comparison = compare(sitting.session, other, sitting.seat.id)
        self._reasons = sitting.game.scene.reasons, Reasons(other, sitting.seat.id)

    def course(self, number: str) -> Course:
        """Return a number in both sessions."""
        first, second = self._reasons
        return Course(number, course_of(first, number), course_of(second, number))

    def orders(self) -> Mapping[int, str]:
        """Return turn → how many orders of the seat the other session has, one mark a turn."""
        seat = self.sitting.seat.id
        counts = {r.turn: sum(o.seat == seat for o in r.outcomes) for r in self.other.reports}
        return {turn: str(min(n, 9)) for turn, n in counts.items() if n}

    def partings(self) -> Mapping[int, str]:
        """Return the turns in which something differs; where they part first it is a corner."""
        first = self.found.forked
        return {p.turn: "└" if p.turn == first else "≠" for p in self.found.partings}

    def blocks(self, turn: int) -> list[Block]:
        """Return what differs in a turn."""
        parting = next((p for p in self.found.partings if p.turn == turn), None)
        if parting is None:
            return [Block("say", self.sitting.of(_ALIKE), indent=1)]
        scene = self.sitting.game.scene
        return [Block("item", said, label) for label, said in comparing.parting_lines(scene, self.other, parting)]

    def outcome(self) -> list[Row]:
        """Return objectives, score and endings of both."""
        share, signed = self.sitting.game.scene.figures.share, self.sitting.game.scene.figures.signed
        listed = [(self.sitting.of(r.title), r.first, r.second) for r in self.found.objectives]
        if self.found.scores is not None:
            listed.append((self.sitting.of(comparing.SCORE), *self.found.scores))

        def draw(width: int) -> list[Line]:
            def line(name: Line, a: Line, b: Line, gap: Line) -> Line:
                return columns([(name, width - 22), (a, -6), (b, -6), (gap, -7)])

            lines: list[Line] = [(), line((), dim("A"), dim("B"), dim("A − B"))]
            for title, a, b in listed:
                up = a > b
                style = "" if share(a) == share(b) else "$good" if up else "$bad"
                mark = "·" if share(a) == share(b) else ("↑" if up else "▼") + signed(abs(a - b), 2).lstrip("+")
                lines.append(
                    line(((title, ""),), ((share(a), "bold"),), ((share(b), "bold $accent"),), ((mark, style),))
                )
            return lines

        pairs = zip(("A", "B"), (self.sitting.session, self.other), self.found.endings, self.found.turns, strict=True)
        ends = [
            Block("item", self.sitting.of(comparing.ending_words(session, ending, played)), f"{label}:")
            for label, session, ending, played in pairs
        ]
        which = Block("say", self.sitting.of(comparing.WHICH.fill(other=self.other.id)))
        parted = Block("say", self.sitting.of(comparing.where_parted(self.found)))
        return [Row(draw, "", pick=False), page_row([Block("gap"), which, *ends, parted])]


_ALIKE = Text("Nothing was done otherwise in this turn.", "En este turno no se hizo nada distinto.")
