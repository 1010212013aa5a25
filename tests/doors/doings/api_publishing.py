"""Articles with their pictures, and what the public asks; by the API."""

from cast import Cast
from django.core.files.base import ContentFile
from publishing.test_articles import written as article
from publishing.test_asking import taken
from publishing.test_images import picture

from doors.doings import PLAIN, Doing, at, doing, plainly
from zhaoshang.publishing.rules import Asked

WORDS = {
    "title": PLAIN,
    "body": PLAIN,
    "title_en": PLAIN,
    "body_en": PLAIN,
    "keywords": PLAIN,
    "source_name": PLAIN,
    "source_url": "https://example.org/a",
    "document": PLAIN,
}

plainly("api:new_article", "statistician", WORDS | {"code": "spring", "kind": "news"})


@doing("api:rewrite_article")
def rewrite_article(cast: Cast) -> Doing:
    held = article(cast)
    return Doing("statistician", at("api:rewrite_article", held.pk), WORDS | {"revision": held.revision})


@doing("api:new_image")
def new_image(cast: Cast) -> Doing:
    said = {"file": ContentFile(picture(), name="a.jpg")}
    return Doing("statistician", at("api:new_image", article(cast).pk), said, asked={"alt": PLAIN, "alt_en": PLAIN})


@doing("api:article_step")
def article_step(cast: Cast) -> Doing:
    return Doing("statistician", at("api:article_step", article(cast).pk), {"step": "submit"})


@doing("api:answer_request")
def answer_request(cast: Cast) -> Doing:
    request, _receipt = taken(cast)
    said = {"outcome": "accepted", "reply": PLAIN, "public_reply": PLAIN}
    return Doing("statistician", at("api:answer_request", request.number), said)


@doing("api:note_identity")
def note_identity(cast: Cast) -> Doing:
    request, _receipt = taken(cast, Asked.PRIVACY)
    return Doing("statistician", at("api:note_identity", request.number), {"document": PLAIN})
