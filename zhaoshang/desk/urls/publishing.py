"""Addresses of the publishing desk and of what the public asks."""

from django.urls import URLPattern, path, register_converter

from zhaoshang.desk.views import publishing, searches, site_files


class Step:
    """A step of an article's version."""

    regex = "submit|return|approve|call_back|correct|withdraw"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Step, "article_step")

urlpatterns: list[URLPattern] = [
    path("articles/", publishing.article_list, name="article_list"),
    path("articles/new/", publishing.article_new, name="article_new"),
    path("articles/<uuid:key>/", publishing.article, name="article"),
    path("articles/<uuid:key>/save/", publishing.article_save, name="article_save"),
    path("articles/<uuid:key>/pictures/", site_files.article_picture, name="article_picture"),
    path("articles/<uuid:key>/images/<int:number>-<int:width>.jpg", site_files.article_image, name="article_image"),
    path("activities/<slug:code>/announce/", site_files.activity_announce, name="activity_announce"),
    path("articles/<uuid:key>/<article_step:step>/", publishing.article_move, name="article_move"),
    path("public-requests/", publishing.request_list, name="request_list"),
    path("public-requests/<int:number>/", publishing.public_request, name="public_request"),
    path("public-requests/<int:number>/identity/", publishing.request_identity, name="request_identity"),
    path("saved-searches/", searches.saved_searches, name="saved_searches"),
]
