"""What waits for who administers the accounts: counts, no trace of anybody's activity."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from maillage.acteurs.models import (
    AppareilDeCodes,
    CleDAcces,
    Compte,
    FonctionExercee,
    IdentiteExterne,
    Session,
)
from maillage.acteurs.models.appareil import Rythme
from maillage.acteurs.models.connexion import EchecDeConnexion
from maillage.acteurs.regles_sessions import JOUR
from maillage.socle.cles.acces import coffre
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant


@dataclass(frozen=True, slots=True)
class EtatDesComptes:
    """``bloques``: identifiers or addresses slowed down now. The others count open accounts."""

    ouverts: int
    bloques: int
    sans_second_facteur: int
    sans_fonction: int


def etat_des_comptes() -> EtatDesComptes:
    """Counts of the moment, in four queries."""
    ouverts = Compte.objects.filter(actif=True)
    appareils = AppareilDeCodes.objects.filter(compte=OuterRef("pk"), confirme=True)
    cles = CleDAcces.objects.filter(compte=OuterRef("pk"))
    fonctions = FonctionExercee.objects.en_vigueur(maintenant()).filter(compte=OuterRef("pk"))
    return EtatDesComptes(
        ouverts=ouverts.count(),
        bloques=EchecDeConnexion.objects.filter(bloque_jusqua__gt=maintenant()).count(),
        sans_second_facteur=ouverts.filter(
            ~Exists(appareils), ~Exists(cles), double_facteur_exige=True
        ).count(),
        sans_fonction=ouverts.filter(~Exists(fonctions)).count(),
    )


@dataclass(frozen=True, slots=True)
class AccesAuxComptes:
    """How open accounts are proved, and the sessions under way."""

    applications: int
    cles: int
    identites: int
    sessions: int
    sessions_sans_second_facteur: int
    preuves_dues: int


@dataclass(frozen=True, slots=True)
class EtatDesApplications:
    """``sans_cle``: applications whose key is not in the store. ``en_clair``: left in the library's table."""

    nombre: int
    sans_cle: int
    en_clair: int


LOT = 1000
#: Signed in by these, a session has shown two factors; a demonstration shows none, and says so.
DEUX_FACTEURS = frozenset({"second_facteur", "cle", "code_de_secours", "oidc", "demonstration"})


def acces_aux_comptes() -> AccesAuxComptes:
    """Counts of the moment. A session says itself by what it was opened.

    ``preuves_dues``: accounts asked for a proof in the last day, for their reads.
    """
    ouvertes = list(
        Session.objects.filter(expire_date__gt=timezone.now(), compte__isnull=False).select_related("compte")
    )
    return AccesAuxComptes(
        applications=AppareilDeCodes.objects.filter(confirme=True, compte__actif=True).count(),
        cles=CleDAcces.objects.filter(compte__actif=True).values("compte").distinct().count(),
        identites=IdentiteExterne.objects.filter(compte__actif=True).count(),
        sessions=len(ouvertes),
        sessions_sans_second_facteur=sum(
            1
            for ouverte in ouvertes
            if ouverte.compte is not None
            and ouverte.compte.double_facteur_exige
            and ouverte.get_decoded().get("moyen_de_connexion") not in DEUX_FACTEURS
        ),
        preuves_dues=Rythme.objects.filter(exigee_le__gt=maintenant() - JOUR).count(),
    )


def etat_des_applications() -> EtatDesApplications:
    """The applications of codes, the store asked by batches. Run as an operator."""
    with en_maintenance():
        publics = list(AppareilDeCodes.objects.values_list("public_id", flat=True))
        en_clair = TOTPDevice.objects.count()
    lots = (publics[debut : debut + LOT] for debut in range(0, len(publics), LOT))
    return EtatDesApplications(
        len(publics), sum(len(lot) - len(coffre().lire(lot)) for lot in lots), en_clair
    )
