"""Two small sites over SQLite, alike but for this: one puts what it is asked into its SQL, the other gives it beside."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ROWS = [(str(number), f"示例{number}") for number in range(9)]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_told: Any) -> None:
        """Nothing: what is asked is sqlmap's business."""


class Threaded(ThreadingMixIn, WSGIServer):
    """A line that is open and says nothing keeps no other waiting."""

    daemon_threads = True


def site(opened: bool) -> Callable[..., list[bytes]]:
    """The application. It reads ``q`` of the address, ``code`` of a JSON body, or the browser's name, of which the first is kept."""
    store = sqlite3.connect(":memory:", check_same_thread=False)
    store.execute("CREATE TABLE kept (code TEXT, name TEXT)")
    store.executemany("INSERT INTO kept VALUES (?, ?)", ROWS)

    def found(said: str) -> list[Any]:
        if opened:
            return store.execute(f"SELECT name FROM kept WHERE code = '{said}'").fetchall()
        return store.execute("SELECT name FROM kept WHERE code = ?", [said]).fetchall()

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/agent":
            said = environ.get("HTTP_USER_AGENT", "")
            store.execute("INSERT INTO kept SELECT ?, '浏览器' WHERE '浏览器' NOT IN (SELECT name FROM kept)", [said])
        elif environ["REQUEST_METHOD"] == "POST":
            said = str(json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))["code"])
        else:
            said = parse_qs(environ["QUERY_STRING"]).get("q", [""])[0]
        try:
            rows, status = found(said), "200 OK"
        except sqlite3.Error:
            rows, status = [], "500 Internal Server Error"
        start(status, [("Content-Type", "text/html; charset=utf-8")])
        return [f"<html><title>示例</title>{rows}</html>".encode()]

    return answer


@contextmanager
def served(opened: bool) -> Iterator[str]:
    """Its address until the end of the block."""
    with make_server("127.0.0.1", 0, site(opened), server_class=Threaded, handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
