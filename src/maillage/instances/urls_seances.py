"""Addresses of séances."""

from django.urls import path

from maillage.instances.views import points, seances

app_name = "seances"
urlpatterns = [
    path("seances/", seances.liste, name="liste"),
    path("formations/<uuid:formation>/seances/nouvelle/", seances.preparer, name="preparer"),
    path("seances/<uuid:public_id>/", seances.detail, name="detail"),
    path("seances/<uuid:public_id>/releve/", seances.releve, name="releve"),
    path("seances/<uuid:public_id>/reunion.ics", seances.calendrier_de_la_seance, name="calendrier"),
    path("seances/<uuid:public_id>/inscrire/", seances.inscrire, name="inscrire"),
    path("seances/<uuid:public_id>/presences/", points.presences, name="presences"),
    path("seances/<uuid:public_id>/points/<uuid:point>/", points.point, name="point"),
    path("seances/<uuid:public_id>/points/<uuid:point>/retirer/", seances.retirer, name="retirer"),
    path("seances/<uuid:public_id>/themes/<uuid:theme>/", points.theme, name="theme"),
]
urlpatterns += [
    path(f"seances/<uuid:public_id>/{pas}/", seances.avancer, {"pas": pas}, name="avancer")
    for pas in ("convoquer", "ouvrir", "clore", "annuler")
]
