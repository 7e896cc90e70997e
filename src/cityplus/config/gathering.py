"""The events of a sample network, read from one file beside the packs. Those that are to come are so many days from the day on which
they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from cityplus.cities.isic import DIVISIONS, SECTIONS
from cityplus.cities.models import City
from cityplus.events.models import Clip, Event, Organiser, Presenter, Question, Session
from cityplus.languages.text import Text
from cityplus.packs.checks import handle as handle_of
from cityplus.packs.loading import read_file
from cityplus.packs.reading import Node
from cityplus.social import attachments

FORMAT = "cityplus-events/1"
BY = "sample"
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


def bring(path: Path) -> int:
    """Write what the file says, in one transaction; returns how many events there are.

    Raises:
        PackError: something in it is missing, unknown or wrong, or names a city that is not here; nothing has been written.
    """
    top = read_file(path, path.parent).mapping(["format", "original", "presenters", "events"])
    top["format"].one_of([FORMAT])
    original = top["original"].tag()
    with transaction.atomic():
        people = {one.slug: one for node in top["presenters"].items() if (one := _presenter(node, original))}
        return sum(_event(node, original, people) for node in top["events"].items())


def _presenter(node: Node, original: str) -> Presenter:
    top = node.mapping(["slug", "city", "languages", "names", "title", "about"], ["clips"])
    facts = {name: _text(top, name, original) for name in ("names", "title", "about")}
    languages = [tag.tag() for tag in top["languages"].items()]
    made = Presenter.introduce(
        top["slug"].word(SLUG), by=BY, city=_city(top["city"]), languages=languages, sample=True, **facts
    )
    clips = [attachments.find(one.word(), None) for one in (top["clips"].items() if "clips" in top else [])]
    Clip.keep(made, [clip for clip in clips if clip])
    return made


def _event(node: Node, original: str, people: Mapping[str, Presenter]) -> int:
    top = node.mapping(
        ["slug", "by", "with", "kind", "title", "story", "languages", "sectors", "hours", "venues", "agenda"],
        ["bring", "starts", "in_days", "at", "report", "questions", "cover"],
    )
    starts = _starts(node, top)
    texts = {name: _text(top, name, original) for name in ("title", "story", "bring", "report") if name in top}
    event = Event.plan(
        _city(top["by"]).actor,
        by=BY,
        slug=top["slug"].word(SLUG),
        kind=top["kind"].one_of(Event.Kind.values),
        languages=[tag.tag() for tag in top["languages"].items()],
        sectors=[one.one_of([*SECTIONS, *DIVISIONS]) for one in top["sectors"].items()],
        starts_at=starts,
        ends_at=starts + timedelta(hours=top["hours"].whole(1, 240)),
        sample=True,
        cover=_city(top["cover"]).cover if "cover" in top else None,
        **texts,
    )
    for other in top["with"].items():
        Organiser.ask(event, _city(other).actor, by=BY).agree(by=BY)
    for venue in top["venues"].items():
        _venue(event, venue, original)
    for session in top["agenda"].items():
        _session(event, session, original, people)
    for question in top["questions"].items() if "questions" in top else []:
        _question(event, question, original)
    event.publish(by=BY)
    if event.is_over:
        event.close(by=BY)
    return 1


def _starts(node: Node, top: Mapping[str, Node]) -> datetime:
    if "starts" in top:
        try:
            return datetime.fromisoformat(top["starts"].word()).astimezone(UTC)
        except ValueError:
            raise top["starts"].fail("expected a moment such as 2026-11-16T07:40:00Z") from None
    if "in_days" not in top or "at" not in top:
        raise node.fail("say when it starts, or in how many days, and at what time in UTC")
    day = (timezone.now() + timedelta(days=top["in_days"].whole(1, 1000))).date()
    hours, _colon, minutes = top["at"].word(r"\d\d:\d\d", "a time such as 07:30").partition(":")
    return datetime.combine(day, time(int(hours), int(minutes)), UTC)


def _venue(event: Event, node: Node, original: str) -> None:
    top = node.mapping(["city", "name", "places"], ["access"])
    city, access = _city(top["city"]), _text(top, "access", original) if "access" in top else Text()
    facts = {"name": _text(top, "name", original), "access": access, "capacity": top["places"].whole(0, 10_000)}
    event.add_venue(by=BY, city=city, time_zone=city.time_zone, **facts)


def _session(event: Event, node: Node, original: str, people: Mapping[str, Presenter]) -> None:
    top = node.mapping(["from", "minutes", "title", "presenters", "languages"])
    starts = event.starts_at + timedelta(minutes=top["from"].whole(0, 5000))
    facts = {
        "title": _text(top, "title", original),
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=top["minutes"].whole(1, 1000)),
        "languages": [tag.tag() for tag in top["languages"].items()],
    }
    Session.add(event, by=BY, presenters=[people[one.one_of([*people])] for one in top["presenters"].items()], **facts)


def _question(event: Event, node: Node, original: str) -> None:
    top = node.mapping(["kind", "words"], ["options"])
    options = _text(top, "options", original) if top.get("options") and top["options"].value else Text()
    kind = top["kind"].one_of(Question.Kind.values)
    Question.ask(event, by=BY, kind=kind, words=_text(top, "words", original), options=options)


def _city(node: Node) -> City:
    found = City.objects.select_related("actor").filter(actor__handle=handle_of(node)).first()
    if found is None:
        raise node.fail(f"there is no city {node.value}")
    return found


def _text(top: Mapping[str, Node], name: str, original: str) -> Text:
    return replace(top[name], original=original).text()
