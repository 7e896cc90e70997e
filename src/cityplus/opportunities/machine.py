"""What machines make of public opportunities and of what is said about them: versions that nobody wrote, as far as the budget of the
actor goes, in the same way as of posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.journal.models import Entry
from cityplus.languages import machines
from cityplus.languages.machines import Busy, MachineError
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text, Version
from cityplus.opportunities.models import Message, Opportunity, Tongue
from cityplus.social.machine import PAUSE, TRIES, Signs
from cityplus.social.models import Spending

_FIELDS: dict[str, Sequence[str]] = {"opportunity": ("title", "story", "place"), "message": ("text",)}


@journal.subscribe("opportunities.machine", "opportunity.public", "interest.said")
def ask_for_versions(entry: Entry) -> None:
    """Enqueue the job, where a machine is configured."""
    if settings.CITYPLUS.translator:
        message = entry.verb == "interest.said"
        _ask(
            "message" if message else "opportunity",
            entry.data["message"] if message else entry.subject_id,
            str(entry.pk),
        )


def _ask(kind: str, pk: int, asked: str, tries: int = 0, not_before: datetime | None = None) -> None:
    day = not_before.date() if not_before else "now"  # each time it is asked again it is another job
    facts = {"about": kind, "number": pk, "asked": asked, "tries": tries}
    jobs.enqueue("opportunities.versions", key=f"{asked}:{tries}:{day}", priority=7, not_before=not_before, **facts)


@jobs.job("opportunities.versions")
def translate(about: str, number: int, asked: str, tries: int = 0) -> None:
    """Give it the versions that it lacks. Done again it goes on where it was; what is over the budget of the day waits for the next."""
    thing, machine = _thing(about, number), machines.configured()
    if thing is None or machine is None:
        return
    try:
        for target in _wanted(about, thing):
            texts = _lacking(about, thing, target)
            source = next((getattr(thing, name).original for name in texts), "")
            if not texts or source == target:
                continue
            if not _may_spend(thing, sum(len(words) for words in texts.values())):
                tomorrow = timezone.now().date() + timedelta(days=1)
                _ask(
                    about,
                    number,
                    asked,
                    tries,
                    datetime.combine(tomorrow, time(), tzinfo=timezone.get_current_timezone()),
                )
                return
            said = machines.translate(machine, list(texts.values()), source, target, Signs())
            _write(about, number, target, dict(zip(texts, said, strict=True)), texts)
    except (Busy, MachineError) as wrong:
        pause = timedelta(seconds=wrong.seconds) if isinstance(wrong, Busy) else PAUSE * 2**tries
        if tries + 1 < TRIES:
            _ask(about, number, asked, tries + 1, timezone.now() + pause)


def _thing(kind: str, pk: int) -> Any:
    if kind == "message":
        return (
            Message.objects.select_related("author", "interest__opportunity", "interest__organisation")
            .filter(pk=pk, state="said")
            .first()
        )
    return Opportunity.objects.shown().filter(pk=pk).first()


def _wanted(kind: str, thing: Any) -> list[str]:
    """Of what is public all languages of the interface; of a message those in which the two sides can be dealt with."""
    ours = [language.tag for language in UI_LANGUAGES]
    if kind == "opportunity":
        return ours
    spoken = {*Tongue.objects.filter(opportunity=thing.interest.opportunity_id).values_list("tag", flat=True)}
    return [tag for tag in ours if tag in spoken | set(thing.interest.organisation.languages)]


def _lacking(kind: str, thing: Any, target: str) -> dict[str, str]:
    """What is to be translated into a language, by the name of its field; only what is in the language of the first of them."""
    found: dict[str, str] = {}
    texts = {name: getattr(thing, name) for name in _FIELDS[kind] if getattr(thing, name)}
    source = next((text.original for text in texts.values()), "")
    for name, text in texts.items():
        if text.original == source and target not in text.versions and str(text).strip():
            found[name] = str(text)
    return found


def _may_spend(thing: Any, characters: int) -> bool:
    env = settings.CITYPLUS
    actor = thing.author_id if isinstance(thing, Message) else thing.host_id
    today = timezone.now().date()
    return Spending.take(actor, characters, today, of_all=env.translate_posts, of_one=env.translate_posts_each)


def _write(kind: str, pk: int, target: str, said: dict[str, str], asked: dict[str, str]) -> None:
    """Add the versions, unless somebody changed the original or wrote that version meanwhile: a machine overwrites nobody."""
    now = timezone.now().isoformat(timespec="seconds")
    with transaction.atomic():
        model: Any = Message if kind == "message" else Opportunity
        journal.queue_up()  # before the row, as in an opportunity
        there = model.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
        if there is None:
            return
        changed = []
        for name, words in said.items():
            text: Text = getattr(there, name)
            if str(text) == asked[name] and target not in text.versions:
                setattr(there, name, text.with_version(target, Version(words, "machine", at=now)))
                changed.append(name)
        if changed:
            there.save(update_fields=changed)
            about = there.interest.opportunity if kind == "message" else there
            handle = about.city.actor.handle
            verb = "interest.translated" if kind == "message" else "opportunity.translated"
            subject = there.interest if kind == "message" else there
            journal.record(verb, subject, handle=handle, quiet=kind == "message", language=target)
