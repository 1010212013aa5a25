"""Addresses of logging in and out, one's own password, the language."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import account, home

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("language/", account.language, name="language"),
    path("password/", account.password, name="password"),
]
