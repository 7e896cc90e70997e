"""What a word in a pack must be, beyond its length: shared by both formats."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from cityplus.actors.handles import check_handle
from cityplus.ceremonies.words import STEPS
from cityplus.lib import hours
from cityplus.packs.reading import Node

WEB = r"https?://[^\s/]\S*"
_CONTACTS = {
    "website": (WEB, "a web address"),
    "email": (r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", "an e-mail address"),
    "phone": (r"\+?[0-9 ()-]{5,}", "a telephone number"),
    "address": (r"[\s\S]*\S[\s\S]*", "an address"),
}


def web_address(node: Node) -> str:
    """A web address, or nothing."""
    return node.word(rf"(?:{WEB})?", "a web address") if node.value is not None else ""


def contact(kind: str, value: Node) -> str:
    return value.word(*_CONTACTS[kind], most=300)


def country(node: Node) -> str:
    return node.word(r"[A-Z]{2}", "an ISO 3166-1 code such as NL")


def zone(node: Node) -> str:
    name = node.word()
    if name not in available_timezones():
        raise node.fail(f"“{name}” is not an IANA time zone such as Europe/Amsterdam")
    return name


def point(node: Node) -> list[float]:
    pair = node.items()
    if len(pair) != 2:
        raise node.fail("a point of a track is [lat, lon]")
    return [pair[0].number(-90, 90), pair[1].number(-180, 180)]


def track(node: Node) -> list[list[float]]:
    return [point(item) for item in node.items()]


def handle(node: Node) -> str:
    word = node.word()
    try:
        check_handle(word)
    except ValidationError as error:
        raise node.fail(f"“{word}”: {' '.join(error.messages)}") from None
    return word


def day(node: Node, pattern: str = r"\d{4}-\d{2}-\d{2}", meaning: str = "a date such as 2018-12-03") -> str:
    value = node.word(pattern, meaning)
    try:
        date.fromisoformat(value + "0000-01-01"[len(value) :])
    except ValueError:
        raise node.fail(f"“{value}” is not {meaning}: no calendar has it") from None
    return value


def since(node: Node) -> str:
    return day(node, r"\d{4}(-\d{2}(-\d{2})?)?", "a year, a year and month, or a date")


def licence(node: Node) -> str:
    return node.word(r"[A-Za-z0-9.+-]+", "an SPDX licence such as CC-BY-4.0", most=40)


def opening_hours(node: Node) -> str:
    """Hours that our pages can read, or nothing."""
    text = "" if node.value is None else node.word(r"[\s\S]*")
    try:
        if text:
            hours.parse(text)
    except hours.HoursError as error:
        raise node.fail(str(error)) from None
    return text


def words(node: Node) -> list[str]:
    return [item.word(most=10**6) for item in node.items()]


def tags(node: Node) -> list[str]:
    return [item.tag() for item in node.items()]


def vtt(path: Path, node: Node) -> str:
    """The words of a WebVTT file, with its line ends as they are."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise node.fail(f"media/{path.name} is not UTF-8 at byte {error.start}") from None
    if not re.match("\ufeff?WEBVTT", text):
        raise node.fail(f"media/{path.name} is not WebVTT: it must begin with WEBVTT")
    if "\0" in text:
        raise node.fail(f"media/{path.name} holds a NUL character, which no database takes")
    return text


def steps(node: Node) -> dict[str, Any]:
    """What a wall reads at the steps of its ceremony: texts by step, as they are stored."""
    return {step: text.text(exact=True).as_json() for step, text in node.mapping([], list(STEPS)).items()}
