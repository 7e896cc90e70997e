"""The profile of a city by way of a draft."""

from __future__ import annotations

import pytest

from cityplus.cities.models import City, Contact, Strength
from cityplus.drafts import DocumentError, Edit, mark
from cityplus.drafts.errors import NotReady
from cityplus.drafts.models import Draft


def test_a_profile_is_read_changed_and_published(thehague: City) -> None:
    Contact.objects.create(city=thehague, kind="website", value="https://www.denhaag.nl/")
    draft = Draft.on("profile", thehague.pk, thehague.actor)
    edits = [
        Edit("tagline/nl", "", "Stad van vrede en recht"),
        Edit("names/ja", "", "ハーグ"),
        Edit("strengths/law", "", {"section": "O", "sentence": {"nl": "Recht."}}),
        Edit("contacts/mail", "", {"kind": "email", "value": "post@example.org"}),
        Edit("contact_order", mark(draft.document["contact_order"]), ["mail", "c1"]),
        Edit("hue", mark(draft.document["hue"]), 40),
    ]
    draft.edit(edits, by="anna")
    assert not Strength.objects.exists()
    draft.publish(by="anna")
    city = City.objects.select_related("actor").get()
    assert (str(city.tagline), city.hue, city.actor.names.in_language("ja")) == (
        "Stad van vrede en recht",
        40,
        "ハーグ",
    )
    assert [one.kind for one in city.contacts.all()] == ["email", "website"]
    assert [one.section for one in city.strengths.all()] == ["O"]


def test_a_contact_that_is_none_keeps_it_back(thehague: City) -> None:
    draft = Draft.on("profile", thehague.pk, thehague.actor)
    draft.edit([Edit("contacts/mail", "", {"kind": "email", "value": "not an address"})], by="anna")
    with pytest.raises(NotReady) as refused:
        draft.publish(by="anna")
    assert refused.value.gaps[0].where == "contacts/mail/value"


@pytest.mark.parametrize(
    ("path", "value"), [("time_zone", "Moon/Base"), ("country", "nl"), ("languages", ["klingon!"])]
)
def test_facts_are_checked(thehague: City, path: str, value: object) -> None:
    draft = Draft.on("profile", thehague.pk, thehague.actor)
    with pytest.raises(DocumentError):
        draft.edit([Edit(path, mark(draft.document[path]), value)], by="anna")
