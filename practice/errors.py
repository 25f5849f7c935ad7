"""What the reader is told of an error: the traceback without our own frames, and what helps. Standard library only."""

from __future__ import annotations

import ast
import os
import traceback

import warmup
from warmup.explain import cut

OURS = tuple(os.path.dirname(path) + os.sep for path in (__file__, warmup.__file__))
LONGEST = 6_000
HINTS = {
    "SystemExit": "sys.exit() and quit() end the program, so no check ran: take them out.",
    "MemoryError": "The code asked for more memory than the page has. Does something grow without end?",
    "RecursionError": "A function calls itself without end: which case should stop it?",
    "KeyboardInterrupt": "The code interrupts itself.",
    "NotLoaded": "It could not be loaded: is the network off?",
}


def event(error: BaseException, where: str) -> dict:
    """The `error` event for what the code of that file name raised."""
    spent = isinstance(error, MemoryError)
    return {"kind": "error", "where": where, "text": text(error), "hint": hint(error), "spent": spent}


def text(error: BaseException) -> str:
    """The traceback without our own frames, and without its middle where calls that alternate fill it."""
    # A source that does not parse comes by way of ast.parse, which is ours to call.
    ours = (*OURS, ast.__file__) if isinstance(error, SyntaxError) else OURS
    told = traceback.TracebackException.from_exception(error)
    parts = [told]
    for part in parts:
        frames = [frame for frame in part.stack or () if not frame.filename.startswith(ours)]
        # Without frames there is no heading either: a syntax error names its line itself.
        part.stack = traceback.StackSummary.from_list(frames) if frames else None
        parts += [each for each in (part.__cause__, part.__context__, *(part.exceptions or ())) if each]
    return cut("".join(told.format()).rstrip(), LONGEST)


def hint(error: BaseException) -> str:
    """What helps with an error that is peculiar to the page; '' for any other."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{error.name} is not among what the page can load. Does the question need it?"
    return HINTS.get(type(error).__name__, "")
