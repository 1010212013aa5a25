"""An investor saves a search, confirms it from the mail, is told once of what is new, and can make the city forget the address."""

import email
import re
import socketserver
from datetime import timedelta
from decimal import Decimal
from email.message import Message
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from cast import NOW, Cast
from django.core import mail
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from opportunities.building import drafted, held

from zhaoshang.command.telling import moment, once
from zhaoshang.opportunities.actions import publish_entry, take
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.people.models import Event
from zhaoshang.searches import letterbox
from zhaoshang.searches.actions import confirm_search, link_of, save_search, stop_search
from zhaoshang.searches.models import Notice, SavedSearch, ToldEntry
from zhaoshang.searches.rules import LEASE_MINUTES, MOST_A_DAY, MOST_OF_ONE_MAIL, MOST_TRIES
from zhaoshang.searches.telling import note_news, send_waiting
from zhaoshang.tenancy.models import City

pytestmark = pytest.mark.django_db
SOUGHT = {"industry": "C", "land": "10"}
MAIL = "who@example.org"


@pytest.fixture(autouse=True)
def _city_of_the_command(settings: Any, cast: Cast, tmp_path: Path) -> None:
    settings.CITY, settings.EMAIL_FILE_PATH = cast.city.code, str(tmp_path / "mail")
    settings.MAIL_FROM, settings.PUBLIC_URL = "noreply@city.example", "https://city.example"


def saved(cast: Cast, **changes: Any) -> SavedSearch:
    given: dict[str, Any] = {"given": SOUGHT, "mail": MAIL, "language": "zh-hans", "at": NOW}
    found = save_search(city=cast.city, **given | changes)
    assert found
    return found


def active(cast: Cast, **changes: Any) -> SavedSearch:
    return confirm_search(search=saved(cast, **changes), at=NOW)


def published(cast: Cast, hours: int = 1, **changes: Any) -> Opportunity:
    entry = drafted(cast, **changes)
    return held(publish_entry(entry=entry, by=cast.officer, at=NOW + timedelta(hours=hours)))


def round_of(cast: Cast, **later: int) -> list[Any]:
    """What one round of the loop sends, that many days or hours later."""
    at, before = NOW + timedelta(**later), len(mail.outbox)
    note_news(city=cast.city, today=timezone.localdate(at), at=at)
    send_waiting(city=cast.city, at=at)
    return mail.outbox[before:]


def test_a_search_is_saved_confirmed_and_stopped_by_the_link_in_its_mail(cast: Cast, client: Client) -> None:
    page = client.get(reverse("portal:match"), SOUGHT).content.decode()
    assert 'name="mail"' in page
    answer = client.post(reverse("portal:save_search"), SOUGHT | {"mail": " Who@Example.org ", "agreed": "on"})
    assert (answer.status_code, bool(answer.cookies), mail.outbox) == (200, False, [])
    once(timezone.now())
    (letter,) = mail.outbox
    link = re.search(r"https://city\.example(/saved/([\w-]+)/\?lang=zh-hans)", letter.body)
    assert link and len(link[2]) == 32 and letter.to == [MAIL]
    assert "确认订阅" in client.get(link[1]).content.decode()
    assert SavedSearch.objects.of(cast.city).get().confirmed_at is None
    assert "已确认" in client.post(link[1], {"do": "confirm"}).content.decode()
    told = client.post(link[1], {"List-Unsubscribe": "One-Click"})
    assert "邮箱和条件已经抹去" in told.content.decode()
    held_now = SavedSearch.objects.of(cast.city).get()
    assert (held_now.mail, held_now.said, held_now.erased_at is not None) == ("", {}, True)
    assert client.get("/saved/" + link[2][::-1] + "/").status_code == 404


def test_in_a_sample_city_the_mail_goes_by_the_city_s_own_clock(cast: Cast, client: Client) -> None:
    City.objects.filter(pk=cast.city.pk).update(is_sample=True, days_behind=1000)
    client.post(reverse("portal:save_search"), SOUGHT | {"mail": MAIL, "agreed": "on"})
    assert once(moment())["sent"] == len(mail.outbox) == 1
    assert SavedSearch.objects.of(cast.city).get().erased_at is None


def test_nobody_is_told_before_the_address_is_confirmed(cast: Cast) -> None:
    saved(cast)
    published(cast)
    assert [one.subject[:3] for one in round_of(cast, hours=2)] == ["请确认"]


def test_only_what_is_new_and_fits_is_told_and_only_once(cast: Cast) -> None:
    old = published(cast, hours=-1)
    active(cast)
    new, small, other = published(cast), published(cast, area_m2=Decimal(1)), published(cast, industry="I")
    (letter,) = round_of(cast, hours=2)
    assert [one.code in letter.body for one in (new, small, other, old)] == [True, False, False, False]
    assert "https://city.example/opportunities/" in letter.body and "停止来信" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert round_of(cast, days=1) == []


def test_at_most_one_mail_a_day_and_the_rest_the_day_after(cast: Cast) -> None:
    active(cast)
    published(cast)
    assert len(round_of(cast, hours=2)) == 1
    later = published(cast, hours=3)
    assert round_of(cast, hours=4) == []
    (letter,) = round_of(cast, days=1)
    assert later.code in letter.body


def test_what_left_the_list_before_the_mail_went_is_not_told(cast: Cast) -> None:
    active(cast)
    entry = published(cast)
    at = NOW + timedelta(hours=2)
    note_news(city=cast.city, today=timezone.localdate(at), at=at)
    take(entry=entry, project=None, text="示例", by=cast.officer, at=at)
    assert send_waiting(city=cast.city, at=at).dropped >= 1
    assert [one for one in mail.outbox if entry.code in one.body] == []


@pytest.mark.case("C10")
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{7*7}}", "示例\r\nBcc: x@example.org", "javascript:alert(1)"]
)
def test_what_people_typed_is_plain_text_in_a_letter(cast: Cast, text: str) -> None:
    active(cast)
    published(cast, title=text)
    (letter,) = round_of(cast, hours=2)
    sent = letter.message()
    assert (sent.get_content_type(), sent.is_multipart(), sent["Bcc"], letter.bcc) == ("text/plain", False, None, [])
    assert "49" not in letter.subject and text.split()[0] in letter.body


def test_an_english_search_is_told_in_english(cast: Cast) -> None:
    active(cast, language="en")
    published(cast)
    (letter,) = round_of(cast, hours=2)
    assert "Sample parcel" in letter.body and "?lang=en" in letter.body and "停止" not in letter.body


@pytest.mark.case("H16")
def test_a_mail_that_was_killed_after_it_went_lies_once_in_the_folder(
    cast: Cast, settings: Any, monkeypatch: Any
) -> None:
    settings.EMAIL_BACKEND = "zhaoshang.searches.letterbox.EmailBackend"
    saved(cast)
    whole = letterbox.EmailBackend.send_messages

    def killed(self: Any, letters: Any) -> int:
        whole(self, letters)
        raise KeyboardInterrupt

    monkeypatch.setattr(letterbox.EmailBackend, "send_messages", killed)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(city=cast.city, at=NOW)
    monkeypatch.setattr(letterbox.EmailBackend, "send_messages", whole)
    assert send_waiting(city=cast.city, at=NOW + timedelta(minutes=LEASE_MINUTES)).sent == 0
    assert send_waiting(city=cast.city, at=NOW + timedelta(minutes=LEASE_MINUTES + 1)).sent == 1
    (file,) = Path(settings.EMAIL_FILE_PATH).iterdir()
    letter: Message = email.message_from_bytes(file.read_bytes())
    assert letter["To"] == MAIL and letter["Message-ID"][1:-1] in file.name
    assert send_waiting(city=cast.city, at=NOW + timedelta(days=1)).sent == 0


class PostOffice(socketserver.StreamRequestHandler):
    """A mail server, as far as it goes: takes what it is given; ``dies`` so many times after it took a mail and before it says so."""

    taken: ClassVar[list[bytes]] = []
    dies = 0

    def handle(self) -> None:
        self.wfile.write(b"220 sample\r\n")
        while word := self.rfile.readline().strip().upper():
            if word != b"DATA":
                self.wfile.write(b"250 sample\r\n" if word != b"QUIT" else b"221 bye\r\n")
                continue
            self.wfile.write(b"354 go on\r\n")
            self.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            if len(self.taken) <= type(self).dies:
                return
            self.wfile.write(b"250 taken\r\n")


@pytest.mark.parametrize("killed", ["the mail server", "we"])
@pytest.mark.case("H16")
def test_a_mail_killed_between_its_taking_and_our_mark_goes_again_as_the_same_mail_and_then_never(
    killed: str, cast: Cast, settings: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(PostOffice, "taken", [])
    monkeypatch.setattr(PostOffice, "dies", int(killed == "the mail server"))
    saved(cast)
    with socketserver.TCPServer(("127.0.0.1", 0), PostOffice) as office:
        Thread(target=office.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = office.server_address
        if killed == "we":
            with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
                dying.setattr("zhaoshang.searches.telling._ended", lambda *_a: (_ for _ in ()).throw(KeyboardInterrupt))
                send_waiting(city=cast.city, at=NOW)
        else:
            assert send_waiting(city=cast.city, at=NOW).failed == 1
        assert send_waiting(city=cast.city, at=NOW + timedelta(minutes=LEASE_MINUTES + 1)).sent == 1
        assert send_waiting(city=cast.city, at=NOW + timedelta(days=1)).sent == 0
        office.shutdown()
    names = [email.message_from_bytes(one)["Message-ID"] for one in PostOffice.taken]
    assert len(names) == 2 and len(set(names)) == 1


@pytest.mark.case("H16")
def test_a_kill_while_news_is_noted_leaves_nothing_or_all_of_it(cast: Cast, monkeypatch: Any) -> None:
    active(cast)
    published(cast)
    at = NOW + timedelta(hours=2)
    monkeypatch.setattr("zhaoshang.searches.telling.record", lambda *_a, **_k: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        note_news(city=cast.city, today=timezone.localdate(at), at=at)
    monkeypatch.undo()
    assert not ToldEntry.objects.of(cast.city).exists()
    assert note_news(city=cast.city, today=timezone.localdate(at), at=at) == 1
    assert note_news(city=cast.city, today=timezone.localdate(at), at=at) == 0


@pytest.mark.case("H8")
def test_a_mail_that_cannot_go_is_tried_again_then_given_up_without_naming_the_address(
    cast: Cast, monkeypatch: Any
) -> None:
    saved(cast)

    def refuse(*_a: Any, **_k: Any) -> None:
        raise ConnectionRefusedError(MAIL)

    monkeypatch.setattr("zhaoshang.searches.telling.get_connection", refuse)
    for turn in range(MOST_TRIES + 1):
        send_waiting(city=cast.city, at=NOW + timedelta(minutes=turn * (LEASE_MINUTES + 1)))
    notice = Notice.objects.of(cast.city).get()
    assert (notice.state, notice.tries, notice.why) == ("failed", MOST_TRIES, "ConnectionRefusedError")
    lines = Event.objects.of(cast.city).filter(verb__startswith="searches.")
    assert "searches.notice.given_up" in {one.verb for one in lines}
    assert [one for one in lines if MAIL in f"{one.about_text}{one.detail}"] == []


@pytest.mark.case("I7")
def test_addresses_that_nobody_confirmed_are_erased_and_never_come_back(cast: Cast) -> None:
    search, kept = saved(cast), active(cast, mail="kept@example.org")
    assert once(NOW + timedelta(days=6))["addresses_erased"] == 0
    assert once(NOW + timedelta(days=7))["addresses_erased"] == 1
    rows = SavedSearch.objects.of(cast.city)
    assert [rows.get(pk=one.pk).mail for one in (search, kept)] == ["", "kept@example.org"]
    with pytest.raises(Error), transaction.atomic():
        rows.filter(pk=search.pk).update(mail=MAIL, erased_at=None)


def test_an_address_has_few_searches_and_the_page_does_not_tell_whether_it_is_known(cast: Cast, client: Client) -> None:
    for mu in range(MOST_OF_ONE_MAIL):
        saved(cast, given={"land": str(mu + 1)})
    body = {"land": "99", "agreed": "on"}
    known = client.post(reverse("portal:save_search"), body | {"mail": MAIL}).content
    unknown = client.post(reverse("portal:save_search"), body | {"mail": "new@example.org"}).content
    assert known == unknown
    assert SavedSearch.objects.of(cast.city).filter(mail=MAIL).count() == MOST_OF_ONE_MAIL


@pytest.mark.case("I2")
def test_saving_again_and_again_is_braked(cast: Cast, client: Client) -> None:
    body = SOUGHT | {"agreed": "on"}
    codes = [
        client.post(reverse("portal:save_search"), body | {"mail": f"n{turn}@example.org"}).status_code
        for turn in range(8)
    ]
    assert codes == [200] * 6 + [429] * 2


@pytest.mark.case("I2")
def test_the_city_takes_so_many_a_day(cast: Cast, client: Client, monkeypatch: Any) -> None:
    assert MOST_A_DAY == 500
    monkeypatch.setattr("zhaoshang.searches.actions.MOST_A_DAY", 0)
    answer = client.post(reverse("portal:save_search"), SOUGHT | {"mail": MAIL, "agreed": "on"})
    assert (answer.status_code, SavedSearch.objects.of(cast.city).exists()) == (422, False)


@pytest.mark.parametrize("wrong", [{"mail": "nobody"}, {"agreed": ""}, {"land": "many"}, {"land": "", "industry": ""}])
def test_what_cannot_be_saved_is_named_and_nothing_is_kept(cast: Cast, client: Client, wrong: dict[str, str]) -> None:
    answer = client.post(reverse("portal:save_search"), SOUGHT | {"mail": MAIL, "agreed": "on"} | wrong)
    assert (answer.status_code, SavedSearch.objects.of(cast.city).exists()) == (422, False)
    assert "需要改正" in answer.content.decode()


def test_without_a_way_for_mail_nothing_is_offered_or_sent(cast: Cast, client: Client, settings: Any) -> None:
    saved(cast)
    settings.EMAIL_BACKEND = ""
    assert 'name="mail"' not in client.get(reverse("portal:match"), SOUGHT).content.decode()
    assert client.post(reverse("portal:save_search"), SOUGHT | {"mail": MAIL, "agreed": "on"}).status_code == 404
    assert "sent" not in once(NOW)


def test_the_desk_and_the_api_count_and_never_name(cast: Cast, client: Client) -> None:
    active(cast)
    saved(cast, given={"power": "1"}, mail="other@example.org")
    stop_search(search=saved(cast, given={"land": "7"}), at=NOW)
    client.force_login(cast.statistician)
    page = client.get(reverse("desk:saved_searches")).content.decode()
    body = client.get("/api/saved-searches")
    assert body.json()["standings"] == {"waiting": 1, "active": 1, "erased": 1}
    assert body.json()["industries"] == {"C": 1}
    told = link_of(SavedSearch.objects.of(cast.city).first())
    assert [text for text in (page, body.content.decode()) if "example.org" in text or told[:8] in text] == []
    assert client.get(reverse("desk:saved_searches") + "?xlsx=1")["Content-Type"].endswith("sheet")
