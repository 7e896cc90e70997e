"""The network of a year, in a process of its own beside the server: ``python -m tests.e2e.year_deeds plan``."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from tests.e2e.conftest import PASSWORD


def plan() -> dict[str, Any]:
    """Two launched cities with their teams, a company of Shenzhen, and somebody in The Hague who is going to found one."""
    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.cities.models import City, Member  # noqa: PLC0415
    from cityplus.languages.text import Text  # noqa: PLC0415
    from cityplus.organisations.models import Organisation  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415

    def city(handle: str, names: Text, **facts: Any) -> City:
        actor = Actor.objects.create(handle=handle, kind=Actor.Kind.CITY, names=names)
        made = City.objects.create(actor=actor, languages=[names.original], **facts)
        for stage in ("preparing", "ready", "launched"):
            made.advance(stage, by="test")
        for role in ("owner", "editor"):
            Member.join(made, account(f"{handle}-{role}"), role, by="test")
        return made

    def account(name: str) -> Person:
        return Person.enrol(name, f"{name}@example.org", PASSWORD)

    facts = {"country": "NL", "lat": 52.08, "lon": 4.3, "time_zone": "Europe/Amsterdam", "hue": 75}
    city("thehague", Text.of("nl", nl="Den Haag", en="The Hague", zh_Hans="海牙"), **facts)
    facts = {"country": "CN", "lat": 22.54, "lon": 114.07, "time_zone": "Asia/Shanghai", "hue": 25}
    shenzhen = city("shenzhen", Text.of("zh-Hans", zh_Hans="深圳", en="Shenzhen"), **facts)
    account("noor")
    wei, names = account("wei"), Text.of("zh-Hans", zh_Hans="湾区代码", en="Bay Code")
    code = Organisation.found("baycode", names, shenzhen, "company", wei, languages=["en", "zh-Hans"], size="small")
    code.busy_in(["62"])
    code.ask(by="wei")
    code.verify(by="shenzhen-owner")
    return {}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cityplus.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    sys.stdout.write(json.dumps({"plan": plan}[sys.argv[1]]()))


if __name__ == "__main__":
    main()
