from django.urls import path

from cityplus.events.meetings import console, views, work

app_name = "meetings"
_EVENT = "@<handle:handle>/events/<slug:slug>"
_MINE, _CONSOLE = f"{_EVENT}/meetings", f"{_EVENT}/console/meetings"
urlpatterns = [
    path("work/@<handle:handle>/meetings/", work.work, name="work"),
    path(f"{_MINE}/", views.entrance, name="entrance"),
    path(f"{_MINE}/<handle:organisation>/", views.party, name="party"),
    path(f"{_MINE}/<handle:organisation>/wishes/", views.wishes, name="wishes"),
    path(f"{_MINE}/<handle:organisation>/departure/", views.departure, name="departure"),
    path(f"{_MINE}/<handle:organisation>/cancellations/", views.cancellations, name="cancellations"),
    path(f"{_MINE}/<handle:organisation>/meetings.ics", views.ics, name="ics"),
    path(f"{_MINE}/<handle:organisation>/meetings.pdf", views.pdf, name="pdf"),
    path(f"{_CONSOLE}/", console.overview, name="console"),
    path(f"{_CONSOLE}/halls/<int:venue>/", console.hall, name="hall"),
    path(f"{_CONSOLE}/runs/", console.runs, name="runs"),
    path(f"{_CONSOLE}/runs/<int:run>/publication/", console.publication, name="publication"),
]
