from django.urls import path

from cityplus.desk.views import organisations

_AT = "@<handle:handle>/organisations"
urlpatterns = [
    path(f"{_AT}/", organisations.listed, name="organisations"),
    path(f"{_AT}/<int:organisation>/", organisations.one, name="organisation"),
    path(f"{_AT}/<int:organisation>/verification/", organisations.verification, name="organisation-verification"),
    path(f"{_AT}/<int:organisation>/return/", organisations.give_back, name="organisation-return"),
]
