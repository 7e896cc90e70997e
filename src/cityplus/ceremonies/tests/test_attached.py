"""A ceremony beside a post: its card is shown to who may see it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cityplus.ceremonies.models import Ceremony
from cityplus.cities.models import City
from cityplus.social import attachments

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_a_ceremony_that_is_announced(thehague: City) -> None:
    made = Ceremony.plan("launch", [thehague], by="o", time_zone="Europe/Amsterdam", starts_at=timezone.now())
    assert attachments.find(f"/ceremonies/{made.pk}/", NOBODY) is None
    Ceremony.objects.filter(pk=made.pk).update(announced=True)
    assert attachments.find(f"/bg/ceremonies/{made.pk}/", NOBODY) == ("ceremony", made.pk)
    shown = attachments.shown([("ceremony", made.pk)], NOBODY)[("ceremony", made.pk)]
    assert str(shown.title) == "Den Haag"
