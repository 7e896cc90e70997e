from django.urls import path

from cityplus.desk.views.conversation import common, matter, queue, ready

_ALL = "@<handle:handle>/conversation/"
_ONE = f"{_ALL}<int:matter>/"
_COMMON = "@<handle:handle>/common/"
urlpatterns = [
    path(_ALL, queue.queue, name="conversation"),
    path(f"{_ALL}numbers/", queue.numbers, name="conversation-numbers"),
    path(f"{_ALL}numbers/questions.csv", queue.numbers_file, name="conversation-numbers-csv"),
    path(f"{_ALL}ready/", ready.every, name="ready-answers"),
    path(f"{_ALL}ready/<int:ready>/", ready.one, name="ready-answer"),
    path(f"{_ALL}ready/<int:ready>/removal/", ready.removal, name="ready-answer-removal"),
    path(_ONE, matter.one, name="matter"),
    path(f"{_ONE}answers/", matter.answers, name="matter-answers"),
    path(f"{_ONE}assignment/", matter.assignment, name="matter-assignment"),
    path(f"{_ONE}state/", matter.state, name="matter-state"),
    path(f"{_ONE}notes/", matter.notes, name="matter-notes"),
    path(f"{_ONE}hiding/", matter.hiding, name="matter-hiding"),
    path(f"{_ONE}freezing/", matter.freezing, name="matter-freezing"),
    path(_COMMON, common.every, name="common-questions"),
    path(f"{_COMMON}<int:common>/", common.one, name="common-question"),
    path(f"{_COMMON}<int:common>/agreement/", common.agreement, name="common-question-agreement"),
    path(f"{_COMMON}<int:common>/withdrawal/", common.withdrawal, name="common-question-withdrawal"),
    path(f"{_COMMON}<int:common>/place/", common.place, name="common-question-place"),
]
