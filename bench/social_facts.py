"""What the benchmark of the conversation must know of its network, and its statements run bare: a process of its own, so that what
measures has no database open."""

from __future__ import annotations

import json
import os
import statistics
import time
from typing import Any
from urllib.parse import urlsplit

from bench import social_world
from bench.social_clients import ROOT, TOKEN

TIMES = 200


def main() -> None:
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from cityplus.actors.models import Actor  # noqa: PLC0415
    from cityplus.people.models import Person  # noqa: PLC0415
    from cityplus.social.models import Post  # noqa: PLC0415

    def signed_in(name: str) -> tuple[Client, str]:
        client = Client(headers={"host": "localhost"})
        client.force_login(Person.objects.get(username=name))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return client, f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    homes = {}
    readers = {name: signed_in(f"bench-{name}") for name in social_world.READERS}
    for name, (client, cookies) in readers.items():
        first = f"{ROOT}/timelines/home"
        deep, page = first, 1
        while page < 50 and (told := client.get(deep).json())["next"]:
            deep, page = "?".join(urlsplit(told["next"])[2:4]), page + 1
        for number, address in ((1, first), (page, deep)):
            homes[f"{name}, page {number}"] = {"address": address, "cookies": cookies, "bare": _bare(client, address)}
    cities = Actor.objects.filter(kind="city").order_by("pk")[: social_world.TEAMS]
    newest = Post.objects.select_related("author").order_by("-pk").filter(author__kind="city").first()
    assert newest
    author = newest.author.handle
    pages = {
        "post JSON": (f"{ROOT}/posts/{newest.pk}", ""),
        "profile JSON": (f"{ROOT}/timelines/actors/{author}", ""),
        "public JSON": (f"{ROOT}/timelines/network", ""),
        "home JSON": (f"{ROOT}/timelines/home", readers["many"][1]),
        "post page": (f"/@{author}/posts/{newest.pk}/", ""),
        "post page signed in": (f"/@{author}/posts/{newest.pk}/", readers["many"][1]),
        "profile page": (f"/@{author}/posts/", ""),
        "public page": ("/posts/", ""),
        "home page": ("/home/", readers["many"][1]),
    }
    facts = {
        "homes": homes,
        "pages": {name: {"address": address, "cookies": cookies} for name, (address, cookies) in pages.items()},
        "teams": [(signed_in(f"bench-team-{n}")[1], city.handle) for n, city in enumerate(cities)],
        "readers": [cookies for _, cookies in readers.values()],
    }
    print(json.dumps(facts))


def _bare(client: Any, address: str) -> list[float]:
    """Milliseconds of all statements that the server asks for this page once posts are kept, run by the driver alone."""
    from django.db import connection  # noqa: PLC0415

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client.get(address)
    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    if connection.vendor == "sqlite":
        import sqlite3  # noqa: PLC0415

        driver: Any = sqlite3.connect(connection.settings_dict["NAME"])
        driver.execute("PRAGMA cache_size=-16000")
        asked = [(sql.replace("%s", "?"), [_plain(value) for value in params or ()]) for sql, params in asked]
    else:
        import psycopg  # noqa: PLC0415

        driver = psycopg.connect(os.environ["CITYPLUS_DATABASE"], autocommit=True, cursor_factory=psycopg.ClientCursor)
    times = []
    for _ in range(TIMES + 5):
        began = time.perf_counter()
        for sql, params in asked:
            cursor = driver.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
        times.append((time.perf_counter() - began) * 1000)
    driver.close()
    assert statistics.median(times) > 0
    return times[5:]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | bytes | None) else str(value)


if __name__ == "__main__":
    main()
