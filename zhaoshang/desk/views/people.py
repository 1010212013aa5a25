"""Accounts, for the system administrator, and roles, for the security administrator: who is here, what they may do, since when. No
business figure is shown."""

from typing import Any
from uuid import UUID

from axes.utils import reset as lift_lock
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.refusals import say
from zhaoshang.people import actions as people
from zhaoshang.people.linking import link_of
from zhaoshang.people.models import Event, Token, User
from zhaoshang.people.passkeys import passkeys_of
from zhaoshang.people.persons import alike, mark_person
from zhaoshang.people.rules import BY_UNIT, ROLE_LABELS, Can, Role
from zhaoshang.people.safety import policy_on
from zhaoshang.people.second_factor import reset_factor, telephone_of
from zhaoshang.regions import actions as regions
from zhaoshang.regions.models import Membership, ReportingUnit
from zhaoshang.review.leaving import has_left, held_by
from zhaoshang.tenancy.models import City
from zhaoshang.ui.filters import called, date_, moment, named, named_short, with_note

LONGEST_MARK = 60
REFUSED = (people.NameTaken, people.OwnAccount, regions.OneRoleOnly, regions.RoleHeld, regions.OwnRole)


class AccountForm(forms.Form):
    """A new account: a name to log in with and a name to be shown."""

    username = forms.RegexField(regex=r"^[A-Za-z0-9._-]{2,40}$")
    display_name = forms.CharField(max_length=40)
    display_name_en = forms.CharField(max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {"username": _("用户名"), "display_name": _("姓名"), "display_name_en": _("英文姓名")}
        for name, text in names.items():
            self.fields[name].label = text
        self.fields["username"].error_messages["invalid"] = _("用户名用 2 至 40 个字母、数字或 . _ - 。")


class GrantForm(forms.Form):
    """A role, and for a district officer the unit."""

    role = forms.ChoiceField()
    unit = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in ReportingUnit.objects.of(city)}
        roles = [(str(role), _(text)) for role, text in ROLE_LABELS.items()]
        units = [("", "—"), *((code, named(unit)) for code, unit in self.units.items())]
        for name, text, choices in (("role", _("岗位"), roles), ("unit", _("地区"), units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.label, field.choices = text, choices

    def clean(self) -> dict[str, Any]:
        """An officer has a unit; nobody else has."""
        given: dict[str, Any] = super().clean() or {}
        if "role" in given and (given["role"] in BY_UNIT) != bool(given.get("unit")):
            self.add_error("unit", _("地区填报员须选定地区；其他岗位不选地区。"))
        return given


def known_people(city: City) -> Any:
    """Accounts that were opened here or ever held a role here."""
    opened = Event.objects.of(city).filter(verb="people.account.opened").order_by().values_list("about_id", flat=True)
    held = Membership.objects.of(city).order_by().values_list("user_id", flat=True)
    return User.objects.filter(Q(pk__in=[UUID(key) for key in opened]) | Q(pk__in=list(held)))


@desk_page(Can.SEE_ACCOUNTS)
def people_list(request: Any) -> HttpResponse:
    """Everybody with an account here, and the role they hold."""
    city = request.viewer.city
    held: dict[UUID, list[Membership]] = {}
    for membership in Membership.objects.of(city).filter(withdrawn_at__isnull=True).select_related("unit"):
        held.setdefault(membership.user_id, []).append(membership)
    everybody = list(known_people(city))
    twins = alike(everybody)
    rows = [_row(user, held.get(user.pk, []), twins.get(user.pk, [])) for user in everybody]
    shown = {"rows": rows, "keeps": request.viewer.can(Can.KEEP_ACCOUNTS)}
    return render(request, "desk/people/list.html", shown)


def _row(user: User, held: list[Membership], twins: list[User]) -> dict[str, Any]:
    href = reverse("desk:person", args=[user.pk])
    standing = {"text": _("可登录"), "pill": "ok"}
    if not user.is_active:
        standing = {"text": _("已停用"), "pill": "off"}
    elif user.password_is_temporary:
        standing = {"text": _("待改密码"), "pill": "wait"}
    return {
        "_href": href,
        "_kind": "" if user.is_active else "muted",
        "name": {"text": called(user), "href": href, "note": user.username},
        "role": _(ROLE_LABELS[Role(held[0].role)]) if held else None,
        "units": _("、").join(named_short(one.unit) for one in held if one.unit) or None,
        "standing": standing,
        "person": {
            "text": user.person or None,
            "note": _("可能与此为同一人：%(names)s") % {"names": _named(twins)} if twins else None,
        },
        "seen": moment(user.last_login) if user.last_login else None,
    }


@sensitive_variables("password")
@desk_page(Can.KEEP_ACCOUNTS, methods=("GET", "POST"))
def person_new(request: Any) -> HttpResponse:
    """Open an account; its one-time password is shown on the answer and nowhere else."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = people.one_time_password()
        try:
            user = people.open_account(
                **form.cleaned_data,
                city=request.viewer.city,
                password=password,
                temporary=True,
                by=request.viewer.user,
                at=timezone.now(),
            )
        except people.NameTaken:
            form.add_error("username", _("这个用户名已有人使用。"))
        else:
            return _told_once(request, user, password)
    return render(request, "desk/people/new.html", {"form": form}, status=422 if form.errors else 200)


def a_person(request: Any, key: UUID) -> User:
    """The account that an address names; 404 for one that was never here."""
    return get_object_or_404(known_people(request.viewer.city), pk=key)  # type: ignore[no-any-return]


@desk_page(Can.SEE_ACCOUNTS)
def person_open(request: Any, key: UUID) -> HttpResponse:
    """One account: roles held now and before, its API keys, and what may be done with it."""
    return _person_page(request, a_person(request, key), GrantForm(city=request.viewer.city))


def _person_page(request: Any, user: User, form: GrantForm) -> HttpResponse:
    city = request.viewer.city
    held = list(Membership.objects.of(city).filter(user=user).select_related("unit", "granted_by").order_by("-id"))
    tokens = Token.objects.of(city).filter(user=user, revoked_at__isnull=True, expires_at__gt=timezone.now())
    twins = alike(known_people(city)).get(user.pk, [])
    shown = {
        "person": user,
        "keeps": request.viewer.can(Can.KEEP_ACCOUNTS) and user.pk != request.viewer.user.pk,
        "grants": request.viewer.can(Can.GRANT) and user.pk != request.viewer.user.pk,
        "facts": [
            (_("用户名"), user.username),
            (_("开户日期"), date_(user.created_at)),
            (_("最近登录"), moment(user.last_login)),
            (_("第二验证"), _factors(city, user)),
            (_("人员标识"), user.person or _("未标明")),
            *([(_("可能是同一人"), _named(twins))] if twins else []),
        ],
        "standing_roles": [one for one in held if one.withdrawn_at is None],
        "past_roles": [one for one in held if one.withdrawn_at is not None],
        "role_names": {str(role): _(text) for role, text in ROLE_LABELS.items()},
        "tokens": list(tokens) if request.viewer.can(Can.GRANT) else [],
        "sso": settings.SSO,
        "link": link_of(city, user),
        "held": held_by(city, user),
        "form": form,
    }
    return render(request, "desk/people/person.html", shown, status=422 if form.errors else 200)


def _named(users: list[User]) -> str:
    return _("、").join(with_note(called(one), one.username) for one in users)


def _factors(city: City, user: User) -> str:
    if user.second_factor_at is None:
        return _("未启用")
    keys = len(passkeys_of(city, user))
    told = [_("手机验证器")] if telephone_of(city, user) else []
    told += [ngettext("%(num)s 把通行密钥", "%(num)s 把通行密钥", keys) % {"num": keys}] if keys else []
    return _("、").join(told)


@desk_page(Can.GRANT, methods=("POST",))
def person_grant(request: Any, key: UUID) -> HttpResponse:
    """Give the person a role."""
    user, form = a_person(request, key), GrantForm(request.POST, city=request.viewer.city)
    if not form.is_valid():
        return _person_page(request, user, form)
    role, unit = Role(form.cleaned_data["role"]), form.units.get(form.cleaned_data["unit"])
    try:
        regions.grant(
            city=request.viewer.city, user=user, role=role, unit=unit, by=request.viewer.user, at=timezone.now()
        )
    except REFUSED as refusal:
        form.add_error(None, say(refusal, request.viewer))
        return _person_page(request, user, form)
    messages.success(request, _("已授予%(role)s。") % {"role": _(ROLE_LABELS[role])})
    return redirect("desk:person", key)


@desk_page(Can.GRANT, methods=("POST",))
def membership_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take a role back; it ends at the person's next request."""
    rows = Membership.objects.of(request.viewer.city).filter(withdrawn_at__isnull=True)
    membership: Membership = get_object_or_404(rows.select_related("user", "city"), pk=key)
    try:
        regions.withdraw(membership=membership, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已收回%(role)s，立即生效。") % {"role": _(ROLE_LABELS[Role(membership.role)])})
        _say_left(request, membership.user)
    return redirect("desk:person", membership.user_id)


@desk_page(Can.KEEP_ACCOUNTS, methods=("POST",))
def person_switch(request: Any, key: UUID) -> HttpResponse:
    """Disable the account, or let it in again."""
    user, active = a_person(request, key), request.POST.get("active") == "1"
    try:
        people.switch_account(
            city=request.viewer.city, user=user, active=active, by=request.viewer.user, at=timezone.now()
        )
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已启用。") if active else _("已停用，登录和接口密钥立即失效。"))
        _say_left(request, user)
    return redirect("desk:person", key)


@desk_page(Can.KEEP_ACCOUNTS, methods=("POST",))
def person_mark(request: Any, key: UUID) -> HttpResponse:
    """Say whose account it is: accounts of one person never make two pairs of eyes."""
    user, person = a_person(request, key), request.POST.get("person", "").strip()
    if len(person) > LONGEST_MARK:
        messages.error(request, _("人员标识最多 %(most)s 个字，如工号。") % {"most": LONGEST_MARK})
        return redirect("desk:person", key)
    try:
        mark_person(city=request.viewer.city, user=user, person=person, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("已标明；标识相同的账号视为同一人，不能互相审核。"))
    return redirect("desk:person", key)


def _say_left(request: Any, user: User) -> None:
    """How much waits for somebody who has left: a number only, since business is not this page's."""
    city = request.viewer.city
    number = held_by(city, user) if has_left(city, user) else 0
    if number:
        said = _("名下还有 %(number)s 件事没有交接，已列入所在地区和市局的“离岗交接”。")
        messages.warning(request, said % {"number": number})


@sensitive_variables("password")
def _told_once(request: Any, user: User, password: str) -> HttpResponse:
    """The page with a one-time password and where to use it: the configured address, whatever host was asked for."""
    told = {"person": user, "password": password, "desk_address": f"{settings.DESK_URL}{reverse('desk:login')}"}
    return render(request, "desk/people/password.html", told)


@sensitive_variables("password")
@desk_page(Can.KEEP_ACCOUNTS, methods=("POST",))
def person_reset(request: Any, key: UUID) -> HttpResponse:
    """A new one-time password, shown once. It opens no lock that only the security administrator may."""
    user = a_person(request, key)
    city, by = request.viewer.city, request.viewer.user
    try:
        with transaction.atomic():
            password = people.reset_password(city=city, user=user, by=by, at=timezone.now())
            if policy_on().lock.ends_by_itself(sample=city.is_sample):
                lift_lock(username=user.username.lower())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
        return redirect("desk:person", key)
    return _told_once(request, user, password)


@desk_page(Can.GRANT, methods=("POST",))
def person_factor_reset(request: Any, key: UUID) -> HttpResponse:
    """Take off the second factor of who lost their telephone; they put on another when they log in."""
    user = a_person(request, key)
    try:
        reset_factor(city=request.viewer.city, user=user, by=request.viewer.user, at=timezone.now())
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("第二验证已重置，本人的登录全部失效。请先核实身份，再让本人重新启用。"))
    return redirect("desk:person", key)


@desk_page(Can.GRANT, methods=("POST",))
def person_unlock(request: Any, key: UUID) -> HttpResponse:
    """Lift the lock that wrong passwords brought."""
    user = a_person(request, key)
    with transaction.atomic():
        lift_lock(username=user.username.lower())
        people.unlocked(city=request.viewer.city, user=user, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("已解除锁定。"))
    return redirect("desk:person", key)


@desk_page(Can.GRANT, methods=("POST",))
def person_token_revoke(request: Any, key: UUID) -> HttpResponse:
    """Stop another person's API key."""
    rows = Token.objects.of(request.viewer.city).filter(revoked_at__isnull=True)
    token: Token = get_object_or_404(rows.select_related("city", "user"), pk=key)
    people.revoke_token(token=token, by=request.viewer.user, at=timezone.now())
    messages.success(request, _("密钥已停用。"))
    return redirect("desk:person", token.user_id)
