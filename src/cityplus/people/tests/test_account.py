"""The page of a person's own account."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.http import HttpRequest
from django.test import Client
from django.utils.safestring import SafeString, mark_safe

from cityplus.cities.models import City
from cityplus.people import sections
from cityplus.people.models import Person


def test_a_stranger_is_led_to_the_door(stranger: Client, db: None) -> None:
    answer = stranger.get("/account/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/session/?next=/account/")


def test_nobody_else_s_page_is_ever_shown(visitor: Person, owner: Person) -> None:
    one, other = sign_in(visitor), sign_in(owner)
    assert "visitor" in one.get("/account/").content.decode()
    page = other.get("/account/")
    assert "thehague-owner" in page.content.decode()
    assert ">visitor<" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]


def test_the_cities_one_acts_for_are_named_with_the_role(owner: Person, thehague: City, visitor: Person) -> None:
    page = sign_in(owner).get("/account/").content.decode()
    assert f'href="{thehague.get_absolute_url()}"' in page
    assert "owner" in page
    assert thehague.get_absolute_url() not in sign_in(visitor).get("/account/").content.decode()


def test_the_network_office_is_told_that_it_is(visitor: Person) -> None:
    assert "for the network office" not in sign_in(visitor).get("/account/").content.decode()
    visitor.is_staff = True
    visitor.save()
    assert "for the network office" in sign_in(visitor).get("/account/").content.decode()


def test_a_room_above_plugs_a_section_in(visitor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_sections", {})

    def passport(request: HttpRequest) -> SafeString:
        return mark_safe(f"<p>Passport of {request.user}</p>")  # noqa: S308 - a test's own words

    sections.plug("passport", passport)
    sections.plug("silent", lambda request: SafeString(""))
    assert "<p>Passport of visitor</p>" in sign_in(visitor).get("/account/").content.decode()
