from django.urls import path

from cityplus.moderation.views import acceptance, decisions, report, rules, transparency

app_name = "moderation"
urlpatterns = [
    path("reports/<slug:kind>/<int:number>/", report.report, name="report"),
    path("account/decisions/", decisions.decisions, name="decisions"),
    path("account/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("account/decisions/<int:pk>/appeal/", decisions.appeal, name="appeal"),
    path("account/rules/", acceptance.acceptance, name="acceptance"),
    path("about/rules/", rules.rules, name="rules"),
    path("about/transparency/", transparency.transparency, name="transparency"),
    path("about/transparency/transparency.csv", transparency.as_file, name="transparency-csv"),
]
