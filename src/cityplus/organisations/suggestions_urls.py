from django.urls import path

from cityplus.organisations.suggestions import suggestions

app_name = "suggestions"
urlpatterns = [path("work/@<handle:handle>/suggestions/", suggestions, name="suggestions")]
