"""The rules of the network, written at the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.languages.tags import UI_LANGUAGES, reader_tag
from cityplus.languages.text import Text, Version
from cityplus.moderation.models import Acceptance, Edition
from cityplus.moderation.models.rules import LONGEST
from cityplus.moderation.proposal import PROPOSAL
from cityplus.moderation.queue.deeds import do
from cityplus.moderation.queue.officer import Officer

NEW = 2
"""Empty places for further rules."""
ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A place of the form: the rule that stands in it, if any."""

    name: str
    number: int
    text: Text
    order: int

    @property
    def original(self) -> str:
        return self.text.original or reader_tag()

    @property
    def versions(self) -> list[tuple[str, str, str]]:
        """Tag, name and words of each language of the network, the original first."""
        languages = sorted(UI_LANGUAGES, key=lambda language: language.tag != self.original)
        return [(one.tag, one.name, _words(self.text, one.tag)) for one in languages]


def _words(text: Text, tag: str) -> str:
    version = text.versions.get(tag)
    return version.text if version else ""


def rules(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The form of the rules. ``POST`` publishes them as a new edition, or keeps translations of the one in force."""
    edition = Edition.in_force()
    if request.method == "POST":
        return _keep(request, officer, edition)
    known = list(edition.rules.all()) if edition else []
    texts = [rule.text for rule in known] or list(PROPOSAL)
    rows = [Row(f"r{i}", known[i].pk if known else 0, text, i + 1) for i, text in enumerate(texts)]
    rows += [Row(f"r{len(texts) + i}", 0, Text(), len(texts) + i + 1) for i in range(NEW)]
    accepted = Acceptance.objects.filter(edition=edition).count() if edition else 0
    context = {"edition": edition, "rows": rows, "longest": LONGEST, "accepted": accepted, "part": "rules"}
    return officer.shown(request, "rules", context)


def _keep(request: HttpRequest, officer: Officer, edition: Edition | None) -> HttpResponse:
    to = officer.address("moderation-rules")
    told = request.POST
    if told.get("what") == "translations" and edition:
        before = {rule.pk: rule.text for rule in edition.rules.all()}
        texts = {_number(told.get(f"{row}-rule", "")): _text(told, row, officer.by, before) for row in _rows(told)}
        versions = {number: text.versions for number, text in texts.items() if number in before}
        done = _("The translations are kept. Nobody has to accept anything anew.")
        return do(request, lambda: edition.translate(versions, by=officer.by), to, done)
    known = {rule.pk: rule.text for rule in edition.rules.all()} if edition else {}
    placed = sorted(_rows(told), key=lambda row: _number(told.get(f"{row}-order", "")))
    written = [_text(told, row, officer.by, known) for row in placed if not told.get(f"{row}-gone")]
    after = _number(told.get("after", "0"))
    done = _("The rules are in force. Everybody is asked to accept them at their next act.")
    return do(request, lambda: Edition.publish(written, by=officer.by, after=after), to, done)


def _rows(told: Mapping[str, str]) -> list[str]:
    return [f"r{i}" for i in range(ROWS) if f"r{i}-original" in told]


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 19 else 0


def _text(told: Mapping[str, str], row: str, by: str, known: Mapping[int, Text]) -> Text:
    """What was written in a place. Words that stand as they did keep how they came to be; others are by this officer."""
    before = known.get(_number(told.get(f"{row}-rule", "")), Text())
    original, now = told[f"{row}-original"], timezone.now().isoformat(timespec="seconds")
    versions: dict[str, Version] = {}
    for language in UI_LANGUAGES:
        words = " ".join(told.get(f"{row}-{language.tag}", "").split())
        same = before.versions.get(language.tag)
        if same and same.text == words:
            versions[language.tag] = same
        elif words:
            versions[language.tag] = Version(words, "author" if language.tag == original else "reviewed", by, now)
    if not versions:
        return Text()
    return Text(original if original in versions else next(iter(versions)), versions)
