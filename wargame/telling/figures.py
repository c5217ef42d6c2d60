"""Numbers as people read them: with units, with how they are known, with signs, and dates in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from wargame.engine.views import Reading
from wargame.formula.constants import FLAG_IS_UP
from wargame.model.kinds import Attribute, AttributeType, Sight
from wargame.model.scenario import Calendar, Step
from wargame.model.text import Text
from wargame.session.why import Why
from wargame.telling.voice import Voice

_UNITS = {
    "points": (Text("", ""), Text("", "")),
    "persons": (Text("person", "persona"), Text("people", "personas")),
    "thousand persons": (Text("thousand people", "mil personas"), Text("thousand people", "mil personas")),
    "companies": (Text("company", "compañía"), Text("companies", "compañías")),
    "thousand barrels a day": (
        Text("thousand barrels a day", "mil barriles diarios"),
        Text("thousand barrels a day", "mil barriles diarios"),
    ),
    "actions": (Text("action", "acción"), Text("actions", "acciones")),
    "incidents": (Text("incident", "incidente"), Text("incidents", "incidentes")),
    "clashes": (Text("clash", "choque"), Text("clashes", "choques")),
    "strikes": (Text("strike", "ataque"), Text("strikes", "ataques")),
    "governments": (Text("government", "gobierno"), Text("governments", "gobiernos")),
    "lists": (Text("list", "lista"), Text("lists", "listas")),
    "payments": (Text("payment", "pago"), Text("payments", "pagos")),
    "rung": (Text("", ""), Text("", "")),
    "logarithm": (Text("", ""), Text("", "")),
    "log": (Text("", ""), Text("", "")),
    "share": (Text("", ""), Text("", "")),
    "attacks": (Text("attack", "ataque"), Text("attacks", "ataques")),
    "aircraft": (Text("aircraft", "aeronave"), Text("aircraft", "aeronaves")),
    "contracts": (Text("contract", "contrato"), Text("contracts", "contratos")),
    "laws": (Text("law", "ley"), Text("laws", "leyes")),
    "cases": (Text("case", "caso"), Text("cases", "casos")),
    "stretches": (Text("stretch", "tramo"), Text("stretches", "tramos")),
    "sites": (Text("site", "foco"), Text("sites", "focos")),
    "campaigns": (Text("campaign", "campaña"), Text("campaigns", "campañas")),
    "camps": (Text("camp", "campamento"), Text("camps", "campamentos")),
    "zones": (Text("zone", "zona"), Text("zones", "zonas")),
    "strips": (Text("strip", "pista"), Text("strips", "pistas")),
    "bases": (Text("base", "base"), Text("bases", "bases")),
    "votes": (Text("vote", "voto"), Text("votes", "votos")),
    "members": (Text("member", "miembro"), Text("members", "miembros")),
    "texts": (Text("text", "texto"), Text("texts", "textos")),
    "bodies": (Text("body", "organismo"), Text("bodies", "organismos")),
    "plans": (Text("plan", "plan"), Text("plans", "planes")),
    "charges": (Text("charge", "acusación"), Text("charges", "acusaciones")),
    "countries": (Text("country", "país"), Text("countries", "países")),
    "networks": (Text("network", "red"), Text("networks", "redes")),
    "pacts": (Text("pact", "pacto"), Text("pacts", "pactos")),
    "concessions": (Text("concession", "concesión"), Text("concessions", "concesiones")),
    "tranches": (Text("tranche", "tramo"), Text("tranches", "tramos")),
    "forums": (Text("forum", "foro"), Text("forums", "foros")),
    "clubs": (Text("club", "club"), Text("clubs", "clubes")),
    "turns": (Text("turn", "turno"), Text("turns", "turnos")),
    "index": (Text("on its index", "en su índice"), Text("on its index", "en su índice")),
    "%": (Text("%", "%"), Text("%", "%")),
    "vote": (Text("", ""), Text("", "")),
    "code": (Text("", ""), Text("", "")),
    "US$bn": (Text("billion dollars", "mil millones de dólares"), Text("billion dollars", "mil millones de dólares")),
    "US$m": (Text("million dollars", "millón de dólares"), Text("million dollars", "millones de dólares")),
    "ha": (Text("ha", "ha"), Text("ha", "ha")),
    "t": (Text("t", "t"), Text("t", "t")),
}
"""Units of rule packs, of one and of several, in both languages; others are said as their author wrote them."""

_COUNTED = frozenset({
    "persons", "companies", "actions", "incidents", "clashes", "strikes", "governments", "payments", "attacks",
    "aircraft", "contracts", "laws", "cases", "sites", "campaigns", "camps", "zones", "strips", "bases",
    "votes", "members", "texts", "bodies", "plans", "charges", "countries", "networks", "pacts", "concessions",
    "tranches", "forums", "clubs", "lists",
})  # fmt: skip
"""Units of which there is no half."""
_HALF = 0.5

_MONTHS = (
    Text("January", "enero"), Text("February", "febrero"), Text("March", "marzo"), Text("April", "abril"),
    Text("May", "mayo"), Text("June", "junio"), Text("July", "julio"), Text("August", "agosto"),
    Text("September", "septiembre"), Text("October", "octubre"), Text("November", "noviembre"),
    Text("December", "diciembre"),
)  # fmt: skip

_YES, _NO = Text("yes", "sí"), Text("no", "no")


def unit_in_words(unit: str, shown: str = "") -> Text:
    """Return a unit as it stands behind a number; points go without."""
    one, several = _UNITS.get(unit, (Text(unit, unit), Text(unit, unit)))
    return one if shown == "1" else several


def without_unit(attribute: Attribute | None) -> Attribute | None:
    """Return an attribute whose numbers are said without a unit."""
    return None if attribute is None else replace(attribute, unit="points")


class Figures:
    """Writes the numbers of one conversation."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def value(self, value: float, attribute: Attribute | None, unit: str = "", decimals: int | None = None) -> str:
        """Return a number with its unit (levels, which run from 0 to 100, go without)."""
        if attribute is not None and attribute.type is AttributeType.FLAG:
            return self.voice.of(_YES if value >= FLAG_IS_UP else _NO)
        shown = self.voice.number(value, _decimals(attribute, unit) if decimals is None else decimals)
        said = self.unit(attribute, unit, shown)
        return f"{shown} {said}" if said else shown

    def unit(self, attribute: Attribute | None, unit: str = "", shown: str = "") -> str:
        """Return the unit that is said behind a number; nothing for levels, flags and points."""
        if attribute is not None:
            unit = attribute.unit if attribute.type in (AttributeType.STOCK, AttributeType.SIGNAL) else ""
        return self.voice.of(unit_in_words(unit, shown)) if unit else ""

    def reading(self, reading: Reading, attribute: Attribute | None, unit: str = "") -> str:
        """Return a number with how it is known: ``about 12,000 ha (±960)``, ``25 (as reported)``."""
        if reading.sight is Sight.HIDDEN:
            return self.voice.of(Text("unknown", "desconocido"))
        shown = self.value(reading.value, attribute, unit, self._fitting(reading, attribute))
        if reading.sight is Sight.REPORTED:
            return f"{shown} {self.voice.of(Text('(as reported)', '(según los informes)'))}"
        if reading.sight is Sight.ESTIMATED and reading.deviation:
            return f"{self.voice.of(Text('about', 'cerca de'))} {shown} (±{self._spread(reading, attribute)})"
        return shown

    def _spread(self, reading: Reading, attribute: Attribute | None) -> str:
        return self.voice.number(reading.deviation, 0 if reading.deviation >= 10 else 1)

    def _fitting(self, reading: Reading, attribute: Attribute | None) -> int | None:
        """Return fewer decimals where the estimate is rougher than they are."""
        if reading.sight is Sight.ESTIMATED and reading.deviation >= 1:
            return 0
        return None

    def amount(self, amount: float, attribute: Attribute | None, *, bare: bool = False) -> str:
        """Return a change with its sign and unit, with as many decimals as its size calls for; a flag is set or not.

        What is counted by the head is whole, or less than one. ``bare``: without the unit.
        """
        if attribute is not None and attribute.type is AttributeType.FLAG:
            return f"→ {self.value(float(amount > 0), attribute)}"
        heads = is_counted(attribute)
        shown = self.signed(amount, 0 if heads or abs(amount) >= 100 else 1 if abs(amount) >= 1 else 2)
        if heads and 0 < abs(amount) < _HALF:
            shown = "+<1" if amount > 0 else "−<1"
        unit = "" if bare else self.unit(attribute, shown=shown.lstrip("+−<"))
        return f"{shown} {unit}" if unit else shown

    def signed(self, change: float, decimals: int) -> str:
        """Return a change with its sign."""
        return self.voice.signed(change, decimals)

    def share(self, value: float) -> str:
        """Return a degree or a score with two decimals; odds are percentages."""
        return self.voice.fixed(value, 2)

    def source_of(self, sight: Sight, deviation: float) -> Text:
        """Return how a number is known, in words."""
        if sight is Sight.ESTIMATED and deviation:
            text = Text("your estimate, ±{d}", "su estimación, ±{d}")
            return text.fill(d=self.voice.number(deviation, 0 if deviation >= 10 else 1))
        if sight is Sight.REPORTED:
            return Text("as reported", "según los informes")
        return Text("exact", "exacto")

    # ── dates ───────────────────────────────────────────────────────────────────────────────────────────────

    def span(self, calendar: Calendar, first: int, last: int) -> str:
        """Return from when to when some turns last: ``January 2020 to June 2022``."""
        start, end = calendar.date_of(first), calendar.date_of(last + 1) - timedelta(days=1)
        if calendar.step is Step.YEAR:
            said = [str(day.year) for day in (start, end)]
        else:
            of = Text("{month} {year}", "{month} de {year}")
            said = [self.voice.of(of.fill(month=_MONTHS[day.month - 1], year=day.year)) for day in (start, end)]
        return (
            self.voice.of(Text("{a} to {b}", "{a} a {b}").fill(a=said[0], b=said[1])) if said[0] != said[1] else said[0]
        )

    def period(self, calendar: Calendar, turn: int) -> str:
        """Return when a turn is: ``January–March 2020``."""
        first, next_one = calendar.date_of(turn), calendar.date_of(turn + 1)
        month = self.voice.of(_MONTHS[first.month - 1])
        if calendar.step is Step.WEEK:
            return f"{first.day} {month} {first.year}"
        if calendar.step is Step.YEAR:
            return str(first.year)
        last = self.voice.of(_MONTHS[(next_one.month - 2) % 12])
        joined = f"{month} {self.voice.of(Text('to', 'a'))} {last}" if last != month else month
        return self.voice.of(Text("{months} {year}", "{months} de {year}").fill(months=joined, year=first.year))


def decimals_of(why: Why) -> int:
    """Return with how many decimals a change and its causes are best told."""
    largest = max([abs(why.change), *(abs(entry.amount) for entry in why.entries)])
    needed = 0 if largest >= 100 else 1 if largest >= 1 else 2
    return max(needed, why.decimals if largest < 100 else 0)


def headline_decimals(why: Why) -> int:
    """Return with how many decimals a change is told at first: none, of what is counted by the head.

    The rules reckon such numbers as averages, with fractions; these stand where the causes are told, which add up.
    """
    return 0 if is_counted(why.attribute, why.unit) else decimals_of(why)


def rounded_change(why: Why, decimals: int) -> float:
    """Return by how much a number moved, as both ends are told: whole ends differ by a whole number."""
    return round(why.after) - round(why.before) if decimals == 0 and is_counted(why.attribute, why.unit) else why.change


def is_counted(attribute: Attribute | None, unit: str = "") -> bool:
    """Say whether a number counts people or things of which there is no half; ``unit``: that of a sum over zones."""
    if attribute is None:
        return unit in _COUNTED
    return (
        attribute.type in (AttributeType.STOCK, AttributeType.SIGNAL)
        and attribute.unit in _COUNTED
        and attribute.decimals == 0
    )


def _decimals(attribute: Attribute | None, unit: str) -> int:
    if attribute is None:
        return 0 if is_counted(attribute, unit) else 1
    return 1 if attribute.type is AttributeType.LEVEL else attribute.decimals
