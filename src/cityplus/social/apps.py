from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "cityplus.social"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from cityplus import journal  # noqa: PLC0415
        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.media import usage, visibility  # noqa: PLC0415
        from cityplus.people import letters as box  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import flows, index  # noqa: PLC0415
        from cityplus.social import (  # noqa: PLC0415
            account,
            findable,
            leaving,
            letters,
            portraits,
            searching,
            speaking,
            voices,
        )
        from cityplus.social.takeout import writing  # noqa: F401, PLC0415 - it plugs its jobs in
        from cityplus.social.views import person  # noqa: PLC0415

        voices.plug(Actor.Kind.PERSON, speaking.as_oneself)
        voices.plug(Actor.Kind.CITY, speaking.for_cities)
        pages.plug(Actor.Kind.PERSON, person.page)
        sections.plug("profile", account.profile)
        visibility.plug("profiles", portraits.seen_by)
        usage.plug("profiles", portraits.uses)
        index.plug(findable.PERSON, findable.People())
        index.plug(findable.TAG, findable.Tags())
        verbs = (*(f"post.{verb}" for verb in findable.OF_POST), *findable.OF_ACTOR[2:])
        journal.subscribe("search.tags", *verbs)(findable.follow_tags)
        flows.plug(searching.POST, searching.Posts())
        for kind, pattern in letters.PATTERNS.items():
            box.plug(kind, pattern)
        user_logged_in.connect(leaving.sign_in_reopens, dispatch_uid="social.leaving")
