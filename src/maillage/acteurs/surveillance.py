"""What waits for who administers the accounts: counts, no trace of anybody's activity."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice

from maillage.acteurs.models import CleDAcces, Compte, FonctionExercee
from maillage.acteurs.models.connexion import EchecDeConnexion
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
    appareils = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
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
