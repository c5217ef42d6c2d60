"""Makes the measured parts of ``docs/model.md`` and ``docs/model.es.md`` from runs of the program itself.

    python tools/model_page.py hindcasts [--sessions 1000]      tables and pictures of the cases, under every lens
    python tools/model_page.py lenses [--sessions 1000]         what holds under every lens of each scenario
    python tools/model_page.py balance [--sessions 200] [--states 16]  who wins, and what of a game is missing
    python tools/model_page.py planner [--sessions 10] [SEAT…]  what thinking ahead is worth to each seat, or to some
    python tools/model_page.py sensitivity [--sessions 3000]    the ten assumptions that decide each scenario
    python tools/model_page.py page                             both pages anew from what was kept

What a run measured is kept in ``docs/model/*.json``, each with its seed, so that a page can be written again without
playing again. The words around the tables are
``docs/model/page.en.md`` and ``page.es.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import model_runs
from model_pictures import picture, spans
from model_runs import CASES, FINDINGS, KEPT, ROOT, SCENARIOS, kept, scenario_of

PICTURES: Final = ROOT / "docs" / "pictures"
LANGUAGES: Final = ("en", "es")
RIVALS: Final = ("interpolation", "last_value")
_VERDICTS: Final = {"size": "size", "direction": "direction_only", "neither": "neither", "few": "few"}


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for, keep it, and write the pages."""
    what = arguments[0] if arguments else "page"
    sessions = arguments[arguments.index("--sessions") + 1] if "--sessions" in arguments else ""
    only = [name for name in arguments[1:] if name in (*CASES, *SCENARIOS)]
    if what == "hindcasts":
        model_runs.measure_cases(sessions or "1000", only or CASES)
    elif what == "lenses":
        model_runs.measure_lenses(sessions or "1000", only or SCENARIOS)
    elif what == "balance":
        states = arguments[arguments.index("--states") + 1] if "--states" in arguments else "16"
        model_runs.measure_balance(sessions or "200", only or SCENARIOS, states)
    elif what == "planner":
        seats = [name for name in arguments[1:] if not (name.startswith("--") or name in only or name == sessions)]
        model_runs.measure_planner(sessions or "10", only or SCENARIOS, seats)
    elif what == "sensitivity":
        model_runs.measure_sensitivity(sessions or "3000", only or SCENARIOS)
    write_pages()
    return 0


# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────


def write_pages() -> None:
    """Write both pages, and the pictures of the cases."""
    for language in LANGUAGES:
        parts = {
            "hindcasts": "\n".join(_hindcasts(language)),
            "rows": "\n".join(_rows(language)),
            "balance": "\n".join(_balance(language)),
            "planner": "\n".join(_planner(language)),
            "lenses": "\n".join(_under_lenses(language)),
            "sensitivity": "\n".join(_deciding(language)),
        }
        text = (KEPT / f"page.{language}.md").read_text(encoding="utf-8")
        for name, part in parts.items():
            text = text.replace(f"<{name}>", part.strip("\n"))
        path = ROOT / "docs" / ("model.md" if language == "en" else f"model.{language}.md")
        path.write_text(text, encoding="utf-8", newline="\n")


def _hindcasts(language: str) -> Iterator[str]:
    say = _WORDS[language]
    heads = ("case", "lens", "points", "inside", "direction", "error", "with_rival", "error_there", "line", "same")
    yield _cells(say[name] for name in heads)
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for case in CASES:
        found = kept(f"hindcast-{case}")
        for lens, result in (found or {}).items():
            whole, rivals = result["overall"], [result["rivals"][name] for name in RIVALS]
            title = _title(scenario_of(case).ruleset.lenses[lens].title, language)
            there = whole["on_rival_points"]
            yield _cells((
                f"`{case}`", title, str(whole["points"]), _share(whole["inside_80"]), _share(whole["sign_agreement"]),
                _number(whole["median_error"], language), str(there["points"]),
                *(_number(one["median_error"], language) for one in (there, *rivals)),
            ))  # fmt: skip


def _rows(language: str) -> Iterator[str]:
    say = _WORDS[language]
    for case in CASES:
        found = kept(f"hindcast-{case}")
        if not found:
            continue
        scenario = scenario_of(case)
        result = found[scenario.lens] if scenario.lens in found else next(iter(found.values()))
        titles = {m.id: _title(m.title, language) for m in scenario.measures}
        yield f"### {_title(scenario.title, language)} (`{case}`)\n"
        heads = ("series", "figures", "inside", "direction", "turns", "width", "error", "goal", "same", "verdict")
        yield _cells(say[name] for name in heads)
        yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
        for name, one in result["series"].items():
            width = one["band_width"] / one["spread"] if one["band_width"] is not None and one["spread"] else None
            same = (one["rivals"]["last_value"] or {}).get("median_error")
            yield _cells((
                f"{titles.get(one['measure'], name)} `{name}`", f"{one['points']} ({spans(one['rows'], language)})",
                _share(one["inside_80"]), _share(one["sign_agreement"]), _turns(one["turning_points"]),
                *(_number(number, language) for number in (width, one["median_error"], one["tolerance"], same)),
                say[_VERDICTS[one["verdict"]]],
            ))  # fmt: skip
        drawn = f"hindcast-{case}.{language}.svg"
        svg = picture(result, titles, say["legend"], language)
        (PICTURES / drawn).write_text(svg, encoding="utf-8", newline="\n")
        yield f"\n![{say['picture']}](pictures/{drawn})\n"


def _under_lenses(language: str) -> Iterator[str]:
    say = _WORDS[language]
    for name in SCENARIOS:
        found = kept(f"lenses-{name}")
        if not found:
            continue
        scenario = scenario_of(name)
        lenses = [_title(scenario.ruleset.lenses[lens].title, language) for lens in found]
        yield f"### {_title(scenario.title, language)} (`{name}`)\n"
        yield f"| | {' | '.join(lenses)} |"
        yield f"|---|{'--:|' * len(lenses)}"
        tables = [{(row["kind"], row["id"]): row for row in one["table"]} for one in found.values()]
        for key, row in tables[0].items():
            if key[0] in ("ending", "wins"):
                cells = [_share(table[key]["value"]) if key in table else "–" for table in tables]
                if any(cell not in ("0 %", "< 1 %", "–") for cell in cells):
                    yield f"| {say.get(key[0], '')}{row['title'][language]} | {' | '.join(cells)} |"
        yield ""


def _balance(language: str) -> Iterator[str]:
    say = _WORDS[language]
    for name in SCENARIOS:
        found = kept(f"balance-{name}")
        if not found:
            continue
        scenario = scenario_of(name)
        seats = {seat.id: _title(seat.title, language) for seat in scenario.seats}
        yield f"### {_title(scenario.title, language)} (`{name}`)\n"
        weighed = bool(found["nothing"])
        yield _cells((say["seat"], say["won"], *([say["nothing"]] if weighed else [])))
        yield "|---|--:|" + "--:|" * weighed
        for seat, title in seats.items():
            won, nothing = found["wins"][seat], found["nothing"].get(seat)
            yield _cells((title, _interval(won), *([_interval(nothing)] if weighed else [])))
        yield f"\n{found['sessions']} {say['pairing']}."
        yield ""
        endings = {e.id: _title(e.title, language) for e in scenario.endings}
        ends = sorted(found["endings"].items(), key=lambda one: -one[1]["value"])
        yield f"{say['ends']}: " + ", ".join(f"{endings.get(e, e)} {_share(s['value'])}" for e, s in ends) + ".\n"
        for ending in scenario.endings:
            if ending.id in found.get("explained", ()):
                yield f"{say['explained']}: {_title(ending.title, language)}: {_title(ending.rare, language)}.\n"
        left = [f"{say[key]}: {_listed(found[key])}" for key in (*FINDINGS, "grown", "unstated") if found.get(key)]
        outdone = list(_outdone(found["outdone"], scenario, language))
        told = f"{say['left']}: {'; '.join(left)}." if left else say["nothing_left"] * (not outdone)
        yield " ".join(filter(None, (told, "" if weighed else say["untried"])))
        if outdone:
            yield "\n".join([f"{say['outdone']}:\n", *(f"- {one}" for one in outdone)])
        yield ""


def _outdone(found: Sequence[Sequence[str]], scenario: Any, language: str) -> Iterator[str]:
    """Yield who has a move that others of his outdo, which, and by what."""
    seats = {seat.id: _title(seat.title, language) for seat in scenario.seats}
    moves = {move.id: _title(move.title, language) for move in scenario.ruleset.moves.values()}
    by: dict[tuple[str, str], list[str]] = {}
    for seat, move, other in found:
        by.setdefault((seat, move), []).append(moves.get(other, _WORDS[language]["nobody"]))
    for (seat, move), others in by.items():
        yield f"{seats[seat]}: *{moves[move]}* ({', '.join(dict.fromkeys(others))})"


def _planner(language: str) -> Iterator[str]:
    say = _WORDS[language]
    yield _cells(say[name] for name in ("scenario", "seat", "ahead", "by_doctrine", "by_thought"))
    yield "|---|---|--:|--:|--:|"
    for name in SCENARIOS:
        found = kept(f"planner-{name}")
        for seat, one in (found["seats"] if found else {}).items():
            title = next(_title(s.title, language) for s in scenario_of(name).seats if s.id == seat)
            scores = (_number(one[k], language) for k in ("doctrine", "ahead"))
            yield _cells((f"`{name}`", title, _interval(one["wins"]), *scores))


def _interval(share: Mapping[str, float] | None) -> str:
    if share is None:
        return "–"
    return f"{_share(share['value'])} ({_share(share['low'])} – {_share(share['high'])})"


def _listed(names: Sequence[Any]) -> str:
    return ", ".join(f"`{'/'.join(map(str, name)) if isinstance(name, list) else name}`" for name in names)


def _deciding(language: str) -> Iterator[str]:
    say = _WORDS[language]
    for name in SCENARIOS:
        found = kept(f"sensitivity-{name}")
        if not found:
            continue
        scenario = scenario_of(name)
        lenses = {lens: _title(scenario.ruleset.lenses[lens].title, language) for lens in scenario.lenses}
        yield f"### {_title(scenario.title, language)} (`{name}`)\n"
        yield f"| {say['assumption']} | {say['value']} | {say['range']} | {say['share']} | {say['where']} |"
        yield "|---|--:|--:|--:|---|"
        for one in found["deciding"]:
            spread = " … ".join(_number(edge, language, "g") for edge in one["range"] or ()) or "–"
            value = lenses.get(one["value"]) or _number(one["value"], language, "g")
            low, high = one.get("interval") or (None, None)
            total, low, high = (_number(n and max(n, 0.0), language) for n in (one.get("total"), low, high))
            share = f"{total} ({low} – {high})"
            named = f"{one['title'][language]} `{one['assumption']}`"
            yield _cells((named, value, spread, share, f"`{one['place']}`"))
        yield ""


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _title(text: Any, language: str) -> str:
    return str(text.es if language == "es" else text.en)


def _share(value: float | None) -> str:
    if value is None:
        return "–"
    return "< 1 %" if 0.0 < value < 0.005 else f"{100 * value:.0f} %"


def _turns(found: Mapping[str, int] | None) -> str:
    return "–" if not found else f"{found['met']}/{found['history']}"


def _number(value: float | None, language: str, form: str = ".2f") -> str:
    said = "–" if value is None else format(value, form)
    return said.replace(".", ",") if language == "es" else said


_WORDS: Final = {
    "en": {
        "case": "case", "lens": "lens", "points": "points", "inside": "inside", "direction": "direction",
        "error": "error",
        "with_rival": "with a rival", "error_there": "error there",
        "line": "straight line", "same": "no change", "series": "series", "turns": "turns", "width": "width",
        "goal": "goal", "figures": "figures", "verdict": "verdict", "size": "size", "neither": "neither",
        "few": "too few figures", "direction_only": "direction only", "picture": "History and model",
        "ending": "", "wins": "wins: ",
        "pairing": "sessions of each pairing",
        "seat": "seat", "won": "wins (95 %)", "nothing": "turns with nothing worth doing (95 %)", "ends": "Endings",
        "left": "Left to mend", "nothing_left": "Nothing else is left to mend.",
        "untried": "Single moves were not tried out here.",
        "out_of_balance": "seats outside 5–85 %", "dominant": "doctrines that beat both others everywhere",
        "alike": "doctrines that do the same", "unreached": "endings never reached",
        "unused": "moves that no doctrine ordered", "explained": "Not reached by doctrines alone",
        "grown": "resources that only grow",
        "unstated": "idle trends without a reason",
        "outdone": "Moves that others outdo", "nobody": "doing nothing",
        "scenario": "scenario", "ahead": "thinking ahead wins (95 %)", "by_doctrine": "score by doctrine",
        "by_thought": "thinking ahead",
        "assumption": "assumption", "value": "value", "range": "range", "share": "share of the variance (95 %)",
        "where": "where", "legend": "bar: middle 80 % of 1,000 sessions · stroke: their middle · ring: what happened",
    },
    "es": {
        "case": "caso", "lens": "enfoque", "points": "puntos", "inside": "dentro", "direction": "sentido",
        "error": "error",
        "with_rival": "con rival", "error_there": "error ahí",
        "line": "línea recta", "same": "sin cambio", "series": "serie", "turns": "giros", "width": "ancho",
        "goal": "meta", "figures": "cifras", "verdict": "veredicto", "size": "magnitud", "neither": "ninguno",
        "few": "pocas cifras", "direction_only": "solo el sentido", "picture": "La historia y el modelo",
        "ending": "", "wins": "gana: ",
        "pairing": "sesiones de cada cruce",
        "seat": "puesto", "won": "gana (95 %)", "nothing": "turnos sin nada que valga la pena (95 %)",
        "ends": "Desenlaces", "left": "Queda por corregir", "nothing_left": "No queda nada más por corregir.",
        "untried": "Aquí no se probaron las acciones una por una.",
        "out_of_balance": "puestos fuera de 5–85 %", "dominant": "doctrinas que vencen a las otras dos en todo",
        "alike": "doctrinas que hacen lo mismo", "unreached": "desenlaces nunca alcanzados",
        "unused": "acciones que ninguna doctrina ordenó", "explained": "No lo alcanzan las doctrinas solas",
        "grown": "recursos que solo crecen",
        "unstated": "tendencias sin motivo declarado",
        "outdone": "Acciones que otras superan", "nobody": "no hacer nada",
        "scenario": "escenario", "ahead": "gana quien piensa por adelantado (95 %)",
        "by_doctrine": "puntaje con la doctrina", "by_thought": "pensando",
        "assumption": "supuesto", "value": "valor", "range": "rango",
        "share": "parte de la varianza (95 %)", "where": "dónde",
        "legend": "barra: 80 % central de 1000 sesiones · trazo: su mediana · anillo: lo que ocurrió",
    },
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
