from django.apps import AppConfig


class CeremoniesConfig(AppConfig):
    name = "cityplus.ceremonies"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.ceremonies import attached, door, launching, leading, media, streams  # noqa: F401, PLC0415 - they plug themselves in
        from cityplus.media import visibility  # noqa: PLC0415
        from cityplus.social import attachments  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(27, _("Ceremonies"), "ceremonies:index", only_footer=True, row="events")
        visibility.plug("ceremonies", media.seen_by)
        attachments.plug("ceremony", attached.Ceremonies())
