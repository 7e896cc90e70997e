"""The protocol of LibreTranslate: ``POST /translate``, ``GET /languages``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _

from cityplus.languages.machines import wire
from cityplus.languages.machines.errors import MachineError
from cityplus.languages.tags import name_of, reader_tag

NAMES = {"zh-Hans": ("zh-Hans", "zh", "zh-CN"), "zh-Hant": ("zh-Hant", "zt", "zh-TW"), "nb": ("nb", "no")}
"""What servers of this protocol call some languages, newer ones first."""


class LibreTranslate:
    """A server that speaks it. It has no glossaries: agreed words are guarded."""

    name = "libretranslate"
    most_texts = 25
    most_characters = 4000
    sign = re.compile(r"\{(\d+)\}")

    def __init__(self, url: str, key: str = "") -> None:
        self.url, self.key = url.rstrip("/"), key
        self._languages: dict[str, set[str]] = {}

    def signed(self, number: int) -> str:
        return f"{{{number}}}"

    @staticmethod
    def escape(text: str) -> str:
        return text

    unescape = escape

    def keep_glossary(self, source: str, target: str, entries: Sequence[tuple[str, str]]) -> str:
        """It keeps none."""
        del source, target, entries
        return ""

    def drop_glossary(self, identifier: str) -> None:
        del identifier

    def translate(self, texts: Sequence[str], source: str, target: str, glossary: str = "") -> list[str]:
        """The texts in the target language, in their order.

        Raises:
            MachineError: why not.
        """
        del glossary
        here, there = self._pair(source, target)
        body = {"q": list(texts), "source": here, "target": there, "format": "text"}
        if self.key:
            body["api_key"] = self.key
        status, answer = wire.ask("POST", f"{self.url}/translate", headers={}, body=body)
        if status != HTTPStatus.OK:
            raise self._problem(status, answer)
        said = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(said, list) or len(said) != len(texts) or not all(isinstance(one, str) for one in said):
            raise wire.strange()
        return said

    def _pair(self, source: str, target: str) -> tuple[str, str]:
        if not self._languages:
            self._languages = self._asked()
        here = _named(source, self._languages)
        there = _named(target, self._languages[here] if here else ())
        if not here or not there:
            names = {"source": name_of(source, reader_tag()), "target": name_of(target, reader_tag())}
            raise MachineError(_("The translation service does not go from %(source)s to %(target)s.") % names)
        return here, there

    def _asked(self) -> dict[str, set[str]]:
        status, answer = wire.ask("GET", f"{self.url}/languages", headers={})
        if status != HTTPStatus.OK:
            raise self._problem(status, answer)
        if not isinstance(answer, list):
            raise wire.strange()
        try:
            codes = {str(one["code"]) for one in answer}
            return {str(one["code"]): set(one.get("targets") or codes) for one in answer}
        except (TypeError, KeyError, AttributeError):
            raise wire.strange() from None

    @staticmethod
    def _problem(status: int, answer: Any) -> MachineError:
        reason = answer.get("error") if isinstance(answer, dict) else ""
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return wire.wrong_key()
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return wire.refused(_("the text is too long"))
        return wire.refused(reason)


def _named(tag: str, known: Any) -> str:
    """What the server calls a language; empty where it has none of that name."""
    spelled = {str(code).lower(): str(code) for code in known}
    for name in (*NAMES.get(tag, (tag,)), tag.partition("-")[0] if not tag.startswith("zh") else tag):
        if name.lower() in spelled:
            return spelled[name.lower()]
    return ""
