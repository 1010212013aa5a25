"""Addresses of duties: responsibility, clocks, problems, orders, working days, losses."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import clocks, duties, holders, losses, matters, workdays

urlpatterns: list[URLPattern] = [
    path("duties/", duties.duty_list, name="duty_list"),
    path("duties/people/", holders.holder_list, name="holder_list"),
    path("duties/people/<uuid:key>/", holders.holder_open, name="holder"),
    path("duties/people/<uuid:key>/hand-over/", holders.holder_hand_over, name="holder_hand_over"),
    path("duties/reassign/", duties.duty_reassign, name="duty_reassign"),
    path("projects/<slug:code>/duties/", duties.project_duties, name="project_duties"),
    path("projects/<slug:code>/duties/assign/", duties.project_assign, name="project_assign"),
    path("projects/<slug:code>/duties/problem/", duties.project_problem, name="project_problem"),
    path("projects/<slug:code>/duties/clock/", duties.project_clock, name="project_clock"),
    path("clocks/", clocks.clock_list, name="clock_list"),
    path("clocks/punctuality/", clocks.punctual, name="punctual"),
    path("clocks/<uuid:key>/", clocks.clock_open, name="clock"),
    path("clocks/<uuid:key>/answer/", clocks.clock_answer, name="clock_answer"),
    path("problems/", matters.problem_list, name="problem_list"),
    path("problems/<uuid:key>/", matters.problem_open, name="problem"),
    path("problems/<uuid:key>/hand-over/", matters.problem_hand_over, name="problem_hand_over"),
    path("problems/<uuid:key>/say/", matters.problem_say, name="problem_say"),
    path("orders/", matters.order_list, name="order_list"),
    path("orders/new/", matters.order_new, name="order_new"),
    path("orders/<uuid:key>/", matters.order_open, name="order"),
    path("orders/<uuid:key>/say/", matters.order_say, name="order_say"),
    path("losses/", losses.loss_report, name="loss_report"),
    path("workdays/", workdays.workdays, name="workdays"),
    path("workdays/set/", workdays.workday_set, name="workday_set"),
]
