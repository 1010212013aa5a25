"""Addresses of the public site."""

from django.urls import URLPattern, path

from zhaoshang.portal import articles, calendar, leads, linked, site, statistics, views
from zhaoshang.portal.offers import data, editions, enquiry, match, saving
from zhaoshang.portal.offers import views as offers

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", site.sitemap, name="sitemap"),
    path("bulletins/<uuid:key>/", views.bulletin, name="bulletin"),
    path("bulletins/<uuid:key>/bulletin.<slug:ext>", views.bulletin_file, name="bulletin_file"),
    path("figures/<uuid:key>/", views.figure, name="figure"),
    path("figures/data/", statistics.about, name="statistics"),
    path("figures/data/statistics.<slug:ext>", statistics.files, name="statistics_file"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/site.ics", calendar.calendar_file, name="calendar_file"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/feed.atom", articles.feed, name="feed"),
    path("articles/<slug:code>/", articles.article, name="article"),
    path("articles/<slug:code>/images/<int:number>-<int:width>.jpg", articles.image, name="article_image"),
    path("ask/", articles.ask, name="ask"),
    path("ask/log/", articles.log, name="log"),
    path("ask/<str:receipt>/", articles.asked, name="asked"),
    path("join/<str:told>/", linked.register, name="register"),
    path("demand/<str:told>/", linked.demand, name="demand"),
    path("leads/<slug:receipt>/", leads.receipt, name="receipt"),
    path("opportunities/", offers.listing, name="opportunities"),
    path("opportunities/map/", offers.city_map, name="opportunity_map"),
    path("opportunities/compare/", offers.compare, name="opportunity_compare"),
    path("opportunities/data/", data.about, name="offer_data"),
    path("opportunities/data/opportunities.<slug:ext>", data.files, name="offer_file"),
    path("opportunities/ask/", enquiry.enquire, name="enquire"),
    path("opportunities/match/", match.match, name="match"),
    path("opportunities/match/save/", saving.save, name="save_search"),
    path("saved/<str:told>/", saving.saved, name="saved_search"),
    path("opportunities/<slug:code>/", offers.entry, name="opportunity"),
    path("opportunities/<slug:code>/ask/", enquiry.enquire, name="enquire_about"),
    path("opportunities/<slug:code>/files/<uuid:key>/", offers.entry_file, name="opportunity_file"),
    path(
        "opportunities/<slug:code>/files/<uuid:key>/<int:width>.jpg", offers.entry_file, name="opportunity_file_narrow"
    ),
    path("editions/", editions.listing, name="editions"),
    path("editions/<int:number>/", editions.edition, name="edition"),
    path("editions/<int:number>/edition.<slug:ext>", editions.edition_file, name="edition_file"),
    path("notices/", leads.notices, name="notices"),
    path("notices/objections/<slug:receipt>/", leads.objected, name="claim_objected"),
    path("notices/<uuid:key>/object/", leads.objection, name="claim_objection"),
]
