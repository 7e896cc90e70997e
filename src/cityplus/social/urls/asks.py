from django.urls import path

from cityplus.social.views import ask, questions

_ONE = "@<handle:handle>/questions/<int:number>/"
urlpatterns = [
    path("@<handle:handle>/questions/", questions.index, name="questions"),
    path("@<handle:handle>/questions/new/", ask.new, name="question-new"),
    path(_ONE, questions.one, name="question"),
    path(f"{_ONE}answers/", questions.answers, name="question-answers"),
    path(f"{_ONE}help/", questions.help_, name="question-help"),
    path(f"{_ONE}closing/", questions.closing, name="question-closing"),
]
