"""The operator's pages: there for operators, and for nobody else."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client

from cityplus.cities.models import City
from cityplus.journal.models import Entry
from cityplus.people.models import Letter, Person

PASSWORD = "a long password"


@pytest.fixture
def operator(db: None) -> Person:
    return Person.enrol("ops", "ops@example.org", PASSWORD, operator=True)


@pytest.fixture
def desk(operator: Person) -> Client:
    client = Client()
    answer = client.post("/account/session/", {"login": "ops", "password": PASSWORD, "next": "/operator/"})
    assert answer.headers["Location"] == "/operator/"
    return client


PATHS = [
    "/operator",
    "/operator/",
    "/operator/login/",
    "/operator/people/person/",
    "/operator/people/person",
    "/operator/r/1/1/",
    "/operator/jsi18n/",
    "/operator/nowhere/",
]


@pytest.mark.parametrize("path", PATHS)
def test_for_everybody_else_there_is_nothing(visitor: Person, stranger: Client, path: str) -> None:
    office, signed_in = Client(), Client()
    signed_in.force_login(visitor)
    office.force_login(Person.enrol("office", "office@example.org", PASSWORD, office=True))
    nothing = stranger.get("/nothing/here/").content.decode()
    for client in (stranger, signed_in, office):
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 404
        assert client.get(path).headers["Content-Type"] == "text/html; charset=utf-8"
    assert _bare(stranger.get(path).content.decode(), path) == _bare(nothing, "/nothing/here/")


def _bare(page: str, path: str) -> str:
    return re.sub(r"(/[a-z-]+)?" + re.escape(path), "PATH", page)


def test_every_table_is_shown_and_none_is_changed(desk: Client, thehague: City) -> None:
    assert desk.get("/operator/").status_code == 200
    for model in admin.site._registry:
        label = f"/operator/{model._meta.app_label}/{model._meta.model_name}"
        assert desk.get(f"{label}/").status_code == 200, label
        assert desk.get(f"{label}/add/").status_code == 403, label
        first = model._default_manager.first()
        if first and model is not Person:
            assert desk.get(f"{label}/{first.pk}/change/").status_code == 200, label
            assert desk.post(f"{label}/{first.pk}/change/", {"stage": "dormant", "state": "dead"}).status_code == 403, (
                label
            )
            assert desk.post(f"{label}/{first.pk}/delete/", {"post": "yes"}).status_code == 403, label
    assert City.objects.get().stage == "launched"
    assert Entry.objects.exists()


def test_no_table_of_ours_is_forgotten() -> None:
    ours = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("cityplus.") and not isinstance(model._meta.pk, models.CompositePrimaryKey)
    }
    assert {model.__name__ for model in ours - set(admin.site._registry)} == {"Tally"}


def test_what_opens_an_account_is_not_shown(desk: Client, operator: Person) -> None:
    letter = Letter.post("a@example.org", "subject", "the link of the letter", "<p>the link")
    key = Authenticator.objects.create(
        user=operator, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "thesecretseed"}
    )
    pages = [
        desk.get(f"/operator/people/letter/{letter.pk}/change/"),
        desk.get(f"/operator/people/person/{operator.pk}/change/"),
        desk.get(f"/operator/mfa/authenticator/{key.pk}/change/", follow=True),
    ]
    for page in pages:
        text = page.content.decode()
        assert "the link" not in text
        assert "thesecretseed" not in text
        assert operator.password not in text


def test_no_hash_of_what_opens_something_is_shown() -> None:
    """The links of letters and of stewards, and the codes of tickets, are kept as hashes: in columns called ``digest``, but for times of
    a digest, and for hashes of what is no secret."""
    shown = {
        model._meta.label for model, record in admin.site._registry.items() if "digest" in getattr(record, "shown", ())
    }
    assert shown == {"notifications.Wishes", "languages.KeptGlossary"}


def test_an_account_is_closed_and_the_journal_says_by_whom(desk: Client, visitor: Person) -> None:
    browser = Client()
    browser.force_login(visitor)
    path = f"/operator/people/person/{visitor.pk}/change/"
    form = {"is_staff": "on", "is_superuser": "on", "username": "renamed", "email": "x@example.org"}
    assert desk.post(path, form).status_code == 302
    visitor.refresh_from_db()
    assert (visitor.is_active, visitor.is_staff, visitor.is_superuser) == (False, True, False)
    assert visitor.username == "visitor"
    assert browser.get("/account/").status_code == 302
    entry = Entry.objects.get(verb="person.entitled")
    assert (entry.by, entry.data) == ("ops", {"active": False, "office": True})


def test_nobody_closes_their_own_account(desk: Client, operator: Person) -> None:
    assert desk.post(f"/operator/people/person/{operator.pk}/change/", {}).status_code == 403
    operator.refresh_from_db()
    assert operator.is_active


def test_a_second_key_that_exists_is_asked_for(desk: Client, operator: Person) -> None:
    Authenticator.objects.create(user=operator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = desk.get("/operator/people/person/")
    assert answer.headers["Location"] == "/account/session/again/code/?next=%2Foperator%2Fpeople%2Fperson%2F"


def test_the_way_out_and_to_a_new_password_are_ours(desk: Client) -> None:
    assert desk.get("/operator/password_change/").headers["Location"] == "/account/password/"
    assert desk.get("/operator/logout/").status_code == 405
    assert desk.post("/operator/logout/").headers["Location"] == "/"
    assert desk.get("/operator/").status_code == 404


def test_the_account_page_leads_there(desk: Client, visitor: Person) -> None:
    assert 'href="/operator/"' in desk.get("/account/").content.decode()
    other = Client()
    other.force_login(visitor)
    assert "/operator/" not in other.get("/account/").content.decode()
