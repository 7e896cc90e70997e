"""The public stream tells that something was posted for everybody, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.cities.models import City
from cityplus.live.streams import tail_of
from cityplus.social import posting
from cityplus.social.live import stream
from cityplus.social.models import Boost, Follow
from cityplus.social.tests.cast import resident, say

pytestmark = pytest.mark.django_db


def test_it_tells_of_public_posts_that_answer_nobody(thehague: City) -> None:
    ana = resident("ana")
    assert stream(-1) == []
    first = say(thehague.actor)
    (newest,) = stream(-1)
    assert (newest.id, newest.data) == (first.pk, {"actor": thehague.actor.pk, "language": "en"})
    for audience in ("followers", "mentioned"):
        say(thehague.actor, "A secret for @ana", audience=audience)
    say(ana, "Yes.", reply_to=first)
    Boost.put(ana, first, by="ana")
    hidden = say(thehague.actor)
    posting.withhold(hidden, by="test")
    assert stream(first.pk) == []
    last = say(ana, "Hallo.", language="nl")
    assert [(event.id, event.data["actor"], event.data["language"]) for event in stream(first.pk)] == [
        (last.pk, ana.pk, "nl")
    ]


def test_its_words_say_nothing_of_what_was_said(thehague: City) -> None:
    say(thehague.actor, "Something to keep on the page alone")
    (event,) = stream(-1)
    assert b"Something" not in event.wire()
    assert (tail := tail_of("posts")) and tail.may is None


def test_a_page_learns_whom_its_reader_follows_and_nobody_else_does(thehague: City, client: Client) -> None:
    ana = resident("ana")
    Follow.begin(ana, thehague.actor, by="ana")
    assert client.get("/home/followed.json").status_code == 302
    client.login(username="ana", password="a long password")
    answer = client.get("/home/followed.json")
    assert answer.json() == {"actors": [ana.pk, thehague.actor.pk]}
    assert "no-store" in answer.headers["Cache-Control"]
