"""The count of a vote, called member by member: threshold and quorum fill as it goes on, then comes the result."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Static

from wargame.model.text import Text
from wargame.session.counts import plain
from wargame.telling.roll import Called, Roll
from wargame.tui.dialogs import Say, keys_line
from wargame.tui.ink import Line, columns, dim, wrap
from wargame.tui.laid_over import LaidOver
from wargame.tui.panel import Draw, Panel, Row, content_of

PACE, LONGEST = 0.12, 12.0
"""Seconds from one member to the next, and at most for all together."""
_NAME, _REASON = 22, 34


class CountScreen(LaidOver[str]):
    """The counts of a turn. Any key calls everybody at once; then Enter closes, and other keys do what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space", "go_on", show=False, priority=True)]

    def __init__(self, say: Say, rolls: list[Roll], *, at_once: bool) -> None:
        super().__init__()
        self._say = say
        self.rolls = rolls
        self.all = sum(len(roll.called) + 1 for roll in rolls)
        """So many steps there are: every member, and the result of each count."""
        self.shown = self.all if at_once else 0
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the roll over its key line."""
        with Vertical(classes="card"):
            yield Panel("card-text")
            yield Static(classes="keys")

    def on_mount(self) -> None:
        """Begin to call."""
        self.query_one(Panel).focus()
        if self.shown < self.all:
            self._clock = self.set_interval(min(PACE, LONGEST / self.all), self._next)
        self._draw()

    def _next(self) -> None:
        self.shown += 1
        if self.shown >= self.all and self._clock is not None:
            self._clock.stop()
        self._draw()

    @property
    def is_over(self) -> bool:
        """Say whether everybody has been called."""
        return self.shown >= self.all

    def action_go_on(self) -> None:
        """Call everybody at once; then close."""
        if self.is_over:
            self.dismiss("")
            return
        self.shown = self.all - 1
        self._next()

    def on_key(self, event: Key) -> None:
        """Take any key as that, but for those that scroll; once all are called, other keys close and do their own."""
        if event.key in ("up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "space", "tab"):
            return
        event.stop()
        if self.is_over:
            self.dismiss(event.key)
        else:
            self.action_go_on()

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def _draw(self) -> None:
        rows, left = [], self.shown
        for roll in self.rolls:
            called = max(0, min(left, len(roll.called)))
            rows.append(Row(_drawer(self._say, roll, called, over=left > len(roll.called)), "", pick=False))
            left -= len(roll.called) + 1
            if left < 0:
                break
        panel = self.query_one(Panel)
        panel.show(self._say(_TITLE), rows)
        panel.action_end_of(-1 if self.is_over else 1)
        keys = [("Enter", _CLOSE), ("↑ ↓", _SCROLL)] if self.is_over else [("Enter", _SKIP)]
        self.query_one(".keys", Static).update(content_of([keys_line(self._say, keys)]))


def _drawer(say: Say, roll: Roll, called: int, *, over: bool) -> Draw:
    so_far = roll.called[:called]

    def draw(width: int) -> list[Line]:
        lines = [*wrap(say(roll.title), width, "bold"), *wrap(f"{say(roll.body)}: {say(roll.rule)}", width, "$dim")]
        lines += _bars(say, roll, so_far, width, over=over)
        if over:
            mark, style = ("■", "bold $good") if roll.adopted else ("□", "bold $bad")
            label: Line = ((f"{mark} ", style),)
            lines += [*wrap(f"{say(roll.totals)}. {say(roll.verdict)}", width, "bold", 2, label), ()]
        longest = max((len(say(one.member)) for one in roll.called), default=0) + 2
        word = max((len(say(one.said)) for one in roll.called), default=0) + 3
        name = max(min(longest, width - word - _REASON - 2), _NAME)
        for one in so_far:
            lines += _member(say, one, name, word, width)
        return [*lines, ()]

    return draw


def _member(say: Say, one: Called, size: int, wide: int, width: int) -> list[Line]:
    name: Line = ((("► " if one.own else "  ") + say(one.member), "bold $accent" if one.own else ""),)
    word: Line = (_mark(one), (f" {say(one.said)}", "bold"))
    reason = say(one.reason) if one.reason is not None else ""
    room = width - size - wide - 2
    lines = wrap(reason, room, "$dim") if reason and room >= _NAME else [dim(reason)]
    found = [columns([(name, size), (word, wide), (lines[0], room)])]
    return found + [columns([((), size), ((), wide), (line, room)]) for line in lines[1:]]


def _mark(one: Called) -> tuple[str, str]:
    if not one.cast:
        return "·", "$dim"
    if one.vote is None:
        return "?", "$est"
    return {1: ("■", "$good"), -1: ("□", "$bad"), 0: ("◊", "")}[one.vote]


def _bars(say: Say, roll: Roll, so_far: tuple[Called, ...], width: int, *, over: bool) -> list[Line]:
    """Return a bar of votes in favour with a post at the threshold, and one of those present if there is a quorum.

    Until all are called they show the votes of those called so far (of a secret vote nothing but who is there); then
    they show the count itself.
    """
    yes = roll.yes if over else sum(one.weight for one in so_far if one.vote == 1 and one.cast)
    there = roll.present if over else sum(one.weight for one in so_far if one.cast)
    bars = [(_IN_FAVOUR, yes, roll.needed, "$good")] + ([(_PRESENT, there, roll.quorum, "")] if roll.quorum else [])
    label = max(len(say(words)) for words, *_ in bars) + 1
    return [(), *(_bar(say, roll, bar, label, width) for bar in bars), ()]


def _bar(say: Say, roll: Roll, bar: tuple[Text, float, int, str], label: int, width: int) -> Line:
    words, votes, post, style = bar
    said, count = say(_OF.fill(n=plain(votes), needed=post)), round(votes)
    size = max(roll.members, post, count)
    room = width - label - len(said) - 4
    wide = 2 if 2 * size <= room else 1
    scale = min(1.0, room / (size * wide))
    full, mark, end = (round(n * scale) * wide for n in (count, post, size))
    before: Line = (("■" * min(full, mark), style), ("·" * max(mark - full, 0), "$line"))
    after: Line = (("■" * max(full - mark, 0), style), ("·" * (end - max(full, mark)), "$line"))
    return (*columns([(dim(say(words)), label)]), *before, ("│", "bold $accent"), *after, (f"  {said}", "$dim"))


_TITLE = Text("The count", "El recuento")
_IN_FAVOUR, _PRESENT = Text("in favour", "a favor"), Text("present", "presentes")
_OF = Text("{n} of {needed} needed", "{n}; hacen falta {needed}")
_CLOSE, _SCROLL = Text("close", "cerrar"), Text("scroll", "recorrer")
_SKIP = Text("or any key: call everybody", "o cualquier tecla: llamar a todos")
