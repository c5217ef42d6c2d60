"""What is being told, to whom: a session, the eyes through which it is seen, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wargame.engine.views import Reading, View
from wargame.model.institutions import BALLOT, PROPOSAL, SPONSOR, TABLED
from wargame.model.kinds import Attribute, AttributeType, Sight
from wargame.model.layout import ACTIVE, OUTSIDE
from wargame.model.text import Text, capitalised
from wargame.session.counts import VOTES
from wargame.session.matters import Matters
from wargame.session.session import Session
from wargame.session.why import Reasons, Why
from wargame.telling.figures import Figures, decimals_of, headline_decimals, rounded_change, without_unit
from wargame.telling.talk import Talk
from wargame.telling.typed import plain


@dataclass
class Scene:
    """One moment of a session as one seat sees it, or (seat None) as it is. Made anew whenever the session moves on."""

    talk: Talk
    session: Session
    seat: str | None

    @cached_property
    def figures(self) -> Figures:
        """How numbers are written."""
        return Figures(self.talk.voice)

    @cached_property
    def reasons(self) -> Reasons:
        """Answers to "why?"."""
        return Reasons(self.session, self.seat)

    @cached_property
    def view(self) -> View | None:
        """What the seat sees now; None for those who see everything (also a seat, once the session has ended)."""
        return None if self.seat is None or self.session.ended else self.session.view(self.seat)

    @cached_property
    def matters(self) -> Matters | None:
        """What the seat wants."""
        return None if self.seat is None else Matters(self.session, self.seat)

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────

    def name(self, row: int) -> Text:
        """Return the name of a number: ``Coca area (Vizcatán)``; those of a seat's only actor go without its name.

        Of a tie that ends with the seat's first actor only the other end is named: ``Tension (→ Brazil)``.
        """
        owner, session = self.session.engine.layout.owners[row], self.session
        if self.seat is not None and session.seat(self.seat).actors == (owner,):
            return self.attribute_name(row)
        attribute = session.engine.layout.names[row][len(owner) + 1 :]
        if self.seat is not None and (other := self._other_end(owner, session.seat(self.seat).actors[0])) is not None:
            what = session.names.attribute(attribute)
            return Text("{what} ({whose})", "{what} ({whose})").fill(what=what, whose=other)
        return session.names.number(owner, attribute)

    def _other_end(self, owner: str, own: str) -> Text | None:
        """Return the end of a tie that is not ``own``, with an arrow for its direction; None where there is none."""
        names, tie = self.session.names, self.session.engine.cast.ties.get(owner)
        if tie is None or own not in (tie.source, tie.target) or not names.goes_by_ends(owner):
            return None
        if tie.type in self.session.engine.cast.symmetric:
            return names.brief(tie.target if tie.source == own else tie.source)
        if tie.source == own:
            return Text("→ {other}", "→ {other}").fill(other=names.brief(tie.target))
        return Text("{other} →", "{other} →").fill(other=names.brief(tie.source))

    def attribute_name(self, row: int) -> Text:
        """Return the name of a number without its owner."""
        owner = self.session.engine.layout.owners[row]
        return self.session.names.attribute(self.session.engine.layout.names[row][len(owner) + 1 :])

    def by_owner(self, effects: Iterable[tuple[int, str]]) -> str:
        """Return what happens to some numbers, owner by owner: ``Uplands: Crop area −120 ha; Trust −3. Peru: …``."""
        layout, found = self.session.engine.layout, dict[str, list[str]]()
        sentences = []
        for row, said in effects:
            sentence = self._on_an_agenda(row) if said == self.amount(row, 1.0) else None
            if sentence is not None:
                sentences.append(self.talk.of(capitalised(sentence)))
            else:
                found.setdefault(layout.owners[row], []).append(f"{self.talk.of(self.attribute_name(row))} {said}")
        brief = self.session.names.brief
        listed = [f"{self.talk.of(capitalised(brief(owner)))}: {'; '.join(some)}" for owner, some in found.items()]
        return ". ".join([*sentences, *listed])

    def _on_an_agenda(self, row: int) -> Text | None:
        """Return in a sentence that a text comes onto an agenda, or who sponsors it, where that is what a flag says."""
        layout, cast, names = self.session.engine.layout, self.session.engine.cast, self.session.names
        owner = layout.owners[row]
        attribute = layout.names[row][len(owner) + 1 :]
        if attribute == TABLED and owner in cast.entities and cast.entities[owner].kind == PROPOSAL:
            return _TABLED.fill(text=names.brief(owner))
        if attribute == SPONSOR and owner in cast.ties and cast.ties[owner].type == BALLOT:
            tie = cast.ties[owner]
            return _SPONSORED.fill(who=names.brief(tie.source), text=names.brief(tie.target))
        return None

    def reading(self, row: int) -> Reading:
        """Return a number as it is seen now."""
        if self.view is not None:
            return self.view.at(row)
        layout, value = self.session.engine.layout, float(self.session.world.values[row, 0])
        owner = layout.owners[row]
        return Reading(owner, layout.names[row][len(owner) + 1 :], row, Sight.EXACT, value, 0.0, None, self.good(row))

    def sight(self, row: int) -> Sight:
        """Return how a number is seen now."""
        return Sight.EXACT if self.view is None else self.view.eyes.seen[row].sight

    def value(self, row: int) -> float:
        """Return what a number is taken to be now."""
        return float(self.session.world.values[row, 0] if self.view is None else self.view.values[row])

    def shown(self, row: int) -> str:
        """Return a number as it is seen now, in words; without its unit where the name says it already."""
        if self._says_its_unit(row):
            return self.figures.reading(self.reading(row), without_unit(self.attribute(row)))
        return self.figures.reading(self.reading(row), self.attribute(row), self.unit(row))

    def amount(self, row: int, change: float) -> str:
        """Return a change of a number, in words: ``+3``, ``−120 ha``."""
        return self.figures.amount(change, self.attribute(row), bare=self._says_its_unit(row))

    def _says_its_unit(self, row: int) -> bool:
        unit = plain(self.figures.unit(self.attribute(row), self.unit(row)))
        return bool(unit) and unit in plain(self.talk.of(self.attribute_name(row))).split()

    def attribute(self, row: int) -> Attribute | None:
        """Return the attribute of a number; a flag for ``active``, None for an outside condition."""
        return self.session.engine.layout.attributes[row]

    def unit(self, row: int) -> str:
        """Return the unit of an outside condition."""
        return self._series_units.get(self.session.engine.layout.names[row], "")

    @cached_property
    def _series_units(self) -> Mapping[str, str]:
        return {f"{OUTSIDE}.{s.id}": s.unit for s in self.session.scenario.series}

    def good(self, row: int) -> int:
        """Return +1 or −1 if more or less of a number serves the seat, else 0."""
        return 0 if self.seat is None else int(self.session.eyes(self.seat).good[row])

    def deviation(self, row: int) -> float:
        """Return the error of the estimate of a number, as the seat sees it now."""
        return 0.0 if self.view is None else float(self.view.deviations[row])

    # ── changes ─────────────────────────────────────────────────────────────────────────────────────────────

    def change(self, why: Why, *, exactly: bool = False) -> str:
        """Return from where to where a number went, how sure that is, and whether it is for the better.

        ``exactly``: with the fractions of what is counted by the head, as its causes have them.
        """
        row, decimals = self.reasons.row(why.row), decimals_of(why) if exactly else headline_decimals(why)
        span, remarks = self._span(why, row, decimals), "; ".join(self._remarks(why, row, decimals))
        return f"{span} ({remarks})" if remarks else span

    def _span(self, why: Why, row: int, decimals: int) -> str:
        """Return ``28,000 → 27,600 ha``."""
        attribute = why.attribute
        if attribute is None and why.row.endswith(f".{ACTIVE}"):
            return self.talk.of(_BEGINS if why.after > why.before else _ENDS)
        if self._is_vote(row):
            before, after = (self.talk.of(VOTES[round(value)]) for value in (why.before, why.after))
            return f"{before} → {after}"
        if attribute is not None and attribute.type is AttributeType.FLAG:
            values = [self.figures.value(value, attribute) for value in (why.before, why.after)]
            return f"{values[0]} → {values[1]}"
        about = f"{self.talk.of(Text('about', 'cerca de'))} " if why.sight is Sight.ESTIMATED else ""
        if about and self.deviation(row) >= 1:
            decimals = 0
        before = self.talk.voice.number(why.before, decimals)
        return f"{about}{before} → {self.figures.value(why.after, attribute, self.unit(row), decimals)}"

    def _is_vote(self, row: int) -> bool:
        """Say whether a number is how a member last voted."""
        owner, ties = self.session.engine.layout.owners[row], self.session.engine.cast.ties
        return owner in ties and ties[owner].type == BALLOT and self.session.engine.layout.names[row].endswith(".vote")

    def _remarks(self, why: Why, row: int, decimals: int) -> list[str]:
        found = []
        if not is_flag(why) and not self._is_vote(row):
            found.append(self.figures.signed(rounded_change(why, decimals), decimals))
        good = self.good(row) * (1 if why.change > 0 else -1)
        if good:
            found.append(self.talk.of(_BETTER if good > 0 else _WORSE))
        if why.sight is not Sight.EXACT:
            found.append(self.talk.of(self.figures.source_of(why.sight, self.deviation(row))))
        return found


def is_flag(why: Why) -> bool:
    """Say whether a number is a yes or no, so that amounts say nothing about it."""
    if why.attribute is None:
        return why.row.endswith(f".{ACTIVE}")
    return why.attribute.type is AttributeType.FLAG


_BETTER, _WORSE = Text("better for you", "mejor para usted"), Text("worse for you", "peor para usted")
_BEGINS, _ENDS = Text("from now on", "desde ahora"), Text("no longer", "ya no")
_TABLED = Text("'{text}' comes onto the agenda", "«{text}» entra en la agenda")
_SPONSORED = Text("{who} sponsors '{text}'", "{who} copatrocina «{text}»")
