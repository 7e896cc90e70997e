from cityplus.ceremonies.planning.urls import addresses
from cityplus.desk.views.ceremonies import at_desk

urlpatterns = addresses("@<handle:handle>/ceremonies/", at_desk)
