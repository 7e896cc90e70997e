from django.db.models import CheckConstraint, F, Q


def whole(name: str) -> CheckConstraint:
    """The constraint that a range of money is there whole, the lower end first, or not at all."""
    none = Q(value_from=None, value_to=None, currency="")
    both = Q(value_from__isnull=False, value_to__isnull=False, value_from__gte=0, value_to__gte=F("value_from"))
    return CheckConstraint(condition=none | both & ~Q(currency=""), name=name)
