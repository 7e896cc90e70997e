from django.urls import path

from cityplus.opportunities import views

_ALL = "opportunities/"
_ONE = "@<handle:handle>/opportunities/<slug:slug>/"
_TALK = f"{_ALL}interests/<int:number>/"
_WORK = "work/@<handle:handle>/opportunities/"
_OWN = f"{_WORK}<slug:slug>/"
app_name = "opportunities"
urlpatterns = [
    path(_ALL, views.index, name="index"),
    path(f"{_ALL}opportunities.atom", views.feed, name="atom"),
    path(f"{_ALL}opportunities.csv", views.csv_file, name="csv"),
    path(f"{_ALL}outcomes/", views.outcomes, name="outcomes"),
    path(f"{_ALL}outcomes/outcomes.csv", views.outcomes_file, name="outcomes-csv"),
    path(f"{_ALL}searches/", views.searches, name="searches"),
    path(f"{_ALL}searches/<int:number>/removal/", views.removal, name="search-removal"),
    path(f"{_ALL}met/", views.met, name="met"),
    path(f"{_ALL}interests/", views.mine, name="mine"),
    path(_TALK, views.interest, name="interest"),
    path(f"{_TALK}messages/", views.message, name="messages"),
    path(f"{_TALK}state/", views.state, name="state"),
    path(f"{_TALK}help/", views.help_, name="help"),
    path(f"{_TALK}outcomes/", views.tell, name="tell"),
    path(f"{_TALK}outcomes/<int:outcome>/", views.answer, name="answer"),
    path(f"{_TALK}outcomes/<int:outcome>/files/", views.proofs, name="proofs"),
    path(f"{_TALK}outcomes/<int:outcome>/files/<int:file>/", views.proof, name="proof"),
    path(f"{_TALK}outcomes/<int:outcome>/files/<int:file>/removal/", views.proof_removal, name="proof-removal"),
    path("@<handle:handle>/opportunities/", views.of_host, name="of-host"),
    path(_ONE, views.opportunity, name="opportunity"),
    path(f"{_ONE}interests/", views.entrance, name="entrance"),
    path(f"{_ONE}files/<int:number>/", views.paper, name="paper"),
    path(_WORK, views.work, name="work"),
    path("work/@<handle:handle>/interests/", views.interests, name="work-interests"),
    path(f"{_WORK}new/", views.new, name="new"),
    path(_OWN, views.edit, name="edit"),
    path(f"{_OWN}submission/", views.submission, name="submission"),
    path(f"{_OWN}return/", views.return_, name="return"),
    path(f"{_OWN}renewal/", views.renewal, name="renewal"),
    path(f"{_OWN}closing/", views.closing, name="closing"),
    path(f"{_OWN}files/", views.papers, name="papers"),
    path(f"{_OWN}files/<int:number>/removal/", views.paper_removal, name="paper-removal"),
]
