"""Addresses of enterprises and of the book of central SOEs."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import enterprises, firm_parts, soe

urlpatterns: list[URLPattern] = [
    path("enterprises/", enterprises.enterprise_list, name="enterprise_list"),
    path("enterprises/new/", enterprises.enterprise_new, name="enterprise_new"),
    path("enterprises/upload/", enterprises.enterprise_upload, name="enterprise_upload"),
    path("enterprises/template/", enterprises.enterprise_template, name="enterprise_template"),
    path("enterprises/<uuid:key>/", enterprises.enterprise_open, name="enterprise"),
    path("enterprises/<uuid:key>/edit/", enterprises.enterprise_edit, name="enterprise_edit"),
    path("enterprises/<uuid:key>/group/", firm_parts.enterprise_group, name="enterprise_group"),
    path("enterprises/<uuid:key>/merge/", firm_parts.enterprise_merge, name="enterprise_merge"),
    path("enterprises/<uuid:key>/contacts/new/", firm_parts.contact_new, name="contact_new"),
    path("enterprises/<uuid:key>/risks/new/", firm_parts.risk_new, name="risk_new"),
    path("enterprises/<uuid:key>/meetings/new/", firm_parts.touch_new, name="touch_new"),
    path("enterprises/<uuid:key>/relation/", firm_parts.relation_hand, name="relation_hand"),
    path("mergers/<uuid:key>/part/", firm_parts.enterprise_part, name="enterprise_part"),
    path("contacts/<uuid:key>/", firm_parts.contact_open, name="contact"),
    path("contacts/<uuid:key>/show/", firm_parts.contact_show, name="contact_show"),
    path("contacts/<uuid:key>/edit/", firm_parts.contact_edit, name="contact_edit"),
    path("contacts/<uuid:key>/erase/", firm_parts.contact_erase, name="contact_erase"),
    path("risks/<uuid:key>/reply/", firm_parts.risk_reply, name="risk_reply"),
    path("touches/<uuid:key>/", firm_parts.touch_open, name="touch"),
    path("touches/<uuid:key>/withdraw/", firm_parts.touch_withdraw, name="touch_withdraw"),
    path("soe/", soe.soe_list, name="soe_list"),
    path("soe/new/", soe.roster_new, name="roster_new"),
    path("soe/template/", soe.roster_template, name="roster_template"),
    path("soe/warning/", soe.touch_rule_new, name="touch_rule_new"),
    path("soe/lists/<slug:on>/upload/", soe.roster_upload, name="roster_upload"),
    path("soe/names/<uuid:key>/", soe.soe_link, name="soe_link"),
    path("soe/<uuid:key>/", soe.soe_open, name="soe"),
]
