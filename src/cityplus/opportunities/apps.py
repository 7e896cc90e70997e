from django.apps import AppConfig


class OpportunitiesConfig(AppConfig):
    name = "cityplus.opportunities"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.media import keys  # noqa: PLC0415
        from cityplus.opportunities import (  # noqa: PLC0415
            account,
            attached,
            expiring,  # noqa: F401 - it plugs its chore in
            findable,
            machine,  # noqa: F401 - it plugs its job in
            matching,
            moderated,
            notices,
            of_organisation,
            parting,
            takeout,
            telling,
        )
        from cityplus.opportunities.models import Paper, Proof  # noqa: PLC0415
        from cityplus.organisations import encounters, parts  # noqa: PLC0415
        from cityplus.organisations import matching as suggestions  # noqa: PLC0415
        from cityplus.organisations import sections as workplace  # noqa: PLC0415
        from cityplus.organisations.roles import Right  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.social import attachments  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(30, _("Opportunities"), "opportunities:index", row="opportunities")
        navigation.plug(32, _("Outcomes"), "opportunities:outcomes", only_footer=True, row="opportunities")
        index.plug(findable.KIND, findable.Opportunities())
        keys.plug("opportunities", lambda: [*Paper.keys(), *Proof.keys()])
        parts.plug(20, "opportunities", of_organisation.part, "opportunities.css")
        suggestions.plug("opportunities", _("Opportunities"), matching.fitting)
        suggestions.plug_seeks(matching.sought)
        encounters.plug(
            "opportunities", _("Tell what came of it"), lambda word: f"{reverse('opportunities:met')}?word={word}"
        )
        workplace.plug(50, _("Opportunities"), "opportunities:work", Right.WRITE, verified=True)
        workplace.plug(60, _("Interests"), "opportunities:work-interests", Right.DEAL, verified=True)
        sections.plug("opportunities", account.opportunities)
        attachments.plug("opportunity", attached.Opportunities())
        notices.plug_in()
        telling.plug_in()
        moderated.plug_in()
        parting.plug_in()
        takeout.plug_in()
