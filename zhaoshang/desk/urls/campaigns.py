"""Addresses of special campaigns and their tags."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import campaign_tags, campaigns

urlpatterns: list[URLPattern] = [
    path("campaigns/", campaigns.campaign_list, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/tag/", campaign_tags.campaign_tag, name="campaign_tag"),
    path("campaigns/untag/", campaign_tags.campaign_untag, name="campaign_untag"),
    path("campaigns/import/", campaign_tags.campaign_import, name="campaign_import"),
    path("campaigns/<slug:code>/", campaigns.campaign_open, name="campaign"),
    path("campaigns/<slug:code>/amend/", campaigns.campaign_amend, name="campaign_amend"),
    path("campaigns/<slug:code>/projects/", campaigns.campaign_projects, name="campaign_projects"),
    path("campaigns/<slug:code>/payments/", campaigns.campaign_payments, name="campaign_payments"),
]
