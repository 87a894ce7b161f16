"""Pages of templates: the list of a council, one template with its versions, its preview, its adaptation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.documents.blocs import Document, Signature
from maillage.documents.composition import Adaptation as AdaptationLue
from maillage.documents.composition import composer
from maillage.documents.envoi import fichier as en_fichier
from maillage.documents.forms.adaptations import AJOUT, Adapter
from maillage.documents.modeles import Modele
from maillage.documents.perms import MODELES_ADAPTER, MODELES_VOIR
from maillage.documents.selectors.adaptations import (
    adaptation_visible,
    adaptations,
    adapte,
    en_vigueur,
    modele_connu,
    modeles_du_conseil,
    valeur,
)
from maillage.documents.services.adaptations import adapter as adapter_le_modele
from maillage.documents.sorties import FORMATS
from maillage.documents.views.outils import envoyer, montrer, ouvre
from maillage.instances.api import (
    Conseil,
    acteur,
    conseil_visible,
    conseils_de,
    exiger_charge,
    fuseau_du_conseil,
)
from maillage.interface.navigation import Lien
from maillage.socle.permissions import exige
from maillage.socle.temps import aujourd_hui

ACCUEIL = "Modèles de documents"


@exige(MODELES_VOIR)
@require_GET
def conseils(request: HttpRequest) -> HttpResponse:
    """To the templates of the only council, or to the choice of one."""
    vus = list(conseils_de(acteur())[:200])
    if len(vus) == 1:
        return redirect("documents:modeles", vus[0].public_id)
    return render(request, "documents/conseils.html", {"conseils": vus})


def _fil(conseil: Conseil, *suite: Lien) -> tuple[Lien, ...]:
    return (
        Lien(ACCUEIL, reverse("documents:conseils")),
        Lien(conseil.nom, reverse("documents:modeles", args=[conseil.public_id]) if suite else ""),
        *suite,
    )


@exige(MODELES_VOIR)
@require_GET
def liste(request: HttpRequest, conseil: UUID) -> HttpResponse:
    lu = conseil_visible(conseil)
    contexte = {"conseil": lu, "modeles": modeles_du_conseil(lu), "fil": _fil(lu)}
    return render(request, "documents/modeles.html", contexte)


@exige(MODELES_VOIR)
@require_GET
def detail(request: HttpRequest, conseil: UUID, modele: str) -> HttpResponse:
    lu = conseil_visible(conseil)
    jour = aujourd_hui(fuseau_du_conseil(lu))
    choisi = modele_connu(modele, jour)
    contexte = {
        "conseil": lu,
        "modele": choisi,
        "versions": adaptations(lu, modele).select_related("par").defer("logo"),
        "en_vigueur": en_vigueur(lu, modele, jour),
        "formats": [(format_.code, format_.libelle) for format_ in FORMATS.values()],
        "adapte": ouvre(request, MODELES_ADAPTER) and adapte(lu),
        "fil": _fil(lu, Lien(choisi.libelle)),
    }
    return render(request, "documents/modele.html", contexte)


@exige(MODELES_VOIR)
@require_GET
def apercu(request: HttpRequest, conseil: UUID, modele: str, fichier: str) -> HttpResponse:
    """The template as the council uses it today, filled with examples: nobody's data."""
    lu = conseil_visible(conseil)
    jour = aujourd_hui(fuseau_du_conseil(lu))
    document = _exemple(modele_connu(modele, jour), lu, valeur(en_vigueur(lu, modele, jour)))
    return en_fichier(document, fichier, f"exemple-{modele}")


@exige(MODELES_VOIR)
@require_GET
def apercu_d_une_version(request: HttpRequest, public_id: UUID, fichier: str) -> HttpResponse:
    """The same with one version of the council, past, in force or to come."""
    ligne = adaptation_visible(public_id)
    modele = modele_connu(ligne.modele, max(ligne.depuis, aujourd_hui(fuseau_du_conseil(ligne.conseil))))
    document = _exemple(modele, ligne.conseil, valeur(ligne))
    return en_fichier(document, fichier, f"exemple-{ligne.modele}-{ligne.numero}")


def _exemple(modele: Modele, conseil: Conseil, adaptation: AdaptationLue | None) -> Document:
    qui = ", ".join(filter(None, (adaptation.signataire, adaptation.qualite))) if adaptation else ""
    places = (Signature("Première partie (exemple)", qui), Signature("Deuxième partie (exemple)"))
    return composer(modele, modele.exemples, adaptation=adaptation, signatures=places, entete=(conseil.nom,))


@exige(MODELES_ADAPTER)
@require_http_methods(["GET", "POST"])
def adapter(request: HttpRequest, conseil: UUID, modele: str) -> HttpResponse:
    lu = conseil_visible(conseil)
    exiger_charge(lu, MODELES_ADAPTER.fonctions)
    jour = aujourd_hui(fuseau_du_conseil(lu))
    choisi, actuelle = modele_connu(modele, jour), en_vigueur(lu, modele, jour)
    valeurs: dict[str, object] = {"depuis": jour}
    if actuelle is not None:
        valeurs |= {
            "entete": "\n".join(actuelle.entete),
            "logo_description": actuelle.logo_description,
            "signataire": actuelle.signataire,
            "qualite": actuelle.qualite,
            **{AJOUT + place: texte for place, texte in actuelle.paragraphes.items()},
        }
    formulaire = Adapter(
        request.POST or None,
        request.FILES or None,
        modele=choisi,
        a_un_logo=actuelle is not None and actuelle.logo is not None,
        initial=valeurs,
    )

    def faire() -> str:
        ecrite = adapter_le_modele(conseil=conseil, modele=modele, presentation=formulaire.presentation())
        messages.success(
            request, f"Adaptation n°\u00a0{ecrite.numero} enregistrée. Vérifiez-la avec l’exemple."
        )
        return reverse("documents:modele", args=[conseil, modele])

    return envoyer(request, formulaire, faire) or montrer(
        request,
        formulaire,
        titre=f"Adapter : {choisi.libelle}",
        phrase=f"{lu.nom}. Le texte du modèle ne change pas ; ce que vous ajoutez est daté et gardé.",
        bouton="Enregistrer cette adaptation",
        annuler=reverse("documents:modele", args=[conseil, modele]),
        fil=_fil(
            lu, Lien(choisi.libelle, reverse("documents:modele", args=[conseil, modele])), Lien("Adapter")
        ),
    )
