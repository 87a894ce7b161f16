"""Every address of the product; each room declares its own and the permission it needs."""

from django.urls import include, path

from maillage.projet import erreurs, views

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("sante/", views.sante, name="sante"),
    path("", include("maillage.interface.urls")),
    path("", include("maillage.acteurs.urls")),
    path("", include("maillage.territoires.urls")),
    path("", include("maillage.instances.urls")),
    path("", include("maillage.instances.urls_seances")),
    path("", include("maillage.documents.urls")),
    path("", include("maillage.situations.urls")),
    path("", include("maillage.parcours.urls")),
    path("", include("maillage.parcours.urls_sortie")),
    path("", include("maillage.parcours.urls_orientations")),
    path("", include("maillage.maire.urls_repartition")),
    path("", include("maillage.maire.urls")),
    path("", include("maillage.maire.urls_rappel")),
    path("", include("maillage.maire.urls_familles")),
    path("", include("maillage.maire.urls_transactions")),
    path("", include("maillage.maire.urls_avis")),
    path("", include("maillage.maire.urls_sport")),
    path("", include("maillage.droits.urls")),
    path("", include("maillage.pilotage.urls")),
    path("", include("maillage.consultation.urls")),
]

handler400 = erreurs.requete_incomprise
handler403 = erreurs.interdit
handler404 = erreurs.introuvable
handler500 = erreurs.panne
