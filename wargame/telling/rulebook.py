"""The rulebook: every rule of some packs in words, its numbers with their ranges, and on what it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from wargame.content.chapters import Volume
from wargame.model.agreements import Term
from wargame.model.doctrines import Doctrine
from wargame.model.institutions import Charter, Resolution
from wargame.model.kinds import Attribute
from wargame.model.rules import (
    Derived,
    Event,
    Lens,
    Mechanism,
    Modifier,
    Move,
    Pack,
    Programme,
)
from wargame.model.text import Text, counted, join, same
from wargame.telling.loop_words import Diagram
from wargame.telling.rule_words import organ_rule
from wargame.telling.rulebook_entries import WHEN, EntryWriting
from wargame.telling.voice import Voice


def rulebook(voice: Voice, chapters: Sequence[Volume]) -> Iterator[str]:
    """Yield the lines of the rulebook, as Markdown."""
    yield from (f"# {voice.of(_TITLE)}", "", voice.of(_INTRO), "")
    for chapter in chapters:
        yield from _Writing(voice, chapter).lines()


def contents(voice: Voice, chapters: Sequence[Volume], folder: str) -> Iterator[str]:
    """Yield the lines of a list of chapters, each a page of its own in ``folder``."""
    yield from (f"# {voice.of(_TITLE)}", "", voice.of(_INTRO), "")
    for chapter in chapters:
        card = _Writing(voice, chapter).card()
        page = f"{folder}/{chapter.name}.{voice.language}.md"
        yield f"- [{voice.of(card.title)}]({page}) (`{card.id}`). {voice.of(card.text)}"


def chapter_page(voice: Voice, chapter: Volume, loops: str) -> Iterator[str]:
    """Yield the lines of one chapter as a page of its own; ``loops`` is the picture of its causal loops, if any."""
    for line in _Writing(voice, chapter).lines():
        yield line.removeprefix("#") if line.startswith("##") else line
    if loops:
        yield from (f"![{voice.of(_LOOPS)}]({loops})", "")


class _Writing(EntryWriting):
    """Writes one chapter."""

    def lines(self) -> Iterator[str]:
        """Yield the chapter."""
        card = self.card()
        yield from (f"## {self.say(card.title)} (`{card.id}`)", "", self.say(card.text), "")
        rules = self.ruleset
        parts: tuple[tuple[Text, Iterable[Any], Callable[[Any], Iterator[str]]], ...] = (
            (_NUMBERS, rules.attributes, self._attribute),
            (_READINGS, rules.derived, self._reading),
            (_MECHANISMS, (*rules.mechanisms, *self.chapter.own), self._mechanism),
            (_MOVES, rules.moves.values(), self._move),
            (_MODIFIERS, rules.modifiers, self._modifier),
            (_EVENTS, rules.events, self._event),
            (_CHARTERS, rules.institutions.charters.values(), self._charter),
            (_RESOLUTIONS, rules.institutions.resolutions, self._resolution),
            (_INTERESTS, rules.institutions.interests, self._mechanism),
            (_TERMS, rules.terms.values(), self._term),
            (_LENSES, rules.lenses.values(), self._lens),
            (_DOCTRINES, rules.doctrines.values(), self._doctrine),
        )
        for title, entries, write in parts:
            mine = [entry for entry in entries if self._is_mine(entry)]
            if mine:
                yield from (f"### {self.say(title)}", "")
                for entry in mine:
                    yield from write(entry)
        loops = list(Diagram(self.voice, self.chapter).lines())
        if loops:
            yield from (f"### {self.say(_LOOPS)}", "", *loops, "")

    def card(self) -> Pack:
        """Return what the chapter is about."""
        found = next((p for p in self.ruleset.packs if p.id == self.chapter.name), None)
        return found or Pack(self.chapter.name, same(self.chapter.name), _OWN_RULES, ())

    def _is_mine(self, entry: Any) -> bool:
        place = getattr(entry, "place", None) or entry.move.place
        return str(place.file).startswith(self.chapter.folder)

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────

    def _attribute(self, attribute: Attribute) -> Iterator[str]:
        yield from self.head(attribute, attribute.id, attribute.title, attribute.text)
        number = self.voice.number
        yield "- " + self.say(
            _NUMBER,
            of=join([self.words.kind(name) for name in attribute.of], ", "),
            low=number(attribute.low, 6),
            high=number(attribute.high, 6),
            unit=same(f" {unit}" if (unit := self.say(self.words.unit(attribute.unit))) else ""),
            start=number(attribute.start, 6),
        )
        yield from self.foot(attribute.basis)

    def _reading(self, derived: Derived) -> Iterator[str]:
        attribute = derived.attribute
        yield from self.head(derived, attribute.id, attribute.title, attribute.text)
        about = self.words.binding(derived.over) if derived.over is not None else ""
        where = f", {self.say(_WHERE, what=self.words.of(derived.where))}" if derived.where is not None else ""
        fold = self.say(_FOLDS[derived.fold])
        value = "" if derived.fold == "count" else self.words.of(derived.value)
        yield f"- {fold} {value}{f' ({about}{where})' if about else where}".replace("  ", " ")
        yield from self.foot(derived.basis, derived.parameters)

    # ── rules ───────────────────────────────────────────────────────────────────────────────────────────────

    def _mechanism(self, rule: Mechanism) -> Iterator[str]:
        yield from self.head(rule, rule.id, rule.title, rule.text)
        if rule.off:
            yield f"- {self.say(_OFF)}"
        yield from self.about(rule)
        yield from self.changes(rule.effects)
        yield from self.foot(rule.basis, rule.parameters)

    def _event(self, event: Event) -> Iterator[str]:
        yield from self.head(event, event.id, event.title, event.news)
        yield from self.about(event)
        yield f"- {self.say(_ODDS, what=self.words.of(event.chance))}"
        yield from self.changes(event.effects)
        yield from self.foot(event.basis, event.parameters)

    def _move(self, move: Move) -> Iterator[str]:
        yield from self.head(move, move.id, move.title, move.text)
        yield from self._order(move)
        yield from self._limits(move)
        yield from self.foot(move.basis, move.parameters)

    def _order(self, move: Move) -> Iterator[str]:
        yield f"- {self.say(_BY, who=self.words.chosen(move.by))}"
        about = self.words.binding(move.target)
        if about:
            yield f"- {self.say(_TARGET, what=about)}"
        for requirement in (*move.requires, *move.where):
            yield f"- {self.say(_ONLY_IF, what=self.words.of(requirement.check))}"
        if move.amount is not None:
            amount = move.amount
            yield "- " + self.say(_AMOUNT, low=amount.low, high=amount.high, what=amount.title)
        if move.cost:
            costs = [f"{self.say(self.words.attribute(name))} {self.words.of(f)}" for name, f in move.cost.items()]
            yield f"- {self.say(_COST, what=', '.join(costs))}"
        if move.chance is not None:
            yield f"- {self.say(_ODDS, what=self.words.of(move.chance))}"
        yield from self.changes(move.always)
        yield from self.changes(move.success, _SUCCESS if move.chance is not None else None)
        yield from self.changes(move.failure, _FAILURE)
        for programme in move.programmes:
            yield from self._programme(programme)

    def _programme(self, programme: Programme) -> Iterator[str]:
        label = _LATER.fill(title=programme.title, after=programme.after, n=programme.length)
        yield from self.changes(programme.each, label)

    def _limits(self, move: Move) -> Iterator[str]:
        if move.covert is not None:
            yield f"- {self.say(_COVERT, what=self.words.of(move.covert.exposure))}"
            yield from self.changes(move.covert.exposed, _EXPOSED)
        if move.once:
            yield f"- {self.say(_ONCE)}"
        if move.cooldown:
            yield f"- {self.voice.of(counted(move.cooldown, *_COOLDOWN))}"

    def _modifier(self, rule: Modifier) -> Iterator[str]:
        yield from self.head(rule, rule.id, rule.title, rule.text)
        moves = join([self.ruleset.moves[m].title for m in rule.moves if m in self.ruleset.moves], "; ")
        yield f"- {self.say(_SCALES, what=moves)}"
        if rule.by:
            yield f"- {self.say(_BY, who=self.words.chosen(rule.by))}"
        if rule.when is not None:
            yield f"- {self.say(WHEN, what=self.words.of(rule.when))}"
        for text, formula in ((_COST, rule.cost), (_ODDS, rule.odds), (_EFFECT, rule.effect)):
            if formula is not None:
                yield f"- {self.say(text, what='× ' + self.words.of(formula))}"
        yield from self.foot(rule.basis, rule.parameters)

    # ── institutions, agreements ────────────────────────────────────────────────────────────────────────────

    def _charter(self, charter: Charter) -> Iterator[str]:
        yield from self.head(charter, charter.body, charter.title)
        for organ in charter.organs.values():
            yield f"- **{self.say(organ.title)}**: {self.say(organ_rule(organ))}"
        if charter.notice_days:
            yield f"- {self.voice.of(counted(charter.notice_days, *_NOTICE))}"
        yield from self.foot(charter.basis)

    def _resolution(self, resolution: Resolution) -> Iterator[str]:
        yield from self.head(resolution, resolution.id, resolution.title, resolution.text)
        where = ", ".join(f"`{body}` ({organ})" for body, organ in resolution.at.items())
        yield f"- {self.say(_PROPOSED, where=where)}"
        if resolution.subject:
            yield f"- {self.say(_SUBJECT, who=self.words.chosen(resolution.subject))}"
        yield from self.changes(resolution.adopted.effects, _ADOPTED)
        yield from self.changes(resolution.each.effects, _EACH)
        yield from self.changes(resolution.rejected.effects, _REJECTED)
        yield from self.foot(resolution.basis, resolution.parameters)

    def _term(self, term: Term) -> Iterator[str]:
        yield from self.head(term, term.id, term.title, term.text)
        yield f"- {self.say(_GIVER, who=self.words.chosen(term.move.by), taker=self.words.chosen(term.taker))}"
        if term.between:
            yield f"- {self.say(_PAIRS)}"
            yield from (f"  - {self.words.pair(pair)}" for pair in term.between)
        yield "- " + self.say(_TURNS, low=term.turns[0], high=term.turns[1])
        yield from list(self._order(term.move))[1:]
        if term.move.covert is not None:
            yield f"- {self.say(_FOUND_OUT, what=self.words.of(term.move.covert.exposure))}"
            yield from self.changes(term.move.covert.exposed, _EXPOSED)
        if term.forbids:
            aim = _AT_ANYONE if term.against == "anyone" else _AT_THEM
            yield f"- {self.say(_FORBIDS, what=self._moves(term.forbids), aim=aim)}"
        for text, formula in ((_WORTH_GIVER, term.worth_giver), (_WORTH_TAKER, term.worth_taker), (_KEPT, term.kept)):
            if formula is not None:
                yield f"- {self.say(text, what=self.words.of(formula))}"
        yield from self.foot(term.basis, term.parameters)

    def _moves(self, names: Sequence[str]) -> str:
        """Return moves by their titles; tags stand as they are."""
        moves = self.ruleset.moves
        return ", ".join(f"`{n}`" if n.startswith("#") else self.say(moves[n].title) for n in names)

    def _lens(self, lens: Lens) -> Iterator[str]:
        yield from self.head(lens, lens.id, lens.title, lens.text)
        yield f"- {self.say(_HELD_BY, who=lens.held_by)}"
        for name, value in lens.parameters.items():
            yield f"- `{name}` = {self.voice.number(value, 6)}"
        for text, names in ((_SWITCHED_OFF, lens.off), (_SWITCHED_ON, lens.on)):
            if names:
                yield f"- {self.say(text, what=', '.join(f'`{n}`' for n in names))}"
        yield from self.foot(lens.basis)

    def _doctrine(self, doctrine: Doctrine) -> Iterator[str]:
        yield from self.head(doctrine, doctrine.id, doctrine.title, doctrine.text)
        yield f"- {self.say(_PLAYED_BY, who=self.words.chosen(doctrine.by))}"
        for priority in doctrine.priorities:
            move = self.ruleset.moves[priority.move]
            when = f", {self.say(_IF, what=self.words.of(priority.when))}" if priority.when is not None else ""
            yield f"- {self.say(move.title)}: {self.words.of(priority.weight)}{when}"
        yield from self.foot(doctrine.basis, doctrine.parameters)


_TITLE: Final = Text("Rulebook", "Reglamento")
_INTRO: Final = Text(
    "Made from the rules by `wargame rulebook`. What is written behind a number in bold is added to it every turn in "
    "which the rule holds; all rules read the phase as it began. A name in italics is a parameter, given with the "
    "range in which it may be varied. Sources are cited by the titles of our index, which is in English.",
    "Hecho a partir de las reglas con `wargame rulebook`. Lo que sigue a un indicador en negrita se le suma cada turno "
    "en que la regla se cumple; todas las reglas leen la fase como empezó. Un nombre en cursiva es un parámetro, con "
    "el margen en que puede variar. Las fuentes se citan por los títulos de nuestro índice, que está en inglés.",
)
_OWN_RULES: Final = Text("Rules of this scenario alone.", "Reglas de este escenario solamente.")
_NUMBERS: Final = Text("Numbers", "Indicadores")
_READINGS: Final = Text("Readings computed from others", "Lecturas que se calculan de otras")
_MECHANISMS: Final = Text("Mechanisms", "Mecanismos")
_MOVES: Final = Text("Moves", "Acciones")
_MODIFIERS: Final = Text("Modifiers", "Modificadores")
_EVENTS: Final = Text("Events", "Sucesos")
_CHARTERS: Final = Text("Charters", "Estatutos")
_RESOLUTIONS: Final = Text("Resolutions", "Resoluciones")
_INTERESTS: Final = Text("Interests", "Intereses")
_TERMS: Final = Text("Terms of agreements", "Cláusulas de acuerdos")
_LENSES: Final = Text("Lenses", "Enfoques")
_DOCTRINES: Final = Text("Doctrines", "Doctrinas")
_LOOPS: Final = Text("Causal loops within this pack", "Círculos causales dentro de este paquete")
_WHERE: Final = Text("where {what}", "donde {what}")
_IF: Final = Text("if {what}", "si {what}")
_NUMBER: Final = Text(
    "Of: {of}. From {low} to {high}{unit}; {start} unless the scenario says otherwise.",
    "De: {of}. De {low} a {high}{unit}; {start} si el escenario no dice otra cosa.",
)
_FOLDS: Final = {
    "value": Text("It is", "Es"),
    "sum": Text("The sum of", "La suma de"),
    "mean": Text("The mean of", "La media de"),
    "max": Text("The largest", "El mayor"),
    "min": Text("The smallest", "El menor"),
    "count": Text("How many there are", "Cuántos hay"),
}
_OFF: Final = Text("Only under a lens that switches it on.", "Solo con un enfoque que la active.")
_ODDS: Final = Text("Odds: {what}", "Probabilidad: {what}")
_EFFECT: Final = Text("Effect: {what}", "Efecto: {what}")
_COST: Final = Text("Cost: {what}", "Costo: {what}")
_BY: Final = Text("By: {who}", "La da: {who}")
_TARGET: Final = Text("About: {what}", "Sobre: {what}")
_ONLY_IF: Final = Text("Only if {what}", "Solo si {what}")
_AMOUNT: Final = Text("Amount: {low} to {high} ({what})", "Cantidad: de {low} a {high} ({what})")
_SUCCESS: Final = Text("If it succeeds", "Si resulta")
_FAILURE: Final = Text("If it fails", "Si fracasa")
_LATER: Final = Text("{title}, from {after} turns later, {n} times", "{title}, desde {after} turnos después, {n} veces")
_COVERT: Final = Text("Covert; odds of being found out: {what}", "Encubierta; probabilidad de que se sepa: {what}")
_EXPOSED: Final = Text("If found out", "Si se sabe")
_ONCE: Final = Text("Once in a session.", "Una vez por sesión.")
_COOLDOWN: Final = (
    Text("Then a rest of {n} turn.", "Luego, un descanso de {n} turno."),
    Text("Then a rest of {n} turns.", "Luego, un descanso de {n} turnos."),
)
_SCALES: Final = Text("Scales: {what}", "Cambia: {what}")
_NOTICE: Final = (
    Text("To leave takes {n} day's notice.", "Salir exige {n} día de preaviso."),
    Text("To leave takes {n} days' notice.", "Salir exige {n} días de preaviso."),
)
_PROPOSED: Final = Text("Can be proposed in: {where}", "Se puede proponer en: {where}")
_SUBJECT: Final = Text("About one of: {who}", "Sobre uno de: {who}")
_ADOPTED: Final = Text("If adopted", "Si se aprueba")
_EACH: Final = Text("If adopted, for each member", "Si se aprueba, por cada miembro")
_REJECTED: Final = Text("If rejected", "Si se rechaza")
_GIVER: Final = Text("Promised by: {who}; to: {taker}", "La promete: {who}; a: {taker}")
_PAIRS: Final = Text("Only between these, from giver to taker:", "Solo entre estos, de quien da a quien recibe:")
_TURNS: Final = Text("For {low} to {high} turns", "Por {low} a {high} turnos")
_FOUND_OUT: Final = Text("Odds that a breach is found out: {what}", "Probabilidad de que se sepa que la rompió: {what}")
_FORBIDS: Final = Text("Broken by an order of: {what} ({aim})", "La rompe una orden de: {what} ({aim})")
_AT_ANYONE: Final = Text("against anyone", "contra quien sea")
_AT_THEM: Final = Text("against what the promise is about", "contra aquello de lo que trata la promesa")
_WORTH_GIVER: Final = Text(
    "Worth to the giver, in points a turn: {what}", "Valor para quien da, en puntos por turno: {what}"
)
_WORTH_TAKER: Final = Text("Worth to the taker: {what}", "Valor para quien recibe: {what}")
_KEPT: Final = Text("Counts as kept where {what}", "Cuenta como cumplida donde {what}")
_HELD_BY: Final = Text("Held by {who}", "Lo sostiene(n): {who}")
_SWITCHED_OFF: Final = Text("Off: {what}", "Desactiva: {what}")
_SWITCHED_ON: Final = Text("On: {what}", "Activa: {what}")
_PLAYED_BY: Final = Text("Played by: {who}", "La sigue: {who}")
