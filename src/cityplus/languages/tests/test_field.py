"""The model field: a text goes into the database and comes back the same, on both engines."""

from __future__ import annotations

import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from cityplus.actors.models import Actor
from cityplus.languages.text import Text, Version

pytestmark = pytest.mark.django_db

NAMES = Text.of("nl", nl="Den Haag", en="The Hague", zh_Hans="海牙")


def make(names: Text | None = None) -> Actor:
    words = {} if names is None else {"names": names}
    return Actor.objects.create(handle="thehague", kind=Actor.Kind.CITY, **words)


def test_a_text_comes_back_as_it_was() -> None:
    actor = make(NAMES)
    assert Actor.objects.get(pk=actor.pk).names == NAMES
    actor.refresh_from_db()
    assert actor.names == NAMES


def test_states_and_names_of_translators_are_kept() -> None:
    names = NAMES.with_version("en", Version("The Hague", "reviewed", "The Hague desk", "2026-11-22"))
    assert Actor.objects.get(pk=make(names).pk).names.versions["en"] == names.versions["en"]


def test_a_text_that_nobody_wrote_is_empty_and_false() -> None:
    fresh = Actor.objects.get(pk=make().pk)
    assert fresh.names == Text()
    assert not fresh.names


def test_update_and_bulk_writes_take_texts() -> None:
    actor = make()
    Actor.objects.filter(pk=actor.pk).update(names=NAMES)
    assert Actor.objects.get(pk=actor.pk).names == NAMES
    actor.names = Text.of("nl", nl="’s-Gravenhage")
    Actor.objects.bulk_update([actor], ["names"])
    assert str(Actor.objects.get(pk=actor.pk).names) == "’s-Gravenhage"
    Actor.objects.bulk_create([Actor(handle="shenzhen", kind="city", names=Text.of("zh-Hans", zh_Hans="深圳"))])
    assert str(Actor.objects.get(handle="shenzhen").names) == "深圳"


def test_texts_can_be_asked_for() -> None:
    make(NAMES)
    assert Actor.objects.filter(names=NAMES).count() == 1
    assert Actor.objects.filter(names=Text()).count() == 0
    assert Actor.objects.filter(names__original="nl").count() == 1
    assert Actor.objects.filter(names__versions__en__text="The Hague").count() == 1
    assert Actor.objects.filter(names__versions__has_key="zh-Hans").count() == 1
    assert Actor.objects.filter(names__versions__has_key="fr").count() == 0


def test_a_part_of_a_text_can_be_read_alone() -> None:
    make(NAMES)
    assert Actor.objects.values_list("names__original", flat=True).get() == "nl"
    assert Actor.objects.values_list("names__versions__nl__text", flat=True).get() == "Den Haag"
    assert Actor.objects.values_list("names", flat=True).get() == NAMES


def test_a_text_stands_the_check_of_its_model() -> None:
    Actor(handle="thehague", kind=Actor.Kind.CITY, names=NAMES).full_clean()
    Actor(handle="thehague", kind=Actor.Kind.CITY).full_clean()
    with pytest.raises(ValidationError, match="is not a language tag"):
        Actor._meta.get_field("names").clean({"original": "x", "versions": {"x": {}}}, None)


def test_texts_are_carried_by_django_s_fixtures() -> None:
    actor = make(NAMES)
    carried = serializers.serialize("json", [actor])
    assert json.loads(carried)[0]["fields"]["names"]["original"] == "nl"
    Actor.objects.all().delete()
    for loaded in serializers.deserialize("json", carried):
        loaded.save()
    assert Actor.objects.get(handle="thehague").names == NAMES


def test_rows_do_not_share_one_text() -> None:
    assert Actor().names is not Actor().names
