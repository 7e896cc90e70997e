"""What the rows of this room have to be: open for so long, and with money that is whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import CheckConstraint, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.opportunities.errors import OpportunityError

LONGEST = timedelta(days=366)
"""How long an opportunity is open at most before its host confirms it again."""


def check_day(until: datetime) -> None:
    """Raises OpportunityError where nothing can be open until then."""
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise OpportunityError(_("Choose a day to come, within a year: then you are asked whether it still holds."))


def whole(name: str) -> CheckConstraint:
    """The constraint that a range of money is there whole, the lower end first, or not at all."""
    none = Q(value_from=None, value_to=None, currency="")
    both = Q(value_from__isnull=False, value_to__isnull=False, value_from__gte=0, value_to__gte=F("value_from"))
    return CheckConstraint(condition=none | both & ~Q(currency=""), name=name)
