"""Addresses of the exit plan of a situation, and of a need of care to count. No name ever appears in one."""

from django.urls import path

from maillage.parcours.views import besoins, sortie

app_name = "sortie"
_PLAN = "situations/<uuid:public_id>/sortie/"
urlpatterns = [
    path(_PLAN, sortie.plan, name="plan"),
    path(f"{_PLAN}preparer/", sortie.ouvrir, name="ouvrir"),
    path(f"{_PLAN}fin/", sortie.fin, name="fin"),
    path(f"{_PLAN}fin-effective/", sortie.constater, name="constater"),
    path(f"{_PLAN}clore/", sortie.clore, name="clore"),
    path(f"{_PLAN}domaine/<slug:domaine>/relais/", sortie.prevoir, name="prevoir"),
    path(f"{_PLAN}domaine/<slug:domaine>/sans-relais/", sortie.sans_relais, name="sans_relais"),
    path(f"{_PLAN}etape/<uuid:cle>/", sortie.modifier, name="modifier"),
    path(f"{_PLAN}etape/<uuid:cle>/confirmer/", sortie.confirmer, name="confirmer"),
    path(f"{_PLAN}etape/<uuid:cle>/reprendre/", sortie.reprendre, name="reprendre"),
    path(f"{_PLAN}etape/<uuid:cle>/abandonner/", sortie.abandonner, name="abandonner"),
    path("situations/<uuid:public_id>/besoin/", besoins.compter, name="besoin"),
    path("situations/<uuid:public_id>/besoin/reprendre/", besoins.reprendre, name="reprendre_besoin"),
]
