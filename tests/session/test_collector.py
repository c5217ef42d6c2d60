"""Python's garbage collector: put off while a turn is played, and on again whatever happens."""

from __future__ import annotations

import gc

import pytest

from wargame.session import collector


def test_the_collector_is_off_within_and_on_again_after() -> None:
    with collector.put_off():
        assert not gc.isenabled()
        with collector.put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_is_on_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collector.put_off():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_the_collector_waits_for_pauses_and_goes_on_as_before() -> None:
    usual = gc.get_threshold()
    end = collector.wait_for_pauses()
    try:
        assert gc.get_threshold()[2] > 1_000_000
        seen: list[str] = []
        gc.callbacks.append(watch := lambda phase, info: seen.append(f"{phase} {info['generation']}"))
        collector.go_through()
        gc.callbacks.remove(watch)
        assert "start 2" in seen
    finally:
        end()
    assert gc.get_threshold() == usual


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with collector.put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
