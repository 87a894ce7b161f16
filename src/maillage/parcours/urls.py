"""Addresses of the room. No name ever stands in one."""

from django.urls import path

from maillage.parcours.views import dispositifs, offres, personne

app_name = "parcours"

urlpatterns = [
    path("dispositifs/", dispositifs.catalogue, name="catalogue"),
    path("dispositifs/nouveau/", dispositifs.nouveau, name="dispositif_nouveau"),
    path("dispositifs/local/<uuid:public_id>/", dispositifs.modifier, name="dispositif_modifier"),
    path("dispositifs/<slug:dispositif_code>/", dispositifs.dispositif, name="dispositif"),
    path("offres/", offres.registre, name="offres"),
    path("offres/nouvelle/", offres.nouvelle, name="offre_nouvelle"),
    path("offres/<uuid:public_id>/", offres.offre, name="offre"),
    path("offres/<uuid:public_id>/modifier/", offres.modifier, name="offre_modifier"),
    path("offres/<uuid:public_id>/fermer/", offres.fermer, name="offre_fermer"),
    path("offres/<uuid:public_id>/place/", offres.place, name="place"),
    path("offres/<uuid:public_id>/place/<uuid:jeton>/", offres.liberer, name="place_liberer"),
    path("situations/<uuid:public_id>/dispositifs/", personne.dispositifs, name="personne"),
    path(
        "situations/<uuid:public_id>/dispositifs/<slug:dispositif_code>/",
        personne.offres,
        name="personne_offres",
    ),
]
