"""The worked example of docs/authoring.md is good, and the page quotes it as it is."""

from __future__ import annotations

import re
from pathlib import Path

from wargame.analysis.deep_check import look_deep
from wargame.content.load import check_paths

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "authoring.md").read_text(encoding="utf-8")
FILES = [p.read_text(encoding="utf-8") for p in sorted((DOCS / "examples").rglob("*.yaml"))]


def test_the_example_has_no_problem_and_nothing_odd_even_when_it_is_played() -> None:
    (report,) = check_paths([DOCS / "examples"])
    assert report.problems == ()
    assert [w for w in report.warnings if "/core/" not in w.place.file] == []
    assert report.scenario is not None
    own = [p for p in look_deep(report.scenario, 120, 1)[0] if "docs/examples" in p.place.file]
    assert [p.message.en for p in own] == []


def test_the_page_quotes_the_example_word_for_word() -> None:
    quoted = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(quoted) >= 6
    assert [text for text in quoted if not any(text in file for file in FILES)] == []


def test_every_command_and_link_of_the_page_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (DOCS / link).exists()] == []
    commands = {words.split()[1] for words in re.findall(r"wargame [a-z]+", PAGE)}
    files = [DOCS.parent / "wargame" / "cli" / name for name in ("authoring.py", "app.py", "testing.py")]
    app = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [name for name in commands if f'"{name}"' not in app and f"def {name}(" not in app] == []
