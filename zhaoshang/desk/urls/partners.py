"""Addresses of partners, claims, and a partner's own pages."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import claims, own, partners

_ONE, _CLAIM = "partners/<uuid:key>/", "claims/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("partners/", partners.partner_list, name="partner_list"),
    path("partners/new/", partners.partner_new, name="partner_new"),
    path(_ONE, partners.partner_open, name="partner"),
    path(f"{_ONE}login/", partners.partner_login, name="partner_login"),
    path(f"{_ONE}review/", partners.partner_review, name="partner_review"),
    path(f"{_ONE}end/", partners.partner_end, name="partner_end"),
    path("partners/<uuid:key>/certificate.pdf", partners.partner_certificate, name="partner_certificate"),
    path(f"{_ONE}claims/<uuid:lead>/", claims.claim_file, name="claim_file"),
    path("claims/", claims.claim_list, name="claim_list"),
    path(_CLAIM, claims.claim_open, name="claim"),
    path("claims/<uuid:key>/claim.docx", claims.claim_docx, name="claim_docx"),
    path(f"{_CLAIM}paper/", claims.claim_paper, name="claim_paper"),
    path(f"{_CLAIM}papers/<uuid:paper>/", claims.claim_paper_file, name="claim_paper_file"),
    path(f"{_CLAIM}confirm/", claims.claim_confirm, name="claim_confirm"),
    path(f"{_CLAIM}shares/", claims.claim_shares, name="claim_shares"),
    path(f"{_CLAIM}approve/", claims.claim_approve, name="claim_approve"),
    path(f"{_CLAIM}refuse/", claims.claim_refuse, name="claim_refuse"),
    path(f"{_CLAIM}publish/", claims.claim_publish, name="claim_publish"),
    path(f"{_CLAIM}object/", claims.claim_object, name="claim_object"),
    path(f"{_CLAIM}objections/<uuid:objection>/", claims.claim_answer, name="claim_answer"),
    path(f"{_CLAIM}finish/", claims.claim_finish, name="claim_finish"),
    path("own/", own.own_home, name="own_home"),
    path("own/leads/new/", own.own_lead_new, name="own_lead_new"),
    path("own/leads/<uuid:key>/claim/", own.own_claim_new, name="own_claim_new"),
    path("own/certificate.pdf", own.own_certificate, name="own_certificate"),
    path("own/claims/<uuid:key>/", own.own_claim, name="own_claim"),
    path("own/claims/<uuid:key>/papers/", own.own_paper_new, name="own_paper_new"),
    path("own/claims/<uuid:key>/papers/<uuid:paper>/", own.own_paper, name="own_paper"),
]
