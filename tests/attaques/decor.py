"""A groupe to attack, full of canaries, and everybody who must not read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.attaques.decor_droits import NOMINATIVES as DES_DROITS
from tests.attaques.decor_droits import DroitsExerces, des_droits
from tests.attaques.decor_maire import NOMINATIVES as DU_MAIRE
from tests.attaques.decor_maire import ActesDuMaire, des_actes, maire_d_a_cote
from tests.documents.fabriques_documents import contenu_pmsmp, en_vigueur
from tests.instances.fabriques import COMMUNE, DEBUT, exercer, membre
from tests.parcours.decor_orientations import Decor, commencee, un_prestataire, une_offre
from tests.situations.fabriques import Groupe, personne, signaler, un_groupe
from tests.situations.test_situations_conservation import un_suivi_complet

from maillage.acteurs.models import Compte, Organisme
from maillage.documents.models import NOMINATIVES as DE_CONVENTIONS
from maillage.documents.models import Adaptation, AvenantNominatif, ConventionNominative
from maillage.documents.services import vie
from maillage.instances.models import Habilitation, Siege, Texte
from maillage.instances.models.seance import Point, PointTheme, Presence, Seance
from maillage.parcours.models import NOMINATIVES as DU_PARCOURS
from maillage.parcours.models import (
    DispositifLocal,
    EtapeDeSortie,
    Levee,
    Offre,
    Orientation,
    Participation,
    Place,
)
from maillage.parcours.models import Presence as PresenceDuJour
from maillage.parcours.services import participations, sortie
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant
from maillage.situations.models import (
    NOMINATIVES,
    Bilan,
    Contact,
    Designation,
    Element,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.services import cloture, suivi
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.contraintes import Mur
from maillage.socle.temps import aujourd_hui

#: Every personal value planted in the attacked groupe holds one of these.
CANARI = re.compile(r"canari|06 ?12 ?34 ?00 ?99", re.IGNORECASE)
UUID_ = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def canari(**champs: object) -> DonneesIdentite:
    """A followed person every value of whom is a canary."""
    return personne(
        **{
            "nom": "Zucanari",
            "prenom": "Ocanari",
            "adresse": "17 impasse Canari",
            "telephone": "0612340099",
            "courriel": "canari@exemple.invalid",
            **champs,
        }
    )


@dataclass
class Proie:
    """The attacked groupe: its files, and the pseudonyms nobody else may see."""

    groupe: Groupe
    situation: Situation
    archivee: Situation
    recu: Signalement
    seance: Seance
    point: Point
    actes: ActesDuMaire
    droits: DroitsExerces
    ids: dict[str, list[UUID]] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()


def une_proie() -> Proie:
    """Two followed persons, one of them archived, a signalement that waits, an open séance."""
    groupe = un_groupe()

    def au_nom_de(compte: Compte) -> Any:
        return contexte(compte.pk)

    situation = un_suivi_complet(groupe, au_nom_de, qui=canari(), texte="Canari absent quatre matins.")
    archivee = un_suivi_complet(groupe, au_nom_de, qui=canari(nom="Vieuxcanari"))
    with contexte(groupe.membre.pk):
        suivi.poser_objectif(
            situation=situation.public_id,
            libelle="Reprendre le canari",
            domaine="loisirs",
            echeance=situation.ouverte_le,
        )
        suivi.ecrire_bilan(situation=situation.public_id, texte="Trois rencontres au local Canari.")
    with contexte(groupe.coordonnatrice.pk):
        cloture.clore(
            situation=archivee.public_id, version=1, issue="objectifs_atteints", le=archivee.ouverte_le
        )
    _preparer_la_sortie(groupe, situation)
    _des_conventions(groupe, situation)
    recu = signaler(
        groupe,
        qui=canari(nom="Neufcanari"),
        representants=[DonneesRepresentant("Merecanari", "Anne", "mere", "17 impasse Canari", "0612340099")],
    )
    un_parcours(groupe, situation)
    with en_maintenance():
        seance = Seance.objects.get(points__objet=situation.signalement.public_id)
        PointTheme.objects.create(seance=seance, rang=1, titre="Thème du canari")
        point = Point.objects.create(
            cercle_id=groupe.cle, seance=seance, rang=2, genre="signalement", objet=recu.public_id
        )
        siege = Siege.objects.filter(formation=groupe.formation).first()
        Presence.objects.create(seance=seance, siege=siege, compte=groupe.membre)
        archivee.refresh_from_db()
    proie = Proie(
        groupe,
        situation,
        archivee,
        recu,
        seance,
        point,
        des_actes(groupe),
        des_droits(groupe, canari(), archivee),
    )
    with en_maintenance():
        _relever(proie)
    return proie


def _preparer_la_sortie(groupe: Groupe, situation: Situation) -> None:
    """A plan of exit with a support in it, opened by an agent of the SPIP."""
    conseiller = groupe.ajouter("spip", sensible=True)
    with contexte(conseiller.pk):
        sortie.ouvrir_plan(
            situation=situation.public_id,
            origine="prison",
            fin_prevue_le=situation.ouverte_le + timedelta(days=40),
        )
        sortie.prevoir_etape(situation=situation.public_id, domaine="emploi", acteur="mission_locale")


def un_parcours(groupe: Groupe, situation: Situation) -> None:
    """An orientation begun at a body that has its own access, with one day noted."""
    prestataire, formation, organisme = un_prestataire(groupe, nom="Atelier ordinaire")
    offre = une_offre(groupe, organisme)
    decor = Decor(groupe, situation, prestataire, formation, organisme, offre)
    lue = commencee(decor)
    with contexte(prestataire.pk):
        participations.noter_presence(
            participation=lue.public_id, le=lue.commencee_le, etat="present", heures=Decimal(7)
        )


def _des_conventions(groupe: Groupe, situation: Situation) -> None:
    """A convention in force about the followed person, with an amendment; a template of the council."""
    convention = en_vigueur(
        groupe,
        situation,
        contenu_pmsmp("Atelier Canari", apres=0, objectifs="Découvrir le canari.", tuteur="Alex Canari"),
    )
    with contexte(groupe.coordonnatrice.pk):
        vie.preparer_avenant(convention=convention, objet="Horaires du canari", prend_effet_le=aujourd_hui())
    with en_maintenance():
        Adaptation.objects.create(
            conseil=groupe.formation.conseil,
            modele="convention_pmsmp",
            numero=1,
            depuis=DEBUT.date(),
            entete=["Ville d’essai"],
            par=groupe.coordonnatrice,
            le=DEBUT,
        )


def _relever(proie: Proie) -> None:
    """The public ids by what they name, and those that are secrets of the groupe."""
    formation = proie.groupe.formation

    def publics(lignes: Any) -> list[UUID]:
        return list(lignes.values_list("public_id", flat=True))

    proie.ids = {
        "situation": [proie.situation.public_id, proie.archivee.public_id],
        "signalement": publics(Signalement.objects.filter(cercle=proie.groupe.cle)),
        "objectif": publics(Objectif.objects.filter(situation=proie.situation))[:1],
        "contact": publics(Contact.objects.filter(situation=proie.situation))[:1],
        "element": publics(Element.objects.filter(situation=proie.situation))[:1],
        "referent": publics(Designation.objects.filter(situation=proie.situation)),
        "bilan": publics(Bilan.objects.filter(situation=proie.situation))[:1],
        "etape": publics(EtapeDeSortie.objects.filter(plan__situation=proie.situation)),
        "orientation": publics(Orientation.objects.filter(situation=proie.situation)),
        "participation": publics(Participation.objects.filter(situation=proie.situation)),
        "presence": publics(PresenceDuJour.objects.filter(participation__situation=proie.situation)),
        "dispositif": publics(DispositifLocal.objects.all())[:1],
        "offre": publics(Offre.objects.all())[:1],
        "jeton": list(Place.objects.values_list("jeton", flat=True))[:1],
        "cercle": [proie.groupe.cercle],
        "seance": [proie.seance.public_id],
        "point": [proie.point.public_id],
        "theme": publics(PointTheme.objects.filter(seance=proie.seance)),
        "formation": [formation.public_id],
        "conseil": [formation.conseil.public_id],
        "siege": publics(formation.sieges.all())[:1],
        "habilitation": publics(Habilitation.objects.filter(cercle=proie.groupe.cle))[:1],
        "texte": publics(Texte.objects.filter(formation=formation))[:1],
        "compte": [proie.groupe.membre.public_id],
        "organisme": publics(Organisme.objects.all())[:1],
        "convention": publics(ConventionNominative.objects.filter(cercle=proie.groupe.cle)),
        "avenant": publics(AvenantNominatif.objects.filter(cercle=proie.groupe.cle)),
        "adaptation": publics(Adaptation.objects.filter(conseil=formation.conseil)),
        "levee": publics(Levee.objects.filter(cercle=proie.groupe.cle))[:1] or [uuid4()],
        **proie.actes.ids,
        **proie.droits.ids,
    }
    secrets = {
        str(public)
        for modele in (*NOMINATIVES, *DE_CONVENTIONS, *DU_PARCOURS)
        for public in modele.objects.filter(cercle=proie.groupe.cle).values_list("public_id", flat=True)
    }
    secrets |= {
        str(public)
        for modele in DU_MAIRE
        for public in modele.objects.filter(cercle__in=proie.actes.cercles).values_list(
            "public_id", flat=True
        )
    }
    secrets |= {
        str(public)
        for modele in DES_DROITS
        for public in modele.objects.filter(cercle__in=(proie.droits.cercle, proie.groupe.cle)).values_list(
            "public_id", flat=True
        )
    }
    genres = (
        "situation",
        "signalement",
        "objectif",
        "contact",
        "element",
        "referent",
        "bilan",
        "etape",
        "orientation",
        "participation",
        "presence",
        "seance",
        "point",
        "theme",
        "convention",
        "avenant",
    )
    proie.secrets = frozenset(secrets | {str(public) for genre in genres for public in proie.ids[genre]})


def intrus(proie: Proie, voisin: Groupe | None = None) -> dict[str, Compte | None]:
    """Everybody who must not read the attacked groupe, each as close to it as can be."""
    voisin = voisin or un_groupe()
    formation = proie.groupe.formation
    hier = DEBUT + timedelta(days=1)
    retire = membre(formation, organisme=creer_organisme("Organisme parti"))
    inactif = membre(formation, organisme=creer_organisme("Organisme fermé"))
    ferme = membre(formation)
    with en_maintenance():
        Siege.objects.filter(formation=formation, organisme=retire.organisme).update(jusqua=hier)
        Organisme.objects.filter(pk=inactif.organisme_id).update(actif=False)
        Compte.objects.filter(pk=ferme.pk).update(actif=False)
    ailleurs, *_ = un_prestataire(voisin, nom="Atelier voisin")
    return {
        "lieu d’accueil du voisin": ailleurs,
        "maire du voisin": maire_d_a_cote(),
        "coordonnatrice du voisin": voisin.coordonnatrice,
        "membre du voisin": voisin.membre,
        "membre au mandat fini": membre(formation, fonction="coordonnateur", role="coordonnateur", fin=hier),
        "membre sans signature": membre(
            formation, fonction="coordonnateur", role="coordonnateur", signe=False
        ),
        "membre au siège retiré": retire,
        "membre d’un organisme fermé": inactif,
        "compte fermé": ferme,
        "coordonnateur de la commune": exercer(creer_compte(), "coordonnateur", COMMUNE),
        "maire non habilité": exercer(creer_compte(), "maire", COMMUNE),
        "procureur non habilité": exercer(creer_compte(), "procureur", "31", "departement"),
        "préfecture": exercer(creer_compte(), "prefecture", "31", "departement"),
        "national": creer_compte("national"),
        "DPO": exercer(creer_compte(), "dpo", COMMUNE),
        "administrateur technique": creer_compte("administrateur_technique"),
        "sans fonction": creer_compte(),
        "anonyme": None,
    }


def navigateur(compte: Compte | None) -> Client:
    """A browser signed in as that account, its identity proved for the length of the test.

    Errors are answers, not exceptions. The proof is dated ahead: a test opens more files in one instant than
    a person does, and what is asked of those who do is tried elsewhere.
    """
    from maillage.socle.temps import maintenant

    client = Client(raise_request_exception=False)
    if compte is not None:
        client.force_login(compte)
        session = client.session
        session["eleve_le"] = (maintenant() + timedelta(minutes=5)).isoformat()
        session.save()
    return client


#: Addresses that end the session or belong to the visitor alone.
HORS_CRAWL = ("quitter/", "deconnexion/", "compte/sessions/", "compte/cles/", "statique/", "ouverture/")


@cache
def routes() -> tuple[tuple[str, str], ...]:
    """(view name, path with its converters) of every address of the product."""

    def parcourir(resolveur: URLResolver, prefixe: str, espace: str) -> Iterator[tuple[str, str]]:
        for motif in resolveur.url_patterns:
            chemin = prefixe + str(motif.pattern)
            if isinstance(motif, URLResolver):
                yield from parcourir(motif, chemin, f"{motif.namespace}:" if motif.namespace else espace)
            elif isinstance(motif, URLPattern):
                yield f"{espace}{motif.name}", chemin

    return tuple(
        (nom, chemin)
        for nom, chemin in parcourir(get_resolver(), "", "")
        if not any(chemin.startswith(debut) for debut in HORS_CRAWL)
    )


#: What a path segment before an argument says of the object it names.
GENRES = {
    "nouveau": "cercle",
    "signalements": "signalement",
    "situations": "situation",
    "objectif": "objectif",
    "contact": "contact",
    "element": "element",
    "referent": "referent",
    "bilan": "bilan",
    "etape": "etape",
    "orientations": "orientation",
    "participations": "participation",
    "accueils": "participation",
    "presences": "presence",
    "local": "dispositif",
    "offres": "offre",
    "place": "jeton",
    "seances": "seance",
    "points": "point",
    "themes": "theme",
    "formations": "formation",
    "conseils": "conseil",
    "bilans": "conseil",
    "chiffres": "conseil",
    "sieges": "siege",
    "habilitations": "habilitation",
    "textes": "texte",
    "chartes": "texte",
    "comptes": "compte",
    "organismes": "organisme",
    "conventions": "convention",
    "avenants": "avenant",
    "pmsmp": "cercle",
    "modeles": "conseil",
    "adaptations": "adaptation",
    "rappels": "rappel",
    "transactions": "transaction",
    "sport": "mesure",
    "avis": "avis",
    "delegations": "delegation",
    "nouvelle": "registre",
    "familles": "cddf",
    "dossier": "dossier",
    "ecarter": "levee",
    "saisie": "droits",
    "demandes": "demande",
    "questions": "question",
    "limitations": "limitation",
}
#: Where the name of the argument says more than the segment before it.
NOMMES = {"registre": "registre", "lieu": "registre"}
CONNUS = {
    "sorte": "pmsmp",
    "role": "structure_accueil",
    "fichier": "pdf",
    "modele": "convention_pmsmp",
    "categorie": "besoin_exprime",
    "domaine": "emploi",
    "destinataire": "personne",
    "genre": "charte",
    "dispositif_code": "pmsmp",
    "format_": "json",
    "acte": "accuser",
    "piece": "convocation",
    "papier": "proposition",
    "rang": "1",
    "sortie": "pdf",
}
#: Of those whose value depends on the segment before: (segment, argument).
SELON = {
    ("registres", "code"): "rappels",
    ("lettres", "code"): "invitation",
    ("etapes", "code"): "invitation",
    ("ecarter", "code"): "motif",
    ("document", "code"): "famille_convocation",
    ("convocation.", "format_"): "pdf",
    ("lettre", "format_"): "pdf",
    ("invitation", "format_"): "pdf",
    ("pas", "code"): "reponse",
    ("courriers", "code"): "accuse",
    ("accuse", "format_"): "pdf",
    ("fichier", "format_"): "ods",
}
AUTRES = {"int": "2026", "slug": "31", "str": "31555"}
ARGUMENT = re.compile(r"<(\w+):(\w+)>")


def adresses(ids: dict[str, list[UUID]]) -> list[tuple[str, str]]:
    """Every address with an object of the groupe in it: (view name, path)."""
    return [
        (nom, "/" + rempli) for nom, chemin in routes() for rempli in _remplir(chemin, ids) if "<" in chemin
    ]


def _remplir(chemin: str, ids: dict[str, list[UUID]]) -> list[str]:
    argument = ARGUMENT.search(chemin)
    if argument is None:
        return [chemin]
    genre, nom = argument.groups()
    segment = chemin[: argument.start()].rstrip("/").rsplit("/", 1)[-1]
    if genre == "uuid":
        valeurs = [str(valeur) for valeur in ids[NOMMES.get(nom) or GENRES[segment]]]
    else:
        valeurs = [SELON.get((segment, nom)) or CONNUS.get(nom, AUTRES[genre])]
    remplis = (chemin[: argument.start()] + valeur + chemin[argument.end() :] for valeur in valeurs)
    return [complet for rempli in remplis for complet in _remplir(rempli, ids)]


def absents(ids: dict[str, list[UUID]]) -> dict[str, list[UUID]]:
    """As many objects that do not exist, in the same order."""
    return {genre: [uuid4() for _ in publics] for genre, publics in ids.items()}


NOMINATIF = (
    *("situations:", "sortie:", "seances:", "orientations:", "documents:", "parcours:personne"),
    *("maire:", "rappels:", "transactions:", "sport:", "avis:", "familles:", "droits:"),
)
#: Of those rooms, the pages of a council, which name no followed person, and those without an object.
DU_CONSEIL = {
    *("seances:preparer", "maire:registre", "droits:conseil", "droits:export"),
    *(f"documents:{nom}" for nom in ("modeles", "modele", "adapter", "apercu", "apercu_d_une_version")),
}


def nominative(nom: str) -> bool:
    """Whether the address belongs to pages that name persons or séances of a groupe."""
    return nom.startswith(NOMINATIF) and nom not in DU_CONSEIL


def contenu(reponse: Any) -> str:
    """Headers and body, as text, whatever the format."""
    entetes = "\n".join(f"{cle}: {valeur}" for cle, valeur in reponse.items())
    return entetes + "\n" + texte_de(reponse.content)


def texte_de(corps: bytes) -> str:
    """The words of an answer: PDF and ODS are opened."""
    import io
    import zipfile

    import pypdf

    if corps[:4] == b"%PDF":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(corps)).pages)
    if corps[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(corps)) as archive:
            return "\n".join(archive.read(nom).decode("utf-8", "replace") for nom in archive.namelist())
    return corps.decode("utf-8", "replace")


def forme(reponse: Any) -> str:
    """A page without what changes by itself: identifiers and tokens."""
    return UUID_.sub("<id>", CSRF.sub("<csrf>", reponse.content.decode()))


MURS = [
    modele
    for modele in apps.get_models()
    if any(isinstance(contrainte, Mur) for contrainte in modele._meta.constraints)
]


def photographie() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every nominative table, of the séances and of who reads, read as maintenance."""
    with en_maintenance():
        return {
            modele._meta.label: sorted(map(repr, modele.objects.values_list()))
            for modele in [*MURS, Seance, Presence, PointTheme, Habilitation, Siege, Texte]
        }
