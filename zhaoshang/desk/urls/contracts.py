"""Addresses of appraisals, contracts and promises."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import appraisals, contracts, promises

urlpatterns: list[URLPattern] = [
    path("appraisals/", appraisals.appraisal_list, name="appraisal_list"),
    path("appraisals/calculator/", appraisals.appraisal_calculator, name="appraisal_calculator"),
    path("appraisals/<uuid:key>/decide/", appraisals.appraisal_decide, name="appraisal_decide"),
    path("appraisals/<uuid:key>/file.<str:ext>", appraisals.appraisal_file, name="appraisal_file"),
    path("projects/<slug:code>/appraisals/", appraisals.project_appraisals, name="project_appraisals"),
    path("projects/<slug:code>/appraisals/new/", appraisals.project_appraisal_new, name="project_appraisal_new"),
    path("projects/<slug:code>/contract/", contracts.contract, name="contract"),
    path("projects/<slug:code>/contract/upload/", contracts.contract_upload, name="contract_upload"),
    path("projects/<slug:code>/contract/review/", contracts.contract_review, name="contract_review"),
    path("contract-texts/<uuid:key>/", contracts.contract_text, name="contract_text"),
    path("contract-texts/<uuid:key>/file/", contracts.contract_file, name="contract_file"),
    path("contract-flags/<uuid:key>/", contracts.contract_flag, name="contract_flag"),
    path("contract-reviews/<uuid:key>/", contracts.review_file, name="review_file"),
    path("promises/", promises.promise_list, name="promise_list"),
    path("promises/<uuid:key>/amend/", promises.promise_amend, name="promise_amend"),
    path("promises/<uuid:key>/settle/", promises.promise_settle, name="promise_settle"),
    path("promise-files/<uuid:key>/", promises.promise_file, name="promise_file"),
    path("projects/<slug:code>/promises/", promises.project_promises, name="project_promises"),
    path("projects/<slug:code>/promises/new/", promises.promise_new, name="promise_new"),
    path("projects/<slug:code>/actuals/", promises.actual_new, name="actual_new"),
]
