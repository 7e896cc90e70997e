"""The zip: written by the worker, told of by letter, taken away when its days are over."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cityplus import jobs
from cityplus.actors.models import Actor
from cityplus.lib.snapshots import snapshot
from cityplus.media import store
from cityplus.media.models import Medium
from cityplus.people import letters
from cityplus.people.models import Person
from cityplus.social.models import Bookmark, Boost, Favourite, Profile, Takeout
from cityplus.social.takeout import belongings, dealings, telling

FOLDER = "takeouts"
FORMAT = 1
GRACE = timedelta(hours=1)
"""How long after its days a zip stays for who is still fetching it."""
READY = "social/takeout"


@jobs.job("social.takeout")
def write(takeout: int) -> None:
    """Write the zip. Done twice, the second takes the place of the first, and the letter goes once."""
    row = Takeout.objects.select_related("person").filter(pk=takeout, state="waiting").first()
    if row is None:
        return
    with store.workbench() as bench:
        path = bench / "takeout.zip"
        fill(row.person, path)
        size = path.stat().st_size
        store.move_in(path, row.key)
    with transaction.atomic():
        if row.finish(size) and row.person.email:
            letters.write(READY, row.person.email, row.person, {})


def fill(person: Person, path: Path) -> None:
    """Everything of a person into a zip at this path, as it was at one moment."""
    with snapshot(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        found = Profile.objects.select_related("actor", "home__actor", "picture").filter(person=person).first()
        about = {"format": FORMAT, "made": telling.moment(timezone.now()), "of": person.username}
        zipped.writestr("takeout.json", _json(about))
        zipped.writestr("profile.json", _json(telling.profile(person, found)))
        zipped.writestr("notices.json", _json(dealings.wishes(person)))
        zipped.writestr("rules.json", _json({"accepted": dealings.accepted(person)}))
        _write_list(zipped, "reports.json", dealings.reports(person))
        for name, told in belongings.parts():
            _write_list(zipped, f"{name}.json", told(person))
        keys = [*belongings.files(person), *(_said(zipped, found.actor) if found else [])]
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as zipped:  # files cannot have changed since
        for name, key in keys:
            _write_file(zipped, name, key)


def _said(zipped: zipfile.ZipFile, actor: Actor) -> list[tuple[str, str]]:
    """What they did here under a name that others see; returns the names and the keys of their media."""
    _write_list(zipped, "posts.json", telling.posts(actor))
    _write_list(zipped, "media.json", telling.media(actor))
    _write_list(zipped, "follows.json", telling.follows(actor))
    _write_list(zipped, "bars.json", telling.bars(actor))
    for model in (Favourite, Boost, Bookmark):
        _write_list(zipped, f"{model.__name__.lower()}s.json", telling.marks(actor, model))
    _write_list(zipped, "mentions.json", telling.mentions(actor))
    _write_list(zipped, "ballots.json", dealings.ballots(actor))
    _write_list(zipped, "drafts.json", dealings.sheets(actor))
    _write_list(zipped, "decisions.json", dealings.decisions(actor))
    head = '{"@context": "https://www.w3.org/ns/activitystreams", "type": "OrderedCollection", "orderedItems": '
    _write_list(zipped, "outbox.json", telling.outbox(actor), head, "}")
    return [(telling.media_name(medium), medium.original) for medium in Medium.objects.filter(owner=actor)]


def _write_file(zipped: zipfile.ZipFile, name: str, key: str) -> None:
    try:
        reading = store.read(key)
    except FileNotFoundError:
        return
    try:
        with zipped.open(name, "w", force_zip64=True) as target:
            for piece in reading:
                target.write(piece)
    finally:
        reading.close()


def _write_list(
    zipped: zipfile.ZipFile, name: str, values: Iterable[dict[str, Any]], head: str = "", tail: str = ""
) -> None:
    with zipped.open(name, "w", force_zip64=True) as target:
        target.write(f"{head}[".encode())
        for number, value in enumerate(values):
            target.write((",\n" if number else "\n").encode() + _json(value))
        target.write(f"\n]{tail}\n".encode())


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")


@jobs.chore("social.takeouts")
def sweep() -> int:
    """Forget what is over, and take away every zip that nothing names; returns how many zips."""
    Takeout.objects.filter(expires_at__lt=timezone.now() - GRACE).delete()
    named = set(Takeout.objects.values_list("key", flat=True))
    strays = [key for key, _, _ in store.shelf().listing(FOLDER) if key not in named]
    for key in strays:
        store.shelf().remove(key)
    return len(strays)
