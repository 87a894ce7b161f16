"""What every form page about a sports venue shares: where it stands, who it is about."""

from django.urls import reverse

from maillage.interface.navigation import Lien
from maillage.maire.selectors.sport import MesureVue
from maillage.situations.views.commun import PageDeFormulaire

MODELE = "maire/acte_simple.html"


def fil(*liens: Lien) -> tuple[Lien, ...]:
    """From the list of files."""
    return (Lien("Équipements sportifs", reverse("sport:liste")), *liens)


def page_de(vue: MesureVue, titre: str, bouton: str, note: str = "") -> PageDeFormulaire:
    adresse = reverse("sport:mesure", args=[vue.mesure.public_id])
    return PageDeFormulaire(
        titre=titre,
        phrase=f"{vue.identite.nom_complet}, dossier n° {vue.mesure.reference}.",
        bouton=bouton,
        retour=adresse,
        cercle=vue.ou.cercle,
        fil=fil(Lien(f"n° {vue.mesure.reference}", adresse), Lien(titre)),
        modele=MODELE,
        message="Enregistré.",
        contexte={"note": note},
    )
