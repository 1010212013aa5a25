"""Addresses of assessments, objections, regulations, entered numbers and lights."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import assessments, entered, lights, objections, regulation_drafts, regulations

_ONE, _UNIT = "assessments/<uuid:key>/", "assessments/<uuid:key>/units/<slug:unit>/"
_RULE = "regulations/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("assessments/", assessments.assessment_list, name="assessment_list"),
    path("assessments/new/", assessments.assessment_new, name="assessment_new"),
    path(_ONE, assessments.assessment_open, name="assessment_open"),
    path(f"{_ONE}recompute/", assessments.assessment_recompute, name="assessment_recompute"),
    path(f"{_ONE}show/", assessments.assessment_show, name="assessment_show"),
    path(f"{_ONE}finish/", assessments.assessment_finish, name="assessment_finish"),
    path(f"{_ONE}discard/", assessments.assessment_discard, name="assessment_discard"),
    path("assessments/<uuid:key>/assessment.<slug:ext>", assessments.assessment_file, name="assessment_file"),
    path(_UNIT, objections.unit_sheet, name="unit_sheet"),
    path(f"{_UNIT}object/", objections.objection_new, name="objection_new"),
    path("objections/<uuid:key>/", objections.objection_open, name="objection_open"),
    path("objections/<uuid:key>/decide/", objections.objection_decide, name="objection_decide"),
    path("objections/<uuid:key>/file/", objections.objection_file, name="objection_file"),
    path("entered/", entered.entered, name="entered"),
    path("entered/new/", entered.entered_new, name="entered_new"),
    path("regulations/", regulations.regulation_list, name="regulation_list"),
    path("regulations/new/", regulation_drafts.regulation_new, name="regulation_new"),
    path(_RULE, regulations.regulation_open, name="regulation_open"),
    path(f"{_RULE}edit/", regulation_drafts.regulation_edit, name="regulation_edit"),
    path(f"{_RULE}try/", regulation_drafts.regulation_try, name="regulation_try"),
    path(f"{_RULE}issue/", regulation_drafts.regulation_issue, name="regulation_issue"),
    path(f"{_RULE}discard/", regulation_drafts.regulation_discard, name="regulation_discard"),
    path("lights/", lights.light_table, name="light_table"),
    path("lights/compute/", lights.light_compute, name="light_compute"),
    path("lights/<uuid:key>/", lights.light_open, name="light_open"),
    path("lights/<uuid:key>/explain/", lights.light_explain, name="light_explain"),
]
