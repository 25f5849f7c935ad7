"""What is printed reaches the page in portions, up to a limit."""

from __future__ import annotations

import contextlib

import pytest

from practice import output
from practice.output import CUT, Output, shown


@pytest.fixture
def portions() -> list[str]:
    return []


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still; set its one item to move it."""
    now = [100.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])
    return now


def test_small_pieces_wait_for_a_portion(portions: list[str], clock: list[float]) -> None:
    out = Output(portions.append)
    print("a", "b", file=out)
    print("c", file=out)
    assert portions == []
    clock[0] += 1.1 * output.EVERY_S
    print("d", file=out)
    # `print` writes the text and the end of the line apart.
    assert portions == ["a b\nc\nd"]
    out.flush()
    assert portions == ["a b\nc\nd", "\n"]


def test_a_flush_passes_on_what_waits_and_nothing_twice(portions: list[str], clock: list[float]) -> None:
    out = Output(portions.append)
    out.flush()
    print("a", file=out, flush=True)
    out.flush()
    assert portions == ["a\n"]


@pytest.mark.parametrize(
    ("pieces", "passed"),
    [
        (["12345"], "12345"),
        (["12345", "6"], "12345" + CUT),
        (["123456"], "12345" + CUT),
        (["123", "456", "789"], "12345" + CUT),
        (["12345", "", "6", "7"], "12345" + CUT),
        (["", "12345", ""], "12345"),
    ],
)
def test_beyond_the_limit_it_is_cut_once(portions: list[str], pieces: list[str], passed: str) -> None:
    out = Output(portions.append, limit=5)
    assert [out.write(piece) for piece in pieces] == [len(piece) for piece in pieces]
    out.flush()
    assert "".join(portions) == passed


def test_the_cut_is_told_at_once(portions: list[str], clock: list[float]) -> None:
    """An endless loop never flushes."""
    out = Output(portions.append, limit=5)
    out.write("123456")
    assert portions == ["12345" + CUT]


def test_it_stays_open(portions: list[str]) -> None:
    out = Output(portions.append)
    out.close()
    with out:
        print("still here", file=out)
    print("here too", file=out)
    out.flush()
    assert not out.closed
    assert "".join(portions) == "still here\nhere too\n"


def test_it_takes_text_alone(portions: list[str]) -> None:
    out = Output(portions.append)
    for value in (b"bytes", 3, None):
        with pytest.raises(TypeError, match=f"takes text, not {type(value).__name__}"):
            out.write(value)
    out.writelines(["a", "b"])
    out.flush()
    assert portions == ["ab"]
    assert out.writable()
    assert not out.readable()


def test_it_stands_in_for_the_standard_output(portions: list[str]) -> None:
    with contextlib.redirect_stdout(Output(portions.append)) as out:
        print("a", end="", flush=True)
    assert portions == ["a"]
    assert not out.isatty()


def test_a_value_is_shown_by_its_repr_up_to_a_length() -> None:
    assert shown("a\n") == r"'a\n'"
    long = shown("x" * 10_000)
    assert long.endswith("x … (cut)")
    assert len(long) < output.LONGEST_VALUE + 20


@pytest.mark.parametrize(
    ("said", "kind"), [("1 / 0", "ZeroDivisionError"), ("3", "TypeError"), ("repr(self)", "Recursion")]
)
def test_a_broken_repr_is_named(said: str, kind: str) -> None:
    odd = type("Odd", (), {"__repr__": eval(f"lambda self: {said}")})
    assert shown(odd()).startswith(f"<Odd whose repr raises {kind}")
