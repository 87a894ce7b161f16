"""Failed attempts, counted in the database so that every process and every restart agrees."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from maillage.acteurs.models import EchecDeConnexion
from maillage.acteurs.regles_secrets import (
    ESSAIS_PAR_ADRESSE,
    ESSAIS_PAR_COMPTE,
    JOURNEE,
    Essais,
    apres_echec,
    essais_par_jour,
)
from maillage.socle.temps import aujourd_hui, maintenant

_SEL = "maillage.acteurs.essais"


def cle_du_compte(courriel: str) -> str:
    """The counter of an identifier as typed, known or not: the answer must not tell them apart."""
    return _hacher(*_compte(courriel))[0]


def cle_de_l_adresse(adresse: str) -> str:
    """The counter of a network address, which is never stored itself."""
    return _hacher("adresse", adresse)[0]


def bloque(courriel: str, adresse: str) -> bool:
    """Whether the counter of this identifier, or of this address, blocks now."""
    cles = [*_hacher(*_compte(courriel)), *_hacher("adresse", adresse)]
    return EchecDeConnexion.objects.filter(cle__in=cles, bloque_jusqua__gt=maintenant()).exists()


def compter_echec(*, courriel: str, adresse: str) -> None:
    """One more failure, under the identifier and under the address. Counters of the past go away."""
    instant = maintenant()
    purger()
    for cle, seuil, par_jour in (
        (cle_du_compte(courriel), ESSAIS_PAR_COMPTE, essais_par_jour(aujourd_hui())),
        (cle_de_l_adresse(adresse), ESSAIS_PAR_ADRESSE, None),
    ):
        EchecDeConnexion.objects.bulk_create(
            [EchecDeConnexion(cle=cle, echecs=0, premier_le=instant)], ignore_conflicts=True
        )
        ligne = EchecDeConnexion.objects.select_for_update().get(cle=cle)
        avant = Essais(ligne.echecs, ligne.premier_le, ligne.bloque_jusqua) if ligne.echecs else None
        apres = apres_echec(avant, instant=instant, seuil=seuil, par_jour=par_jour)
        EchecDeConnexion.objects.filter(pk=ligne.pk).update(
            echecs=apres.echecs, premier_le=apres.premier_le, bloque_jusqua=apres.bloque_jusqua
        )


def purger() -> int:
    """Forget the counters that can no longer block anyone. Returns how many."""
    effaces, _ = EchecDeConnexion.objects.filter(premier_le__lt=maintenant() - 2 * JOURNEE).delete()
    return effaces


def oublier(courriel: str) -> None:
    """The right password was given: the identifier starts afresh, the address keeps its count."""
    EchecDeConnexion.objects.filter(cle__in=_hacher(*_compte(courriel))).delete()


def _compte(courriel: str) -> tuple[str, str]:
    return "compte", courriel.strip().lower()


def _hacher(genre: str, valeur: str) -> list[str]:
    """The counter's key under the secret in service, then each former one: a wait outlives a rotation."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(_SEL, f"{genre}:{valeur}", secret=secret, algorithm="sha256").hexdigest()
        for secret in secrets
    ]
