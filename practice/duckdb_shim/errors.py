"""DuckDB's errors: the classes of its Python package, found by the first words of a message."""

from __future__ import annotations

import json
import re
import sys

# Each class below the one it is a kind of.
TREE = {
    "Error": "",
    "Warning": "",
    "DatabaseError": "Error",
    "DataError": "DatabaseError",
    "IntegrityError": "DatabaseError",
    "InternalError": "DatabaseError",
    "NotSupportedError": "DatabaseError",
    "OperationalError": "DatabaseError",
    "ProgrammingError": "DatabaseError",
    "BinderException": "ProgrammingError",
    "CatalogException": "ProgrammingError",
    "ConnectionException": "OperationalError",
    "ConstraintException": "IntegrityError",
    "ConversionException": "DataError",
    "DependencyException": "DatabaseError",
    "FatalException": "DatabaseError",
    "IOException": "OperationalError",
    "HTTPException": "IOException",
    "InternalException": "InternalError",
    "InterruptException": "DatabaseError",
    "InvalidInputException": "ProgrammingError",
    "InvalidTypeException": "ProgrammingError",
    "NotImplementedException": "NotSupportedError",
    "OutOfMemoryException": "OperationalError",
    "OutOfRangeException": "DataError",
    "ParserException": "ProgrammingError",
    "PermissionException": "DatabaseError",
    "SequenceException": "DatabaseError",
    "SerializationException": "OperationalError",
    "SyntaxException": "ProgrammingError",
    "TransactionException": "OperationalError",
    "TypeMismatchException": "DataError",
}
CLASSES: dict[str, type[Exception]] = {}
for name, parent in TREE.items():
    about = {"__module__": "duckdb", "__doc__": "An error of DuckDB's."}
    CLASSES[name] = type(name, (CLASSES.get(parent, Exception),), about)

# A message begins with its kind. Most are the class's name in words; these are not.
SPELT = {"TransactionContext": "TransactionException", "FATAL": "FatalException", "INTERNAL": "InternalException"}
NO_EXTENSIONS = "The page has DuckDB without extensions: no JSON, no Parquet, no time zones, no network."
NO_FILES = "The page's DuckDB reaches no files and no addresses: write the rows as VALUES, or pass them as parameters."
NO_FRAMES = "The page's DuckDB cannot read Python's variables: insert the rows with execute() and parameters."


def refuse(kind: str, text: str) -> Exception:
    """An error of the shim's own, worded as DuckDB words its errors."""
    return CLASSES[class_name(kind)](f"{kind} Error: {text}")


def named(error: Exception) -> Exception:
    """DuckDB's error as Python should see it. `error` is what JavaScript threw."""
    text = str(getattr(error, "message", error)).rstrip("\n")
    if text.startswith('{"exception_type"'):
        told = json.loads(text)
        text = f"{told['exception_type']} Error: {told['exception_message']}"
    kind, found, _ = text.partition(" Error: ")
    return CLASSES.get(class_name(kind) if found else "", CLASSES["Error"])(explained(text))


def class_name(kind: str) -> str:
    return SPELT.get(kind, "".join(word.capitalize() if word != "IO" else word for word in kind.split()) + "Exception")


def explained(text: str) -> str:
    """The message, with what is different in the page in place of advice that cannot be followed here."""
    # The tables of another connection are none of this one's business.
    text = re.sub(r'\nDid you mean "memory_\d+\.[^\n]*', "", text)
    if re.search(r"exists in the \w+ extension|required extension '\w+'|Loading external extensions", text):
        return text.split("\n\n")[0] + f"\n\n{NO_EXTENSIONS}"
    if text.startswith("Permission Error: Cannot access file"):
        return f"{text}\n\n{NO_FILES}"
    missing = re.match(r"Catalog Error: Table with name (\w+) does not exist", text)
    return f"{text}\n\n{NO_FRAMES}" if missing and is_variable(missing[1]) else text


def is_variable(name: str) -> bool:
    """Whether the code that asks has a variable of that name, which native DuckDB would take for a table."""
    frame = sys._getframe()
    while frame and frame.f_globals.get("__name__", "").split(".")[0] == "duckdb":
        frame = frame.f_back
    return frame is not None and (name in frame.f_locals or name in frame.f_globals)
