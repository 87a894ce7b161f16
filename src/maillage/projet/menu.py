"""The menu as data: three groups of verbs of work, each entry with the permission that opens it."""

from dataclasses import dataclass

from maillage.acteurs.perms import COMPTES_GERER, ORGANISMES_VOIR, REGISTRE_VOIR
from maillage.consultation.perms import REGLES_CONSULTER
from maillage.documents.perms import CONVENTIONS_VOIR, MODELES_VOIR
from maillage.droits.perms import ARCHIVES_VOIR, DEMANDES_LIRE, QUESTIONS_REPONDRE, REGISTRE_LIRE
from maillage.instances.perms import INSTANCES_VOIR
from maillage.instances.perms_seance import SEANCES_VOIR
from maillage.maire.perms import ACTES_LIRE, FAMILLES_LIRE
from maillage.parcours.perms import DISPOSITIFS_VOIR, OFFRES_VOIR
from maillage.parcours.perms_orientations import ACCUEILS, PRESTATAIRES
from maillage.pilotage.perms import BILAN_VOIR
from maillage.situations.perms import LIRE, SIGNALEMENTS_LIRE
from maillage.socle.permissions import COMPTE, PUBLIQUE, Permission


@dataclass(frozen=True)
class EntreeDeMenu:
    libelle: str
    route: str
    icone: str
    permission: Permission
    #: Code of what it counts (see ``contexte_pages.compteurs``), and the words read after the number.
    compteur: str = ""
    unite: str = ""
    #: Code of what the account must have for the entry to be of use (see ``contexte_pages.attaches``).
    condition: str = ""


MENU: list[tuple[str, list[EntreeDeMenu]]] = [
    (
        "Mon travail",
        [
            EntreeDeMenu("Ma journée", "pilotage:journee", "jour", COMPTE),
            EntreeDeMenu(
                "Signalements",
                "situations:signalements",
                "signalement",
                SIGNALEMENTS_LIRE,
                "a_examiner",
                "à examiner",
            ),
            EntreeDeMenu("Situations", "situations:liste", "situations", LIRE, "a_revoir", "à revoir"),
            EntreeDeMenu(
                "Mes accueils", "orientations:accueils", "personne", ACCUEILS, condition="accueille"
            ),
            EntreeDeMenu("Familles", "familles:liste", "personne", FAMILLES_LIRE, condition="familles"),
            EntreeDeMenu("Séances", "seances:liste", "seance", SEANCES_VOIR),
            EntreeDeMenu("Puis-je ?", "consultation:choisir", "aide", REGLES_CONSULTER),
        ],
    ),
    (
        "Le maire et les familles",
        [
            EntreeDeMenu("Actes du maire", "maire:accueil", "marque", ACTES_LIRE, condition="actes"),
            EntreeDeMenu("Rappels à l’ordre", "rappels:liste", "rappel", ACTES_LIRE, condition="actes"),
            EntreeDeMenu("Transactions", "transactions:liste", "courrier", ACTES_LIRE, condition="actes"),
            EntreeDeMenu("Avis dus au maire", "avis:liste", "courrier", ACTES_LIRE, condition="actes"),
            EntreeDeMenu("Équipements sportifs", "sport:liste", "lieu", ACTES_LIRE, condition="actes"),
        ],
    ),
    (
        "Le conseil",
        [
            EntreeDeMenu("Instances et groupes", "instances:liste", "maillage", INSTANCES_VOIR),
            EntreeDeMenu(
                "Membres et chartes", "instances:chartes", "verrou", INSTANCES_VOIR, "a_signer", "à signer"
            ),
            EntreeDeMenu("Dispositifs", "parcours:catalogue", "orienter", DISPOSITIFS_VOIR),
            EntreeDeMenu("Offres d’accueil", "parcours:offres", "lieu", OFFRES_VOIR),
            EntreeDeMenu("Lieux d’accueil", "orientations:prestataires", "organisme", PRESTATAIRES),
            EntreeDeMenu("Annuaire des organismes", "acteurs:organismes", "organisme", ORGANISMES_VOIR),
            EntreeDeMenu("Conventions", "documents:registre", "dossier", CONVENTIONS_VOIR),
            EntreeDeMenu("Modèles de documents", "documents:conseils", "imprimer", MODELES_VOIR),
        ],
    ),
    (
        "Droits des personnes",
        [
            EntreeDeMenu("Demandes", "droits:liste", "personne", DEMANDES_LIRE, condition="droits"),
            EntreeDeMenu(
                "Questions du délégué", "droits:questions", "courrier", QUESTIONS_REPONDRE, condition="tient"
            ),
            EntreeDeMenu(
                "Ouvertures d’archives", "droits:archives", "archive", ARCHIVES_VOIR, condition="archives"
            ),
            EntreeDeMenu("Registre des traitements", "droits:registre", "dossier", REGISTRE_LIRE),
        ],
    ),
    (
        "Rendre compte",
        [
            EntreeDeMenu("Tableau de bord", "pilotage:tableau_de_bord", "dossier", BILAN_VOIR),
            EntreeDeMenu("Bilan annuel", "pilotage:bilans", "bilan", BILAN_VOIR),
            EntreeDeMenu("Chiffres des actes", "pilotage:actes", "bilan", BILAN_VOIR),
            EntreeDeMenu("Communes", "territoires:recherche", "commune", PUBLIQUE),
        ],
    ),
    (
        "Administrer",
        [
            EntreeDeMenu("Comptes", "acteurs:comptes", "cle", COMPTES_GERER),
            EntreeDeMenu("Qui peut quoi", "acteurs:registre", "verrou", REGISTRE_VOIR),
        ],
    ),
]
