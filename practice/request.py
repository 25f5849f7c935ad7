"""What of a page's own cells a request leads to, and which modules. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable

from practice.slicing import modules, needed, uses


def wanted_modules(request: dict) -> list[str]:
    """The modules outside the standard library that a request leads to, sorted."""
    return sorted(pages_modules(request) | _modules([request.get("answer", "")]))


def pages_modules(request: dict) -> set[str]:
    """Those of them that the page itself leads to."""
    return _modules([*request.get("checks", ()), *cells(request), *earlier(request)])


def earlier(request: dict) -> tuple[str, ...]:
    """The page's earlier cells, cut down to what the request's code leads to."""
    return _cut_down(request)[: len(request["earlier"])]


def cells(request: dict) -> tuple[str, ...]:
    """The cells to run: those that are shown as they stand, the others cut down to what those lead to."""
    cut = _cut_down(request)[len(request["earlier"]) :]
    return tuple(request["cells"][n] if n in request["shown"] else source for n, source in enumerate(cut))


def _cut_down(request: dict) -> tuple[str, ...]:
    cells, shown = request.get("cells", ()), request.get("shown", ())
    code = [*request.get("checks", ()), request.get("answer", ""), *(cells[index] for index in shown)]
    return needed((*request["earlier"], *cells), frozenset().union(*map(uses, code)))


def _modules(sources: Iterable[str]) -> set[str]:
    return set().union(*map(modules, sources)) - {"warmup"}
