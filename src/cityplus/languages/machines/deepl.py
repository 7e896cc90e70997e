"""The protocol of DeepL, version 2: ``/v2/translate`` and ``/v2/glossaries``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from xml.sax.saxutils import escape, unescape

from django.utils.translation import gettext as _

from cityplus.languages.machines import wire
from cityplus.languages.machines.errors import GlossaryGone, MachineError

FREE, PAID = "https://api-free.deepl.com", "https://api.deepl.com"
TARGETS = {"en": "EN-GB", "pt": "PT-PT", "zh": "ZH-HANS", "nb": "NB", "no": "NB"}
"""What DeepL wants to be told more of than the language."""


class DeepL:
    """DeepL's own service, or another that speaks the same. Glossaries are kept there, where it takes them."""

    name = "deepl"
    most_texts = 50
    most_characters = 20_000
    sign = re.compile(r'<x id="(\d+)"\s*/>')

    def __init__(self, url: str, key: str) -> None:
        self.url = url.rstrip("/") or (FREE if key.endswith(":fx") else PAID)
        self.headers = {"Authorization": f"DeepL-Auth-Key {key}"}

    def signed(self, number: int) -> str:
        return f'<x id="{number}"/>'

    @staticmethod
    def escape(text: str) -> str:
        return escape(text)

    @staticmethod
    def unescape(text: str) -> str:
        return unescape(text, {"&quot;": '"', "&apos;": "'"})

    def translate(self, texts: Sequence[str], source: str, target: str, glossary: str = "") -> list[str]:
        """The texts in the target language, in their order.

        Raises:
            MachineError: why not.
        """
        body: dict[str, Any] = {
            "text": list(texts), "source_lang": _source(source), "target_lang": _target(target),
            "tag_handling": "xml", "outline_detection": False, "preserve_formatting": True, "split_sentences": "nonewlines",
        }  # fmt: skip
        if glossary:
            body["glossary_id"] = glossary
        status, answer = wire.ask("POST", f"{self.url}/v2/translate", headers=self.headers, body=body)
        if glossary and status == HTTPStatus.NOT_FOUND:
            raise GlossaryGone
        if status != HTTPStatus.OK:
            raise _problem(status, answer)
        try:
            said = [str(one["text"]) for one in answer["translations"]]
        except (TypeError, KeyError):
            raise wire.strange() from None
        if len(said) != len(texts):
            raise wire.strange()
        return said

    def keep_glossary(self, source: str, target: str, entries: Sequence[tuple[str, str]]) -> str:
        """Have the service keep a glossary; returns its name there, empty where it takes none of these languages, or no more.

        Raises:
            MachineError: it could not be asked.
        """
        body = {
            "name": f"cityplus {source} {target}", "source_lang": _source(source).lower(),
            "target_lang": target.partition("-")[0].lower(), "entries_format": "tsv",
            "entries": "\n".join(f"{here}\t{there}" for here, there in entries),
        }  # fmt: skip
        status, answer = wire.ask("POST", f"{self.url}/v2/glossaries", headers=self.headers, body=body)
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise wire.wrong_key()
        if status not in {HTTPStatus.OK, HTTPStatus.CREATED}:
            return ""
        identifier = answer.get("glossary_id") if isinstance(answer, dict) else ""
        return str(identifier or "")[:80]

    def drop_glossary(self, identifier: str) -> None:
        """Have the service forget a glossary, which is done too when it has it no more."""
        wire.ask("DELETE", f"{self.url}/v2/glossaries/{identifier}", headers=self.headers)


def _source(tag: str) -> str:
    base = tag.partition("-")[0]
    return {"no": "NB"}.get(base, base.upper())


def _target(tag: str) -> str:
    if tag == "zh-Hant":
        return "ZH-HANT"
    if tag in {"pt-BR", "en-US", "en-GB", "es-419"}:
        return tag.upper()
    base = tag.partition("-")[0]
    return TARGETS.get(base, base.upper())


def _problem(status: int, answer: Any) -> MachineError:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return wire.wrong_key()
    if status == wire.QUOTA:
        return wire.used_up()
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return wire.refused(_("the text is too long"))
    return wire.refused(answer.get("message") if isinstance(answer, dict) else "")
