"""Addresses of the start page, the search, logging in and out, one's own password, the language."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import account, factor, home, passkeys, search, sso

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("login/", account.login, name="login"),
    path("login/passkey/", account.login_passkey, name="login_passkey"),
    path("login/code/", account.login_code, name="login_code"),
    path("login/sso/", sso.sso_begin, name="sso_begin"),
    path("login/sso/back/", sso.sso_back, name="sso_back"),
    path("prove/", account.prove, name="prove"),
    path("second-factor/", factor.second_factor, name="second_factor"),
    path("second-factor/confirm/", factor.second_factor_confirm, name="second_factor_confirm"),
    path("second-factor/codes/", factor.second_factor_codes, name="second_factor_codes"),
    path("second-factor/remove/", factor.second_factor_remove, name="second_factor_remove"),
    path("second-factor/passkeys/", passkeys.passkey_confirm, name="passkey_confirm"),
    path("second-factor/passkeys/new/", passkeys.passkey_new, name="passkey_new"),
    path("second-factor/passkeys/<uuid:key>/remove/", passkeys.passkey_remove, name="passkey_remove"),
    path("logout/", account.logout, name="logout"),
    path("language/", account.language, name="language"),
    path("password/", account.password, name="password"),
]
