"""Open the registers that stand beside the groupes: the mayor's acts, the family council."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.droit.api import Motif
from maillage.instances.forms_propres import EnregistrerFamilles, OuvrirActes, OuvrirDroits
from maillage.instances.models import Conseil
from maillage.instances.perms import COORDINATION, DROITS_OUVRIR, PRESIDENTS, REGISTRES_OUVRIR
from maillage.instances.regles_propres import cddf_obligatoire, composition_du_cddf
from maillage.instances.selectors.conseils import conseil_visible
from maillage.instances.selectors.propres import communes_du_conseil, communes_ouvrables, elu_de
from maillage.instances.services.droits import ouvrir_registre_des_droits
from maillage.instances.services.gestion import exiger_charge
from maillage.instances.services.propres import creer_conseil_des_familles, ouvrir_actes_du_maire
from maillage.instances.territoire import CommuneNommee, aujourd_hui_du_conseil
from maillage.instances.views.outils import compte_de, envoyer, montrer
from maillage.interface.navigation import Lien
from maillage.interface.typographie import accord
from maillage.socle.permissions import exige


@dataclass(frozen=True, slots=True)
class CeQueDitLeDroit:
    """A note above a form: what the texts of the day say, and each text."""

    titre: str
    reponse: str
    raisons: tuple[Motif, ...]


def _droit_du_cddf(communes: Iterable[CommuneNommee], le: date) -> list[CeQueDitLeDroit]:
    """Whether a family council is compulsory in these communes, told once for those alike, and who sits."""
    pareilles: defaultdict[tuple[bool, tuple[Motif, ...]], list[CommuneNommee]] = defaultdict(list)
    for commune in communes:
        verdict = cddf_obligatoire(commune.population, le)
        pareilles[verdict.ok, verdict.motifs].append(commune)
    notes = [
        CeQueDitLeDroit(_nommees(lues), "Obligatoire" if oblige else "Facultatif", motifs)
        for (oblige, motifs), lues in pareilles.items()
    ]
    composition = composition_du_cddf(le)
    if composition:
        notes.append(CeQueDitLeDroit("Sa composition", "ce que disent les textes", composition))
    return notes


def _nommees(communes: list[CommuneNommee]) -> str:
    """One commune with its inhabitants, a few by name, many by their number."""
    if len(communes) == 1:
        (seule,) = communes
        habitants = accord(seule.population, "habitant,habitants") if seule.population else ""
        return f"{seule.nom}, {habitants}" if habitants else seule.nom
    if len(communes) <= 3:
        return ", ".join(commune.nom for commune in communes)
    return f"Les {len(communes)} communes du conseil"


def _fil(conseil: Conseil, titre: str) -> list[Lien]:
    return [
        Lien("Instances et groupes", reverse("instances:liste")),
        Lien(conseil.nom, reverse("instances:conseil", args=[conseil.public_id])),
        Lien(titre),
    ]


@exige(REGISTRES_OUVRIR)
@require_http_methods(["GET", "POST"])
def actes_du_maire(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever may not is shown every commune and told by the rule why it is not theirs to open."""
    conseil = conseil_visible(public_id)
    le = aujourd_hui_du_conseil(conseil)
    siennes = communes_ouvrables(conseil, compte_de(request), le)
    formulaire = OuvrirActes(
        request.POST or None, communes=siennes or communes_du_conseil(conseil, le), initial={"fixe_le": le}
    )

    def faire() -> str:
        ouverte = ouvrir_actes_du_maire(conseil=public_id, **formulaire.cleaned_data)
        messages.success(request, "Le registre est ouvert. Habilitez le maire et les agents de la mairie.")
        return reverse("instances:formation", args=[ouverte.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    titre = "Ouvrir les actes d’un maire"
    return montrer(
        request,
        formulaire,
        titre=titre,
        phrase="Rappels à l’ordre, transactions, mesures : des pouvoirs du maire seul, dans sa commune.",
        bouton="Ouvrir le registre",
        annuler=reverse("instances:conseil", args=[public_id]),
        fil=_fil(conseil, titre),
    )


@exige(REGISTRES_OUVRIR)
@require_http_methods(["GET", "POST"])
def familles(request: HttpRequest, public_id: UUID) -> HttpResponse:
    conseil = conseil_visible(public_id)
    le = aujourd_hui_du_conseil(conseil)
    membres = communes_du_conseil(conseil, le)
    siennes = [commune for commune in membres if elu_de(compte_de(request), commune.code)]
    if not siennes:
        exiger_charge(conseil, PRESIDENTS | COORDINATION)
    formulaire = EnregistrerFamilles(
        request.POST or None,
        communes=siennes or membres,
        intercommunal=bool(conseil.epci_code) and not siennes,
        initial={"genre": "cddf"},
    )

    def faire() -> str:
        creee = creer_conseil_des_familles(conseil=public_id, **formulaire.valeurs())
        messages.success(request, "C’est enregistré. Donnez des sièges, puis habilitez les membres.")
        return reverse("instances:formation", args=[creee.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    titre = "Enregistrer un conseil des familles"
    return montrer(
        request,
        formulaire,
        titre=titre,
        obligations=_droit_du_cddf(siennes or membres, le),
        phrase="Une délibération le crée. Il est protégé exactement comme un groupe qui nomme des personnes.",
        bouton="Enregistrer",
        annuler=reverse("instances:conseil", args=[public_id]),
        fil=_fil(conseil, titre),
    )


@exige(DROITS_OUVRIR)
@require_http_methods(["GET", "POST"])
def droits(request: HttpRequest, public_id: UUID) -> HttpResponse:
    conseil = conseil_visible(public_id)
    le = aujourd_hui_du_conseil(conseil)
    formulaire = OuvrirDroits(request.POST or None, initial={"fixe_le": le})

    def faire() -> str:
        ouvert = ouvrir_registre_des_droits(conseil=public_id, **formulaire.cleaned_data)
        messages.success(
            request,
            "Le registre est ouvert. Le maire ou le président y habilite qui répondra.",
        )
        return reverse("instances:formation", args=[ouvert.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    titre = "Ouvrir le registre des demandes des personnes"
    return montrer(
        request,
        formulaire,
        titre=titre,
        phrase="Accès, rectification, opposition, effacement, limitation : seuls le délégué à la protection "
        "des données et les agents désignés le liront.",
        bouton="Ouvrir le registre",
        annuler=reverse("instances:conseil", args=[public_id]),
        fil=_fil(conseil, titre),
    )
