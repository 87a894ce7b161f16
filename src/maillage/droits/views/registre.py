"""The DPO's registers: the processing of a council, its impact assessment, its figures, its certificates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.documents.api import Bloc, Liste, Paragraphe, Tableau, Titre, envoyer_fichier
from maillage.droits.alertes import AlerteDeLecture, alertes_de_lecture
from maillage.droits.archives import Ouverture, ouvertures_du_conseil
from maillage.droits.documents import registre_compose
from maillage.droits.indicateurs import (
    Certificat,
    Demandes,
    Limites,
    activite,
    certificats,
    demandes_de_l_annee,
    limites,
)
from maillage.droits.perms import REGISTRE_LIRE
from maillage.droits.selectors import conseils_du_registre, delegues_de, registre_ouvert, un_conseil
from maillage.droits.tableur import MIME, ods
from maillage.droits.traitements import (
    Traitement,
    a_completer,
    categories,
    mesures,
    mesures_et_lieux,
    risques,
    traitements,
)
from maillage.instances.api import Conseil, GenreFormation, fuseau_du_conseil
from maillage.interface.navigation import Lien
from maillage.interface.typographie import date_longue
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.temps import aujourd_hui

COLONNES_DEMANDES = ("Droit", "Reçues", "Accordées", "Refusées", "Tardives", "Délai moyen")
COLONNES_RISQUES = ("Ce qui pourrait arriver", "Ce qui y répond")
COLONNES_ARCHIVES = ("Le", "Groupe", "Motif", "Ouverte par")
COLONNES_CERTIFICATS = ("Le", "Dossiers détruits")
COLONNES_ALERTES = ("Qui", "Quand", "Lectures")
COLONNES_LIMITES = ("Pourquoi", "Effet", "Dossiers", "Depuis le")
CERTIFICATS_MAX = 50
COLONNES_RUBRIQUES = ("Rubrique", "Contenu")
COLONNES_MESURES = ("Mesure", "Où elle se vérifie")
DROITS_EXERCES = (
    "Accès, rectification, effacement, limitation et opposition se demandent au délégué, qui répond "
    "dans le mois. Chaque groupe cherche chez lui ; l’extrait remis dit aussi qui a ouvert le dossier."
)


@dataclass(frozen=True, slots=True)
class Registre:
    """Everything the page and its exports say."""

    conseil: Conseil
    jour: date
    delegues: tuple[str, ...]
    tenus: list[tuple[Traitement, bool]]
    demandes: list[Demandes]
    activite: list[tuple[str, int]]
    certificats: list[Certificat]
    alertes: list[AlerteDeLecture]
    archives: list[Ouverture]
    ouvert: bool
    limites: list[Limites]
    a_ouvrir: bool

    @property
    def delegue(self) -> str:
        return ", ".join(self.delegues) or "À désigner"


def _lire(conseil: Conseil) -> Registre:
    jour = aujourd_hui(fuseau_du_conseil(conseil))
    genres = set(
        conseil.formations.filter(cercle__isnull=False, dissoute_le__isnull=True).values_list(
            "genre", flat=True
        )
    )
    ouvert = registre_ouvert(conseil)
    return Registre(
        conseil,
        jour,
        delegues_de(conseil),
        [(traitement, bool(genres & set(traitement.genres))) for traitement in traitements(jour)],
        demandes_de_l_annee(conseil, jour.year),
        activite(conseil, jour.year) if ouvert else [],
        certificats(conseil, jour.year)[:CERTIFICATS_MAX] if ouvert else [],
        _alertes(conseil, jour.year) if ouvert else [],
        ouvertures_du_conseil(conseil, jour.year) if ouvert else [],
        ouvert,
        limites(conseil) if ouvert else [],
        GenreFormation.DROITS not in genres,
    )


def _alertes(conseil: Conseil, annee: int) -> list[AlerteDeLecture]:
    lues = alertes_de_lecture(datetime(annee, 1, 1, tzinfo=UTC), datetime(annee + 1, 1, 1, tzinfo=UTC))
    return [lue for lue in lues if lue.conseil == conseil.pk][:CERTIFICATS_MAX]


@exige(REGISTRE_LIRE)
@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """The councils the actor answers for; the page of the only one where there is one."""
    conseils = conseils_du_registre()
    if len(conseils) == 1:
        return conseil(request, conseils[0].public_id)
    fil = [Lien("Registre des traitements")]
    return render(request, "droits/conseils.html", {"conseils": conseils, "fil": fil})


@exige(REGISTRE_LIRE)
@require_GET
def conseil(request: HttpRequest, conseil: UUID) -> HttpResponse:
    lu = _lire(un_conseil(conseil))
    journaliser("registre_lu", objet=lu.conseil.public_id)
    contexte = {
        "registre": lu,
        "mesures": mesures(),
        "risques": risques(),
        "colonnes_demandes": COLONNES_DEMANDES,
        "colonnes_risques": COLONNES_RISQUES,
        "colonnes_archives": COLONNES_ARCHIVES,
        "colonnes_certificats": COLONNES_CERTIFICATS,
        "colonnes_alertes": COLONNES_ALERTES,
        "colonnes_limites": COLONNES_LIMITES,
        "fil": [Lien("Registre des traitements", reverse("droits:registre")), Lien(lu.conseil.nom)],
    }
    return render(request, "droits/registre.html", contexte)


@exige(REGISTRE_LIRE)
@require_GET
def analyse(request: HttpRequest, conseil: UUID, format_: str) -> HttpResponse:
    """What an impact assessment starts from, as a document: read from the code, for the controller to end."""
    lu = _lire(un_conseil(conseil))
    journaliser("export", objet=lu.conseil.public_id, details={"quoi": "analyse", "format": format_})
    document = registre_compose(lu.conseil, lu.delegue, lu.jour, _analyse(lu), quoi="analyse")
    return envoyer_fichier(document, format_, "analyse-d-impact")


def _analyse(lu: Registre) -> list[Bloc]:
    """Description, necessity, measures, risks: the order of art. 35, § 7; then what nobody else can write."""
    tenus = [(traitement, tenu) for traitement, tenu in lu.tenus if tenu]
    blocs: list[Bloc] = [Titre("Ce qui est fait des données")]
    for traitement, tenu in tenus:
        blocs.append(Tableau(traitement.titre, COLONNES_RUBRIQUES, tuple(_rangees(traitement, tenu))))
    if not tenus:
        blocs.append(Paragraphe("Aucun traitement nominatif n’est ouvert dans ce conseil."))
    blocs.append(Tableau("Ce qui peut être noté d’une personne", COLONNES_RUBRIQUES, categories(lu.jour)))
    blocs += [Titre("Droits des personnes"), Paragraphe(DROITS_EXERCES)]
    blocs.append(
        Tableau(f"Demandes des personnes en {lu.jour.year}", COLONNES_DEMANDES, tuple(_chiffres(lu)))
    )
    prouvees = tuple((mesure.mots, ", ".join(mesure.lieux)) for mesure in mesures_et_lieux())
    blocs.append(Tableau("Mesures de sécurité", COLONNES_MESURES, prouvees))
    blocs.append(Tableau("Risques pour les personnes", COLONNES_RISQUES, risques()))
    return [*blocs, Titre("À écrire par le responsable"), Liste(a_completer())]


@exige(REGISTRE_LIRE)
@require_GET
def export(request: HttpRequest, conseil: UUID, format_: str) -> HttpResponse:
    """The register as a spreadsheet, a PDF or an editable text; no person is named in it."""
    lu = _lire(un_conseil(conseil))
    journaliser("export", objet=lu.conseil.public_id, details={"quoi": "registre", "format": format_})
    if format_ == "ods":
        reponse = HttpResponse(_tableur(lu), content_type=MIME)
        reponse["Content-Disposition"] = 'attachment; filename="registre-des-traitements.ods"'
        return reponse
    document = registre_compose(lu.conseil, lu.delegue, lu.jour, _suite(lu))
    return envoyer_fichier(document, format_, "registre-des-traitements")


def _rangees(traitement: Traitement, tenu: bool) -> list[tuple[str, str]]:
    durees = [f"{duree.libelle} : {duree.valeur} ({duree.base})" for duree in traitement.durees]
    return [
        ("Tenu ici", "Oui" if tenu else "Non"),
        ("Finalités", " ; ".join(traitement.finalites)),
        ("Base légale", traitement.base),
        ("Personnes", " ; ".join(traitement.personnes)),
        ("Données", " ; ".join(traitement.donnees)),
        ("Destinataires", " ; ".join(traitement.destinataires)),
        ("Conservation", " ; ".join(durees)),
        ("Hors de l’Union européenne", "Aucun transfert"),
        ("Analyse d’impact", traitement.analyse),
    ]


def _chiffres(lu: Registre) -> list[tuple[str, ...]]:
    return [
        (d.droit, str(d.recues), str(d.accordees), str(d.refusees), str(d.tardives), _jours(d.delai))
        for d in lu.demandes
    ]


def _jours(delai: int | None) -> str:
    return "Sans objet" if delai is None else f"{delai} jours"


def _suite(lu: Registre) -> list[Bloc]:
    blocs: list[Bloc] = []
    for traitement, tenu in lu.tenus:
        blocs.append(Tableau(traitement.titre, COLONNES_RUBRIQUES, tuple(_rangees(traitement, tenu))))
    blocs += [Titre("Mesures de sécurité"), Liste(mesures())]
    blocs.append(Tableau("Éléments d’analyse d’impact", COLONNES_RISQUES, risques()))
    blocs.append(
        Tableau(f"Demandes des personnes en {lu.jour.year}", COLONNES_DEMANDES, tuple(_chiffres(lu)))
    )
    if lu.limites:
        blocs.append(Tableau("Dossiers limités ou retenus", COLONNES_LIMITES, tuple(_limites(lu))))
    return blocs


def _limites(lu: Registre) -> list[tuple[str, ...]]:
    return [(un.pourquoi, un.effet, str(un.nombre), date_longue(un.depuis)) for un in lu.limites]


def _tableur(lu: Registre) -> bytes:
    entete = [rubrique for rubrique, _ in _rangees(*lu.tenus[0])]
    registre = [["Traitement", *entete]]
    registre += [[t.titre, *(valeur for _, valeur in _rangees(t, tenu))] for t, tenu in lu.tenus]
    return ods(
        f"Registre des traitements, {lu.conseil.nom}",
        [
            (
                "Présentation",
                [
                    ["Responsable", lu.conseil.nom],
                    ["Délégué", lu.delegue],
                    ["Établi le", lu.jour.isoformat()],
                ],
            ),
            ("Traitements", registre),
            ("Mesures", [[mesure] for mesure in mesures()]),
            ("Risques", [COLONNES_RISQUES, *risques()]),
            ("Demandes", [COLONNES_DEMANDES, *_chiffres(lu)]),
            ("Limitations", [COLONNES_LIMITES, *_limites(lu)]),
            (
                "Activité",
                [["Acte", str(lu.jour.year)], *([libelle, nombre] for libelle, nombre in lu.activite)],
            ),
        ],
    )
