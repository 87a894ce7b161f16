"""The family council's pages: its files, one of them, the gate in, the yearly register, the papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.documents.api import FORMATS, envoyer_fichier
from maillage.instances.api import lecteurs
from maillage.interface.formulaires import Option
from maillage.interface.navigation import Lien
from maillage.maire.documents_familles import papier, papiers
from maillage.maire.forms.familles import SaisirFamille, de_la_remise
from maillage.maire.lieux import Lieu, lieu, lieux_des_familles
from maillage.maire.models import DossierFamille, LigneDeRegistre, Registre
from maillage.maire.perms import FAMILLES_ECRIRE, FAMILLES_LIRE
from maillage.maire.selectors.familles import dossier_en_cours, un_dossier
from maillage.maire.selectors.familles_pages import composer, liste_des_familles
from maillage.maire.services.familles import (
    CDDF_ET_CELLULES,
    D_UN_GROUPE,
    PROPOSE_AU_CONSEIL,
    familles_a_ecrire,
    qui_agit,
    saisir,
    saisir_depuis_un_groupe,
)
from maillage.situations.api import identites_proches, lire_identites, signalement_a_remettre
from maillage.situations.views.commun import PageDeFormulaire, jeton_recu, traiter
from maillage.situations.views.presentation import lus_par
from maillage.socle.jetons import deja_recu
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste
from maillage.territoires.api import departements

ENREGISTRE = "Enregistré. Visible par les {nombre} lecteurs de ce conseil."
MODELE = "maire/famille_formulaire.html"


def conseil_lu(cle: UUID | int) -> Lieu:
    """The family council of that key. A register of another kind is answered as absent."""
    ou = lieu(cle)
    if ou.vu.genre not in CDDF_ET_CELLULES:
        raise Introuvable(cle if isinstance(cle, UUID) else None)
    return ou


def choix_de_departements() -> list[tuple[str, str]]:
    return [(lu.code, f"{lu.nom} ({lu.code})") for lu in departements()]


@exige(FAMILLES_LIRE)
@require_GET
def familles(request: HttpRequest) -> HttpResponse:
    """The files of each council the reader sits in."""
    conseils = [
        {"ou": ou, "lignes": liste_des_familles(ou), **lus_par(lecteurs(ou.cercle))}
        for ou in lieux_des_familles()
    ]
    for conseil in conseils:
        journaliser("liste_familles", cercle=conseil["ou"].cercle)
    contexte = {"conseils": conseils, "fil": (Lien("Familles"),)}
    return render(request, "maire/familles.html", contexte)


@exige(FAMILLES_ECRIRE)
@require_http_methods(["GET", "POST"])
def nouvelle(request: HttpRequest, cercle: UUID) -> HttpResponse:
    """The gate in. A child already known is shown before a second identity is recorded."""
    ou = familles_a_ecrire(conseil_lu(cercle), cercle)

    def faire(valeurs: dict[str, Any]) -> DossierFamille:
        return saisir(conseil=ou.vu.public_id, **valeurs)

    return _page_de_saisine(request, ou, {"departement": ou.vu.departement_code}, faire)


@exige(FAMILLES_ECRIRE)
@require_http_methods(["GET", "POST"])
def depuis_un_groupe(request: HttpRequest, cercle: UUID, signalement: UUID) -> HttpResponse:
    """The same, with the identity of a child whom a groupe proposed to the council. It serves once."""
    ou = familles_a_ecrire(conseil_lu(cercle), cercle)
    if request.method == "POST" and (deja := deja_recu(jeton_recu(request))) is not None:
        return redirect(deja)
    remise = signalement_a_remettre(signalement, PROPOSE_AU_CONSEIL)
    journaliser(
        "lecture_signalement", objet=signalement, cercle=remise.cercle, details={"page": "formulaire"}
    )

    def faire(valeurs: dict[str, Any]) -> DossierFamille:
        del valeurs["origine"]
        return saisir_depuis_un_groupe(signalement=signalement, conseil=ou.vu.public_id, **valeurs)

    note = (
        "Le groupe a proposé ce conseil. Seuls l’identité et les parents passent : relisez-les, puis dites "
        "le motif. Le groupe ne lira pas ce dossier."
    )
    return _page_de_saisine(
        request, ou, de_la_remise(remise, ou.vu.departement_code), faire, origine=D_UN_GROUPE, note=note
    )


def _page_de_saisine(
    request: HttpRequest,
    ou: Lieu,
    initial: dict[str, Any],
    ouvrir: Callable[[dict[str, Any]], DossierFamille],
    *,
    origine: str = "",
    note: str = "",
) -> HttpResponse:
    """The form of the gate, empty or with the identity that a groupe hands over."""

    def composer_le_formulaire(proches: list[tuple[str, Option]]) -> SaisirFamille:
        return SaisirFamille(
            request.POST or None,
            jour=ou.jour,
            departements=choix_de_departements(),
            proches=proches,
            origine=origine,
            initial=initial,
        )

    formulaire = composer_le_formulaire([])
    if request.method == "POST" and formulaire.is_valid():
        formulaire = composer_le_formulaire(_proches(ou, formulaire))
    page = PageDeFormulaire(
        titre="Saisir le conseil des familles",
        phrase=f"{ou.vu.nom}. L’enfant, ses parents et un motif : rien d’autre ne s’écrit ici.",
        bouton="Ouvrir le dossier",
        retour=reverse("familles:liste"),
        cercle=ou.cercle,
        icone="ajouter",
        modele=MODELE,
        message=ENREGISTRE,
        fil=(Lien("Familles", reverse("familles:liste")), Lien("Saisir")),
        contexte={"note": note} if note else {},
    )

    def faire(_: dict[str, Any]) -> str:
        return reverse("familles:dossier", args=[ouvrir(formulaire.valeurs()).public_id])

    return traiter(request, page, formulaire, faire)


def _proches(ou: Lieu, formulaire: SaisirFamille) -> list[tuple[str, Option]]:
    """Children of this council who may be the one typed; a sibling is answered « un autre enfant »."""
    personne = formulaire.valeurs()["personne"]
    trouves = identites_proches(
        cercle=ou.cercle, nom=personne.nom, prenom=personne.prenom, naissance=personne.naissance
    )
    connus = [(cle, pourquoi) for cle, pourquoi in trouves if dossier_en_cours(ou, cle) is not None]
    noms = lire_identites(cle for cle, _ in connus)
    return [(str(cle), Option(noms[cle].nom_complet, ", ".join(pourquoi))) for cle, pourquoi in connus]


@exige(FAMILLES_LIRE)
@require_GET
def dossier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One file: where it stands, what happened, what may be done, who reads."""
    lu = un_dossier(public_id)
    ou = conseil_lu(lu.cercle_id)
    journaliser("lecture_famille", objet=public_id, cercle=lu.cercle_id)
    vue = composer(lu, ou)
    _, refus = qui_agit(ou)
    contexte = {
        "vue": vue,
        "ou": ou,
        "ecrit": ou.prepare and not vue.clos,
        "elu": not refus,
        "motif": liste("motifs_famille").item(lu.motif).libelle,
        "liens": {item.code: item.libelle for item in liste("liens_representant")},
        "suivi": liste("suivis_existants").item(lu.suivi_existant).libelle if lu.suivi_existant else "",
        "hors_departement": lu.departement != ou.vu.departement_code,
        "papiers": papiers(vue) if ou.prepare else [],
        "en_retard": not vue.clos and lu.revue_le < ou.jour,
        **lus_par(lecteurs(lu.cercle_id)),
        "fil": (Lien("Familles", reverse("familles:liste")), Lien(f"N° {lu.reference}")),
    }
    return render(request, "maire/famille.html", contexte)


@exige(FAMILLES_LIRE)
@require_GET
def registre(request: HttpRequest, cercle: UUID) -> HttpResponse:
    """The yearly register: numbers that follow, codes, no name; it outlives the files."""
    ou = conseil_lu(cercle)
    motifs = {item.code: item.libelle for item in liste("motifs_famille")}
    issues = {item.code: item.libelle for item in liste("issues_famille")}
    lignes = LigneDeRegistre.objects.filter(cercle=ou.cercle, registre=Registre.FAMILLES)
    contexte = {
        "ou": ou,
        "lignes": [
            {"ligne": ligne, "motif": motifs.get(ligne.nature, ""), "issue": issues.get(ligne.issue, "")}
            for ligne in lignes.order_by("-annee", "-numero")
        ],
        **lus_par(lecteurs(ou.cercle)),
        "fil": (Lien("Familles", reverse("familles:liste")), Lien("Registre")),
    }
    return render(request, "maire/familles_registre.html", contexte)


@exige(FAMILLES_ECRIRE)
@require_GET
def document(request: HttpRequest, public_id: UUID, code: str, rang: int, sortie: str) -> HttpResponse:
    """A paper of the file. Its name in the browser says nothing of the family."""
    lu = un_dossier(public_id)
    ou = familles_a_ecrire(conseil_lu(lu.cercle_id), public_id)
    if sortie not in FORMATS:
        raise Introuvable(public_id)
    compose = papier(composer(lu, ou), ou, code, rang)
    journaliser("document_famille", objet=public_id, cercle=lu.cercle_id, details={"modele": code})
    return envoyer_fichier(compose, sortie, f"{code}-{lu.reference}")
