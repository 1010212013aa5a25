"""Addresses of the start page, the search, logging in and out, one's own password, the language."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import account, home, search

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("language/", account.language, name="language"),
    path("password/", account.password, name="password"),
]
