"""Runs a reader's answer against a page's checks, and tells the page what happens as it happens.

The page's worker, and pytest, hand over a request and a function that takes events:

    check({"earlier": [...], "checks": [...], "answer": "..."}, emit)  the page's checks on the answer
    run({"earlier": [...], "answer": "..."}, emit)                     the answer alone, and the value of its last line
    rerun({"earlier": [...], "cells": [...], "shown": [...]}, emit)    the page's cells in turn, those in `shown` aloud

Of the page's own cells, only what the answer, the checks or the shown cells lead to is run.
An event is a dict with a `kind`: `plan` (the claims), `started` and `result` (of a check or cell), `output`, `error`,
`end`.
Standard library only.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import importlib.util
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable, Iterable, Iterator

import warmup
from practice import absent
from practice.output import Output, shown
from practice.slicing import modules, needed, uses
from warmup.checks import Result

Emit = Callable[[dict], None]

ANSWER = "your answer"
OURS = (os.path.dirname(__file__), os.path.dirname(warmup.__file__))
NOT_RUN = "not run"
HINTS = {
    "SystemExit": "sys.exit() and quit() end the program, so no check ran: take them out.",
    "MemoryError": "The code asked for more memory than the page has. Does something grow without end?",
    "RecursionError": "A function calls itself without end: which case should stop it?",
    "KeyboardInterrupt": "The code interrupts itself.",
    "NotLoaded": "It could not be loaded: is the network off?",
}

_prepared: dict[tuple, dict] = {}


class Stopped(Exception):
    """The code ended early, and an `error` event said why."""


def check(request: dict, emit: Emit) -> None:
    """Run the page's checks on the answer: a `plan`, then `started` and `result` for each check, then `end`."""
    with _running(request, emit):
        answer = _module(_prepare(request, emit))
        _execute(request["answer"], ANSWER, answer, emit)
        checks = answer.checks
        emit({"kind": "plan", "claims": [check.claim for check in checks.checks]})
        results = checks.results(vars(answer))
        for index in range(len(checks.checks)):
            absent.touched.clear()
            emit({"kind": "started", "index": index})
            emit({"kind": "result", "index": index, **_told(next(results))})


def run(request: dict, emit: Emit) -> None:
    """Run the answer alone: `output` with what it prints and the value of its last line, then `end`."""
    with _running(request, emit):
        _execute(request["answer"], ANSWER, _module(_prepare(request, emit)), emit)


def rerun(request: dict, emit: Emit) -> None:
    """Run `cells` in turn: `started`, `output` and `result` for each whose index is in `shown`, then `end`."""
    with _running(request, emit):
        page = _module(_prepare(request, emit))
        for index, source in enumerate(_cells(request)):
            if index in request["shown"]:
                emit({"kind": "started", "index": index})
                _execute(source, f"cell {index + 1}", page, emit)
                sys.stdout.flush()
                emit({"kind": "result", "index": index, "verdict": "passed", "details": []})
            else:
                with contextlib.redirect_stdout(None):
                    _execute(source, f"cell {index + 1}", page, emit)


def wanted_modules(request: dict) -> list[str]:
    """The modules outside the standard library that a request leads to, sorted."""
    sources = [*request.get("checks", ()), request.get("answer", ""), *_cells(request), *_earlier(request)]
    return sorted(_modules(sources))


def _modules(sources: Iterable[str]) -> set[str]:
    return set().union(*map(modules, sources)) - {"warmup"}


def _earlier(request: dict) -> tuple[str, ...]:
    """The page's earlier cells, cut down to what the request's code leads to."""
    return _cut_down(request)[: len(request["earlier"])]


def _cells(request: dict) -> tuple[str, ...]:
    """The cells to run: those that are shown as they stand, the others cut down to what those lead to."""
    cut = _cut_down(request)[len(request["earlier"]) :]
    return tuple(request["cells"][n] if n in request["shown"] else source for n, source in enumerate(cut))


def _cut_down(request: dict) -> tuple[str, ...]:
    cells, shown = request.get("cells", ()), request.get("shown", ())
    code = [*request.get("checks", ()), request.get("answer", ""), *(cells[index] for index in shown)]
    return needed((*request["earlier"], *cells), frozenset().union(*map(uses, code)))


@contextlib.contextmanager
def _running(request: dict, emit: Emit) -> Iterator[None]:
    """Catch what is printed, stand in for modules that did not load, and leave the interpreter as it was found."""
    absent.remove()
    ours = _modules([*request.get("checks", ()), *_cells(request), *_earlier(request)])
    absent.stand_in_for([name for name in ours if name not in sys.modules and importlib.util.find_spec(name) is None])
    folder, tracer, limit, asks = os.getcwd(), sys.gettrace(), sys.getrecursionlimit(), builtins.input
    builtins.input = _refuse_to_ask
    output = Output(lambda text: emit({"kind": "output", "text": text}))
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            yield
        except Stopped:
            pass
        finally:
            output.flush()
            builtins.input = asks
            sys.setrecursionlimit(limit)
            sys.settrace(tracer)
            os.chdir(folder)
    emit({"kind": "end"})


def _refuse_to_ask(prompt: object = "") -> str:
    raise RuntimeError("input() has nobody to ask here: give the value in the code instead")


def _prepare(request: dict, emit: Emit) -> dict:
    """The names that the page's own cells define; kept until other ones are needed."""
    earlier, checks = _earlier(request), tuple(request.get("checks", ()))
    key = earlier, checks, tuple(sorted(absent.names()))
    if key not in _prepared:
        page = _module({})
        with contextlib.redirect_stdout(None):
            for number, source in enumerate([*earlier, *checks], start=1):
                _execute(source, f"the page, part {number}", page, emit)
        _prepared.clear()
        _prepared[key] = vars(page)
    return _prepared[key]


def _module(names: dict) -> types.ModuleType:
    """A module with `names`. Dataclasses and pickle look a class up by its module, so it takes the last one's place."""
    module = types.ModuleType("answer")
    vars(module).update(names)
    sys.modules[module.__name__] = module
    return module


def _execute(source: str, filename: str, module: types.ModuleType, emit: Emit) -> None:
    """Run a source in a module, and print the value of its last line. Raises Stopped once an `error` event is out."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        tree = ast.parse(source, filename)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, filename, "exec", dont_inherit=True), vars(module))
        if last:
            value = eval(compile(ast.Expression(last.value), filename, "eval", dont_inherit=True), vars(module))
            if value is not None:
                print(shown(value))
    except BaseException as error:
        emit({"kind": "error", "where": filename, "text": _traceback(error), "hint": _hint(error)})
        raise Stopped from None


def _traceback(error: BaseException) -> str:
    """The traceback without our own frames."""
    told = traceback.TracebackException.from_exception(error)
    part: traceback.TracebackException | None = told
    while part is not None:
        # A source that does not parse comes by way of ast.parse, which is ours to call.
        ours = (*OURS, ast.__file__) if isinstance(error, SyntaxError) else OURS
        frames = [frame for frame in part.stack if not frame.filename.startswith(ours)]
        part.stack = traceback.StackSummary.from_list(frames)
        part = part.__cause__ or part.__context__
    return "".join(told.format()).rstrip()


def _hint(error: BaseException) -> str:
    """What helps with an error that is peculiar to the page; '' for any other."""
    if isinstance(error, ModuleNotFoundError):
        return f"{error.name} is not among what the page can load. Does the question need it?"
    return HINTS.get(type(error).__name__, "")


def _told(result: Result) -> dict:
    """A check's result for the page. A check that came upon an absent module has said nothing about the answer."""
    if absent.touched and not result.passed:
        said = f"it needs {', '.join(sorted(absent.touched))}, which could not be loaded"
        return {"verdict": NOT_RUN, "details": [["says", said]]}
    return {"verdict": result.verdict, "details": [list(pair) for pair in result.details()]}
