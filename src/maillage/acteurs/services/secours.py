"""Recovery codes: ten, drawn at random, shown once, kept as digests, each good for one sign-in."""

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from maillage.acteurs.models import CodeDeSecours, Compte
from maillage.acteurs.regles_secrets import (
    ALPHABET_DES_CODES,
    NOMBRE_DE_CODES,
    REPERE,
    SECRET,
    decouper_code,
    presenter_code,
)
from maillage.acteurs.services import essais
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.socle.temps import maintenant


@commande
def remettre(*, compte: Compte) -> list[str]:
    """Ten new codes for the acting account, as they are shown; those of before are worth nothing any more."""
    reperes: set[str] = set()
    while len(reperes) < NOMBRE_DE_CODES:
        reperes.add(_tirer(REPERE))
    codes = {repere: _tirer(SECRET) for repere in sorted(reperes)}
    CodeDeSecours.objects.filter(compte=compte).delete()
    CodeDeSecours.objects.bulk_create(
        CodeDeSecours(compte=compte, repere=repere, empreinte=make_password(secret), cree_le=maintenant())
        for repere, secret in codes.items()
    )
    journaliser("codes_de_secours_remis", objet=compte.public_id, details={"nombre": len(codes)})
    return [presenter_code(repere, secret) for repere, secret in codes.items()]


def restants(*, compte: Compte) -> int:
    """How many codes the account still has."""
    with contexte(compte.pk):
        return CodeDeSecours.objects.filter(compte=compte).count()


def employer(*, compte: Compte, saisi: str, adresse: str) -> bool:
    """Whether a typed code is one of the account's, which it then is no more. Failures slow down.

    Two browsers that send the same code at once meet on its row: one erases it, the other is refused.
    """
    if essais.bloque(compte.courriel, adresse):
        return False
    with transaction.atomic(), contexte(compte.pk):
        if _effacer(compte, saisi):
            essais.oublier(compte.courriel)
            journaliser("code_de_secours_employe", objet=compte.public_id)
            return True
    essais.compter_echec(courriel=compte.courriel, adresse=adresse)
    journaliser("second_facteur_refuse", objet=compte.public_id, details={"moyen": "code_de_secours"})
    return False


def oublier(*, compte: Compte) -> None:
    """Erase the codes of an account: its second factor is taken away, its way back with it."""
    with contexte(compte.pk):
        CodeDeSecours.objects.filter(compte=compte).delete()


def _effacer(compte: Compte, saisi: str) -> bool:
    lu = decouper_code(saisi)
    code = CodeDeSecours.objects.filter(compte=compte, repere=lu[0]).first() if lu else None
    if lu is None or code is None:
        make_password(saisi)  # as long as for a code of the sheet
        return False
    if not check_password(lu[1], code.empreinte):
        return False
    effaces, _ = CodeDeSecours.objects.filter(pk=code.pk).delete()
    return effaces == 1


def _tirer(longueur: int) -> str:
    return "".join(secrets.choice(ALPHABET_DES_CODES) for _ in range(longueur))
