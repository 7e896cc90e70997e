from django.urls import path

from cityplus.desk.views import joining, official

urlpatterns = [
    path("@<handle:handle>/checklist/", joining.checklist, name="checklist"),
    path("@<handle:handle>/checklist/candidacy/", joining.candidacy, name="candidacy"),
    path("@<handle:handle>/checklist/candidacy/end/", joining.candidacy_end, name="candidacy_end"),
    path("@<handle:handle>/official/", official.proofs, name="official"),
    path("@<handle:handle>/official/<int:pk>/check/", official.check, name="proof_check"),
    path("@<handle:handle>/official/<int:pk>/end/", official.end, name="proof_end"),
]
