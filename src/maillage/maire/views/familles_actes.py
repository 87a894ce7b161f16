"""One form page for each act on a family's file; each leads back to the file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.acteurs.api import Organisme
from maillage.droit.api import Verdict, entier, jour_en_lettres
from maillage.instances.api import cercles_visibles, fuseau_du_cercle
from maillage.interface.navigation import Lien
from maillage.maire.forms import familles as forms
from maillage.maire.lieux import Lieu
from maillage.maire.models import DossierFamille
from maillage.maire.perms import FAMILLES_ECRIRE
from maillage.maire.rules.familles import juger_ouvert, terme_au_plus
from maillage.maire.selectors.familles import etat_lu, un_dossier
from maillage.maire.selectors.familles_pages import elus_du_conseil, membres_du_conseil, nom_d_organisme
from maillage.maire.services import aides, auditions
from maillage.maire.services.familles import familles_a_ecrire
from maillage.maire.views.familles import ENREGISTRE, MODELE, choix_de_departements, conseil_lu
from maillage.situations.api import exiger, lire_identite
from maillage.situations.views.commun import PageDeFormulaire, traiter
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.strategie.api import liste

formulaire_de = require_http_methods(["GET", "POST"])
Commande = Callable[..., Any]


def _lire(public_id: UUID) -> tuple[DossierFamille, Lieu]:
    """The file a form is about; a closed one is refused before anything of it is shown."""
    lu = un_dossier(public_id)
    ou = familles_a_ecrire(conseil_lu(lu.cercle_id), public_id)
    exiger(Verdict.selon(juger_ouvert(etat_lu(lu, ou.jour))), lu)
    journaliser("lecture_famille", objet=public_id, cercle=lu.cercle_id, details={"page": "formulaire"})
    return lu, ou


def _montrer(
    request: HttpRequest,
    lu: DossierFamille,
    formulaire: forms.Acte,
    commande: Commande,
    *,
    titre: str,
    bouton: str,
    note: str = "",
) -> HttpResponse:
    nom = lire_identite(lu.identite_id).nom_complet
    retour = reverse("familles:dossier", args=[lu.public_id])
    page = PageDeFormulaire(
        titre=titre,
        phrase=f"{nom}, dossier n° {lu.reference}.",
        bouton=bouton,
        retour=retour,
        cercle=lu.cercle_id,
        modele=MODELE,
        message=ENREGISTRE,
        fil=(
            Lien("Familles", reverse("familles:liste")),
            Lien(f"N° {lu.reference}", retour),
            Lien(titre),
        ),
        contexte={"note": note} if note else {},
    )

    def faire(_: dict[str, Any]) -> None:
        commande(dossier=lu.public_id, **formulaire.valeurs())

    return traiter(request, page, formulaire, faire)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def convoquer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.Convoquer(
        request.POST or None,
        des_le=ou.jour + timedelta(days=entier("cddf.convocation_jours", ou.jour)),
        fuseau=fuseau_du_cercle(ou.cercle),
        membres=membres_du_conseil(ou),
        initial={"version": lu.version},
    )
    note = (
        "La lettre dit à chaque parent qui sera là, ce qui est noté, combien de temps, leurs droits, et "
        "qu’ils peuvent venir avec la personne de leur choix."
    )
    mots = {"titre": "Convoquer la famille", "bouton": "Convoquer", "note": note}
    return _montrer(request, lu, formulaire, auditions.convoquer, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def absence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, _ = _lire(public_id)
    formulaire = forms.Choisir(
        request.POST or None,
        nom="issue",
        libelle="Ce qu’il en est",
        items=[item for item in liste("issues_convocation") if item.code != "venue"],
        initial={"version": lu.version},
    )
    note = "Une famille qui ne vient pas est convoquée une seconde fois. Deux absences sans excuse : carence."
    mots = {"titre": "La famille n’est pas venue", "bouton": "Enregistrer", "note": note}
    return _montrer(request, lu, formulaire, auditions.noter_absence, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def entendre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.Entendre(
        request.POST or None,
        elus=elus_du_conseil(ou),
        membres=membres_du_conseil(ou),
        initial={"version": lu.version},
    )
    note = "Notez qui était là. Rien de ce qui s’est dit n’est écrit : il n’y a pas de compte rendu."
    mots = {"titre": "Noter l’audition", "bouton": "Enregistrer l’audition", "note": note}
    return _montrer(request, lu, formulaire, auditions.entendre, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def suite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.ProposerSuite(request.POST or None, jour=ou.jour, initial={"version": lu.version})
    mots = {"titre": "Dire la suite de l’audition", "bouton": "Enregistrer la suite"}
    return _montrer(request, lu, formulaire, auditions.proposer_suite, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def accompagnement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    corps = Organisme.objects.filter(actif=True, departement_code=ou.vu.departement_code)
    corps = corps.prefetch_related("noms")
    choix = sorted(
        (
            (str(o.public_id), nom_d_organisme(o, ou))
            for o in corps.prefetch_related("noms")
            if not o.sensible
        ),
        key=lambda paire: paire[1],
    )
    formulaire = forms.ProposerAccompagnement(
        request.POST or None, organismes=choix, initial={"version": lu.version}
    )
    note = "Le maire propose, les parents acceptent ou non, sans sanction (CASF, art. L. 141-2)."
    mots = {"titre": "Proposer un accompagnement parental", "bouton": "Proposer", "note": note}
    return _montrer(request, lu, formulaire, aides.proposer_accompagnement, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def reponse(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.NoterReponse(
        request.POST or None, membres=membres_du_conseil(ou), initial={"version": lu.version}
    )
    terme = terme_au_plus(ou.jour, etat_lu(lu, ou.jour).minorite, ou.jour)
    note = f"Commencé aujourd’hui, l’accompagnement finit le {jour_en_lettres(terme)} au plus tard."
    mots = {"titre": "Noter la réponse des parents", "bouton": "Enregistrer la réponse", "note": note}
    return _montrer(request, lu, formulaire, aides.noter_reponse, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def point(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.FaireLePoint(request.POST or None, jour=ou.jour, initial={"version": lu.version})
    mots = {"titre": "Faire le point", "bouton": "Enregistrer le point"}
    return _montrer(request, lu, formulaire, aides.faire_le_point, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def terminer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.Dater(
        request.POST or None,
        nom="issue",
        libelle="Comment l’accompagnement finit",
        items=liste("fins_accompagnement"),
        champ="fini_le",
        quand="Dernier jour",
        jour=ou.jour,
        initial={"version": lu.version},
    )
    mots = {"titre": "Terminer l’accompagnement", "bouton": "Terminer"}
    return _montrer(request, lu, formulaire, aides.terminer_accompagnement, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def departement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, _ = _lire(public_id)
    formulaire = forms.SaisirDepartement(
        request.POST or None,
        departements=choix_de_departements(),
        initial={"version": lu.version, "departement": lu.departement},
    )
    note = (
        "Le maire demande au président du département une mesure d’accompagnement social (MAESF). "
        "Maillage prépare le courrier et garde la date ; il n’envoie rien."
    )
    mots = {"titre": "Saisir le président du département", "bouton": "Noter la saisine", "note": note}
    return _montrer(request, lu, formulaire, aides.saisir_departement, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def reponse_du_departement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.Dater(
        request.POST or None,
        nom="reponse",
        libelle="Réponse du département",
        items=liste("reponses_departement"),
        champ="reponse_le",
        quand="Reçue le",
        jour=ou.jour,
        initial={"version": lu.version},
    )
    mots = {"titre": "Noter la réponse du département", "bouton": "Enregistrer"}
    return _montrer(request, lu, formulaire, aides.noter_reponse_du_departement, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def groupe(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    siens = [(str(vu.public_id), vu.nom) for vu in cercles_visibles() if vu.volet == "jeune"]
    formulaire = forms.PasserAuGroupe(
        request.POST or None, groupes=siens, jour=ou.jour, initial={"version": lu.version}
    )
    note = (
        "Seule l’identité de l’enfant et de ses parents passe, comme un signalement. Le groupe ne lit pas ce "
        "dossier, et rien ne mène de l’un à l’autre."
        if siens
        else "Aucun groupe ne vous est ouvert : un membre du groupe peut faire le signalement."
    )

    def passer(**lues: Any) -> None:
        lues["groupe"] = UUID(lues["groupe"])
        aides.passer_au_groupe(exposition="delinquance", origine="services_mairie", **lues)

    mots = {"titre": "Passer à un groupe", "bouton": "Faire le signalement", "note": note}
    return _montrer(request, lu, formulaire, passer, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def abstenir(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, _ = _lire(public_id)
    formulaire = forms.Choisir(
        request.POST or None,
        nom="suivi",
        libelle="Ce qui existe",
        items=liste("suivis_existants"),
        initial={"version": lu.version},
    )
    note = "Le fait seul est noté. Ni la mesure, ni le service, ni le juge ne s’écrivent."
    mots = {"titre": "Un suivi existe déjà", "bouton": "S’abstenir", "note": note}
    return _montrer(request, lu, formulaire, aides.s_abstenir, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def reprendre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, ou = _lire(public_id)
    formulaire = forms.Choisir(
        request.POST or None,
        nom="raison",
        libelle="Pourquoi reprendre",
        items=liste("reprises_famille", ou.jour),
        initial={"version": lu.version},
    )
    mots = {"titre": "Reprendre le dossier", "bouton": "Reprendre"}
    return _montrer(request, lu, formulaire, aides.reprendre, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def parent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, _ = _lire(public_id)
    formulaire = forms.AjouterParent(request.POST or None, initial={"version": lu.version})
    note = "Deux parents qui vivent séparés reçoivent chacun leur lettre."
    mots = {"titre": "Ajouter un parent", "bouton": "Ajouter", "note": note}
    return _montrer(request, lu, formulaire, aides.ajouter_parent, **mots)


@exige(FAMILLES_ECRIRE)
@formulaire_de
def clore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    lu, _ = _lire(public_id)
    formulaire = forms.Choisir(
        request.POST or None,
        nom="issue",
        libelle="Comment le dossier se clôt",
        items=liste("issues_famille"),
        initial={"version": lu.version},
    )
    note = "Les noms sont effacés trois mois plus tard. La ligne du registre reste, sans nom."
    mots = {"titre": "Clore le dossier", "bouton": "Clore", "note": note}
    return _montrer(request, lu, formulaire, aides.clore_famille, **mots)
