"""What machines make of public posts: a version in each language of the interface that nobody wrote, as far as the budget goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cityplus import jobs, journal
from cityplus.journal.models import Entry
from cityplus.languages import machines
from cityplus.languages.machines import Busy, MachineError
from cityplus.languages.machines.guarding import Found
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text, Version
from cityplus.social.models import Option, Post, Spending
from cityplus.social.words import spans_kept

TRIES = 5
"""How often a machine that does not answer is asked about one state of a post."""
PAUSE = timedelta(minutes=5)


class Signs:
    """What in a post is nobody's to translate, as machines ask for it: mentions and hashtags."""

    entries: Sequence[tuple[str, str]] = ()

    def named(self, text: str) -> Sequence[tuple[str, str]]:
        del text
        return ()

    def find(self, line: str) -> Iterable[Found]:
        return spans_kept(line)


@journal.subscribe("social.machine", "post.posted", "post.edited")
def ask_for_versions(entry: Entry) -> None:
    """Enqueue the job for a public post, where a machine is configured."""
    if settings.CITYPLUS.translator and Post.objects.public().filter(pk=entry.subject_id).exists():
        _ask(entry.subject_id, str(entry.pk))


def _ask(post: int, key: str, tries: int = 0, not_before: datetime | None = None) -> None:
    day = not_before.date() if not_before else "now"  # each time it is asked again it is another job
    named = f"{key}:{tries}:{day}"
    jobs.enqueue("social.versions", key=named, priority=7, not_before=not_before, post=post, asked=key, tries=tries)


@jobs.job("social.versions")
def translate(post: int, asked: str, tries: int = 0) -> None:
    """Give a post the versions that it lacks. Done again it goes on where it was. What is over the budget of the day waits for the
    next one."""
    found = Post.objects.public().filter(pk=post).first()
    machine = machines.configured()
    if found is None or machine is None:
        return
    try:
        for target in _wanted(found):
            texts = _originals(found, target)
            if not _may_spend(found, sum(len(words) for words in texts.values())):
                tomorrow = timezone.now().date() + timedelta(days=1)
                _ask(post, asked, tries, datetime.combine(tomorrow, time(), tzinfo=timezone.get_current_timezone()))
                return
            said = machines.translate(machine, list(texts.values()), _source(found), target, Signs())
            _write(found, target, dict(zip(texts, said, strict=True)), texts)
    except Busy as later:
        _again(post, asked, tries, timedelta(seconds=later.seconds))
    except MachineError:
        _again(post, asked, tries, PAUSE * 2**tries)


def _again(post: int, asked: str, tries: int, pause: timedelta) -> None:
    if tries + 1 < TRIES:
        _ask(post, asked, tries + 1, timezone.now() + pause)


def _source(post: Post) -> str:
    return post.text.original or post.note.original


def _wanted(post: Post) -> Iterator[str]:
    """The languages of the interface in which there is no version, nor one in a near relative that reads the same."""
    source = _source(post)
    for language in UI_LANGUAGES:
        if source and language.tag != source and _originals(post, language.tag):
            yield language.tag


def _originals(post: Post, target: str) -> dict[str, str]:
    """What is to be translated into a language, by where it stands: ``text``, ``note``, ``option 3``."""
    places: dict[str, Text] = {"text": post.text, "note": post.note}
    places |= {f"option {option.pk}": option.words for option in Option.objects.filter(poll=post.pk)}
    source = _source(post)
    return {
        place: text.versions[source].text
        for place, text in places.items()
        if source in text.versions and target not in text.versions and text.versions[source].text.strip()
    }


def _may_spend(post: Post, characters: int) -> bool:
    env = settings.CITYPLUS
    today = timezone.now().date()
    limits = {"of_all": env.translate_posts, "of_one": env.translate_posts_each}
    return Spending.take(post.author_id, characters, today, **limits)


def _write(post: Post, target: str, said: dict[str, str], asked: dict[str, str]) -> None:
    """Add the versions, unless somebody changed the original or wrote that version meanwhile: a machine overwrites nobody."""
    now = timezone.now().isoformat(timespec="seconds")
    with transaction.atomic():
        there = Post.objects.public().select_for_update(of=("self",)).filter(pk=post.pk).first()
        if there is None:
            return
        changed = False
        for place in ("text", "note"):
            text = _joined(getattr(there, place), target, said.get(place), asked.get(place), now)
            if text:
                setattr(there, place, text)
                changed = True
        if changed:
            there.save(update_fields=["text", "note"])
        for option in Option.objects.filter(poll=post.pk):
            place = f"option {option.pk}"
            if words := _joined(option.words, target, said.get(place), asked.get(place), now):
                option.words, changed = words, True
                option.save(update_fields=["words"])
        if changed:
            there.touch()
            journal.record("post.translated", there, quiet=True, author=there.author_id, language=target)


def _joined(text: Text, target: str, said: str | None, asked: str | None, now: str) -> Text | None:
    """The text with a machine's version; None where that is not wanted any more."""
    if said is None or not text or str(text) != asked or target in text.versions:
        return None
    return text.with_version(target, Version(said, "machine", at=now))
