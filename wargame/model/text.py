"""Text in the two languages of the project, kept together so that neither can be forgotten.

A name knows how it goes within a sentence. ``Text.fill`` puts it there: ``orden de {who}`` becomes *orden del Gobierno
de Colombia*, and ``{who} {who:paga|pagan}`` *Los clanes familiares pagan*. Where a name is only a label (before a
colon, in brackets or quotation marks, beside a dash) it stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final, TypeAlias


class Language(StrEnum):
    """A language in which everything can be read."""

    EN = "en"
    ES = "es"


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or name in English and in Spanish."""

    en: str
    es: str

    def say(self, language: Language) -> str:
        """Return the wording in one language."""
        return self.es if language is Language.ES else self.en

    def fill(self, **values: object) -> Text:
        """Fill the ``{named}`` gaps; a value that is itself a Text is filled in its own language."""
        if any(isinstance(value, Text) for value in values.values()):
            return Text(_filled(self.en, values, Language.EN), _filled(self.es, values, Language.ES))
        return Text(self.en.format(**values), self.es.format(**values))


@dataclass(frozen=True, slots=True)
class Name(Text):
    """The title of somebody or something, and what it is called within a sentence: with its article, if it has one."""

    called: Text


def within(title: Text) -> Text:
    """Return a title as it stands within a sentence: a name with its article, all else as it is."""
    return title.called if isinstance(title, Name) else title


def same(words: str) -> Text:
    """Return words that are alike in both languages: names, ids, symbols."""
    return Text(words, words)


def counted(n: int, one: Text, several: Text, **values: object) -> Text:
    """Return the text for one or the one for several, ``{n}`` being the number: ``1 turn``, ``3 turns``."""
    return (one if n == 1 else several).fill(n=n, **values)


def lower(title: Text) -> Text:
    """Return a title as it stands within a sentence; initials keep their capitals."""
    return Text(*(w if w[1:2].isupper() else w[:1].lower() + w[1:] for w in (title.en, title.es)))


def capitalised(text: Text) -> Text:
    """Return a text as it begins a sentence."""
    return Text(text.en[:1].upper() + text.en[1:], text.es[:1].upper() + text.es[1:])


def join(parts: list[Text], separator: str = " ") -> Text:
    """Join several texts, language by language."""
    return Text(separator.join(p.en for p in parts), separator.join(p.es for p in parts))


def of(title: Text) -> Text:
    """Return whose: ``of Peru``, ``de Bolivia``, ``del Perú``."""
    return _OF.fill(whose=title)


def unfilled(text: Text, name: Callable[[str], str] = lambda gap: "…") -> Text:
    """Return a text with dots, or what ``name`` says, for what would be named in it."""
    gaps = {gap: same(name(gap)) for language in Language for gap, _ in gaps_of(text.say(language))}
    return text.fill(**gaps) if gaps else text


def gaps_of(template: str) -> list[tuple[str, bool]]:
    """Return the gaps of a template, each with whether it is well formed: empty, or with two or four forms of a word.

    Raises ValueError where braces do not match.
    """
    return [
        (gap, not conversion and (not how or how.count("|") in _FORMS))
        for _, gap, how, conversion in Formatter().parse(template)
        if gap is not None
    ]


# ── names within sentences ───────────────────────────────────────────────────────────────────────────────────────

_Piece: TypeAlias = tuple[str, str | None, str | None, str | None]
"""What goes before a gap, the gap, how it is to be filled, and how its value is to be converted."""
_OF: Final = Text("of {whose}", "de {whose}")
_FORMS: Final = (1, 3)
"""Bars between the forms of a word: for one and several; for each of both, masculine and feminine."""
_PLURAL: Final = re.compile(r"[LlUu]n?[oa]s |.* y ((el|la|los|las|sus) |[A-ZÁÉÍÓÚÑ]{3,}\b)")
"""Several, by article, or two joined: each with its article, or the second an acronym."""
_FEMININE: Final = ("la ", "las ", "una ", "unas ")
_SENTENCE_ENDS: Final = ".?!"
_OPENS: Final = "(«“‘\"'[–—→·/|;"
"""A name that follows one of these is a label."""
_GOES_ON: Final = re.compile(r" [a-záéíóúñ]|'s\b")
_CONTRACTS: Final = re.compile(r"(^|[\s(«“¿¡])([Dd]e|[Aa]) $")


def _filled(template: str, values: Mapping[str, object], language: Language) -> str:
    pieces = list(Formatter().parse(template))
    said = ""
    for i, (literal, gap, how, conversion) in enumerate(pieces):
        said += literal
        if gap is None:
            continue
        value = values[gap]
        if not isinstance(value, Text):
            said += format(str(value) if conversion else value, how or "")
        elif how:
            said += _agreeing(value, how)
        else:
            said = _contracted(said, _placed(value, said, _after(pieces[i + 1 : i + 2]), language), language)
    return said


def _after(pieces: Sequence[_Piece]) -> str:
    """Return what follows a gap, up to the next one; of a word that agrees with a name, its first form."""
    return "".join(literal + ((how or "").partition("|")[0]) for literal, _, how, _ in pieces)


def _placed(value: Text, before: str, after: str, language: Language) -> str:
    """Return a value as it goes between what stands before and after it."""
    if not isinstance(value, Name) or _is_label(before.rstrip(), after):
        return value.say(language)
    called = value.called.say(language)
    begins = not before.strip() or before.rstrip()[-1] in _SENTENCE_ENDS
    return called[:1].upper() + called[1:] if begins else called


def _is_label(head: str, after: str) -> bool:
    if (head and head[-1] in _OPENS) or after.lstrip()[:1] in ("–", "—", "→"):
        return True
    begins = not head or head[-1] in _SENTENCE_ENDS or head[-1] == ":"
    return begins and not _GOES_ON.match(after)


def _contracted(before: str, words: str, language: Language) -> str:
    if language is Language.ES and words.startswith("el ") and _CONTRACTS.search(before):
        return f"{before[:-1]}l {words[3:]}"
    return before + words


def _agreeing(value: Text, how: str) -> str:
    """Return the form of a word that agrees with a name; the forms stand between bars."""
    forms = how.split("|")
    called = f"{within(value).es} "
    several = _PLURAL.match(called) is not None
    return forms[several] if len(forms) == 2 else forms[2 * several + called.lower().startswith(_FEMININE)]
