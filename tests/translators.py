"""A real server on this machine that speaks the protocols of LibreTranslate and of DeepL, as strictly as the real ones do.

What it says for a text is the text between ‹ and ›, with the words of the glossary that it was asked with; so one sees what a
machine was given, and what it was not.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree

KEY = "a key for tests"
LANGUAGES = ["en", "nl", "zh-Hans", "ar", "bg", "fr"]
SOURCES = {"EN", "NL", "ZH", "AR", "BG", "FR", "JA"}
TARGETS = {"EN-GB", "EN-US", "NL", "ZH-HANS", "ZH-HANT", "AR", "BG", "FR", "JA", "PT-BR", "PT-PT"}


@dataclass
class Translator:
    """``failures`` are answered before anything else: ``(status, headers, body)``, each once. ``loses`` what matches it in answers.
    ``holds`` every answer back until ``free`` is set."""

    url: str = ""
    key: str = KEY
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    loses: str = ""
    glossaries: dict[str, dict[str, str]] = field(default_factory=dict)
    takes_glossaries: bool = True
    languages: list[str] = field(default_factory=lambda: list(LANGUAGES))
    holds: bool = False
    free: threading.Event = field(default_factory=threading.Event)

    def texts(self) -> list[str]:
        """Every text that it was given, in order."""
        return [text for path, body in self.asked if path.endswith("/translate") for text in _many(body)]

    def said(self, text: str) -> str:
        return re.sub(self.loses, "", f"‹{text}›") if self.loses else f"‹{text}›"


def _many(body: dict[str, Any]) -> list[str]:
    given = body.get("q", body.get("text"))
    return list(given) if isinstance(given, list) else [str(given)]


@contextmanager
def translator() -> Iterator[Translator]:
    """One that runs while the block does."""
    told = Translator()

    class Handler(_Handler):
        ours = told

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield told
    finally:
        told.free.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    ours: Translator

    def log_message(self, *args: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        if self.path == "/languages" and not self._failed():
            codes = self.ours.languages
            self._answer(200, [{"code": code, "name": code, "targets": codes} for code in codes])
        elif self.path != "/languages":
            self._answer(404, {"error": "not found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.ours.asked.append((self.path, body))
        if self.ours.holds:
            self.ours.free.wait(30)
        if self._failed():
            return
        ways = {"/translate": self._libre, "/v2/translate": self._deepl, "/v2/glossaries": self._glossary}
        way = ways.get(self.path)
        if way is None:
            self._answer(404, {"error": "not found"})
        else:
            way(body)

    def do_DELETE(self) -> None:
        self.ours.asked.append((self.path, {}))
        gone = self.ours.glossaries.pop(self.path.rpartition("/")[2], None)
        self.send_response(204 if gone is not None else 404)
        self.end_headers()

    def _libre(self, body: dict[str, Any]) -> None:
        if self.ours.key and body.get("api_key") != self.ours.key:
            return self._answer(403, {"error": "Invalid API key"})
        if set(body) - {"q", "source", "target", "format", "api_key"} or body.get("format") not in {"text", "html"}:
            return self._answer(400, {"error": "Invalid request: unknown field or format"})
        for name in ("source", "target"):
            if body[name] not in self.ours.languages:
                return self._answer(400, {"error": f"{body[name]} is not supported"})
        return self._answer(200, {"translatedText": [self.ours.said(text) for text in body["q"]]})

    def _deepl(self, body: dict[str, Any]) -> None:
        if self.headers.get("Authorization") != f"DeepL-Auth-Key {self.ours.key}":
            return self._answer(403, {"message": "Forbidden"})
        texts = body["text"]
        if not isinstance(texts, list) or len(texts) > 50:
            return self._answer(400, {"message": "too many texts"})
        if body["source_lang"] not in SOURCES or body["target_lang"] not in TARGETS:
            return self._answer(400, {"message": "Value for 'target_lang' not supported."})
        entries: dict[str, str] = {}
        if identifier := body.get("glossary_id"):
            if identifier not in self.ours.glossaries:
                return self._answer(404, {"message": "Glossary not found"})
            entries = self.ours.glossaries[identifier]
        try:
            said = [_in_xml(text, entries) for text in texts]
        except ElementTree.ParseError:
            return self._answer(400, {"message": "Tag handling parsing failed, please check input."})
        answer = [{"detected_source_language": body["source_lang"], "text": self.ours.said(text)} for text in said]
        return self._answer(200, {"translations": answer})

    def _glossary(self, body: dict[str, Any]) -> None:
        if self.headers.get("Authorization") != f"DeepL-Auth-Key {self.ours.key}":
            return self._answer(403, {"message": "Forbidden"})
        if not self.ours.takes_glossaries:
            return self._answer(400, {"message": "Unsupported glossary source and target language pair"})
        assert body["entries_format"] == "tsv"
        entries = dict(line.split("\t") for line in body["entries"].split("\n"))
        identifier = f"glossary-{len(self.ours.glossaries) + 1}"
        self.ours.glossaries[identifier] = entries
        return self._answer(201, {"glossary_id": identifier, "ready": True, "entry_count": len(entries)})

    def _failed(self) -> bool:
        if not self.ours.failures:
            return False
        status, headers, body = self.ours.failures.pop(0)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())
        return True

    def _answer(self, status: int, value: Any) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _in_xml(text: str, entries: dict[str, str]) -> str:
    """A text that must be well formed, with the words of a glossary outside its tags."""
    ElementTree.fromstring(f"<d>{text}</d>")  # noqa: S314 - our own, in a test
    parts = re.split(r"(<[^>]*>)", text)
    for here, there in entries.items():
        parts = [part if part.startswith("<") else part.replace(here, there) for part in parts]
    return "".join(parts)
