"""Pictures of articles: made anew, with words in both languages, seen while a version that the public reads shows them and never else."""

import io
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from zhaoshang.common.problems import Refused
from zhaoshang.publishing import actions
from zhaoshang.publishing.imaging import AltMissing, add_image
from zhaoshang.publishing.models import Article, ArticleImage, ArticleVersion
from zhaoshang.publishing.rules import images_in, parts

from .test_articles import written

pytestmark = pytest.mark.django_db
BODY = "第一段。\n\n[图1]\n\n末段。"


def picture(size: tuple[int, int] = (1200, 800), form: str = "JPEG", **info: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form, **info)
    return buffer.getvalue()


def located() -> bytes:
    """A picture that tells where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "示例相机"
    return picture(exif=exif)


def added(cast: Cast, article: Article, content: bytes | None = None, **words: str) -> ArticleImage:
    given = {"alt": "一片海", "alt_en": "A bay"} | words
    return add_image(
        article=article, content=content or picture(), name="a.jpg", by=cast.statistician, at=cast.now, **given
    )


def approved(cast: Cast, visible_from: Any = None) -> ArticleVersion:
    version = written(cast, body=BODY, body_en="First.\n\n[image 1]")
    added(cast, version.article)
    version = actions.submit(version=version, by=cast.statistician, at=cast.now)
    return actions.approve(version=version, by=cast.verifier, at=cast.now, visible_from=visible_from)


def status(client: Client, number: int = 1, width: int = 960) -> int:
    return client.get(reverse("portal:article_image", args=["first", number, width])).status_code


def test_a_body_shows_a_picture_by_a_line_of_its_own() -> None:
    assert [part.kind for part in parts("a\n[图1]\n[image 2]\n\nb [图3]")] == [
        "paragraph",
        "image",
        "image",
        "paragraph",
    ]
    assert images_in("[图1]", "[image 12]") == {1, 12}


def test_a_picture_is_upright_without_what_the_camera_wrote_in_three_widths(cast: Cast, client: Client) -> None:
    version = written(cast, body=BODY)
    held = added(cast, version.article, located())
    assert [(one["width"], one["height"]) for one in held.sizes] == [(800, 1200), (480, 720)]
    client.force_login(cast.statistician)
    content = client.get(reverse("desk:article_image", args=[version.pk, 1, 480])).content
    with Image.open(io.BytesIO(content)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (480, 720), {})
    assert "示例相机".encode() not in content


@pytest.mark.parametrize("words", [{"alt": " "}, {"alt_en": ""}])
def test_a_picture_needs_words_in_both_languages(cast: Cast, words: dict[str, str]) -> None:
    article = written(cast).article
    with pytest.raises(AltMissing):
        added(cast, article, **words)
    image = added(cast, article)
    with pytest.raises(Error), transaction.atomic():
        ArticleImage.objects.of(cast.city).filter(pk=image.pk).update(alt_en="")


@pytest.mark.parametrize(
    "content",
    [b"<svg onload=alert(1)>", picture()[:200], picture(form="GIF"), picture() + b"PK\x05\x06" + b"\x00" * 18],
)
def test_what_is_no_whole_picture_is_refused(cast: Cast, content: bytes) -> None:
    article = written(cast).article
    with pytest.raises(Refused):
        added(cast, article, content)
    assert not ArticleImage.objects.of(cast.city).exists()


def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(cast: Cast) -> None:
    buffer = io.BytesIO()
    Image.new("1", (30_000, 3_000)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 50_000
    with pytest.raises(Refused, match="pixels"):
        add_image(
            article=written(cast).article, content=buffer.getvalue(), name="a.png", alt="a", alt_en="a",
            by=cast.statistician, at=cast.now,
        )  # fmt: skip


def test_nothing_of_a_picture_is_seen_before_its_articles_instant(cast: Cast, client: Client) -> None:
    approved(cast, visible_from=timezone.now() + timedelta(hours=1))
    assert (status(client), status(client, width=480)) == (404, 404)


def test_the_public_sees_it_with_the_article_and_no_longer_than_that(cast: Cast, client: Client) -> None:
    version = approved(cast)
    page = client.get("/articles/first/").content.decode()
    assert 'alt="一片海"' in page and "/articles/first/images/1-480.jpg 480w" in page
    assert 'alt="A bay"' in client.get("/articles/first/?lang=en").content.decode()
    answer = client.get("/articles/first/images/1-960.jpg")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert (status(client, width=961), status(client, number=2)) == (404, 404)
    actions.withdraw_article(article=version.article, reason="有误", by=cast.verifier, at=timezone.now())
    assert status(client) == 404


def test_a_picture_that_the_article_no_longer_shows_is_no_longer_there(cast: Cast, client: Client) -> None:
    version = approved(cast)
    later = actions.correct_article(article=version.article, correction="去掉图", by=cast.statistician, at=cast.now)
    words = actions.Words("示例标题", "没有图。")
    later = actions.rewrite(version=later, revision=1, words=words, by=cast.statistician, at=cast.now)
    later = actions.submit(version=later, by=cast.statistician, at=cast.now)
    assert status(client) == 200
    actions.approve(version=later, by=cast.verifier, at=cast.now)
    assert status(client) == 404


def test_the_desk_and_the_api_add_pictures(cast: Cast, client: Client) -> None:
    version = written(cast, body=BODY)
    client.force_login(cast.statistician)
    page = reverse("desk:article", args=[version.pk])
    assert "没有图1" in client.get(page).content.decode()
    body = {"file": SimpleUploadedFile("a.jpg", picture()), "alt": "一片海", "alt_en": "A bay"}
    answer = client.post(reverse("desk:article_picture", args=[version.pk]), body, follow=True)
    assert "[图1]" in answer.content.decode() and 'alt="一片海"' in answer.content.decode()
    wordless = {"file": SimpleUploadedFile("a.jpg", picture())}
    assert (
        "替代文字"
        in client.post(reverse("desk:article_picture", args=[version.pk]), wordless, follow=True).content.decode()
    )
    told = client.post(
        f"/api/articles/{version.pk}/images?alt=a&alt_en=b", {"file": SimpleUploadedFile("b.png", picture(form="PNG"))}
    )
    assert (told.status_code, told.json()["number"]) == (201, 2)
    assert (
        client.post(
            f"/api/articles/{version.pk}/images?alt=a&alt_en=%20", {"file": SimpleUploadedFile("b.png", picture())}
        ).json()["code"]
        == "alt_missing"
    )


def test_the_same_picture_sent_twice_is_kept_once(cast: Cast) -> None:
    article = written(cast).article
    assert added(cast, article).pk == added(cast, article).pk
    assert added(cast, article, alt="别的话").number == 2
