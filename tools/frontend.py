"""Bring Mermaid, MathJax and what practice needs from npm, by the lock file, into `book/_static/vendor/`, from where
the site serves them.

usage: python tools/frontend.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import practice_files
from tools.practice_files import MODULES, ROOT, VENDOR, put

# What a page can ask for at run time; source maps, other builds and other formats stay behind.
PARTS = [
    ("mermaid/dist", "mermaid", ["mermaid.esm.min.mjs", "chunks/mermaid.esm.min/*.mjs"]),
    (
        "mathjax/es5",
        "mathjax",
        [
            "tex-chtml.js",
            "output/chtml/fonts/woff-v2/*.woff",
            "input/tex/extensions/*.js",
            "a11y/*.js",
            "sre/mathmaps/base.json",
            "sre/mathmaps/en.json",
        ],
    ),
]
LICENCES = [("mermaid/LICENSE", "mermaid/LICENSE"), ("mathjax/LICENSE", "mathjax/LICENSE")]


def main() -> int:
    try:
        install()
    except subprocess.CalledProcessError:
        print(
            "\nfront end: npm could not install the packages of package-lock.json.\n"
            "           Could the npm registry be reached? Behind a mirror, set npm_config_registry to it.",
            file=sys.stderr,
        )
        return 1
    copy()
    practice_files.build()
    return 0


def install() -> None:
    """`npm ci` with the Node that came from PyPI; no package's install script is run."""
    print("front end: installing package-lock.json", flush=True)
    npm = Path(sys.executable).parent / "npm"
    path = f"{npm.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(npm), "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error", "--prefer-offline"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PATH": path}, stdout=subprocess.DEVNULL)


def copy() -> None:
    """Copy the parts, and their licences, anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, folder, patterns in PARTS:
        source = MODULES / package
        for pattern in patterns:
            found = sorted(source.glob(pattern))
            if not found:
                raise FileNotFoundError(f"{package} has no {pattern}: has its layout changed with the version?")
            for file in found:
                put(file, VENDOR / folder / file.relative_to(source))
    for licence, target in LICENCES:
        put(MODULES / licence, VENDOR / target)


if __name__ == "__main__":
    sys.exit(main())
