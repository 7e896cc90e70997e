"""Everything under ``/account/``. The names without a room are those that allauth asks for."""

from django.urls import include, path, re_path

from cityplus.people.views import account, again, door, factors, passwords, sign_up

_own = [
    path("account/", account.account, name="account"),
    path("account/language/", account.language, name="language"),
]
_door = [
    path("account/session/", door.SignInView.as_view(), name="account_login"),
    path("account/session/end/", door.SignOutView.as_view(), name="account_logout"),
    path("account/session/second/", door.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("account/session/passkey/", door.PasskeyView.as_view(), name="mfa_login_webauthn"),
    path("account/session/again/", again.PasswordAgainView.as_view(), name="account_reauthenticate"),
    path("account/session/again/code/", again.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("account/session/again/passkey/", again.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/new/", sign_up.SignUpView.as_view(), name="account_signup"),
    path("account/email/", account.AddressesView.as_view(), name="account_email"),
    path("account/email/sent/", sign_up.LetterSentView.as_view(), name="account_email_verification_sent"),
    re_path(r"^account/email/(?P<key>[-:\w]+)/$", sign_up.ConfirmAddressView.as_view(), name="account_confirm_email"),
    path("account/password/", passwords.ChangePasswordView.as_view(), name="account_change_password"),
    path("account/password/first/", passwords.SetPasswordView.as_view(), name="account_set_password"),
    path("account/password/reset/", passwords.AskForResetView.as_view(), name="account_reset_password"),
    path("account/password/reset/sent/", passwords.ResetSentView.as_view(), name="account_reset_password_done"),
    path(
        "account/password/reset/done/", passwords.ResetDoneView.as_view(), name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        passwords.ResetView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("account/", account.account, name="mfa_index"),
    path("account/app/", factors.AddAppView.as_view(), name="mfa_activate_totp"),
    path("account/app/end/", factors.RemoveAppView.as_view(), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", factors.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", factors.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", factors.RecoveryCodesFileView.as_view(), name="mfa_download_recovery_codes"),
    path("account/passkeys/", factors.PasskeysView.as_view(), name="mfa_list_webauthn"),
    path("account/passkeys/new/", factors.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", factors.RenamePasskeyView.as_view(), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/end/", factors.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("account/sessions/", account.sessions, name="usersessions_list"),
]
urlpatterns = [path("", include((_own, "people"))), path("", include(_door))]
