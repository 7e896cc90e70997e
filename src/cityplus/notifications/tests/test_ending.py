"""Ending the digests by the link of a letter: by one click of a mail program, or by a button, without signing in."""

from __future__ import annotations

import pytest
from django.test import Client

from cityplus.notifications.ending import address
from cityplus.notifications.models import Wishes
from cityplus.people.models import Person


def test_a_mail_program_ends_them_by_one_post(reader: Person) -> None:
    """RFC 8058: a POST with this body, without cookies, from nowhere; redirects are not followed."""
    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        address(reader), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert Wishes.of(reader).digest == "never"
    assert program.post(address(reader)).status_code == 200, "once more does no harm"


def test_looking_at_the_link_ends_nothing(reader: Person, stranger: Client) -> None:
    page = stranger.get(address(reader)).content.decode()
    assert "End the digests" in page
    assert Wishes.of(reader).digest == "weekly"
    answer = stranger.post(address(reader))
    assert "No digest comes any more." in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "End the digests" not in stranger.get(address(reader)).content.decode()


def test_the_rest_of_what_was_chosen_stays(reader: Person, stranger: Client) -> None:
    Wishes.of(reader).choose({"favourite": ["push"]}, zone="Asia/Tokyo", hour=5, digest="daily")
    stranger.post(address(reader))
    wishes = Wishes.of(reader)
    assert (wishes.ways, wishes.zone, wishes.hour, wishes.digest) == ({"favourite": ["push"]}, "Asia/Tokyo", 5, "never")


@pytest.mark.parametrize("how", ["forged", "other", "gone", "bare"])
def test_a_link_that_we_did_not_make_is_none(reader: Person, stranger: Client, how: str) -> None:
    link = address(reader)
    if how == "forged":
        link = link.replace(f"/{reader.pk}:", f"/{reader.pk + 1}:")
    elif how == "other":
        link = link[:-3] + ("A/" if link[-3] != "A" else "B/") + ""
    elif how == "gone":
        reader.delete()
    else:
        link = f"/account/notices/end/{reader.pk}/"
    assert stranger.get(link).status_code == 404
    assert stranger.post(link).status_code == 404
    assert not Wishes.objects.exists()


def test_the_link_opens_nothing_else(reader: Person, stranger: Client) -> None:
    stranger.get(address(reader))
    stranger.post(address(reader))
    assert "/account/session/" in stranger.get("/notices/").headers["Location"]
