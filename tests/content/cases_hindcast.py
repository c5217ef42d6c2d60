"""Cases of history made wrong, one problem at a time."""

from __future__ import annotations

from tests.content.samples import DRIFT_SCENARIO, Case

CHAPTER, ROWS, CARD = (DRIFT_SCENARIO + name for name in ("hindcast.yaml", "history.csv", "scenario.yaml"))
_LAY = "seat: mason, move: lay, targets: {y: backyard}"
_LAST = "tiles,tiles in the yard,tiles,The yard,2001-12-31,2001-12-31,185,,,the mason,invented,"
_INJECT = """injects:
  - id: windfall
    title: {en: A windfall, es: Un regalo}
    text: {en: Somebody leaves a few tiles., es: Alguien deja unas tejas.}
    turn: 3
    expected: {en: Joy., es: Alegría.}
    effects: {backyard.tiles: 5}
    assumption: drift

endings:
"""

CASES = (
    Case("wrong-date", CHAPTER, "calibrated_to: 2000-03-31", "calibrated_to: ‸2000-02-30"),
    Case("outside-calendar", CHAPTER, "calibrated_to: 2000-03-31", "calibrated_to: ‸2002-01-01"),
    Case("outside-calendar", CHAPTER, "on: 2000-05-10", "on: ‸2002-05-10", says="2002-01-01"),
    Case("outside-calendar", CHAPTER, "on: 2000-05-10", "on: ‸1999-12-31"),
    Case(
        "unknown-seat",
        CHAPTER,
        f"- {{on: 2000-05-10, {_LAY}",
        f"- {{on: 2000-05-10, {_LAY.replace('mason', '‸mson')}",
        says="did you mean 'mason'?",
    ),
    Case("unknown-move", CHAPTER, _LAY, _LAY.replace("lay", "‸lai"), says="did you mean 'lay'?"),
    Case("unknown-role", CHAPTER, _LAY, _LAY.replace("y: b", "‸z: b")),
    Case("unknown-entity", CHAPTER, _LAY, _LAY.replace("backyard", "‸bakyard"), says="did you mean 'backyard'?"),
    Case("unknown-entity", CHAPTER, _LAY, _LAY.replace("lay,", "lay, actor: ‸mason,")),
    Case("seat-never-gives", CHAPTER, _LAY, _LAY.replace("lay,", "lay, actor: ‸backyard,")),
    Case("never-that-kind", CHAPTER, _LAY, _LAY.replace("backyard", "‸masons")),
    Case("no-amount", CHAPTER, _LAY, f"{_LAY}, amount: ‸3"),
    Case("unknown-measure", CHAPTER, "measure: tiles\n", "measure: ‸tilse\n", says="did you mean 'tiles'?"),
    Case("unknown-history", CHAPTER, "series: [tiles]", "series: [tiles, ‸tils]", says="did you mean 'tiles'?"),
    Case("duplicate-id", CHAPTER, "series: [delivered]", "series: [delivered, ‸tiles]"),
    Case("unknown-value", CHAPTER, "over: last", "over: ‸end"),
    Case("wrong-shares", CHAPTER, "seasonal: {1: 0.1,", "seasonal: ‸{1: 0.2,", says="1.1"),
    Case("unknown-value", CHAPTER, "seasonal: {1: 0.1,", "seasonal: {‸0: 0.1,", also=("wrong-shares",)),
    Case(
        "missing-basis",
        CHAPTER,
        "    - series: [tiles]\n      measure: tiles\n      over: last\n      tolerance: 0.1\n"
        "      assumption: drift\n",
        "    - ‸series: [tiles]\n      measure: tiles\n      over: last\n      tolerance: 0.1\n",
    ),
    Case("unknown-move", CHAPTER, "{seat: mason, move: deliver, ", "{seat: mason, move: ‸deliberate, "),
    Case(
        "too-many-orders",
        CHAPTER,
        "  withheld:\n",
        "".join(
            f"    - {mark}{{on: 2000-06-0{day}, {_LAY}, assumption: drift}}\n" for day, mark in enumerate(("", "‸"), 1)
        )
        + "  withheld:\n",
    ),
    Case(
        "sets-scored",
        CHAPTER,
        f"- {{on: 2000-05-10, {_LAY}",
        f"- ‸{{on: 2000-05-10, {_LAY.replace('lay', 'deliver')}",
        says="'delivered'",
    ),
    Case("sets-scored", CARD, "endings:\n", _INJECT.replace("- id", "- ‸id"), says="'tiles'"),
    Case("wrong-columns", ROWS, "series_id,quantity", "‸series,quantity"),
    Case("wrong-date", ROWS, _LAST, _LAST.replace("2001-12-31,2001", "‸2001-11-31,2001")),
    Case("wrong-row", ROWS, _LAST, "‸" + _LAST.replace("185,,", "185,,,"), says="13"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("185", "‸many"), says="'many'"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("185", '‸"1.185,5"'), says="write 1185.5"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("185", '‸"1,185"'), says="between thousands"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("185,,", "185,‸20,10"), says="low (20) is above high (10)"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("185", "‸"), says="neither"),
    Case("wrong-row", ROWS, _LAST, _LAST.replace("2001-12-31,2001", "‸2002-12-31,2001"), says="before"),
    Case("wrong-row", ROWS, _LAST, "‸," + _LAST.partition(",")[2], says="no series"),
    Case(
        "wrong-row",
        ROWS,
        _LAST,
        "‸" + _LAST.replace("the mason", '"the" mason'),
        says="not comma-separated",
        also=("unknown-history",),
    ),
)
