"""Pages of the register of requests: the list, one request, each step of it, its letters and its file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import avec_elevation
from maillage.documents.api import envoyer_fichier
from maillage.droits import exports, forms
from maillage.droits.documents import lettre as composer_lettre
from maillage.droits.documents import lettres_de
from maillage.droits.lieux import formations_interrogeables, registre, registres
from maillage.droits.models import FichierDeReponse
from maillage.droits.perms import DEMANDES_INSTRUIRE, DEMANDES_LIRE
from maillage.droits.selectors import DemandeVue, demande_vue, demandes_vues
from maillage.droits.services import demandes as services
from maillage.instances.api import lecteurs
from maillage.interface.navigation import Lien
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.situations.views.presentation import lecteurs_des_groupes, lus_par
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable

MODELE = "droits/formulaire.html"
COLONNES = ("N°", "Personne", "Demande", "Reçue le", "Réponse avant le", "État")


def _fil(*liens: Lien) -> tuple[Lien, ...]:
    return (Lien("Demandes des personnes", reverse("droits:liste")), *liens)


@dataclass(frozen=True, slots=True)
class Acte:
    """A step as its page says it: words, form, and what it calls."""

    titre: str
    bouton: str
    formulaire: type[forms.Etape]
    service: Callable[..., object]
    note: str = ""


ACTES: dict[str, Acte] = {
    "identite": Acte(
        "Vérifier l’identité",
        "Noter la vérification",
        forms.Verifier,
        services.verifier_identite,
        "Notez comment, jamais le numéro ni la copie d’un titre.",
    ),
    "prolongation": Acte(
        "Prolonger le délai",
        "Prolonger de deux mois",
        forms.Prolonger,
        services.prolonger,
        "Une fois, pour une raison, et la personne en est informée par lettre dans le premier mois.",
    ),
    "reponse": Acte(
        "Répondre à la personne",
        "Enregistrer la réponse",
        forms.Repondre,
        services.repondre,
        "La lettre se compose ensuite. Un accès accordé prépare aussi le fichier à remettre.",
    ),
    "retrait": Acte("La personne retire sa demande", "Noter le retrait", forms.Etape, services.retirer),
}


@exige(DEMANDES_LIRE)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Every request of the registers read: open ones first, the nearest deadline first."""
    lieux, vues = registres(), demandes_vues()
    for ou in lieux:
        lues = [str(vue.demande.public_id) for vue in vues if vue.ou.cercle == ou.cercle]
        journaliser("lecture_liste", cercle=ou.cercle, details={"page": "droits", "vus": lues})
    contexte = {
        "ouvertes": [vue for vue in vues if not vue.finie],
        "finies": [vue for vue in vues if vue.finie],
        "lieux": lieux,
        "colonnes": COLONNES,
        **lecteurs_des_groupes([ou.vu for ou in lieux]),
        "fil": _fil()[:1],
    }
    return render(request, "droits/liste.html", contexte)


def _possibles(vue: DemandeVue) -> list[tuple[str, str]]:
    """The steps this request may take now, the next one first: what is offered, never what is allowed."""
    if vue.finie:
        return []
    offerts = ["identite"] if vue.demande.etat == "recue" else ["reponse"]
    if not vue.demande.prolongation and not vue.retard:
        offerts.append("prolongation")
    if vue.demande.etat == "recue":
        offerts.append("reponse")
    return [(code, ACTES[code].titre) for code in (*offerts, "retrait")]


@exige(DEMANDES_LIRE)
@require_GET
def demande(request: HttpRequest, cle: UUID) -> HttpResponse:
    """One request: its clock, what each groupe answered, what may come next."""
    vue = demande_vue(cle)
    journaliser("lecture_demande_de_droit", objet=cle, cercle=vue.ou.cercle)
    possibles = _possibles(vue)
    a_interroger = vue.demande.etat == "instruite" and not vue.envois
    contexte = {
        "vue": vue,
        "mots": {
            "qualite": vue.mot("qualites_demandeur", "qualite"),
            "canal": vue.mot("canaux_droits", "canal"),
            "champ": vue.mot("champs_rectifiables", "champ"),
            "verification": vue.mot("verifications_identite", "verification"),
            "prolongation": vue.mot("motifs_prolongation_droits", "prolongation"),
            "decision": vue.mot("decisions_droits", "decision"),
            "motif": vue.mot("refus_droits", "motif"),
        },
        "a_interroger": a_interroger,
        "suivant": [] if a_interroger else possibles[:1],
        "autres": possibles if a_interroger else possibles[1:],
        "interroge": vue.demande.etat == "instruite" and bool(_restantes(vue)),
        "lettres": lettres_de(vue),
        **lus_par(lecteurs(vue.ou.cercle)),
        "fil": _fil(Lien(f"n° {vue.demande.reference}")),
    }
    return render(request, "droits/demande.html", contexte)


def _restantes(vue: DemandeVue) -> list[Any]:
    deja = {envoi.envoi.destinataire for envoi in vue.envois}
    return [f for f in formations_interrogeables(vue.ou, vue.demande.droit) if f.public_id not in deja]


@exige(DEMANDES_INSTRUIRE)
@require_http_methods(["GET", "POST"])
def enregistrer(request: HttpRequest, registre_: UUID) -> HttpResponse:
    ou = registre(registre_)
    page = PageDeFormulaire(
        titre="Enregistrer une demande",
        phrase="Une personne, ou qui la représente, exerce un droit sur ses données.",
        bouton="Enregistrer la demande",
        retour=reverse("droits:liste"),
        cercle=ou.cercle,
        fil=_fil(Lien("Enregistrer une demande")),
        modele=MODELE,
        message="La demande est enregistrée. Vérifiez l’identité de la personne.",
        contexte={"note": "Le délai d’un mois court du jour de la réception, pas de celui de la saisie."},
    )
    formulaire = forms.EnregistrerDemande(request.POST or None, jour=ou.jour)

    def faire(_: dict[str, Any]) -> str:
        creee = services.enregistrer(
            registre_=registre_,
            personne=formulaire.personne(),
            demande=formulaire.demande(),
            representants=formulaire.representants(),
        )
        return reverse("droits:demande", args=[creee.public_id])

    return traiter(request, page, formulaire, faire)


def _page(vue: DemandeVue, titre: str, bouton: str, note: str = "") -> PageDeFormulaire:
    retour = reverse("droits:demande", args=[vue.demande.public_id])
    return PageDeFormulaire(
        titre=titre,
        phrase=f"{vue.identite.nom_complet}, demande n° {vue.demande.reference}, {vue.droit.lower()}.",
        bouton=bouton,
        retour=retour,
        cercle=vue.ou.cercle,
        fil=_fil(Lien(f"n° {vue.demande.reference}", retour), Lien(titre)),
        modele=MODELE,
        message="Enregistré.",
        contexte={"note": note},
    )


@exige(DEMANDES_INSTRUIRE)
@require_http_methods(["GET", "POST"])
def etape(request: HttpRequest, cle: UUID, code: str) -> HttpResponse:
    """Any step: the same page, the words and the fields of that step."""
    if code not in ACTES:
        raise Introuvable(cle)
    acte, vue = ACTES[code], demande_vue(cle)
    journaliser("lecture_demande_de_droit", objet=cle, cercle=vue.ou.cercle, details={"page": "formulaire"})
    formulaire = acte.formulaire(
        request.POST or None, jour=vue.ou.jour, initial={"version": vue.demande.version}
    )

    def faire(lues: dict[str, Any]) -> None:
        acte.service(demande=cle, **lues)

    return traiter(request, _page(vue, acte.titre, acte.bouton, acte.note), formulaire, faire)


@exige(DEMANDES_INSTRUIRE)
@require_http_methods(["GET", "POST"])
def interroger(request: HttpRequest, cle: UUID) -> HttpResponse:
    vue = demande_vue(cle)
    journaliser("lecture_demande_de_droit", objet=cle, cercle=vue.ou.cercle, details={"page": "formulaire"})
    note = (
        "Chaque formation reçoit le nom, le prénom et la date de naissance, cherche chez elle et répond. "
        "Aucune n’apprend ce qu’une autre a répondu. Vous ne cherchez jamais vous-même dans un groupe."
    )
    formulaire = forms.Interroger(request.POST or None, formations=_restantes(vue))

    def faire(lues: dict[str, Any]) -> None:
        services.interroger(demande=cle, formations=[UUID(code) for code in lues["formations"]])

    page = _page(vue, "Interroger les groupes", "Envoyer la question", note)
    return traiter(request, page, formulaire, faire)


@exige(DEMANDES_LIRE)
@require_GET
def lettre(request: HttpRequest, cle: UUID, code: str, format_: str) -> HttpResponse:
    """A letter to the person: prepared, never signed for anyone."""
    vue = demande_vue(cle)
    faite = composer_lettre(vue, code)
    journaliser("document_compose", objet=cle, cercle=vue.ou.cercle, details={"modele": code})
    return envoyer_fichier(faite, format_, f"{code}-{vue.demande.reference}")


@exige(DEMANDES_INSTRUIRE)
@require_GET
@avec_elevation
def fichier(request: HttpRequest, cle: UUID) -> HttpResponse:
    """The archive to hand over, once one's identity was confirmed again. Each download is journalled."""
    vue = demande_vue(cle)
    lu = FichierDeReponse.objects.filter(cercle=vue.ou.cercle, demande=vue.demande).first()
    if lu is None:
        raise Introuvable(cle)
    journaliser("export_droit", objet=cle, cercle=vue.ou.cercle)
    reponse = HttpResponse(exports.contenu(lu), content_type="application/zip")
    reponse["Content-Disposition"] = f'attachment; filename="reponse-{vue.demande.reference}.zip"'
    return reponse
