"""What keys take on the screens, as multiples of a key that does nothing. ``python -m bench.keys``.

Every key is pressed as soon as the one before is drawn, as nobody types; nothing is filled ahead then. Ratios compare
machines; milliseconds are of processor time, those of the key that does nothing taken off.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.events import Key
from textual.pilot import Pilot

from wargame.content.load import load_scenario
from wargame.model.text import Language
from wargame.session.library import Library
from wargame.tui.app import Asked, WargameApp

TABS = "1234567"
NOTHING = "f12"
_FRAMES, _FRAME = 3, 0.018
"""So often what a key began is waited for, with the seconds between: what it changes is drawn within two frames."""
_MOVES = {
    "1": "tab down w i f1 colon question_mark slash",
    "2": "down tab down pagedown l plus minus tab down end home i w g f1 m",
    "3": "down tab down o f1",
    "4": "down pagedown end home down enter down v v f p slash",
    "5": "down up tab down down t r f1",
    "6": "down pagedown end home enter down w i o k r",
    "7": "down pagedown end left right w i o k b",
}
"""What is pressed on each tab once it is shown; cards are closed again."""


class Typist:
    """Presses keys and notes what each takes."""

    def __init__(self, app: WargameApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.taken: dict[str, list[float]] = defaultdict(list)

    async def press(self, key: str, name: str = "") -> None:
        """Press a key and wait until all is drawn, no longer."""
        start = time.process_time()
        event = Key(key, key if len(key) == 1 else None)
        event.set_sender(self.app)
        self.app.post_message(event)
        for _ in range(_FRAMES):
            await self.pilot._wait_for_screen()
            await asyncio.sleep(_FRAME)
        self.taken[name or key].append((time.process_time() - start) * 1000.0)

    async def until_idle(self) -> None:
        """Wait for the session, or for a turn."""
        while self.app.play is None or self.app.busy:
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def close(self) -> None:
        """Close the cards that lie over the tabs."""
        while self.app.screen.is_modal:
            await self.press("escape", "a card is closed")

    async def end_turn(self) -> None:
        """Play a turn out, with the vote if there is one."""
        for _ in range(2):
            await self.press("e", "e")
            await self.pilot.press("enter")
            await self.until_idle()
            voting = self.app.sitting is not None and self.app.sitting.session.voting.polls is not None
            if not voting:
                break
        await self.close()

    async def look_round(self, first: int) -> None:
        """Show every tab right after a turn, another one first each time; then do on each what can be done there."""
        for tab in TABS[first:] + TABS[:first]:
            await self.press(tab, f"{tab} after a turn")
        for tab in TABS:
            await self.press(tab, f"{tab} again")
            for key in _MOVES[tab].split():
                await self.press(key, f"{tab} {key}")
                await self.close()


async def time_keys(scenario: str, seat: str, turns: int) -> dict[str, list[float]]:
    """Return the milliseconds of processor time that every key took."""
    with TemporaryDirectory() as folder, Library(Path(folder) / "library.sqlite", create=True) as library:
        app = WargameApp(library, Language.EN, Asked(scenario, seat, seed=7))
        app.animation_level = "none"
        async with app.run_test(size=(140, 45)) as pilot:
            typist = Typist(app, pilot)
            await typist.until_idle()
            for turn in range(turns):
                for _ in TABS:
                    await typist.press(NOTHING)
                await typist.end_turn()
                await typist.look_round(turn % len(TABS))
            return dict(typist.taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.keys", description=__doc__)
    parser.add_argument("--scenario", default="empty-chair-2017")
    parser.add_argument("--seat", default="", help="the first one if left out")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--most", type=int, default=20, help="how many keys are printed, the slowest first")
    options = parser.parse_args()
    seat = options.seat or load_scenario(options.scenario).seats[0].id
    taken = asyncio.run(time_keys(options.scenario, seat, options.turns))
    nothing = statistics.median(taken.pop(NOTHING))
    print(f"{options.scenario}, {seat}: a key that does nothing takes {nothing:.1f} ms of the processor")
    print(f"{'key':24}{'times':>6}{'median':>9}{'longest':>9}{'ratio':>7}   ms beyond that, and times that")
    for key, found in sorted(taken.items(), key=lambda item: -statistics.median(item[1]))[: options.most]:
        median = statistics.median(found)
        print(f"{key:24}{len(found):6}{median - nothing:9.0f}{max(found) - nothing:9.0f}{median / nothing:7.1f}")
    every = [ms - nothing for found in taken.values() for ms in found]
    over = sum(ms > 100 for ms in every)
    print(
        f"all {len(every)} keys: median {statistics.median(every):.0f}, longest {max(every):.0f}; beyond 100 ms: {over}"
    )


if __name__ == "__main__":
    main()
