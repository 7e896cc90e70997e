"""What is kept of a ceremony: one value for its page, its certificate and its poster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe

from cityplus.ceremonies import prints
from cityplus.ceremonies.models import Ceremony, Guest, Palm, Run
from cityplus.cities.models import City
from cityplus.routes.models import Route
from cityplus.ties.models import Tie


@dataclass(frozen=True)
class Keepsake:
    """``run`` is the one in earnest, None where no record of it was kept; ``palms`` are by guest, ``lights`` those of the public,
    ``first`` is the beat that the run began with."""

    ceremony: Ceremony
    cities: list[City]
    subject: City | Tie | Route
    guests: list[Guest]
    run: Run | None
    palms: dict[int, Palm]
    lights: int
    first: int = 0

    @property
    def number(self) -> int:
        """The member number of the city that was launched; 0 for other ceremonies."""
        if isinstance(self.subject, City):
            return (self.run.number if self.run else 0) or self.subject.number or 0
        return 0

    @property
    def at(self) -> datetime | None:
        """The moment of the launch, where it is known to the second."""
        return self.ceremony.launched_at

    @property
    def day(self) -> date:
        """The day of it in the hall."""
        return (self.at or self.ceremony.starts_at).astimezone(self.ceremony.zone).date()

    def seed(self, guest: Guest) -> int:
        """What a guest's print is drawn from: the place of the palm in the run, which a pack carries to another server."""
        return self.palms[guest.pk].beat - self.first

    @property
    def pressed(self) -> list[Guest]:
        """The guests who pressed, in their order."""
        return [guest for guest in self.guests if guest.pk in self.palms]

    @property
    def picture(self) -> SafeString:
        """All prints, as SVG; nothing where there is none."""
        if not self.palms and not self.lights:
            return mark_safe("")
        return mark_safe(prints.picture([self.seed(guest) for guest in self.pressed], self.lights, 1))  # noqa: S308 - drawn here


def keepsake(ceremony: Ceremony) -> Keepsake:
    """What is kept of a ceremony that was launched."""
    run = ceremony.runs.filter(rehearsal=False, state="launched").first()
    palms = {palm.guest_id: palm for palm in run.palms.filter(guest__isnull=False)} if run else {}
    others = run.palms.filter(guest__isnull=True).count() if run else 0
    cities = ceremony.cities_in_order
    guests = list(ceremony.guests.all())
    known = {pk: palm for pk, palm in palms.items() if pk is not None}
    first = run.steps.order_by("beat").values_list("beat", flat=True)[0] if run else 0
    return Keepsake(ceremony, cities, ceremony.subject, guests, run, known, others, first)
