"""Profiles, following, blocking; and what a person takes along or leaves behind."""

from django.urls import path

from cityplus.social.views import barring, closing, following, profile, requests, takeout

urlpatterns = [
    path("account/profile/", profile.profile, name="profile"),
    path("account/profile/picture/", profile.picture, name="profile-picture"),
    path("account/bars/", barring.bars, name="bars"),
    path("account/bars/<int:number>/", barring.silence, name="silence"),
    path("account/export/", takeout.takeouts, name="takeouts"),
    path("account/export/<int:number>/", takeout.file, name="takeout"),
    path("account/closing/", closing.closing, name="closing"),
    path("home/requests/", requests.requests, name="requests"),
    path("home/requests/<int:number>/", requests.answer, name="request"),
    path("@<somebody:handle>/followers/", following.followers, name="followers"),
    path("@<somebody:handle>/followers/<handle:follower>/", following.follower, name="follower"),
    path("@<handle:handle>/following/", following.followed, name="following"),
    path("@<handle:handle>/blocks/", barring.block, name="blocks"),
    path("@<somebody:handle>/mutes/", barring.mute, name="mutes"),
]
