from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "cityplus.social"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.cities import handing  # noqa: PLC0415
        from cityplus.media import rights, usage, visibility  # noqa: PLC0415
        from cityplus.social import (  # noqa: PLC0415
            beside,
            handed,
            joining,
            live,  # noqa: F401 - it plugs its stream in
            machine,  # noqa: F401 - it plugs its job in
            media,
            media_changes,  # noqa: F401 - it follows the journal
            notices,
        )
        from cityplus.social.composing import sending  # noqa: PLC0415 - it plugs its jobs in
        from cityplus.social.links import fetching  # noqa: F401, PLC0415 - it plugs its job in
        from cityplus.social.moderating import judged, moderated  # noqa: PLC0415
        from cityplus.social.questions import thread_of_question  # noqa: PLC0415
        from cityplus.social.rendering import (  # noqa: PLC0415
            belongings,
            polls,  # noqa: F401 - it plugs its job in
        )
        from cityplus.social.speakers import speaking, voices  # noqa: PLC0415
        from cityplus.social.views import person  # noqa: PLC0415
        from cityplus.web import header, navigation  # noqa: PLC0415

        notices.plug()
        voices.plug(Actor.Kind.PERSON, speaking.as_oneself)
        voices.plug(Actor.Kind.CITY, speaking.for_cities)
        rights.plug("social", media.may_add)
        visibility.plug("social", media.seen_by)
        usage.plug("social", media.uses)
        handing.plug("posts", lambda city, *people: sending.pass_on(city.actor, *people))
        handing.plug("conversation", handed.pass_on)
        beside.plug("question", thread_of_question.beside)
        belongings.plug()
        joining.plug()
        pages.plug(Actor.Kind.PERSON, person.page)
        navigation.plug(50, _("Conversation"), "social:network")
        header.plug(5, "social/header.html")
        moderated.plug_in()
        judged.plug_in()
