"""Leaves the interpreter as it was found, whatever an answer does to it. Standard library only."""

from __future__ import annotations

import builtins
import contextlib
import os
import sys
import warnings
from collections.abc import Iterator


@contextlib.contextmanager
def as_found() -> Iterator[None]:
    """Put back the folder, the built-in names, the warnings' filters, the recursion limit and trace functions.

    In the block, `input()` refuses at once: in the page it would fail with an error that says nothing.
    """
    folder, limit, tracer, profiler = os.getcwd(), sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()
    names = dict(vars(builtins))
    builtins.input = _refuse_to_ask
    with warnings.catch_warnings():
        try:
            yield
        finally:
            # First, as all that follows may call what the answer has put in a built-in's place.
            vars(builtins).update(names)
            sys.settrace(tracer)
            sys.setprofile(profiler)
            for name in set(vars(builtins)) - set(names):
                delattr(builtins, name)
            sys.setrecursionlimit(limit)
            os.chdir(folder)


def _refuse_to_ask(prompt: object = "") -> str:
    raise RuntimeError("input() has nobody to ask here: give the value in the code instead")
