"""The gallery's addresses, and a shell as the desk gives one."""

from django.http import HttpRequest
from django.urls import path
from django.views.i18n import set_language

from zhaoshang.ui import gallery

urlpatterns = [
    path("gallery/", gallery.gallery),
    path("gallery/figure/", gallery.sample),
    path("gallery/public/", gallery.public),
    path("gallery/error/<int:status>/", gallery.failure),
    path("language/", set_language),
]


def shell(request: HttpRequest) -> dict[str, object]:
    """What the desk's context processor gives to base.html."""
    work = [
        ("总览", "home", True, "h"),
        ("排名表", "table", True, "l"),
        ("到账台账", "ledger", True, "p"),
        ("核验", "check", True, "r"),
        ("公报", "doc", False, "b"),
        ("导入", "upload", False, "i"),
    ]
    nav: list[dict[str, object]] = [
        {"label": label, "href": f"/gallery/?{key}", "icon": icon, "phone": phone, "key": key, "current": key == "h"}
        for label, icon, phone, key in work
    ]
    nav[3]["count"] = 3
    nav += [
        {"label": "目标", "href": "/gallery/?t", "icon": "chart", "group": "设置"},
        {"label": "规则", "href": "/gallery/?u", "icon": "gear", "group": "设置"},
    ]
    periods = [{"label": "2023年一季度", "href": "?q1", "current": True}, {"label": "2022年", "href": "?y"}]
    links = [{"label": "我的账号", "href": "?me"}]
    viewer = {"name": "示例统计员", "role": "统计", "unit": "示例市", "links": links, "logout_url": "/out/"}
    return {
        "city_name": "示例市",
        "bureau_name": "经济合作局",
        "home_url": "/gallery/",
        "nav": nav,
        "periods": periods,
        "period_label": "2023年一季度",
        "search_url": "/gallery/",
        "language_url": "/language/",
        "viewer": viewer,
        "demo": True,
    }
