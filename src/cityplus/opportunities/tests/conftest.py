"""Who deals with whom in the tests of this room, beside the known cast."""

from __future__ import annotations

import pytest

from cityplus.cities.models import City
from cityplus.opportunities.models import Interest
from cityplus.opportunities.tests.cast import begun, firm, public
from cityplus.organisations.models import Organisation


@pytest.fixture
def delta(thehague: City) -> Organisation:
    return firm(thehague, "delta")


@pytest.fixture
def port(shenzhen: City) -> Organisation:
    return firm(shenzhen, "port")


@pytest.fixture
def talk(delta: Organisation, port: Organisation) -> Interest:
    """The port has answered what delta offers."""
    return begun(public(delta.actor), port)
