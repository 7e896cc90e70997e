"""The events of the sample network: loaded as they are shipped, marked as samples, one in the past and one to come."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.config import gathering
from cityplus.config.cli.prepare import EVENTS
from cityplus.events.models import Event, Presenter
from cityplus.packs.reading import PackError

pytestmark = pytest.mark.django_db
SHIPPED = Path(__file__).parents[4] / "content" / EVENTS


def test_what_is_shipped_is_loaded_and_shown(thehague: City, shenzhen: City, client: Client) -> None:
    assert gathering.bring(SHIPPED) == 2
    past, coming = Event.objects.order_by("starts_at")
    assert (past.state, coming.state) == ("held", "published") and past.sample and coming.sample
    assert f"{past.starts_at.astimezone(past.zone):%Y-%m-%d}" == "2018-12-03"
    assert coming.starts_at > timezone.now() and coming.venues.count() == 2 and coming.agenda.count() == 3
    assert all(row.agreed_at for row in coming.hosting.all())
    assert all(presenter.sample for presenter in Presenter.objects.all())
    shown = client.get(coming.get_absolute_url()).content.decode()
    assert "sample" in shown and "Sanne Visser" in shown
    assert "越过大海" in client.get(f"/zh-hans{past.get_absolute_url()}").content.decode()


def test_of_a_file_that_is_wrong_nothing_is_kept(thehague: City, shenzhen: City, tmp_path: Path) -> None:
    path = tmp_path / EVENTS
    path.write_text(SHIPPED.read_text().replace("presenters: [lin-yue]", "presenters: [nobody]"))
    with pytest.raises(PackError, match=r"events.yaml, line \d+: “nobody” is not one of"):
        gathering.bring(path)
    assert not Event.objects.exists() and not Presenter.objects.exists()
