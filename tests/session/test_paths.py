"""Which library file is meant: the option, else the variable, else the user's data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from wargame.model.errors import LibraryError
from wargame.session.library import Library
from wargame.session.paths import FILE_NAME, VARIABLE, library_path


def test_the_option_comes_before_the_variable_before_the_data_folder(tmp_path: Path) -> None:
    environment = {VARIABLE: str(tmp_path / "variable")}
    assert library_path(tmp_path / "option", environment) == tmp_path / "option"
    assert library_path(None, environment) == tmp_path / "variable"
    assert library_path("", environment) == tmp_path / "variable"
    usual = user_data_path("wargame", appauthor=False) / FILE_NAME
    assert library_path(None, {}) == library_path(None, {VARIABLE: ""}) == usual
    assert usual.is_absolute()


def test_the_environment_is_read_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "now"))
    assert library_path() == tmp_path / "now"


def test_a_folder_means_the_usual_file_in_it(tmp_path: Path) -> None:
    assert library_path(tmp_path, {}) == tmp_path / FILE_NAME


def test_a_relative_path_and_a_home_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert library_path("mine.sqlite", {}) == tmp_path / "mine.sqlite"
    assert library_path("~/mine.sqlite", {}) == Path.home() / "mine.sqlite"


@pytest.mark.parametrize("path", ["nul\0byte", "~nobody-of-this-name/x"])
def test_what_is_no_path_is_named(path: str) -> None:
    with pytest.raises(LibraryError) as caught:
        Library(library_path(path, {}))
    assert caught.value.message.en != caught.value.message.es
