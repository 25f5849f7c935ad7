"""What a failed `assert` compared, without the author writing it: pytest's assertion rewriting on one function."""

from __future__ import annotations
import __future__

import ast
import inspect
import pprint
import re
import sys
import textwrap
from collections.abc import Callable, Mapping

MAX_SHOWN = 300
MAX_LINES = 12


class Mismatch(AssertionError):
    """A failed `assert`, with what it compared."""

    def __init__(self, source: str, message: object = None, inputs: Mapping[str, object] | None = None, **compared):
        super().__init__(source if message is None else str(message))
        self.source, self.message = source, message
        self.inputs = {name: show(value) for name, value in (inputs or {}).items()}
        self.got = show(compared["got"]) if compared else None
        self.expected = compared["relation"] + show(compared["expected"]) if compared else None


def show(value: object, limit: int = MAX_SHOWN) -> str:
    """`repr(value)` on few lines, cut to `limit` characters, the same in every run, whatever `__repr__` does."""
    try:
        text = repr(value)
        if "{" in text:
            text = _InOrder(width=sys.maxsize, sort_dicts=False).pformat(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = without_addresses(text)
    if len(text.splitlines()) > MAX_LINES:
        text = "\n".join([*text.splitlines()[:MAX_LINES], "…"])
    return cut(text, limit)


def cut(text: str, limit: int) -> str:
    """`text`, or its beginning and end if it is longer than `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit * 2 // 3]} … {text[-limit // 3 :]}"


def without_addresses(text: str) -> str:
    """The text with every memory address, as in `<object object at 0x7f…>`, cut short."""
    return re.sub(r"\bat 0x[0-9a-fA-F]+", "at 0x…", text)


class _InOrder(pprint.PrettyPrinter):
    """`repr` with the items of sets in order: that of strings differs from run to run."""

    def format(self, value: object, context: dict, maxlevels: int, level: int) -> tuple[str, bool, bool]:
        if type(value) not in (set, frozenset) or not value:
            return super().format(value, context, maxlevels, level)
        items = [self.format(item, context, maxlevels, level + 1)[0] for item in value]
        items.sort(key=lambda item: re.sub(r"\d+", lambda number: number[0].zfill(20), item))
        text = "{" + ", ".join(items) + "}"
        return text if type(value) is set else f"frozenset({text})", False, False


def explained(function: Callable) -> Callable:
    """The same function with every `assert` made to report what it compared.

    Where the source is out of reach or not its own, or the function closes over local names, it is returned as it is.
    """
    if not inspect.isfunction(function) or function.__closure__ or hasattr(function, "__wrapped__"):
        return function
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, TypeError, SyntaxError):
        return function
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef) or definition.name != function.__code__.co_name:
        return function
    # Decorators have run, and defaults are kept as they are; neither is evaluated again.
    definition.decorator_list = []
    definition.args.defaults = []
    definition.args.kw_defaults = [None] * len(definition.args.kwonlyargs)
    _Explain().visit(definition)
    # A factory hands `Mismatch` to the check as a closure variable, so that no name is added to the page's namespace.
    factory = ast.parse("def _factory(_Mismatch):\n    return None").body[0]
    factory.body = [definition, ast.Return(ast.Name(definition.name, ast.Load()))]
    module = ast.fix_missing_locations(ast.Module([factory], []))
    ast.increment_lineno(module, first - 1)
    built: dict[str, Callable] = {}
    source, flags = inspect.getsourcefile(function) or "<check>", function.__code__.co_flags
    future = flags & __future__.annotations.compiler_flag
    exec(compile(module, source, "exec", flags=future, dont_inherit=True), function.__globals__, built)
    explained = built["_factory"](Mismatch)
    explained.__kwdefaults__, explained.__defaults__ = function.__kwdefaults__, function.__defaults__
    return explained


class _Explain(ast.NodeTransformer):
    """Turns `assert got == expected, message` into the same test that raises `Mismatch` with both sides.

    Also plain calls of two arguments that compare: `np.array_equal`, `np.allclose`, `math.isclose`, `frame.equals`.
    """

    RELATIONS = {
        ast.Eq: "",
        ast.NotEq: "not ",
        ast.Lt: "less than ",
        ast.LtE: "at most ",
        ast.Gt: "more than ",
        ast.GtE: "at least ",
        ast.Is: "",
        ast.IsNot: "not ",
        ast.In: "one of ",
        ast.NotIn: "none of ",
    }
    COMPARING = ("array_equal", "allclose", "isclose")

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        test, body, inputs, compared = node.test, [], _inputs(node.test), []
        if sides := self._sides(node.test):
            test, relation, got, expected = sides
            body = [_assign("_got_", got), _assign("_expected_", expected)]
            inputs = _inputs(node.test, got, expected)
            compared = [
                ast.keyword("got", _name("_got_")),
                ast.keyword("expected", _name("_expected_")),
                ast.keyword("relation", ast.Constant(relation)),
            ]
        said = [ast.Constant(ast.unparse(node.test)), node.msg or ast.Constant(None), inputs]
        failure = ast.Call(_name("_Mismatch"), said, compared)
        body.append(ast.If(ast.UnaryOp(ast.Not(), test), [ast.Raise(failure)], []))
        return [ast.copy_location(statement, node) for statement in body]

    def _sides(self, test: ast.expr) -> tuple[ast.expr, str, ast.expr, ast.expr] | None:
        """The test on `_got_` and `_expected_`, the relation in words, both sides; None if it compares otherwise."""
        got, expected = _name("_got_"), _name("_expected_")
        match test:
            case ast.Call(args=arguments) if any(isinstance(argument, ast.Starred) for argument in arguments):
                return None
            case ast.Compare(left, [operator], [right]):
                return ast.Compare(got, [operator], [expected]), self.RELATIONS[type(operator)], left, right
            case ast.Call(function, [left, right], keywords) if _last_name(function) in self.COMPARING:
                return ast.Call(function, [got, expected], keywords), "", left, right
            case ast.Call(ast.Attribute(left, "equals"), [right], []):
                return ast.Call(ast.Attribute(got, "equals", ast.Load()), [expected], []), "", left, right
        return None


def _name(identifier: str) -> ast.Name:
    return ast.Name(identifier, ast.Load())


def _assign(identifier: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(identifier, ast.Store())], value)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _inputs(test: ast.expr, *sides: ast.expr | None) -> ast.expr:
    """An expression for the local data that the test names: `{n: v for n, v in locals().items() if n in (...)}`.

    A name that is one of the compared sides is left out: it is shown as such.
    """
    shown = {side.id for side in sides if isinstance(side, ast.Name)}
    names = sorted({node.id for node in ast.walk(test) if isinstance(node, ast.Name)} - shown)
    source = f"{{n: v for n, v in locals().items() if n in {tuple(names)!r} and not callable(v)}}"
    return ast.parse(source, mode="eval").body
