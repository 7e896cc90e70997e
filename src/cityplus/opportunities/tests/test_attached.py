"""An opportunity beside a post: its card is there for who may see it, as long as everybody may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.opportunities.models import Opportunity
from cityplus.opportunities.tests.cast import boss, drafted, firm, public
from cityplus.social import attachments
from cityplus.social.tests.cast import say

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
CARD = "Offer: pilot project"


def key_of(one: Opportunity) -> tuple[str, int]:
    return "opportunity", one.pk


def test_a_public_one_is_found_by_its_address_in_every_language(thehague: City) -> None:
    one = public(thehague.actor)
    for address in (one.get_absolute_url(), f"/zh-hans{one.get_absolute_url()}", "/@thehague/opportunities/quays"):
        assert attachments.find(address, NOBODY) == key_of(one)
    card = attachments.shown([key_of(one)], NOBODY)[key_of(one)]
    assert (card.label.lower(), str(card.title), str(card.summary)) == (
        CARD.lower(),
        "Smart quays",
        "Sensors along the harbour.",
    )
    assert attachments.find("/@shenzhen/opportunities/quays/", NOBODY) is None


def test_what_is_not_for_everybody_is_attached_by_nobody(thehague: City) -> None:
    delta = firm(thehague, "delta")
    drafted(delta.actor, "draft")
    public(delta.actor, "some", audience="verified")
    gone = public(delta.actor, "gone")
    gone.withhold(True, by="office")
    for slug in ("draft", "some", "gone"):
        for person in (NOBODY, boss(delta)):
            assert attachments.find(f"/@delta/opportunities/{slug}/", person) is None, slug
    assert attachments.offered(delta.actor) == []
    one = public(delta.actor, "open")
    assert attachments.offered(delta.actor) == [(one.get_absolute_url(), "Smart quays")], "what is open can be picked"


def test_the_card_of_one_for_some_is_there_for_those_alone(thehague: City, shenzhen: City) -> None:
    delta = firm(thehague, "delta")
    one = public(delta.actor)
    Opportunity.objects.filter(pk=one.pk).update(audience="verified")
    assert not attachments.shown([key_of(one)], NOBODY)
    assert not attachments.shown([key_of(one)], boss(firm(shenzhen, "shade", verified=False)))
    assert attachments.shown([key_of(one)], boss(firm(shenzhen, "port")))


def test_a_post_has_its_card_and_loses_it(thehague: City, stranger: Client) -> None:
    one = public(thehague.actor)
    post = say(thehague.actor, "Who builds this with us?", attached=key_of(one))
    page = stranger.get(post.get_absolute_url()).content.decode()
    assert f'href="{one.get_absolute_url()}"' in page and CARD.lower() in page.lower()
    one.close(by="host")
    assert "not open any more" in stranger.get(post.get_absolute_url()).content.decode()
    one.withhold(True, by="office")
    page = stranger.get(post.get_absolute_url()).content.decode()
    assert one.get_absolute_url() not in page and "Smart quays" not in page


def test_what_is_over_says_so_before_anybody_noted_it(thehague: City) -> None:
    one = public(thehague.actor)
    Opportunity.objects.filter(pk=one.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "not open any more" in attachments.shown([key_of(one)], NOBODY)[key_of(one)].label


def test_a_draft_is_in_no_card_not_even_for_its_host(thehague: City) -> None:
    delta = firm(thehague, "delta")
    one = public(delta.actor)
    one.take_back(by="host")
    assert not attachments.shown([key_of(one)], boss(delta))
    assert sign_in(boss(delta)).get(one.get_absolute_url()).status_code == 200
