from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cityplus.events"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.events import (  # noqa: PLC0415
            attached,
            figures,
            findable,
            forgetting,
            letters,
            media,
            notices,
            noticing,  # noqa: F401 - it plugs its subscribers and jobs in
            of_organisation,
            reminding,
            takeout,
        )
        from cityplus.events import telling as told  # noqa: F401, PLC0415 - plugs its subscriber and jobs in
        from cityplus.events.doors import counting, live  # noqa: PLC0415 - live plugs the door of phones in
        from cityplus.events.doors import forgetting as doors  # noqa: F401, PLC0415 - plugs its subscriber in
        from cityplus.events.meetings import running, telling  # noqa: F401, PLC0415 - running plugs its job in
        from cityplus.media import keys, usage, visibility  # noqa: PLC0415
        from cityplus.organisations import parts  # noqa: PLC0415
        from cityplus.organisations import sections as workplace  # noqa: PLC0415
        from cityplus.organisations.roles import Right  # noqa: PLC0415
        from cityplus.social import attachments  # noqa: PLC0415
        from cityplus.social.accounts import leaving  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        del live, reminding
        telling.plug_in()
        letters.plug_in()
        notices.plug_in()
        findable.plug_in()
        takeout.plug_in()
        parts.plug(10, "events", of_organisation.part, "events.css")
        navigation.plug(25, _("Events"), "events:index", row="events")
        navigation.plug(26, _("Presenters"), "events:presenters", only_footer=True, row="events")
        workplace.plug(80, _("Events"), "events:events", verified=True)
        workplace.plug(90, _("Meetings"), "meetings:work", Right.DEAL, verified=True)
        figures.plug("doors", counting.for_report)
        attachments.plug("event", attached.Events())
        visibility.plug("events", media.seen_by)
        usage.plug("events", media.uses)
        keys.plug("events", media.files)
        leaving.plug("events", leaving.Part(away=forgetting.go, purge=forgetting.purge))
