"""A web server for the tests, run in a process of its own: `python range_server.py FILE`, prints its port.

The path of a request says what goes wrong: `/<failures>/<kind>/name.tif` answers the first ``failures``
requests by ``kind`` (a status, ``html`` or ``cut``) and serves the file, with ranges, from then on.
"""

import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar


class Handler(BaseHTTPRequestHandler):
    content = b""
    seen: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        self.answer(body=True)

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def answer(self, body: bool) -> None:
        _, failures, kind, _ = self.path.partition("?")[0].split("/")
        self.seen[self.path] += 1
        if self.seen[self.path] > int(failures):
            self.send(self.content, body)
        elif kind == "html":
            self.send(b"<!doctype html><html><body>Please log in</body></html>", body)
        elif kind == "cut":
            self.send(self.content, body, cut=True)
        else:
            self.send_error(int(kind))

    def send(self, content: bytes, body: bool, cut: bool = False) -> None:
        wanted = self.headers.get("Range")
        first, last = 0, len(content) - 1
        if wanted:
            low, high = wanted.removeprefix("bytes=").split("-")
            first, last = int(low), min(int(high or last), last)
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        if body:
            part = content[first : last + 1]
            self.wfile.write(part[: len(part) // 2] if cut else part)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Handler.content = Path(sys.argv[1]).read_bytes()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
