"""Which part of a page's earlier cells some code needs. Standard library only.

The browser pays for every import in megabytes, so a page runs only what an answer leads to:
the statements that bind a name it uses, and those that act on such a name (`ureg.define(...)`).
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator

NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
IMPORTS = (ast.Import, ast.ImportFrom)


@functools.lru_cache
def needed(cells: tuple[str, ...], wanted: frozenset[str]) -> tuple[str, ...]:
    """Each of `cells` cut down to the statements that the names in `wanted` need; "" where it has none."""
    names = set(wanted)
    trees = [ast.parse(cell) for cell in cells]
    statements = [statement for tree in trees for statement in tree.body]
    kept: set[ast.stmt] = set()
    while new := [s for s in statements if s not in kept and (binds(s) | acts_on(s)) & names]:
        kept.update(new)
        for statement in new:
            names |= _read(statement)
    return tuple(
        "\n".join(_source(cell, statement, names) for statement in tree.body if statement in kept)
        for cell, tree in zip(cells, trees)
    )


@functools.lru_cache
def uses(source: str) -> frozenset[str]:
    """All names that a source reads, in nested functions too; none if it does not parse."""
    return frozenset(_read(_parsed(source)))


def _parsed(source: str) -> ast.Module:
    """The source's tree; an empty one if it does not parse: whoever runs it says why."""
    try:
        return ast.parse(source)
    # Besides errors of syntax: halves of characters, nul characters, code that nests too deep.
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return ast.Module([], [])


def _read(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def binds(statement: ast.stmt) -> set[str]:
    """The names that a top-level statement gives a value."""
    return set(_bound(statement))


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, IMPORTS):
        yield from (_local_name(alias) for alias in node.names)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    if not isinstance(node, NESTED):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def acts_on(statement: ast.stmt) -> set[str]:
    """The names whose value a statement may change: by a method called for its effect, or by setting a part of it."""
    found: set[str] = set()
    for node in _statements(statement):
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            found |= {_root(call.func), *(_root(argument) for argument in call.args)}
        for target in [*getattr(node, "targets", []), getattr(node, "target", None)]:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                found.add(_root(target))
    return found - {""}


def _statements(statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statement and those in its blocks, short of the bodies of functions and classes."""
    yield statement
    if not isinstance(statement, NESTED):
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.stmt):
                yield from _statements(child)


def _root(node: ast.AST) -> str:
    """The name at the left of `a.b[c].d`."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _local_name(alias: ast.alias) -> str:
    return alias.asname or alias.name.split(".")[0]


def _source(cell: str, statement: ast.stmt, wanted: set[str]) -> str:
    """The statement as it is written, decorators included; an import with the names that are wanted alone."""
    if isinstance(statement, IMPORTS):
        statement.names = [alias for alias in statement.names if _local_name(alias) in wanted]
        return ast.unparse(statement)
    first = min([statement.lineno, *(node.lineno for node in getattr(statement, "decorator_list", []))])
    return "\n".join(cell.splitlines()[first - 1 : statement.end_lineno])


@functools.lru_cache
def modules(source: str) -> frozenset[str]:
    """The top-level modules outside the standard library that a source imports anywhere; none if it does not parse."""
    found = set()
    for node in ast.walk(_parsed(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return frozenset(found - sys.stdlib_module_names)
