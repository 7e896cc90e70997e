from django.urls import path

from cityplus.events.doors import console, tickets, views

app_name = "doors"
_EVENT = "@<handle:handle>/events/<slug:slug>"
_DOOR, _CONSOLE = f"{_EVENT}/door/<int:venue>", f"{_EVENT}/console"
urlpatterns = [
    path(f"{_EVENT}/tickets/", tickets.mine, name="tickets"),
    path(f"{_EVENT}/tickets/<int:registration>.pdf", tickets.pdf, name="ticket-pdf"),
    path(f"{_EVENT}/tickets/<int:registration>/renewal/", tickets.renewal, name="ticket-renewal"),
    path(f"{_EVENT}/stewards/<str:token>/", views.steward, name="steward"),
    path(f"{_DOOR}/", views.door, name="door"),
    path(f"{_DOOR}/scans/", views.scans, name="scans"),
    path(f"{_DOOR}/walk-ins/", views.walk_ins, name="walk-ins"),
    path(f"{_DOOR}/names.json", views.names, name="names"),
    path(f"{_CONSOLE}/", console.overview, name="console"),
    path(f"{_CONSOLE}/stewards/", console.stewards, name="stewards"),
    path(f"{_CONSOLE}/stewards/<int:steward>/end/", console.steward_end, name="steward-end"),
    path(f"{_CONSOLE}/halls/<int:venue>/names-<int:part>.pdf", console.names_pdf, name="names-pdf"),
    path(f"{_CONSOLE}/halls/<int:venue>/badges-<int:part>.pdf", console.badges_pdf, name="badges-pdf"),
]
