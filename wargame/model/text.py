"""Text in the two languages of the project, kept together so that neither can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
        return Text(
            self.en.format(**{k: _said(v, Language.EN) for k, v in values.items()}),
            self.es.format(**{k: _said(v, Language.ES) for k, v in values.items()}),
        )


def same(words: str) -> Text:
    """Return words that are alike in both languages: names, ids, symbols."""
    return Text(words, words)


def counted(n: int, one: Text, several: Text, **values: object) -> Text:
    """Return the text for one or the one for several, ``{n}`` being the number: ``1 turn``, ``3 turns``."""
    return (one if n == 1 else several).fill(n=n, **values)


def lower(title: Text) -> Text:
    """Return a title as it stands within a sentence."""
    return Text(title.en[:1].lower() + title.en[1:], title.es[:1].lower() + title.es[1:])


def join(parts: list[Text], separator: str = " ") -> Text:
    """Join several texts, language by language."""
    return Text(separator.join(p.en for p in parts), separator.join(p.es for p in parts))


def _said(value: object, language: Language) -> object:
    return value.say(language) if isinstance(value, Text) else value
