"""Addresses of the account's months and of the chain."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import ledger, months

urlpatterns: list[URLPattern] = [
    path("months/", months.month_list, name="month_list"),
    path("months/begin/", months.month_begin, name="month_begin"),
    path("months/<str:text>/", months.month_open, name="month"),
    path("months/<str:text>/close/", months.month_close, name="month_close"),
    path("months/<str:text>/ask/", months.month_ask, name="month_ask"),
    path("months/changes/<uuid:key>/", months.month_decide, name="month_decide"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/walk/", ledger.ledger_walk, name="ledger_walk"),
    path("ledger/checkpoint/", ledger.checkpoint_make, name="checkpoint_make"),
    path("ledger/checkpoints/<uuid:key>/", ledger.checkpoint_file, name="checkpoint_file"),
    path("ledger/export/", ledger.ledger_export, name="ledger_export"),
]
