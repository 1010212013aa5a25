"""Addresses of the desk and the site that the walk over forms changes something at, by the role whose walk does; "" is a visitor."""

_BY_ROLE = {
    "officer": (
        "desk:activity_agenda desk:activity_cancel desk:activity_change desk:activity_lead "
        "desk:activity_new desk:actual_new desk:campaign_tag desk:clock_answer desk:contact_erase "
        "desk:contact_new desk:contract_upload desk:demand_answer desk:demand_link desk:demand_new "
        "desk:duty_reassign desk:enterprise_edit desk:enterprise_new desk:evidence_attach "
        "desk:finding_explain desk:follow_up_done desk:follow_up_owner desk:language "
        "desk:lead_answer desk:lead_close desk:lead_edit desk:lead_new desk:light_explain "
        "desk:match_move desk:match_propose desk:match_session desk:meeting_lead "
        "desk:meeting_minutes desk:meeting_new desk:opportunity_amend desk:opportunity_check "
        "desk:opportunity_move desk:opportunity_publish desk:order_say desk:pair_move desk:password "
        "desk:payment_new desk:payment_resubmit desk:payment_withdraw desk:problem_hand_over "
        "desk:problem_say desk:project_advance desk:project_amend desk:project_appraisal_new "
        "desk:project_assign desk:project_clock desk:project_hide desk:project_problem "
        "desk:project_proof desk:project_standing desk:promise_amend desk:promise_settle "
        "desk:question_save desk:risk_new desk:risk_reply desk:second_factor desk:talk_new "
        "desk:talk_note desk:talk_proof desk:talk_release desk:text_again desk:token_list "
        "desk:touch_new desk:touch_withdraw desk:transfer_new desk:transfer_withdraw desk:trip_off "
        "desk:trip_report desk:view_save desk:visit_new desk:visit_tell portal:ask portal:enquire"
    ),
    "statistician": (
        "desk:article_move desk:article_new desk:article_save desk:assessment_new "
        "desk:bulletin_discard desk:bulletin_new desk:bulletin_save desk:bulletin_withdraw "
        "desk:bureau_line desk:campaign_amend desk:checkpoint_make desk:contract_flag "
        "desk:contract_review desk:duplicate_decide desk:duplicate_sweep desk:edition_ask "
        "desk:edition_discard desk:edition_new desk:enterprise_merge desk:finding_sweep "
        "desk:lead_assign desk:lead_duplicate desk:lead_reopen desk:month_begin desk:month_close "
        "desk:plan_item_new desk:plan_item_report desk:plan_year_new desk:project_correct_day "
        "desk:rate_new desk:relation_hand desk:request_identity desk:roster_new desk:rule_discard "
        "desk:rule_new desk:soe_link desk:start_new desk:targets_import desk:targets_new "
        "desk:touch_rule_new desk:unit_end desk:unit_new desk:workday_set"
    ),
    "verifier": ("desk:payment_decide desk:project_skip desk:queue_decide"),
    "leader": (
        "desk:order_new desk:question_delete desk:question_rename desk:question_share "
        "desk:token_revoke desk:view_delete desk:view_prefer desk:view_rename desk:view_share"
    ),
    "security": ("desk:hold_place desk:membership_withdraw desk:person_token_revoke"),
    "system": ("desk:person_mark desk:person_new desk:person_reset desk:person_switch"),
    "": ("portal:enquire_about"),
}
BY_FORM: dict[str, str] = {name: role for role, names in _BY_ROLE.items() for name in names.split()}
