"""The form in which one posts: as whom, in which languages, with what is wrong said and nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.social.models import Post
from cityplus.social.tests.cast import resident

pytestmark = pytest.mark.django_db
NONCE = "n" * 32


def form(**fields: Any) -> dict[str, Any]:
    """A form as a browser sends it, in English unless said otherwise."""
    named = {name.replace("__", "-"): value for name, value in fields.items()}
    return {"nonce": NONCE, "language": ["en"], "original": "en", "text-en": "Hello.", "deed": "post"} | named


def writes(handle: str) -> Client:
    return sign_in(Person.objects.get(username=handle))


def test_a_person_posts_in_two_languages(thehague: City) -> None:
    resident("ana", thehague)
    answer = writes("ana").post(
        "/posts/new/",
        form(language=["nl", "en"], original="nl", text__nl="Dag #zee", text__en="Good day", note__nl="Weer")
        | {"audience": "followers", "who_boosts": "nobody"},
    )
    post = Post.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    assert post.text.original == "nl"
    assert {t: (v.text, v.state) for t, v in post.text.versions.items()} == {
        "nl": ("Dag #zee", "author"),
        "en": ("Good day", "author"),
    }
    assert (str(post.note), post.audience, post.who_boosts, post.by) == ("Weer", "followers", "nobody", "ana")
