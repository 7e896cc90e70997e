"""All that is one's own: asked for, written, told of by letter, fetched by nobody else, gone after seven days."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.tests.conftest import add, photo
from cityplus.people.models import Letter
from cityplus.social import posting
from cityplus.social.models import Bar, Bookmark, Boost, Favourite, Follow, Silence, Takeout
from cityplus.social.takeout import writing
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.test_following import browser

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/account/export/"


def written(client: Client) -> Takeout:
    assert client.post(PAGE).status_code == 302
    while Job.objects.filter(kind="social.takeout", state="waiting").exists():
        assert worker.run_one("test")
    return Takeout.objects.latest("pk")


def unpacked(client: Client, takeout: Takeout) -> dict[str, Any]:
    answer = client.get(f"{PAGE}{takeout.pk}/")
    assert answer["Content-Disposition"].startswith('attachment; filename="ana-')
    whole = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert whole.testzip() is None
    return {
        name: json.loads(whole.read(name)) if name.endswith(".json") else whole.read(name) for name in whole.namelist()
    }


def lived(thehague: City, tmp_path: Path) -> Actor:
    """Somebody who has done everything once."""
    ana = resident("ana", thehague)
    ana.profile.person.email = "ana@example.org"
    ana.profile.person.save()
    picture = add(ana, photo(tmp_path / "me.jpg"), alt=Text.of("en", en="The sea"))
    theirs = say(thehague.actor, "Hello @ana")
    post = say(ana, "First #sea @thehague", media=[picture])
    posting.edit(post, Text.of("en", en="Second #sea @thehague"), Text.of("en", en="a note"), by="ana")
    say(ana, "An answer", reply_to=theirs)
    say(ana, "For friends", audience="followers")
    posting.delete(say(ana, "A mistake"), by="ana")
    for mark in (Favourite, Boost, Bookmark):
        mark.put(ana, theirs, by="ana")
    Follow.begin(ana, thehague.actor, by="ana")
    Follow.begin(resident("bo"), ana, by="bo")
    Bar.put(ana, resident("cy"), "block", by="ana")
    Silence.keep(ana, "word", "rain", by="ana")
    return ana


def test_everything_is_in_it(thehague: City, tmp_path: Path) -> None:
    ana = lived(thehague, tmp_path)
    files = unpacked(browser(ana), written(browser(ana)))
    assert files["takeout.json"]["format"] == 1
    assert (files["profile.json"]["handle"], files["profile.json"]["home"]) == ("ana", "thehague")
    posts = {one["text"]["versions"]["en"]["text"]: one for one in files["posts.json"]}
    assert list(posts) == ["Second #sea @thehague", "An answer", "For friends", "A mistake"]
    edited = posts["Second #sea @thehague"]
    assert [one["text"]["versions"]["en"]["text"] for one in edited["before"]] == ["First #sea @thehague"]
    assert posts["A mistake"]["deleted"]
    (medium,) = files["media.json"]
    assert (medium["file"], medium["alt"]["versions"]["en"]["text"]) == (edited["media"][0], "The sea")
    assert hashlib.sha256(files[medium["file"]]).hexdigest() == medium["sha256"]
    assert {(one.get("follows"), one.get("followed_by")) for one in files["follows.json"]} == {
        ("thehague", None),
        (None, "bo"),
    }
    assert [(one["kind"], one.get("account") or one["what"]) for one in files["bars.json"]] == [
        ("block", "cy"),
        ("mute word", "rain"),
    ]
    for name in ("favourites", "boosts", "bookmarks", "mentions"):
        assert len(files[f"{name}.json"]) == 1, name
    outbox = files["outbox.json"]
    assert (outbox["@context"], outbox["type"]) == ("https://www.w3.org/ns/activitystreams", "OrderedCollection")
    first, answer, friends = (activity["object"] for activity in outbox["orderedItems"])
    assert first["attachment"][0]["name"] == "The sea"
    assert {tag["name"] for tag in first["tag"]} == {"@thehague", "#sea"}
    assert "inReplyTo" in answer
    assert friends["to"] == ["http://localhost:8000/@ana/followers/"]


def test_a_letter_tells_once_and_nobody_else_fetches_it(thehague: City, tmp_path: Path) -> None:
    ana = lived(thehague, tmp_path)
    takeout = written(browser(ana))
    assert Letter.objects.filter(to="ana@example.org", subject="Your data are ready").count() == 1
    writing.write(takeout.pk)
    assert Letter.objects.filter(to="ana@example.org").count() == 1
    address = f"{PAGE}{takeout.pk}/"
    assert browser(resident("dee")).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert unpacked(browser(ana), takeout)


def test_who_is_suspended_or_has_no_profile_takes_theirs_along(thehague: City, tmp_path: Path, visitor: Any) -> None:
    ana = lived(thehague, tmp_path)
    ana.gone_at = timezone.now()
    ana.save()
    assert len(unpacked(browser(ana), written(browser(ana)))["posts.json"]) == 4
    client = Client()
    client.force_login(visitor)
    assert written(client).state == "ready"


def test_it_is_gone_after_seven_days(thehague: City, tmp_path: Path) -> None:
    ana = lived(thehague, tmp_path)
    takeout = written(browser(ana))
    assert writing.sweep() == 0
    Takeout.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert browser(ana).get(f"{PAGE}{takeout.pk}/").status_code == 404
    Takeout.objects.update(expires_at=timezone.now() - timedelta(hours=2))
    assert writing.sweep() == 1
    assert not store.has(takeout.key)
    assert not Takeout.objects.exists()


def test_asking_twice_is_asking_once(visitor: Any) -> None:
    client = Client()
    client.force_login(visitor)
    for _ in range(2):
        client.post(PAGE)
    assert Takeout.objects.count() == 1
