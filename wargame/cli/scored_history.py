"""What a hindcast says to people: how far to trust each series, its figures, and what could not be scored."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from wargame.analysis.hindcast import CaseScores, SeriesScores, Sorted, case_of
from wargame.analysis.scoring import Scores, Verdict
from wargame.cli.lines import table, wrapped
from wargame.cli.speech import Voice
from wargame.engine.naming import Names
from wargame.model.bindings import Cast
from wargame.model.hindcast import DatedOrder, Row
from wargame.model.scenario import Scenario
from wargame.model.text import Text, counted
from wargame.model.ticks import Floats

_ENOUGH_SETS = 10
"""With fewer sets of assumptions the bands are hardly more than luck."""
_WANTED = 400
"""Sessions that are worth asking for."""
_BARS = "▁▂▃▄▅▆▇█"


def shown_case(voice: Voice, scenario: Scenario, found: CaseScores) -> Iterator[str]:
    """Yield the lines of the report."""
    of = voice.of
    yield from wrapped(f"{scenario.id}: {of(scenario.title)}")
    yield from few_sets(voice, found)
    yield ""
    yield from table([of(t) for t in _TRUST_HEAD], list(_trusted(voice, found)))
    yield ""
    yield from wrapped(of(_TRUST))
    if found.rivals:
        yield from wrapped(of(_beside_rivals(voice, found)))
    yield ""
    yield from table([of(t) for t in _HEAD], list(_rows(voice, found)))
    yield ""
    yield from wrapped(of(_READ))
    for series in found.series.values():
        yield ""
        yield from _detail(voice, scenario, series)
    left = list(not_scored(voice, scenario, found))
    yield from ("", *left) if left else ()
    yield from _undone(voice, scenario, found)


def few_sets(voice: Voice, found: CaseScores) -> Iterator[str]:
    """Yield a warning where there are too few sessions for bands that mean anything."""
    if found.sets < _ENOUGH_SETS:
        yield from wrapped(voice.of(counted(found.sets, *_FEW_SETS, wanted=_WANTED)))


def not_scored(voice: Voice, scenario: Scenario, found: CaseScores | Sorted) -> Iterator[str]:
    """Yield which figures were not scored, and why."""
    kinds = (
        (_UNMAPPED, found.unmapped), (_OUTSIDE, found.outside), (_EARLY, found.early), (_REPEATED, found.repeated),
    )  # fmt: skip
    for texts, rows in kinds:
        if rows:
            some = "; ".join(dict.fromkeys(f"{r.series} {_period(r)}" for r in rows))
            day = case_of(scenario).calibrated_to
            yield from wrapped(voice.of(counted(len(rows), *texts, what=some, day=day)))


# ── tables of series ─────────────────────────────────────────────────────────────────────────────────────────


def _trusted(voice: Voice, found: CaseScores) -> Iterator[list[str]]:
    for name, series in found.series.items():
        rival = series.rivals["last_value"]
        yield [
            name,
            str(len(series.scores.errors)),
            _error(voice, series.scores.median_error),
            _error(voice, math.nan if rival is None else rival.median_error),
            _error(voice, series.line.tolerance),
            voice.of(_VERDICTS[series.verdict]),
        ]
    overall = found.overall
    yield [voice.of(_OVERALL), str(len(overall.errors)), _error(voice, overall.median_error), "", "", ""]


def _beside_rivals(voice: Voice, found: CaseScores) -> Text:
    """Return on how many figures the rivals could be scored, and who missed them by how much."""
    beside = found.beside_rivals
    if not beside.errors:
        return _NO_RIVALS
    errors = {name: _error(voice, scores.median_error) for name, scores in found.rivals.items()}
    own = _error(voice, beside.median_error)
    return _BESIDE.fill(n=len(beside.errors), all=len(found.overall.errors), own=own, **errors)


def _rows(voice: Voice, found: CaseScores) -> Iterator[list[str]]:
    for name, series in found.series.items():
        ratio = series.scores.band_width / series.scores.spread if series.scores.spread > 0.0 else math.nan
        yield [name, *_cells(voice, series.scores, ratio)]
    overall = found.overall
    yield [voice.of(_OVERALL), *_cells(voice, overall, overall.band_width)]
    for name, scores in found.rivals.items():
        yield [voice.of(_RIVALS[name]), *_cells(voice, scores, math.nan)]


def _cells(voice: Voice, scores: Scores, ratio: float) -> list[str]:
    turning = f"{scores.turns_met}/{scores.turns}" if scores.turns or scores.turns_said else "–"
    return [
        str(scores.points),
        _percent(voice, scores.inside_80),
        _percent(voice, scores.sign_agreement),
        turning,
        "–" if math.isnan(ratio) else voice.number(ratio),
    ]


def _percent(voice: Voice, value: float) -> str:
    return "–" if math.isnan(value) else voice.percent(value, 0)


def _error(voice: Voice, value: float) -> str:
    return "–" if math.isnan(value) else voice.fixed(value, 2)


# ── one series ───────────────────────────────────────────────────────────────────────────────────────────────


def _detail(voice: Voice, scenario: Scenario, series: SeriesScores) -> Iterator[str]:
    """Yield one series: a small chart of history over the sessions' middle, then its figures."""
    bands = series.points.bands()
    title = next(voice.of(m.title) for m in scenario.measures if m.id == series.line.measure)
    yield from wrapped(f"{title} – {series.id} ({series.rows[0].unit})")
    if len(series.points) > 1:
        yield from _chart(voice, series.points.observed / series.points.span, bands[1] / series.points.span)
    lines = []
    inside = series.points.inside().tolist()
    for row, band, within in zip(series.rows, bands.T.tolist(), inside, strict=True):
        shown_band = [_figure(voice, v) for v in band]
        lines.append([_period(row), _known(voice, row), *shown_band, "✓" if within else "✗"])
    head = ["", *(voice.of(t) for t in _DETAIL)]
    yield from (f"  {line}" for line in table(head, lines))


def _chart(voice: Voice, history: Floats, model: Floats) -> Iterator[str]:
    top = max(float(np.nanmax(np.abs(p), initial=0.0)) for p in (history, model))
    for name, values in ((_HISTORY, history), (_MODEL, model)):
        yield f"  {voice.of(name):8} {''.join(_bar(v, top) for v in values.tolist())}"


def _bar(value: float, top: float) -> str:
    if math.isnan(value):
        return "·"
    return _BARS[min(int(abs(value) / top * len(_BARS)), len(_BARS) - 1)] if top else _BARS[0]


def _period(row: Row) -> str:
    return row.end.isoformat() if row.start == row.end else f"{row.start.isoformat()}–{row.end.isoformat()}"


def _known(voice: Voice, row: Row) -> str:
    if row.value is not None:
        return _figure(voice, row.value)
    low, high = ("…" if v is None else _figure(voice, v) for v in (row.low, row.high))
    return f"[{low}, {high}]"


def _figure(voice: Voice, value: float) -> str:
    size = abs(value)
    return voice.number(value, 0 if size >= 100 else 1 if size >= 10 else 2)


# ── orders of history ────────────────────────────────────────────────────────────────────────────────────────


def _undone(voice: Voice, scenario: Scenario, found: CaseScores) -> Iterator[str]:
    """Yield which dated orders could not always be given, and how many there are in all."""
    short = [(order, share) for order, share in found.script if share < 1.0]
    if short:
        yield ""
        yield from wrapped(voice.of(_NOT_GIVEN))
        for title, lines in _by_move(voice, scenario, short):
            yield from wrapped(title, 4, 2)
            head = ["", voice.of(_DATES), voice.of(_GIVEN)]
            yield from (f"    {line}" for line in table(head, lines))
    if found.script:
        yield ""
        yield from wrapped(voice.of(counted(len(found.script), *_SCRIPTED)))


def _by_move(
    voice: Voice, scenario: Scenario, short: Iterable[tuple[DatedOrder, float]]
) -> list[tuple[str, list[list[str]]]]:
    """Return seat and move with a line for each of the targets, those that were given least first."""
    names = Names.of(scenario, Cast.of(scenario))
    seats, moves = {seat.id: seat.title for seat in scenario.seats}, scenario.ruleset.moves
    found: dict[tuple[str, str], dict[str, list[tuple[DatedOrder, float]]]] = {}
    for order, share in short:
        where = ", ".join(voice.of(names.brief(name)) for name in order.targets.values()) or "–"
        found.setdefault((order.seat, order.move), {}).setdefault(where, []).append((order, share))
    told = []
    for (seat, move), places in found.items():
        means = {where: float(np.mean([share for _, share in some])) for where, some in places.items()}
        lines = [
            [where, str(len({order.on for order, _ in places[where]})), _percent(voice, means[where])]
            for where in sorted(means, key=lambda where: means[where])
        ]
        told.append((min(means.values()), f"{voice.of(seats[seat])}: {voice.of(moves[move].title)}", lines))
    return [(title, lines) for _, title, lines in sorted(told, key=lambda one: one[0])]


_TRUST_HEAD = (
    Text("series", "serie"),
    Text("figures", "cifras"),
    Text("error", "error"),
    Text("no change", "sin cambio"),
    Text("goal", "meta"),
    Text("verdict", "veredicto"),
)
_HEAD = (
    Text("series", "serie"),
    Text("points", "puntos"),
    Text("inside", "dentro"),
    Text("direction", "sentido"),
    Text("turns", "giros"),
    Text("width", "ancho"),
)
_VERDICTS = {
    Verdict.SIZE: Text("size", "magnitud"),
    Verdict.DIRECTION: Text("direction only", "solo el sentido"),
    Verdict.NEITHER: Text("neither", "ninguno"),
    Verdict.FEW: Text("too few figures", "pocas cifras"),
}
_OVERALL = Text("all together", "todo junto")
_RIVALS = {"interpolation": Text("a straight line", "una línea recta"), "last_value": Text("no change", "sin cambio")}
_TRUST = Text(
    "Figures: those with a value. Error: median of the relative errors; no change: that of expecting what was known "
    "last. Verdict: what of the series can be trusted (size: 80 % of the figures inside, and an error within the goal "
    "and below that of no change; direction only: three quarters of the rises and falls).",
    "Cifras: las que tienen valor. Error: mediana de los errores relativos; sin cambio: el de quien espera lo último "
    "conocido. Veredicto: qué creer de la serie (magnitud: el 80 % de las cifras dentro, y un error dentro de la meta "
    "y menor que el de sin cambio; solo el sentido: tres cuartos de las subidas y bajadas).",
)
_BESIDE = Text(
    "The rivals exist for {n} of {all} figures; on those the model's error is {own}, that of a straight line "
    "{interpolation}, and that of no change {last_value}.",
    "Los rivales existen para {n} de {all} cifras; en ellas el error del modelo es {own}, el de una línea recta "
    "{interpolation} y el de sin cambio {last_value}.",
)
_NO_RIVALS = Text(
    "Of none of these figures anything was known before: there are no rivals to compare with.",
    "De ninguna de estas cifras se conocía nada antes: no hay rivales con que comparar.",
)
_READ = Text(
    "Inside: figures within the middle 80 % of the sessions. Direction: rises and falls that the sessions' median "
    "shares. Width: band divided by the spread of the figures; above 1 it says little.",
    "Dentro: cifras en el 80 % central de las sesiones. Sentido: subidas y bajadas en que la mediana de las sesiones "
    "coincide con la historia. Ancho: la banda dividida por la dispersión de las cifras; por encima de 1 dice poco.",
)
_FEW_SETS = (
    Text(
        "Caution: with {n} set of assumptions the bands are luck alone and too narrow: ask for {wanted} sessions or "
        "more.",
        "Cuidado: con {n} juego de supuestos las bandas son solo azar y demasiado estrechas: pida {wanted} sesiones o "
        "más.",
    ),
    Text(
        "Caution: with {n} sets of assumptions the bands are mostly luck and too narrow: ask for {wanted} sessions or "
        "more.",
        "Cuidado: con {n} juegos de supuestos las bandas son sobre todo azar y demasiado estrechas: pida {wanted} "
        "sesiones o más.",
    ),
)
_HISTORY, _MODEL = Text("history", "historia"), Text("model", "modelo")
_DETAIL = (Text("history", "historia"), Text("10 %", "10 %"), Text("50 %", "50 %"), Text("90 %", "90 %"), Text("", ""))
_UNMAPPED = (
    Text("{n} figure that the case does not follow: {what}.", "{n} cifra que el caso no sigue: {what}."),
    Text("{n} figures that the case does not follow: {what}.", "{n} cifras que el caso no sigue: {what}."),
)
_OUTSIDE = (
    Text("{n} figure outside the calendar: {what}.", "{n} cifra fuera del calendario: {what}."),
    Text("{n} figures outside the calendar: {what}.", "{n} cifras fuera del calendario: {what}."),
)
_EARLY = (
    Text(
        "{n} figure ends by {day}, the day that sets the start: it is not scored, and only the rivals use it.",
        "{n} cifra termina a más tardar el {day}, fecha que fija el comienzo: no se califica; solo la usan los "
        "rivales.",
    ),
    Text(
        "{n} figures end by {day}, the day that sets the start: they are not scored, and only the rivals use them.",
        "{n} cifras terminan a más tardar el {day}, fecha que fija el comienzo: no se califican; solo las usan "
        "los rivales.",
    ),
)
_REPEATED = (
    Text("{n} figure stands there again and counts once: {what}.", "{n} cifra repetida, que cuenta una vez: {what}."),
    Text(
        "{n} figures stand there again, and each counts once: {what}.",
        "{n} cifras repetidas, que cuentan una vez cada una: {what}.",
    ),
)
_NOT_GIVEN = Text(
    "Orders of history that could not be given in some sessions (not legal, or not to be paid)",
    "Órdenes de la historia que en algunas sesiones no se pudieron dar (no eran legales o no se podían pagar)",
)
_DATES, _GIVEN = Text("dates", "fechas"), Text("were given in", "se dieron en")
_SCRIPTED = (
    Text("{n} order is given by history, not by doctrines.", "{n} orden viene de la historia, no de las doctrinas."),
    Text(
        "{n} orders are given by history, not by doctrines.", "{n} órdenes vienen de la historia, no de las doctrinas."
    ),
)
