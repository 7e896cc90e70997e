from django.urls import path

from cityplus.desk.views import interests, opportunities

_ALL = "@<handle:handle>/opportunities/"
_TALK = "@<handle:handle>/interests/<int:interest>/"
urlpatterns = [
    path(_ALL, opportunities.every, name="opportunities"),
    path(f"{_ALL}<int:opportunity>/", opportunities.one, name="opportunity"),
    path(f"{_ALL}<int:opportunity>/verdict/", opportunities.verdict, name="opportunity-verdict"),
    path(_TALK, interests.one, name="interest"),
    path(f"{_TALK}assignment/", interests.assignment, name="interest-assignment"),
    path(f"{_TALK}reminder/", interests.reminder, name="interest-reminder"),
    path(f"{_TALK}notes/", interests.notes, name="interest-notes"),
    path(f"{_TALK}messages/", interests.message, name="interest-messages"),
]
