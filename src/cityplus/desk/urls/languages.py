from django.urls import path

from cityplus.desk.views.errands import errand
from cityplus.desk.views.glossary import glossary, glossary_file, term
from cityplus.desk.views.languages import assignment, queue
from cityplus.desk.views.sides import sides
from cityplus.desk.views.units import units

urlpatterns = [
    path("@<handle:handle>/languages/", queue, name="languages"),
    path("@<handle:handle>/languages/glossary/", glossary, name="glossary"),
    path("@<handle:handle>/languages/glossary/<int:term>/", term, name="term"),
    path("@<handle:handle>/languages/glossary.csv", glossary_file, name="glossary_file"),
    path("@<handle:handle>/<piece:piece>/languages/<str:tag>/", sides, name="sides"),
    path("@<handle:handle>/<piece:piece>/languages/<str:tag>/assignment/", assignment, name="assignment"),
    path("@<handle:handle>/<piece:piece>/languages/<str:tag>/machine/", errand, name="errand"),
    path("@<handle:handle>/<piece:piece>/languages/<str:tag>/file.<slug:ending>", units, name="units"),
]
