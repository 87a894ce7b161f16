"""The smallest valid council, groupe and mandate, written as the maintenance role.

Other rooms build on these: ``groupe()`` gives an open cercle with a charter in force, ``membre()``
an account that reads it.
"""

from datetime import UTC, date, datetime
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests.acteurs.fabriques import creer_compte, creer_organisme

from maillage.acteurs.models import Compte, FonctionExercee, Organisme
from maillage.instances.models import (
    Cercle,
    Conseil,
    ConseilCommune,
    Formation,
    Habilitation,
    Siege,
    Signature,
    Texte,
    VoletConfirme,
)
from maillage.socle.contexte import en_maintenance

DEBUT = datetime(2026, 1, 5, 8, tzinfo=UTC)
#: Toulouse, and two communes of its département.
COMMUNE, VOISINE, AUTRE = "31555", "31149", "31044"

_rang = count(1)


def exercer(compte: Compte, code: str, portee_code: str, portee_genre: str = "commune") -> Compte:
    """A function on a territory, for ever."""
    with en_maintenance():
        FonctionExercee.objects.create(
            compte=compte,
            code=code,
            portee_genre=portee_genre,
            portee_code=portee_code,
            depuis=datetime(2020, 1, 1, tzinfo=UTC),
        )
    compte.oublier_fonctions()
    return compte


def coordonnateur(commune: str = COMMUNE, **champs: object) -> Compte:
    """Who keeps the council of that commune."""
    return exercer(creer_compte(**champs), "coordonnateur", commune)


def conseil(commune: str = COMMUNE, **champs: object) -> Conseil:
    """A CLSPD of one commune."""
    valeurs = {
        "genre": "clspd",
        "nom": f"CLSPD {commune} n° {next(_rang)}",
        "commune_code": commune,
        "departement_code": commune[:2],
        "delibere_le": date(2025, 12, 1),
        "cree_le": DEBUT,
        **champs,
    }
    with en_maintenance():
        cree = Conseil.objects.create(**valeurs)
        if cree.commune_code:
            ConseilCommune.objects.create(
                conseil=cree, commune_code=cree.commune_code, depuis=date(2025, 12, 1)
            )
    return cree


def formation(du_conseil: Conseil, genre: str = "pleniere", **champs: object) -> Formation:
    """A formation without names."""
    valeurs = {
        "genre": genre,
        "regime": "sans_noms",
        "theme": genre if genre != "groupe" else "groupe_tranquillite",
        "nom": f"Formation {next(_rang)}",
        "cree_le": DEBUT,
        **champs,
    }
    with en_maintenance():
        return Formation.objects.create(conseil=du_conseil, **valeurs)


def groupe(
    du_conseil: Conseil | None = None,
    *,
    volet: str = "jeune",
    avec_charte: bool = True,
    ouvert_le: datetime = DEBUT,
    **champs: object,
) -> Formation:
    """A nominative groupe, its cercle open, its charter in force."""
    du_conseil = du_conseil or conseil()
    with en_maintenance():
        cercle = Cercle.objects.create(genre="groupe", volet=volet, ouvert_le=ouvert_le)
        creee = Formation.objects.create(
            **{
                "conseil": du_conseil,
                "genre": "groupe",
                "regime": "nominatif",
                "theme": "groupe_victimes" if volet == "victime" else "groupe_jeunes",
                "nom": f"Groupe {next(_rang)}",
                "cercle": cercle,
                "cree_le": DEBUT,
                **champs,
            }
        )
    if avec_charte:
        charte(creee)
    return creee


def registre(
    du_conseil: Conseil | None = None,
    *,
    genre: str = "actes_maire",
    commune: str = COMMUNE,
    **champs: object,
) -> Formation:
    """A register beside the groupes, open, its charter in force."""
    du_conseil = du_conseil or conseil(commune)
    volet = "actes" if genre == "actes_maire" else "jeune"
    with en_maintenance():
        cercle = Cercle.objects.create(genre=genre, volet=volet, ouvert_le=DEBUT)
        creee = Formation.objects.create(
            **{
                "conseil": du_conseil,
                "genre": genre,
                "regime": "nominatif",
                "theme": genre,
                "nom": f"Registre {next(_rang)}",
                "cercle": cercle,
                "commune_code": commune,
                "cree_le": DEBUT,
                **champs,
            }
        )
    charte(creee)
    return creee


def charte(de: Formation, *, version: int = 1, etat: str = "adopte", genre: str = "charte") -> Texte:
    """A version of the charter, in force by default."""
    with en_maintenance():
        return Texte.objects.create(
            formation=de,
            genre=genre,
            version_texte=version,
            contenu="Chaque membre garde pour lui ce qui se dit ici.",
            etat=etat,
            cree_le=DEBUT,
            adopte_le=DEBUT if etat == "adopte" else None,
            delibere_le=DEBUT.date() if etat == "adopte" else None,
            deliberation="2026-01",
        )


def siege(de: Formation, organisme: Organisme | None = None, **champs: object) -> Siege:
    """A seat held for ever by a body of the directory."""
    with en_maintenance():
        return Siege.objects.create(
            formation=de, organisme=organisme or creer_organisme(), **{"depuis": DEBUT, **champs}
        )


def habiliter(
    compte: Compte,
    de: Siege,
    *,
    debut: datetime | None = DEBUT,
    fin: datetime | None = None,
    role: str = "membre",
) -> Habilitation:
    """A mandate without end by default."""
    with en_maintenance():
        return Habilitation.objects.create(
            compte=compte,
            cercle=de.formation.cercle,
            siege=de,
            role=role,
            periode=DateTimeTZRange(debut, fin),
            accordee_par=compte,
            accordee_le=DEBUT,
        )


def signer(compte: Compte, de: Formation) -> Signature:
    """The signature of the charter in force."""
    with en_maintenance():
        texte = Texte.objects.get(formation=de, genre="charte", etat="adopte")
        return Signature.objects.create(compte=compte, texte=texte, le=DEBUT)


def membre(
    de: Formation,
    compte: Compte | None = None,
    *,
    role: str = "membre",
    fonction: str = "membre",
    signe: bool = True,
    fin: datetime | None = None,
    organisme: Organisme | None = None,
) -> Compte:
    """An account that reads the groupe: function, seat, mandate, signature."""
    organisme = organisme or (compte.organisme if compte and compte.organisme else creer_organisme())
    compte = compte or creer_compte(fonction, organisme=organisme)
    existant = Siege.objects.filter(formation=de, organisme=organisme).first()
    habiliter(compte, existant or siege(de, organisme), role=role, fin=fin)
    if signe:
        signer(compte, de)
    return compte


def confirmer(du_conseil: Conseil, volet: str, dpo: Compte | None = None) -> VoletConfirme:
    """The DPO's confirmation of a strand."""
    with en_maintenance():
        return VoletConfirme.objects.create(
            conseil=du_conseil,
            volet=volet,
            confirme_le=DEBUT,
            confirme_par=dpo or creer_compte("dpo"),
            analyse_du=DEBUT.date(),
        )
