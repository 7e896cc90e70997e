"""The trial of ``cityplus up --ceremony``, run as a child: begins a rehearsal and tells where its screens are."""

from __future__ import annotations

from cityplus.config.cli.prepare import OFFICE
from cityplus.config.cli.ready import django_ready


def main() -> int:
    env = django_ready()
    from cityplus.ceremonies.addresses import hall_path, link_of, path_of  # noqa: PLC0415 - needs Django
    from cityplus.office import trials  # noqa: PLC0415

    ceremony = trials.begin(by=OFFICE)
    guests = [f"              {link_of(guest)}" for guest in ceremony.guests.all()]
    told = [
        "  A launch ceremony is rehearsed; it changes nothing:",
        f"    wall      {env.public_url}{hall_path(ceremony, 'screen/')}",
        f"    phones    {env.public_url}{hall_path(ceremony, 'palm/')}    (a window as narrow as a phone will do)",
        "    guests    three links, each in a window of its own; their palms make the quorum:",
        *guests,
        f"    console   {env.public_url}{path_of(ceremony, 'console/')}    (sign in as {OFFICE})",
        "",
    ]
    print("\n".join(told), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
