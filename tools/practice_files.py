"""Makes the browser's files for practice in the page, under `book/_static/vendor/`; called by `tools/frontend.py`.

esbuild bundles `practice/page` and `practice/worker`; the harness, `warmup` and what we serve of Python packages become
archives; Pyodide and DuckDB-WASM are copied. A folder is named by a hash of what is in it, or by a version, so that no
page ever meets an older worker in a cache.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "book" / "_static" / "vendor"
MODULES = ROOT / "node_modules"
SOURCES = ROOT / "practice"
MADE = VENDOR / "practice.json"

RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
DUCKDB = "duckdb-eh.wasm"
ENTRIES = ["page/panel.mjs", "page/estimate.mjs", "page/progress.mjs", "worker/worker.mjs", "worker/duckdb.mjs"]
# Packages that Pyodide's lock lacks, with what they need.
SERVED = {"pint": ("pint", "flexcache", "flexparser", "platformdirs", "typing_extensions")}


def build() -> None:
    """Make `book/_static/vendor/practice-<hash>` and what it runs on."""
    runtime, duckdb = f"pyodide-{version('pyodide')}", f"duckdb-{version('@duckdb/duckdb-wasm')}"
    for name in RUNTIME:
        put(MODULES / "pyodide" / name, VENDOR / runtime / name)
    put(MODULES / "@duckdb" / "duckdb-wasm" / "dist" / DUCKDB, VENDOR / duckdb / DUCKDB)
    files = {**bundles(), "python.zip": harness_archive(), **{f"{n}.zip": distribution_archive(n) for n in SERVED}}
    files |= {f"data/{path.name}": path.read_bytes() for path in data_files()}
    content = b"".join(name.encode() + content for name, content in sorted(files.items()))
    folder = VENDOR / f"practice-{hashlib.sha256(content).hexdigest()[:12]}"
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    size = {name: (VENDOR / runtime / name).stat().st_size for name in RUNTIME}
    served = {n: len(files[f"{n}.zip"]) for n in SERVED}
    made = {
        "folder": folder.name,
        "pyodide": runtime,
        "duckdb": duckdb,
        "startBytes": sum(size.values()) + len(files["python.zip"]),
        "servedBytes": {"duckdb": (VENDOR / duckdb / DUCKDB).stat().st_size, **served},
    }
    MADE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def data_files() -> list[Path]:
    """The data sets that a page can read."""
    return sorted(path for path in (ROOT / "data").iterdir() if path.suffix in (".csv", ".jsonl"))


def version(package: str) -> str:
    """The version of an installed npm package."""
    return json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))["version"]


def put(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def bundles() -> dict[str, bytes]:
    """The modules of the page and of the worker, bundled and made small by esbuild."""
    into = ROOT / "_build" / "practice"
    shutil.rmtree(into, ignore_errors=True)
    entries = [str(SOURCES / entry) for entry in ENTRIES]
    flags = ["--bundle", "--splitting", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"]
    named = ["--entry-names=[name]", f"--outdir={into}", "--out-extension:.js=.mjs"]
    esbuild = str(MODULES / ".bin" / "esbuild")
    subprocess.run([esbuild, *entries, *flags, *named], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return {path.name: path.read_bytes() for path in sorted(into.iterdir())}


def harness_archive() -> bytes:
    """The harness, `warmup.checks` with what it imports, and the stand-in for `import duckdb`."""
    files = {f"practice/{path.name}": path.read_bytes() for path in sorted(SOURCES.glob("*.py"))}
    # Below `practice`, so that a traceback leaves it out.
    shim = sorted(SOURCES.glob("duckdb_shim/*.py"))
    files |= {f"practice/shims/duckdb/{path.name}": path.read_bytes() for path in shim}
    shared = [f"warmup/{name}.py" for name in ("__init__", "checks", "explain", "limits")]
    return archive({**files, **{name: (ROOT / name).read_bytes() for name in shared}})


def distribution_archive(name: str) -> bytes:
    """An installed package with what it needs, as its wheels would unpack; the versions are those of our lock."""
    files = {}
    for distribution in map(importlib.metadata.distribution, SERVED[name]):
        inside = [f for f in distribution.files if not f.is_absolute() and ".." not in f.parts]
        kept = [f for f in inside if f.suffix not in (".pyc", "")]
        files |= {f.as_posix(): f.locate().read_bytes() for f in kept if f.locate().is_file()}
        files |= {f.as_posix(): f.locate().read_bytes() for f in distribution.files if f.name == "METADATA"}
    return archive(files)


def archive(files: dict[str, bytes]) -> bytes:
    """A zip of `files`, the same bytes each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as together:
        for name, content in sorted(files.items()):
            together.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
