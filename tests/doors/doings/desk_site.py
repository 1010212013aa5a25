"""What the desk does for the public site: articles in versions, pictures, what the public asks."""

from cast import Cast
from django.core.files.base import ContentFile
from publishing.test_articles import written
from publishing.test_asking import taken
from publishing.test_images import picture

from doors.doings import PLAIN, Doing, doing
from zhaoshang.publishing.rules import Asked

WORDS = dict.fromkeys(("title", "body", "title_en", "body_en", "keywords", "source_name", "document"), PLAIN)


@doing("desk:article_new")
def article_new(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/articles/new/", WORDS | {"kind": "news", "code": "spring"})


@doing("desk:article_save")
def article_save(cast: Cast) -> Doing:
    version = written(cast)
    return Doing("statistician", f"/desk/articles/{version.pk}/save/", WORDS | {"revision": str(version.revision)})


@doing("desk:article_move")
def article_move(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/articles/{written(cast).pk}/submit/")


@doing("desk:article_picture")
def article_picture(cast: Cast) -> Doing:
    sent = {"file": ContentFile(picture(), name="a.jpg"), "alt": PLAIN, "alt_en": PLAIN}
    return Doing("statistician", f"/desk/articles/{written(cast).pk}/pictures/", sent)


@doing("desk:public_request")
def public_request(cast: Cast) -> Doing:
    request, _receipt = taken(cast)
    sent = {"outcome": "accepted", "reply": PLAIN, "public_reply": PLAIN}
    return Doing("statistician", f"/desk/public-requests/{request.number}/", sent)


@doing("desk:request_identity")
def request_identity(cast: Cast) -> Doing:
    request, _receipt = taken(cast, Asked.PRIVACY)
    return Doing("statistician", f"/desk/public-requests/{request.number}/identity/", {"document": PLAIN})
