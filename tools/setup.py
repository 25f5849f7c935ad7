"""Set up `.venv` for the book: exact versions, installed by uv, bytecode compiled. Runs on the standard library alone.

usage: python3 tools/setup.py [--dev] [--extras]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    if sys.version_info < OLDEST:
        return stop(
            f"the book needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {sys.version.split()[0]}.",
            "Install a newer Python, or name one: make book PYTHON=/path/to/python3.12",
        )
    requirements = [ROOT / "requirements.txt"]
    requirements += [ROOT / f"requirements-{name}.txt" for name in ("dev", "extras") if f"--{name}" in arguments]
    try:
        make_environment()
        install_uv(requirements[0])
        install(requirements)
        quieten_kernels()
    except subprocess.CalledProcessError as error:
        print((error.stderr or "")[-3000:], file=sys.stderr)
        return stop(
            f"this step of the set-up failed: {' '.join(map(str, error.cmd[:6]))} …",
            "Could the Python package registry be reached? Behind a proxy or a mirror, set PIP_INDEX_URL and",
            "UV_DEFAULT_INDEX to it. Then run the same make command again: finished steps are not repeated.",
        )
    return 0


def make_environment() -> None:
    """Create `.venv`, or anew if its Python is gone or too old."""
    python = SCRIPTS / "python"
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    if python.exists() and subprocess.run([python, "-c", check], check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    say(f"making .venv with Python {sys.version.split()[0]}")
    try:
        run([sys.executable, "-m", "venv", VENV])
    except subprocess.CalledProcessError:
        # Debian splits venv off; the half-made folder would be taken for a finished one next time.
        shutil.rmtree(VENV, ignore_errors=True)
        stop("Python's venv module does not work here. On Debian or Ubuntu: sudo apt install python3-venv")
        raise SystemExit(1) from None


def install_uv(requirements: Path) -> None:
    """Install the locked version of uv, with pip."""
    pin = re.search(r"^uv==(\S+)", requirements.read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
    uv = SCRIPTS / "uv"
    version = subprocess.run([uv, "--version"], capture_output=True, text=True).stdout.split() if uv.exists() else []
    if pin[4:] in version:
        return
    run([SCRIPTS / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pin])


def install(requirements: list[Path]) -> None:
    """Make the environment hold exactly what `requirements` lock, and `warmup` in place."""
    say(f"installing {' and '.join(path.name for path in requirements)}")
    python = ["--python", str(SCRIPTS / "python")]
    run([SCRIPTS / "uv", "pip", "sync", "--quiet", "--compile-bytecode", *python, *requirements])
    run([SCRIPTS / "uv", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *python, "--editable", ROOT])


def quieten_kernels() -> None:
    """Kernels talk over loopback only; without this each one warns that they do so unencrypted."""
    settings = VENV / "etc" / "ipython" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('c.IPKernelApp.log_level = "ERROR"\n', encoding="utf-8")


def run(command: list) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(part) for part in command], check=True, text=True, stderr=subprocess.PIPE, env=environment)


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


def stop(*lines: str) -> int:
    print("\nset-up: " + "\n        ".join(lines), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
