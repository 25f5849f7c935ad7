"""Checks that prove an answer and catch the wrong ones. Standard library only.

A page writes its checks once; they run on the reader's attempt, on the page's own answer and on each wrong answer.

    checks = Checks()

    @checks.that("a tie goes to the closer class", hint="compare total distances before labels")
    def tie(KNNClassifier):
        assert KNNClassifier(k=2).fit([[0], [3]], ["b", "a"]).predict([[1]])[0] == "b"

    checks.run(globals())

A check takes what it needs from the namespace, by parameter name.
What it got and what it expected are read off its plain `assert` statements.
"""

from __future__ import annotations

import contextlib
import copy
import html
import inspect
import io
import pickle
import sysconfig
import textwrap
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from warmup.explain import Mismatch, cut, explained, show, without_addresses
from warmup.limits import TooSlow, time_limit

PASSED, FAILED, ERROR, SLOW, MISSING = "passed", "failed", "error", "too slow", "not written yet"
MARKS = {PASSED: "✓", FAILED: "✗", ERROR: "✗", SLOW: "✗", MISSING: "…"}
MAX_PRINTED = 2_000
MAX_IN_TABLE = 150
SECONDS_AFTER_A_SLOW_ONE = 1.0
LIBRARIES = tuple(sysconfig.get_paths()[kind] for kind in ("stdlib", "platstdlib", "purelib", "platlib"))

Details = tuple[tuple[str, str], ...]


class WrongAnswerSurvives(AssertionError):
    """A wrong answer passed the checks, or was not caught by the check named for it."""


class RightAnswerFails(AssertionError):
    """The page's own answer failed one of its checks."""


@contextlib.contextmanager
def raises(error: type[BaseException] | tuple[type[BaseException], ...], *words: str) -> Iterator[None]:
    """Fail unless the block raises `error` with a message that holds each of `words` (case does not matter)."""
    kinds = error if isinstance(error, tuple) else (error,)
    expected = " or ".join(kind.__name__ for kind in kinds) + (f" that mentions {', '.join(words)}" if words else "")
    try:
        yield
    except NotImplementedError:
        raise
    except (Exception, *kinds) as caught:
        if not isinstance(caught, kinds) or any(word.lower() not in str(caught).lower() for word in words):
            raise Mismatch(f"raises {expected}", f"{show(caught)} was raised; expected {expected}") from caught
    else:
        raise Mismatch(f"raises {expected}", f"nothing was raised; expected {expected}")


@contextlib.contextmanager
def unchanged(**values: object) -> Iterator[None]:
    """Fail if the block changes one of `values`, given by name: `with unchanged(X=X, y=y): model.fit(X, y)`."""
    before = {name: _fingerprint(value) for name, value in values.items()}
    if unseen := [name for name in values if before[name] is None]:
        raise TypeError(f"a change of {', '.join(unseen)} could not be seen, as it cannot be pickled")
    yield
    for name, value in values.items():
        if _fingerprint(value) != before[name]:
            raise Mismatch(name, f"{name} was changed in place; it is now {show(value)}")


@dataclass(frozen=True)
class Check:
    """One claim about an answer, and the function that tests it."""

    claim: str
    function: Callable
    hint: str = ""


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that candidates give, why it tempts, and the check that has to catch it."""

    label: str
    because: str
    by: str | None
    names: Mapping[str, object]


@dataclass(frozen=True)
class Result:
    """What one check said: a verdict, and for a failure what was compared."""

    claim: str
    verdict: str
    source: str = ""
    message: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    got: str | None = None
    expected: str | None = None
    printed: str = ""
    hint: str = ""
    unrunnable: bool = False

    @property
    def passed(self) -> bool:
        return self.verdict == PASSED

    @property
    def caught(self) -> bool:
        """True for a failure of the answer; a missing answer catches nothing."""
        return self.verdict in (FAILED, ERROR, SLOW)

    def details(self) -> Details:
        """What to show below the claim, as pairs of label and text."""
        pairs = [("says", self.message), ("checked", self.source), *self.inputs]
        pairs += [("got", self.got or ""), ("expected", self.expected or "")]
        pairs += [("printed", self.printed), ("hint", self.hint)]
        return tuple((label, text) for label, text in pairs if text)


@dataclass(frozen=True)
class Table:
    """Rows that read as plain text and as an HTML table. A cell is a string or pairs of label and text."""

    kind: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | Details, ...], ...]

    def __repr__(self) -> str:
        lines = [self.caption]
        for mark, claim, *rest in self.rows:
            lines.append(f"{mark} {claim}")
            lines += [textwrap.indent(_text(label, cell), "    ") for label, cell in zip(self.head[2:], rest) if cell]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in self.head)
        rows = "\n".join("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        return (
            f'<table class="dataframe warmup-table warmup-{self.kind}">\n'
            f"<caption>{html.escape(self.caption)}</caption>\n"
            f"<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )


@dataclass(frozen=True)
class Report:
    """The results of one run. Display it, or ask `passed`."""

    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)

    def table(self) -> Table:
        count = sum(result.passed for result in self.results)
        rows = tuple((MARKS[result.verdict], _claim(result), result.details()) for result in self.results)
        return Table("checks", f"{count} of {len(rows)} checks pass", ("pass", "check", "details"), rows)

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


class Checks:
    """The checks of one page, and the wrong answers that they have to catch."""

    def __init__(self, *, seconds: float = 5.0):
        self.seconds = seconds
        self.checks: list[Check] = []
        self.wrong: list[WrongAnswer] = []

    def that(self, claim: str, *, hint: str = "") -> Callable[[Callable], Callable]:
        """Register a check. Its parameters name what it takes from the namespace."""

        def register(function: Callable) -> Callable:
            _put(self.checks, Check(claim, explained(function), hint), key=lambda check: check.claim)
            return function

        return register

    def results(self, namespace: Mapping[str, object]) -> Iterator[Result]:
        """Run the checks one by one, each within the time limit; nothing that an answer does stops the next."""
        return self._results(self.checks, namespace)

    def _results(self, checks: list[Check], namespace: Mapping[str, object]) -> Iterator[Result]:
        seconds = self.seconds
        for check in checks:
            result = _run(check, namespace, seconds)
            if result.verdict == SLOW:
                seconds = min(seconds, SECONDS_AFTER_A_SLOW_ONE)
            yield result

    def run(self, namespace: Mapping[str, object]) -> Report:
        """Run all checks on an answer, the reader's or the page's own. Never raises."""
        return Report(tuple(self.results(namespace)))

    def catches(self, label: str, *, because: str, by: str | None = None, **names: object) -> None:
        """Register a wrong answer: why it tempts, the claim that must catch it, and the names it replaces."""
        if not names:
            raise TypeError(f"{label!r}: give the names that the wrong answer replaces, as keywords")
        if by is not None and by not in [check.claim for check in self.checks]:
            raise ValueError(f"{label!r}: there is no check {by!r}")
        _put(self.wrong, WrongAnswer(label, because, by, names), key=lambda wrong: wrong.label)

    def wrong_answers(self, namespace: Mapping[str, object]) -> Table:
        """Run the checks on the answer, which must pass, and on each wrong answer, which must not.

        Raises RightAnswerFails or WrongAnswerSurvives; NameError for one that failed because it does not run at all.
        """
        if not self.checks:
            raise RightAnswerFails("there are no checks that the answer could pass")
        report = self.run(namespace)
        if not report.passed:
            raise RightAnswerFails(f"the answer itself does not pass its checks\n{report}")
        rows = [self._caught(wrong, namespace) for wrong in self.wrong]
        caption = f"{len(rows)} of {len(rows)} wrong answers are caught"
        head = ("caught", "wrong answer", "why it tempts", "caught by", "what the check saw")
        return Table("wrong", caption, head, tuple(rows))

    def _caught(self, wrong: WrongAnswer, namespace: Mapping[str, object]) -> tuple[str | Details, ...]:
        """The table's row for a wrong answer. Raises WrongAnswerSurvives, and NameError for one that does not run."""
        unknown = sorted(set(wrong.names) - set(namespace))
        if unknown:
            raise ValueError(f"{wrong.label!r} replaces {', '.join(unknown)}, which the answer does not define")
        chosen = [check for check in self.checks if wrong.by in (None, check.claim)]
        results = list(self._results(chosen, {**namespace, **wrong.names}))
        failed = [result for result in results if result.caught]
        if not failed:
            by = f"the check {wrong.by!r}" if wrong.by else "any check"
            raise WrongAnswerSurvives(f"{wrong.label!r} is not caught by {by}\n{Report(tuple(results))}")
        first = failed[0]
        if first.unrunnable:
            raise NameError(f"{wrong.label!r} is no wrong answer: it does not run\n{Report((first,))}")
        got, expected = (value and cut(value, MAX_IN_TABLE) for value in (first.got, first.expected))
        saw = replace(first, hint="", printed="", source="", inputs=(), got=got, expected=expected)
        return MARKS[PASSED], wrong.label, wrong.because, "; ".join(result.claim for result in failed), saw.details()


def _put(items: list, item: object, *, key: Callable) -> None:
    """Add `item`, in the place of one with the same key: a cell that is run twice registers once."""
    for place, old in enumerate(items):
        if key(old) == key(item):
            items[place] = item
            return
    items.append(item)


def _run(check: Check, namespace: Mapping[str, object], seconds: float) -> Result:
    """One check on one namespace, whatever the answer does, short of the reader's own interrupt."""
    # A parameter with a default is the check's own.
    parameters = inspect.signature(check.function).parameters.values()
    names = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    missing = [name for name in names if name not in namespace]
    if missing:
        return Result(check.claim, MISSING, message=f"{', '.join(missing)} is not defined")
    with _captured() as printed:
        try:
            with time_limit(seconds):
                result = _outcome(check, {name: namespace[name] for name in names})
        except TooSlow:
            result = Result(check.claim, SLOW, message=f"stopped after {seconds:g} s")
    hint = "" if result.passed or result.verdict == MISSING else check.hint
    return replace(result, printed=printed.shown(), hint=hint)


def _outcome(check: Check, values: Mapping[str, object]) -> Result:
    """What the check says. It gets copies, so that a change in place is seen and harms no other check."""
    try:
        copies = {name: _private(value) for name, value in values.items()}
        before = {name: _fingerprint(value) for name, value in copies.items()}
        check.function(**copies)
        changed = [name for name, value in copies.items() if _fingerprint(value) != before[name]]
    except (KeyboardInterrupt, TooSlow):
        raise
    except BaseException as error:
        return _failure(check, error)
    if changed:
        return Result(check.claim, FAILED, message=f"{', '.join(changed)} was changed in place")
    return Result(check.claim, PASSED)


def _failure(check: Check, error: BaseException) -> Result:
    """The result for what a check raised."""
    if isinstance(error, NotImplementedError):
        return Result(check.claim, MISSING, message=_said(error))
    # A check of bad input wraps what the answer raised.
    unrunnable = _is_a_slip(error.__cause__ or error)
    if isinstance(error, Mismatch):
        message = "" if error.message is None else _said(error)
        inputs = tuple(error.inputs.items())
        return Result(
            check.claim, FAILED, error.source, message, inputs, error.got, error.expected, unrunnable=unrunnable
        )
    if isinstance(error, AssertionError):
        return Result(check.claim, FAILED, message=_said(error) or _where(error))
    message = f"{show(error)}\n{_where(error)}".strip()
    return Result(check.claim, ERROR, message=message, unrunnable=unrunnable)


def _is_a_slip(error: BaseException) -> bool:
    """A name that nothing defines, in the code or in a module: what no answer that was ever run would raise."""
    in_a_module = isinstance(error, AttributeError) and isinstance(error.obj, types.ModuleType)
    return in_a_module or isinstance(error, (NameError, ImportError))


def _said(error: BaseException) -> str:
    """The error's message, the same in every run, whatever its `__str__` does."""
    try:
        return without_addresses(str(error))
    except Exception:
        return show(error)


def _where(error: BaseException) -> str:
    """The last line that an error passed through in the check or the answer, not in a library and not in ours."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    written = [frame for frame in frames if frame.line and not frame.filename.startswith(LIBRARIES)]
    return f"in {written[-1].name}: {written[-1].line}" if written else ""


class _Printed(io.StringIO):
    """What is printed, up to a length: printing without end fills no memory."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MAX_PRINTED + 1 - self.tell())])
        return len(text)

    def close(self) -> None:
        """Stay open: an answer that closes its output must not stop the checks."""

    def shown(self) -> str:
        text = self.getvalue()
        kept = text if len(text) <= MAX_PRINTED else text[:MAX_PRINTED] + " … (cut)"
        return without_addresses(kept).strip()


@contextlib.contextmanager
def _captured() -> Iterator[_Printed]:
    """Catch what is printed, and warnings without the file that they name, which differs from run to run."""
    printed = _Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), warnings.catch_warnings():
        warnings.showwarning = lambda message, category, *where: print(f"{category.__name__}: {message}", file=printed)
        yield printed


def _private(value: object) -> object:
    """A copy of a value for a check to use; functions, classes and what cannot be copied are passed on."""
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _fingerprint(value: object) -> bytes | None:
    """Bytes that differ when the value changes; None for what cannot be pickled."""
    try:
        return pickle.dumps(value)
    except Exception:
        return None


def _claim(result: Result) -> str:
    return result.claim if result.passed else f"{result.claim} ({result.verdict})"


def _text(label: str, cell: str | Details) -> str:
    """A cell as text: pairs one below the other, with text of several lines indented."""
    if isinstance(cell, str):
        return f"{label}: {cell}"
    return "\n".join(
        f"{name}: {text}" if "\n" not in text else f"{name}:\n{textwrap.indent(text, '    ')}" for name, text in cell
    )


def _html(cell: str | Details) -> str:
    """A cell as HTML. What code said keeps its line breaks; what a person wrote is set as prose."""
    if isinstance(cell, str):
        return html.escape(cell)
    prose = ("says", "hint")
    return "".join(
        f"<div>{name}: {html.escape(text)}</div>"
        if name in prose and "\n" not in text
        else f"<div>{name}: <pre>{html.escape(text)}</pre></div>"
        if "\n" in text
        else f"<div>{name}: <code>{html.escape(text)}</code></div>"
        for name, text in cell
    )
