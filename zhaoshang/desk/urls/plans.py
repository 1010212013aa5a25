"""Addresses of plans, their years, measures and tasks."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import plan_items, plans

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plans"),
    path("plans/new/", plans.plan_new, name="plan_new"),
    path("plans/<slug:code>/years/new/", plans.year_new, name="plan_year_new"),
    path("plans/<slug:code>/file/", plans.plan_file, name="plan_file"),
    path("plan-years/<uuid:key>/file/", plans.year_file, name="plan_year_file"),
    path("plan-years/<uuid:key>/items/new/", plan_items.item_new, name="plan_item_new"),
    path("plan-items/<uuid:key>/", plan_items.item_open, name="plan_item"),
    path("plan-items/<uuid:key>/change/", plan_items.item_change, name="plan_item_change"),
    path("plan-items/<uuid:key>/report/", plan_items.item_report, name="plan_item_report"),
]
