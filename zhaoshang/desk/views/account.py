"""Logging in and out, one's own password, the language of the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset as forget_wrong
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhaoshang.desk.access import desk_page, public_page
from zhaoshang.desk.passkey_form import PasskeyForm
from zhaoshang.desk.proof import ProofForm, code_label, proves
from zhaoshang.people import account, brakes, passkeys, second_factor, sessions, sso
from zhaoshang.people.models import LONGEST_NAME, User
from zhaoshang.people.safety import policy_on
from zhaoshang.tenancy.clock import now_of, true_now
from zhaoshang.tenancy.models import City
from zhaoshang.ui.reference import reference

HALF_SECONDS, LONGEST_ADDRESS = 300, 8_000
TOKEN = "id_token"  # noqa: S105 - where a session keeps what the identity provider said
_NOT_TAKEN = _("这次没有认可。请再用一次通行密钥，或输一个验证码。")
_FOREVER = timedelta(days=36_500)


def refused_words(city: City) -> str:
    """One sentence for every refusal, so that nobody learns which names exist."""
    lock = policy_on().lock
    if lock.ends_by_itself(sample=city.is_sample):
        told = _("用户名或密码不对，或账号已停用。连续输错 %(count)s 次，要等 %(minutes)s 分钟。")
    else:
        told = _("用户名或密码不对，或账号已停用、已锁定。连续输错 %(count)s 次就会锁定，要由安全管理员解除。")
    return told % {"count": lock.wrong_passwords, "minutes": lock.minutes}


class LoginForm(AuthenticationForm):
    """Name and password."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.error_messages = dict.fromkeys(("invalid_login", "inactive"), refused_words(city))
        self.fields["username"].label, self.fields["password"].label = _("用户名"), _("密码")

    def confirm_login_allowed(self, user: Any) -> None:
        """Not who is disabled, nor with a one-time password that is older than a day: in the same words as a wrong one."""
        super().confirm_login_allowed(user)
        if user.password_until is not None and user.password_until <= true_now():
            raise self.get_invalid_login_error()


class PasswordForm(forms.Form):
    """The present password and the new one, twice."""

    present = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    wanted = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少十二个字符，不能是常见密码，也不能和用户名相近"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_wanted(self) -> str:
        """A password that the policy allows."""
        wanted = str(self.cleaned_data["wanted"])
        validate_password(wanted, self.user)
        return wanted

    def clean(self) -> dict[str, Any]:
        """Both entries of the new one are the same."""
        given = super().clean() or {}
        if given.get("wanted") and given.get("again") and given["wanted"] != given["again"]:
            self.add_error("again", ValidationError(_("两次输入的新密码不一样。")))
        return given


def _inside(request: HttpRequest, address: str) -> str:
    """The address when it is one and stays on this site, else the start page."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    inside = safe and address.startswith("/") and len(quote(address)) <= LONGEST_ADDRESS
    return address if inside else str(settings.LOGIN_REDIRECT_URL)


@public_page("GET", "POST")
@never_cache
@sensitive_post_parameters("password")
def login(request: Any) -> HttpResponse:
    """The login page."""
    if request.user.is_authenticated and request.viewer.user is not None:
        return redirect("desk:home")
    if request.method == "POST" and (seconds := must_wait(request)):
        return braked(request, seconds)
    form = LoginForm(request, request.POST or None, city=request.viewer.city)
    if request.method == "POST":
        if form.is_valid():
            return first_step_right(request, form.get_user(), request.POST.get("next", ""))
        if not getattr(request, "axes_locked_out", False):
            _note_refusal(request, locked=False)
    return _login_page(request, form)


def _login_page(request: Any, form: LoginForm, wanted: str = "") -> HttpResponse:
    shown = {
        "form": form,
        "next": wanted or request.GET.get("next", ""),
        "was_over": _was_over(request),
        "sso": settings.SSO,
        "alone": AloneForm(),
        "options": passkeys.alone_options(request.viewer.city),
    }
    return render(request, "desk/account/login.html", shown)


class AloneForm(forms.Form):
    """What the browser answers for who logs in by a passkey alone."""

    passkey = forms.CharField(max_length=passkeys.LONGEST, widget=forms.HiddenInput)


@public_page("POST")
@never_cache
@sensitive_post_parameters("passkey")
def login_passkey(request: Any) -> HttpResponse:
    """In by a passkey alone, which checks its person: it is both factors. Who may not, for whatever reason, reads one sentence."""
    if seconds := must_wait(request):
        return braked(request, seconds)
    city, wanted, now = request.viewer.city, request.POST.get("next", ""), now_of(request.viewer.city)
    sent = AloneForm(request.POST)
    user = None
    with _whole(request):
        if sent.is_valid():
            user = passkeys.person_by_passkey(city=city, answer=sent.cleaned_data["passkey"], at=now)
        locked = user is not None and AxesProxyHandler.is_locked(request, {"username": user.username})
        if user is not None and user.is_active and not locked:
            user.backend = "django.contrib.auth.backends.ModelBackend"
            return _let_in(request, user, wanted, sso=False, passkey=True)
    if not city._state.adding:
        account.kept_out(city=city, username=user.username if user else "", by=None, at=now, locked=bool(locked))
    form = LoginForm(None, {"username": "", "password": ""}, city=city)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, ValidationError(_("这次没有认可。请再用一次通行密钥，或用用户名和密码登录。")))
    return _login_page(request, form, wanted)


def first_step_right(
    request: Any, user: Any, wanted: str, *, sso: bool = False, asserted: bool = False
) -> HttpResponse:
    """Let in who needs no code; of the others it is only noted, in a session that opens nothing, that the first step was right.

    ``sso``: it was the identity provider's; ``asserted``: which says that it has asked for a second factor itself.
    """
    if user.second_factor_at is None or asserted:
        return _let_in(request, user, wanted, sso=sso, asserted=asserted)
    now = int(true_now().timestamp())
    request.session["half"] = {"user": str(user.pk), "backend": user.backend, "at": now, "sso": sso}
    kept = {"next": wanted if len(quote(wanted)) <= LONGEST_ADDRESS else ""} | (
        {"over": "1"} if _was_over(request) else {}
    )
    return redirect(f"{reverse('desk:login_code')}?{urlencode(kept)}")


def _was_over(request: HttpRequest) -> bool:
    return request.GET.get("over") == "1"


LOGIN = "passkey.login"


class CodeForm(PasskeyForm):
    """A code of the telephone, a recovery code, or a passkey."""

    other = "code"
    code = forms.CharField(
        max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True})
    )

    def __init__(self, *args: Any, city: City, user: User, **kwargs: Any) -> None:
        super().__init__(*args, city=city, user=user, purpose=LOGIN, **kwargs)
        self.fields["code"].label = code_label(city, user)
        self.fields["code"].help_text = (
            _("手机验证器上的六位数字；手机不在身边，可用一个备用码")
            if second_factor.telephone_of(city, user)
            else _("通行密钥不在身边，可用一个备用码")
        )


@public_page("GET", "POST")
@never_cache
@sensitive_post_parameters("code")
def login_code(request: Any) -> HttpResponse:
    """The second step of the login; without the first one begins again."""
    half, city = request.session.get("half", {}), request.viewer.city
    fresh = 0 <= true_now().timestamp() - half.get("at", 0) + 1 <= HALF_SECONDS
    user = User.objects.filter(pk=half["user"], is_active=True).first() if fresh else None
    if user is None:
        return redirect("desk:login")
    form = CodeForm(request.POST or None, city=city, user=user)
    if request.method == "POST" and form.is_valid():
        if seconds := brakes.take(city=city, door="code", who=str(user.pk)):
            return braked(request, seconds)
        with _whole(request):
            if _second_right(city, user, **form.cleaned_data):
                brakes.give_back(city=city, door="code", who=str(user.pk))
                user.backend = half["backend"]
                return _let_in(request, user, request.POST.get("next", ""), sso=half.get("sso", False))
        account.kept_out(city=city, username=user.username, by=None, at=now_of(city), locked=False)
        form.add_error(
            "code", _NOT_TAKEN if form.cleaned_data["passkey"] else _("验证码不对，或已经用过。请等下一个。")
        )
    return render(request, "desk/account/code.html", {"form": form, "next": request.GET.get("next", "")})


def _second_right(city: City, user: User, code: str, passkey: str) -> bool:
    told: dict[str, Any] = {"city": city, "user": user, "by": user, "at": now_of(city)}
    if passkey:
        return passkeys.use_passkey(answer=passkey, purpose=LOGIN, **told)
    return second_factor.use_code(typed=code, **told)


def must_wait(request: Any) -> int:
    """Counts a try of this address before anything is looked at; who turns out to be right gets it back."""
    city = request.viewer.city
    return 0 if city._state.adding else brakes.take(city=city, door="login", who=brakes.address_of(request))


def braked(request: Any, seconds: int) -> HttpResponse:
    """The login page without a form: the same for every account, since none was looked at."""
    city = request.viewer.city
    account.braked(city=city, address=brakes.address_of(request), by=None, at=now_of(city))
    shown = {"minutes": -(-seconds // 60), "next": request.POST.get("next", ""), "reference": reference(request, 429)}
    response = render(request, "desk/account/braked.html", shown, status=429)
    response["Retry-After"] = str(seconds)
    return response


@contextmanager
def _whole(request: Any) -> Iterator[None]:
    """A login is whole or was none: one that fails on the way uses up no code, and leaves the session that there was."""
    key = request.session.session_key
    try:
        with transaction.atomic():
            yield
    except DatabaseError:
        request.session = type(request.session)(key)
        raise


def _let_in(
    request: Any, user: Any, wanted: str, *, sso: bool, asserted: bool = False, passkey: bool = False
) -> HttpResponse:
    city = request.viewer.city
    with _whole(request):
        request.session.pop("half", None)
        forget_wrong(username=user.username.lower())
        begin_session(request, user)
        sessions.begin(request.session)
        request.session["asserted"] = asserted
        if not city._state.adding:
            brakes.give_back(city=city, door="login", who=brakes.address_of(request))
            how = {"sso": sso, "asserted": asserted, "passkey": passkey}
            account.entered(city=city, user=user, by=user, at=now_of(city), **how)
    if _was_over(request):
        messages.error(request, _("登录曾超时，现已重新登录。没有提交成功的内容已放回表单，请核对后再提交。"))
    return _with_language(redirect(_inside(request, wanted)), user.language)


def _note_refusal(request: Any, *, locked: bool) -> None:
    city = request.viewer.city
    if not city._state.adding:
        account.kept_out(city=city, username=request.POST.get("username", ""), by=None, at=now_of(city), locked=locked)


def typed_name(request: Any, credentials: dict[str, Any] | None) -> str:
    """The name that tries are counted under: names are the same in any case, so their tries are too. Cut where no account's name is cut."""
    given = (credentials or {}).get("username") or (request.POST.get("username", "") if request is not None else "")
    return str(given).strip().lower()[: LONGEST_NAME + 1]


def most_wrong(request: Any, credentials: dict[str, Any] | None) -> int:
    """After how many wrong passwords an account is locked."""
    return policy_on().lock.wrong_passwords


def locked_for(request: Any) -> timedelta:
    """How long a lock lasts, and within which time wrong passwords are counted: for ever where somebody has to open it."""
    lock, viewer = policy_on().lock, getattr(request, "viewer", None)
    by_itself = lock.ends_by_itself(sample=viewer is not None and viewer.city.is_sample)
    return timedelta(minutes=lock.minutes) if by_itself else _FOREVER


def locked_out(request: Any, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """What a locked account's owner, or whoever tries it, reads: the same page, text and code as for a wrong password, as slowly."""
    make_password(request.POST.get("password", ""))
    _note_refusal(request, locked=True)
    city = request.viewer.city
    form = LoginForm(None, {"username": request.POST.get("username", ""), "password": ""}, city=city)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, ValidationError(refused_words(city)))
    return _login_page(request, form)


@public_page("POST")
def logout(request: Any) -> HttpResponse:
    """End the session; who came by the identity provider is sent there to be logged out too, and comes back to our configured address.

    The way leads over a page of ours: a form may be sent nowhere else, by our own policy.
    """
    viewer, token = request.viewer, request.session.get(TOKEN, "")
    if viewer.user is not None:
        account.left(city=viewer.city, user=viewer.user, by=viewer.user, at=timezone.now())
    end_session(request)
    back = f"{settings.DESK_URL}{reverse('desk:login')}"
    provider = settings.SSO
    there = sso.leaving(provider, token, back) if provider and token else ""
    if not provider or not there:
        return redirect("desk:login")
    response = render(request, "desk/account/left.html", {"there": there, "provider": provider.label})
    response["Refresh"] = f"0;url={there}"
    return response


@public_page("POST")
def language(request: Any) -> HttpResponse:
    """Switch the language of the pages; a logged-in person's choice is kept."""
    chosen = request.POST.get("language", "")
    back = redirect(_inside(request, request.POST.get("next", "")))
    if chosen not in dict(settings.LANGUAGES):
        return back
    viewer = request.viewer
    if viewer.user is not None:
        account.choose_language(city=viewer.city, user=viewer.user, language=chosen, by=viewer.user, at=timezone.now())
    return _with_language(back, chosen)


def _with_language(response: HttpResponse, code: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86_400, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


@sensitive_post_parameters()
@desk_page(methods=("GET", "POST"))
def password(request: Any) -> HttpResponse:
    """Change one's own password."""
    user = request.viewer.user
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account.change_password(
                city=request.viewer.city,
                user=user,
                present=given["present"],
                wanted=given["wanted"],
                by=user,
                at=timezone.now(),
            )
        except account.WrongPassword:
            form.add_error("present", ValidationError(_("现在的密码不对。")))
        else:
            update_session_auth_hash(request, user)
            sessions.prove(request.session)
            messages.success(request, _("密码已修改。其他设备上的登录已经失效。"))
            return redirect("desk:home")
    return render(request, "desk/account/password.html", {"form": form})


@sensitive_post_parameters()
@desk_page(methods=("GET", "POST"))
def prove(request: Any) -> HttpResponse:
    """Show that it is still you, before a page that asks for it; then back to it."""
    form = ProofForm(request.POST or None, viewer=request.viewer)
    back = _inside(request, request.POST.get("next", request.GET.get("next", "")))
    minutes = policy_on().proof_minutes
    if request.method == "POST" and form.is_valid() and proves(request, form):
        messages.success(
            request, _("已确认，%(minutes)s 分钟内不再询问。请再点一次刚才的操作。") % {"minutes": minutes}
        )
        return redirect(back)
    shown = {"form": form, "action": reverse("desk:prove"), "carried": [], "next": back, "minutes": minutes}
    return render(request, "desk/account/prove.html", shown)
