"""Entries of the journal as sentences: plain for files, and as HTML with the thing linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.dateparse import parse_datetime
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cityplus.cities.models import City, Member
from cityplus.desk import clocks
from cityplus.desk.forms.rules import RulesForm
from cityplus.desk.trail.sentences import OTHERWISE, pattern_of
from cityplus.desk.trail.things import Thing, resolve
from cityplus.journal.models import Entry
from cityplus.languages import formats
from cityplus.languages.tags import reader_tag

_ROLES = {"role", "was", "became"}
_OWN = {"member.joined": "member.came", "member.removed": "member.left", "member.handed_over": "member.passed_on"}
"""What verbs are called when who did it is who it was about."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in the language of the page. ``deed`` is the verb as it stands in the journal."""

    entry: Entry
    who: str
    thing: Thing | None
    words: str
    html: SafeString

    @property
    def deed(self) -> str:
        return self.entry.verb


def told(city: City, entries: Sequence[Entry]) -> list[Line]:
    """Entries in words, in a fixed number of queries."""
    things = resolve(city, entries)
    return [_line(city, entry, things[entry.pk]) for entry in entries]


def _line(city: City, entry: Entry, thing: Thing | None) -> Line:
    facts = _facts(city, entry)
    who = entry.by or _("CityPlus")
    what = thing.title if thing else _("something that is no longer there")
    known = {**facts, "who": who, "what": what}
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', thing.url, what) if thing and thing.url else _bdi(what)
    shown = {**{name: _bdi(value) for name, value in facts.items()}, "who": _bdi(who, "trail-who"), "what": link}
    pattern, words = _in_words(str(pattern_of(_verb(entry))), known)
    html = mark_safe(conditional_escape(pattern) % shown)  # noqa: S308 - every part is escaped
    return Line(entry, who, thing, words, html)


def _verb(entry: Entry) -> str:
    return _OWN.get(entry.verb, entry.verb) if entry.by == entry.data.get("person") else entry.verb


def _facts(city: City, entry: Entry) -> dict[str, str]:
    """What an entry says beside who and what, as people read it."""
    facts = {name: str(value) for name, value in entry.data.items() if isinstance(value, str | int)}
    for name in _ROLES & facts.keys():
        facts[name] = str(dict(Member.Role.choices).get(facts[name], facts[name]))
    moment = parse_datetime(facts.get("at", "")) if facts.get("at") else None
    facts["when"] = clocks.at(moment, city.time_zone) if moment else facts.get("at", "")
    facts["changes"] = formats.comma_list([_rule(name) for name in entry.data], reader_tag())
    facts["deed"] = entry.verb.replace(".", " ").replace("_", " ")
    return facts


def _rule(name: str) -> str:
    field = RulesForm.base_fields.get(name)
    return f"“{field.label}”" if field else name.replace("_", " ")


def _bdi(value: str, css: str = "") -> SafeString:
    return format_html('<bdi class="{}">{}</bdi>', css, value) if css else format_html("<bdi>{}</bdi>", value)


def _in_words(pattern: str, known: Mapping[str, str]) -> tuple[str, str]:
    """The pattern that fits, and it with its names filled in. An old entry may lack a fact that its verb has today; then the plain
    form is said."""
    try:
        return pattern, pattern % known
    except KeyError:
        return str(OTHERWISE), str(OTHERWISE) % known
