from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cityplus.desk"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from cityplus.cities import handing, workplace  # noqa: PLC0415
        from cityplus.desk import (  # noqa: PLC0415
            access,
            assigned,
            dealt,
            joining,
            live,  # noqa: F401 - it plugs its stream in
            moderated,
            organised,
            used,
            waiting,
        )
        from cityplus.desk.conversation import told  # noqa: PLC0415
        from cityplus.desk.conversation import waits as of_conversation  # noqa: PLC0415
        from cityplus.desk.trail import of_events, sentences, things  # noqa: PLC0415
        from cityplus.desk.waits.ceremonies import ceremonies  # noqa: PLC0415
        from cityplus.desk.waits.drafts import drafts  # noqa: PLC0415
        from cityplus.desk.waits.events import events  # noqa: PLC0415
        from cityplus.desk.waits.moderation import moderation  # noqa: PLC0415
        from cityplus.desk.waits.organisations import organisations  # noqa: PLC0415
        from cityplus.media import usage  # noqa: PLC0415
        from cityplus.web import header  # noqa: PLC0415

        workplace.plug(lambda city: reverse("desk:home", args=[city.handle]), access.frame)
        handing.plug("translations", assigned.pass_on)
        header.plug(90, "desk/header.html")
        waiting.plug("drafts", drafts)
        waiting.plug("ceremonies", ceremonies)
        waiting.plug("moderation", moderation)
        waiting.plug("events", events)
        waiting.plug("organisations", organisations)
        moderated.plug_in()
        waiting.plug("opportunities", dealt.waits)
        dealt.plug_in()
        organised.plug_in()
        waiting.plug("joining", joining.waits)
        waiting.plug("official", joining.doubts)
        waiting.plug("languages", assigned.waiting_for)
        waiting.plug("conversation", of_conversation.waits)
        waiting.plug("common", of_conversation.agreements)
        for part in (told, of_events):
            sentences.plug(part.SAYS)
            sentences.KINDS.update(part.KINDS)
            for subject, finder in part.FINDERS.items():
                things.plug(subject, finder)
        usage.plug("desk", used.uses)
