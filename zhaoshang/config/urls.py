"""All addresses: four doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhaoshang.watch.urls")),
    path("", include("zhaoshang.portal.urls")),
    path("desk/", include("zhaoshang.desk.urls")),
    path("api/", include("zhaoshang.api.urls")),
]
handler400 = "zhaoshang.desk.views.errors.bad_request"
handler403 = "zhaoshang.desk.views.errors.forbidden"
handler404 = "zhaoshang.desk.views.errors.not_found"
handler500 = "zhaoshang.desk.views.errors.server_error"
