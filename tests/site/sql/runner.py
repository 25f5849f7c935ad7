"""Asks DuckDB and tells what it answers, in a form to compare: this text runs natively and in the page."""

import json
import re

import duckdb


def answer(connection, sql, parameters=None):
    """[names, types, rows] of a result, or [class, first line] of an error."""
    try:
        found = connection.execute(sql, parameters)
        rows = repr(found.fetchall())
    except duckdb.Error as error:
        return [type(error).__name__, str(error).splitlines()[0]]
    names, types = zip(*((name, str(kind)) for name, kind, *_ in found.description))
    # The page's names of types have no quotes, and leave out the words of an ENUM.
    return [list(names), [re.sub(r"ENUM\(.*?\)", "ENUM", kind).replace('"', "") for kind in types], rows]


def frame(connection, sql, parameters=None):
    """By column of the DataFrame: [type, values]."""
    found = connection.execute(sql, parameters).df()
    # pandas 3 has a type of its own for text.
    types = {name: str(found[name].dtype).replace("str", "object") for name in found}
    return {name: [kind, [told(value) for value in found[name].tolist()]] for name, kind in types.items()}


def told(value):
    missing = type(value).__name__ in ("NoneType", "NAType", "NaTType") or value != value
    return "missing" if missing else repr(value)


def answers(statements, ask=answer):
    """An answer for each (number of the connection, SQL, parameters)."""
    connections, found = {}, []
    for number, *statement in statements:
        if number not in connections:
            connections[number] = duckdb.connect(config={"threads": 1})
        found.append(ask(connections[number], *statement))
    return found


def print_differences(statements, natively, ask=answer):
    """What is answered otherwise than it was natively, as JSON."""
    found = zip(statements, natively, answers(statements, ask))
    print(json.dumps([[sql, wanted, got] for (_, sql, _), wanted, got in found if got != wanted]))
