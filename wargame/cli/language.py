"""The choice of language that is kept, so that it need not be asked for with every command."""

from __future__ import annotations

from wargame.cli.settings import save_language
from wargame.cli.speech import Voice, language_of
from wargame.model.text import Language, Text
from wargame.session.calling import to_type
from wargame.session.paths import settings_path

_NAMES = {Language.EN: Text("English", "inglés"), Language.ES: Text("Spanish", "español")}


def show_language(voice: Voice, source: Text) -> None:
    """Write the language in use, and say from where it comes."""
    voice.data(voice.language.value)
    text = Text(
        "{language}, {source}. To choose one for good: {command} en, or es, or auto.",
        "{language}, {source}. Para elegir uno para siempre: {command} en, o es, o auto.",
    )
    voice.narrate(text.fill(language=_NAMES[voice.language], source=source, command=to_type("language")))


def keep_language(choice: str) -> None:
    """Keep a choice (``en``, ``es``, or ``auto`` for none), and say so in the language chosen."""
    if choice == "auto":
        save_language(None)
        language, _ = language_of([])
        text = Text(
            "No language is saved any more in {path}; that of this machine decides: {language}.",
            "Ya no hay idioma guardado en {path}; decide el de este equipo: {language}.",
        )
    else:
        language = Language(choice)
        save_language(language)
        text = Text("Saved in {path}: from now on {language}.", "Guardado en {path}: desde ahora, {language}.")
    voice = Voice(language)
    voice.data(language.value)
    voice.narrate(text.fill(path=settings_path(), language=_NAMES[language]))
