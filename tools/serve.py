"""Serve the built site on loopback.

usage: python tools/serve.py [--port 8000]
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"


class Handler(SimpleHTTPRequestHandler):
    """Files of the site: modules with the type that browsers ask for, our own 404 page, a log of errors only."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".mjs": "text/javascript", ".wasm": "application/wasm"}

    def handle(self) -> None:
        # A browser leaves before a file has arrived when its reader presses Stop, or goes on to another page.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def make_server(port: int, site: Path = SITE) -> ThreadingHTTPServer:
    """A server on loopback; port 0 takes a free one. Raises OSError if the port is in use."""
    return ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(site)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        server = make_server(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"port {port} is in use; take another: make serve PORT={port + 1}", file=sys.stderr)
        return 1
    print(f"serving the book on http://127.0.0.1:{port}/  (Ctrl+C stops)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
