"""Runs a reader's answer against a page's checks, and tells the page what happens as it happens.

The page's worker, and pytest, hand over a request and a function that takes events:

    check({"earlier": [...], "checks": [...], "answer": "..."}, emit)  the page's checks on the answer
    run({"earlier": [...], "answer": "..."}, emit)                     the answer alone, and the value of its last line
    rerun({"earlier": [...], "cells": [...], "shown": [...]}, emit)    the page's cells in turn, those in `shown` aloud

Of the page's own cells, only what the answer, the checks or the shown cells lead to is run.
An event is a dict with a `kind`: `plan` (the claims), `started` and `result` (of a check or cell), `output`, `error`,
`end`. After an error that is `spent` the memory is used up, and another run wants a new interpreter.
Standard library only.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import linecache
import pickle
import sys
import types
from collections.abc import Callable, Iterator

from practice import absent, errors
from practice.output import Output, shown
from practice.request import cells, earlier, pages_modules
from practice.restored import as_found
from warmup.checks import ERROR, Checks, Result

Emit = Callable[[dict], None]

ANSWER = "your answer"
NOT_RUN = "not run"
KEPT = 2

_prepared: dict[tuple, tuple[dict, dict]] = {}


class Stopped(Exception):
    """The code ended early, and an `error` event said why."""


def check(request: dict, emit: Emit) -> None:
    """Run the page's checks on the answer: a `plan`, then `started` and `result` for each check, then `end`."""
    with _running(request, emit) as tell:
        names = _prepare(request, tell)
        checks = names["checks"]
        # The answer may clear its copy, or use the name for something else.
        answer = _module({**names, "checks": copy.deepcopy(checks)})
        _execute(request["answer"], ANSWER, answer, tell)
        tell({"kind": "plan", "claims": [check.claim for check in checks.checks]})
        for index in range(len(checks.checks)):
            absent.touched.clear()
            tell({"kind": "started", "index": index})
            tell({"kind": "result", "index": index, **_told(_result(checks, index, vars(answer)))})


def run(request: dict, emit: Emit) -> None:
    """Run the answer alone: `output` with what it prints and the value of its last line, then `end`."""
    with _running(request, emit) as tell:
        _execute(request["answer"], ANSWER, _module(_prepare(request, tell)), tell)


def rerun(request: dict, emit: Emit) -> None:
    """Run `cells` in turn: `started`, `output` and `result` for each whose index is in `shown`, then `end`."""
    with _running(request, emit) as tell:
        page = _module(_prepare(request, tell))
        for index, source in enumerate(cells(request)):
            if index in request["shown"]:
                tell({"kind": "started", "index": index})
                _execute(source, f"cell {index + 1}", page, tell)
                tell({"kind": "result", "index": index, "verdict": "passed", "details": []})
            else:
                with contextlib.redirect_stdout(None):
                    _execute(source, f"cell {index + 1}", page, tell)


@contextlib.contextmanager
def _running(request: dict, emit: Emit) -> Iterator[Emit]:
    """Catch what is printed, stand in for modules that did not load, and leave the interpreter as it was found.

    Gives a function that passes events on after what was printed before them.
    """
    absent.stand_in_for(absent.missing(pages_modules(request)))
    output = Output(lambda text: emit({"kind": "output", "text": text}))

    def tell(event: dict) -> None:
        output.flush()
        emit(event)

    failure = None
    with as_found(), contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            yield tell
        except Stopped:
            pass
        except BaseException as error:
            # What the answer has patched can fail in our own code.
            failure = error
    if failure:
        tell(errors.event(failure, ANSWER))
    tell({"kind": "end"})


def _prepare(request: dict, emit: Emit) -> dict:
    """The names that the page's own cells define; kept until other ones are needed, or an answer has changed them."""
    sources = (*earlier(request), *request.get("checks", ()))
    key = sources, tuple(sorted(absent.names()))
    names, before = _prepared.pop(key, ({}, None))
    if _contents(names) != before:
        page = _module({})
        with contextlib.redirect_stdout(None):
            for number, source in enumerate(sources, start=1):
                _execute(source, f"the page, part {number}", page, emit)
        names = vars(page)
        before = _contents(names)
    _prepared[key] = names, before
    # A reader checks and runs in turn, and each needs cells of its own.
    for old in list(_prepared)[:-KEPT]:
        del _prepared[old]
    return names


def _contents(names: dict) -> dict:
    """What differs once a value has been changed in place: bytes by name, None for what cannot be pickled."""
    # Functions and classes are pickled by name alone, and fail where the answer has one of the same name.
    return {n: _pickled(value) for n, value in names.items() if not n.startswith("__") and not callable(value)}


def _pickled(value: object) -> bytes | None:
    try:
        return pickle.dumps(value)
    except Exception:
        return None


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
        tree = compile(source, filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, filename, "exec", dont_inherit=True), vars(module))
        if last:
            value = eval(compile(ast.Expression(last.value), filename, "eval", dont_inherit=True), vars(module))
            if value is not None:
                print(shown(value))
    except BaseException as error:
        emit(errors.event(error, filename))
        raise Stopped from None


def _result(checks: Checks, index: int, names: dict) -> Result:
    """What one check says of the answer, which may interrupt even that."""
    one = Checks(seconds=checks.seconds)
    one.checks = [checks.checks[index]]
    try:
        return next(one.results(names))
    except KeyboardInterrupt:
        return Result(one.checks[0].claim, ERROR, message=f"KeyboardInterrupt: {errors.HINTS['KeyboardInterrupt']}")


def _told(result: Result) -> dict:
    """A check's result for the page. A check that came upon an absent module has said nothing about the answer."""
    if absent.touched and not result.passed:
        said = f"it needs {', '.join(sorted(absent.touched))}, which could not be loaded"
        return {"verdict": NOT_RUN, "details": [["says", said]]}
    return {"verdict": result.verdict, "details": [list(pair) for pair in result.details()]}
