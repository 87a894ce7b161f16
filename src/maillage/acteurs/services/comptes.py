"""Open, change and close accounts; give and take back functions."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage.acteurs import selectors
from maillage.acteurs.fonctions import fonction
from maillage.acteurs.models import Compte, FonctionExercee, Organisme
from maillage.acteurs.rattachements import attaches_a_rompre, rompre_les_attaches
from maillage.acteurs.rules import ADMINISTRATEUR, juger_attribution, juger_retrait_administrateur
from maillage.acteurs.services import essais, federation
from maillage.acteurs.services.connexion import revoquer_sessions
from maillage.acteurs.services.mot_de_passe import jeton_d_ouverture
from maillage.acteurs.services.second_facteur import en_service, retirer
from maillage.droit.api import Force, Motif, Verdict
from maillage.socle.contexte import acteur_courant, contexte
from maillage.socle.installation import est_demonstration
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande
from maillage.socle.temps import maintenant

COURRIEL_PRIS = Motif(
    code="courriel_deja_pris",
    texte="Un compte porte déjà cette adresse électronique.",
    base_legale="Règle de l’application : une personne, un compte",
    force=Force.USAGE,
)
FONCTION_DEJA_EXERCEE = Motif(
    code="fonction_deja_exercee",
    texte="Ce compte exerce déjà cette fonction sur ce territoire.",
    base_legale="Règle de l’application",
    force=Force.USAGE,
)
PORTEE_INADAPTEE = Motif(
    code="portee_inadaptee",
    texte="Cette fonction ne s’exerce pas sur ce genre de territoire, ou son code manque.",
    base_legale="Règle de l’application",
    force=Force.USAGE,
)
MANDATS_CHANGES = Motif(
    code="mandats_changes",
    texte="Les mandats de ce compte ont changé depuis l’ouverture de la page : relisez ce qui prendra fin.",
    base_legale="Code de la sécurité intérieure, art. L. 132-5",
    force=Force.USAGE,
)
ADMINISTRATION_DEJA_OUVERTE = Motif(
    code="administration_deja_ouverte",
    texte="Une personne administre déjà les comptes : c’est à elle d’en ouvrir d’autres.",
    base_legale="Règle de l’application : ce passage ne sert qu’une fois",
    force=Force.USAGE,
)


@dataclass(frozen=True)
class FicheDeCompte:
    """What an administrator writes about an account."""

    courriel: str
    prenom: str
    nom: str
    civilite: str = ""
    fonction_libelle: str = ""
    organisme: Organisme | None = None
    double_facteur_exige: bool = True


def _sous_verrou(public_id: UUID) -> Compte:
    try:
        return Compte.objects.select_for_update().get(public_id=public_id)
    except Compte.DoesNotExist:
        raise Introuvable(public_id) from None


def _refuser(motif: Motif, objet: UUID | None = None) -> Refus:
    return Refus(Verdict.refus([motif]), objet=objet)


@commande
def ouvrir_compte(*, fiche: FicheDeCompte) -> Compte:
    """Open an account without a password: its owner chooses one by a one-use link."""
    try:
        with transaction.atomic():
            compte = Compte.objects.creer(**vars(fiche), cree_le=maintenant())
    except IntegrityError:
        raise _refuser(COURRIEL_PRIS) from None
    journaliser("compte_ouvert", objet=compte.public_id)
    return compte


@commande
def modifier_compte(*, public_id: UUID, fiche: FicheDeCompte, annonces: int | None = None) -> Compte:
    """Correct an account. A second factor newly required ends the sessions opened without one.

    Passing to another body ends what was held in the name of the former one. ``annonces``: how many
    mandates the person was told would end; 409 when it is no longer that number.
    """
    compte = _sous_verrou(public_id)
    perdus = len(attaches_a_rompre(compte, fiche.organisme))
    if annonces is not None and annonces != perdus:
        raise Refus(Verdict.refus([MANDATS_CHANGES]), statut=409, objet=public_id)
    rompre_les_attaches(compte, fiche.organisme)
    valeurs = {**vars(fiche), "courriel": fiche.courriel.strip().lower()}
    try:
        with transaction.atomic():
            Compte.objects.filter(pk=compte.pk).update(**valeurs)
    except IntegrityError:
        raise _refuser(COURRIEL_PRIS, public_id) from None
    if fiche.double_facteur_exige and not compte.double_facteur_exige:
        _fermer_sessions_sans_second_facteur(compte)
    journaliser("compte_modifie", objet=public_id)
    compte.refresh_from_db()
    return compte


@commande
def fermer_compte(*, public_id: UUID) -> None:
    """Close an account: its sessions end in the same transaction, its habilitations with it."""
    compte = _sous_verrou(public_id)
    _proteger_l_administration(compte)
    Compte.objects.filter(pk=compte.pk).update(actif=False)
    revoquer_sessions(compte=compte)
    journaliser("compte_ferme", objet=public_id)


@commande
def rouvrir_compte(*, public_id: UUID) -> None:
    """Open a closed account again; its password and its identity are forgotten, a new link is needed."""
    compte = _sous_verrou(public_id)
    federation.oublier(compte=compte)
    compte.set_unusable_password()
    Compte.objects.filter(pk=compte.pk).update(actif=True, password=compte.password)
    journaliser("compte_rouvert", objet=public_id)


@commande
def preparer_lien(*, public_id: UUID) -> str:
    """A one-use token by which the owner chooses a password; the journal keeps that it was made.

    Whoever failed too often to sign in may try again at once: the link is the way out of the wait.
    """
    compte = _sous_verrou(public_id)
    essais.oublier(compte.courriel)
    journaliser("lien_d_ouverture", objet=public_id)
    return jeton_d_ouverture(compte)


@commande
def retirer_identite(*, public_id: UUID) -> None:
    """Untie an account from the provider's identity; its sessions end. Raises ``Introuvable``."""
    compte = _sous_verrou(public_id)
    if federation.identite_de(compte) is None:
        raise Introuvable(public_id)
    federation.oublier(compte=compte)
    revoquer_sessions(compte=compte)
    journaliser("identite_externe_deliee", objet=public_id)


@commande
def donner_fonction(
    *, public_id: UUID, code: str, portee_genre: str = "aucune", portee_code: str = ""
) -> FonctionExercee:
    """Give a function from now on. Raises ``Refus``: to oneself, incompatible, already held."""
    compte = _sous_verrou(public_id)
    definition = fonction(code)
    deja = FonctionExercee.objects.en_vigueur(maintenant()).filter(compte=compte)
    verdict = juger_attribution(
        code=code, deja=deja.values_list("code", flat=True), pour_soi=compte.pk == acteur_courant()
    )
    if not verdict.ok:
        raise Refus(verdict, objet=public_id)
    sans_code = portee_genre in ("aucune", "national")
    if portee_genre not in definition.portees or sans_code == bool(portee_code):
        raise _refuser(PORTEE_INADAPTEE, public_id)
    try:
        with transaction.atomic():
            donnee = FonctionExercee.objects.create(
                compte=compte,
                code=code,
                portee_genre=portee_genre,
                portee_code=portee_code,
                depuis=maintenant(),
            )
    except IntegrityError:
        raise _refuser(FONCTION_DEJA_EXERCEE, public_id) from None
    if definition.double_facteur and not compte.double_facteur_exige:
        Compte.objects.filter(pk=compte.pk).update(double_facteur_exige=True)
        _fermer_sessions_sans_second_facteur(compte)
    journaliser("fonction_donnee", objet=public_id, details={"fonction": code, "portee": portee_genre})
    return donnee


@commande
def retirer_fonction(*, public_id: UUID, exercice: int) -> None:
    """End a function this very second. Raises ``Introuvable``, ``Refus`` for the last administrator."""
    compte = _sous_verrou(public_id)
    ligne = FonctionExercee.objects.en_vigueur(maintenant()).filter(compte=compte, pk=exercice).first()
    if ligne is None:
        raise Introuvable(public_id)
    if ligne.code == ADMINISTRATEUR:
        _proteger_l_administration(compte)
    FonctionExercee.objects.filter(pk=ligne.pk).update(jusqua=maintenant())
    journaliser("fonction_retiree", objet=public_id, details={"fonction": ligne.code})


def amorcer_administration(*, courriel: str, prenom: str, nom: str) -> Compte:
    """Open the first administrator's account, from the operator's command line, once only."""
    with transaction.atomic():
        if selectors.administrateurs().exists():
            raise _refuser(ADMINISTRATION_DEJA_OUVERTE)
        compte = Compte.objects.creer(courriel=courriel, prenom=prenom, nom=nom, cree_le=maintenant())
        FonctionExercee.objects.create(compte=compte, code=ADMINISTRATEUR, depuis=maintenant())
        journaliser("administration_amorcee", objet=compte.public_id)
        return compte


def secourir_administration(*, courriel: str) -> Compte:
    """Give an administrator a way back in, from the operator's command line: nobody else could.

    The former password and second factor stop at once. Raises ``Introuvable``.
    """
    with transaction.atomic():
        compte = selectors.administrateurs().filter(courriel=courriel.strip().lower()).first()
        if compte is None:
            raise Introuvable()
        compte.set_unusable_password()
        Compte.objects.filter(pk=compte.pk).update(password=compte.password)
        with contexte(compte.pk):
            retirer(compte=compte)
            federation.oublier(compte=compte)
            revoquer_sessions(compte=compte)
            journaliser("administration_secourue", objet=compte.public_id)
        return compte


def _proteger_l_administration(compte: Compte) -> None:
    if not selectors.administrateurs().filter(pk=compte.pk).exists():
        return
    restants = selectors.administrateurs().exclude(pk=compte.pk).count()
    verdict = juger_retrait_administrateur(restants=restants, pour_soi=compte.pk == acteur_courant())
    if not verdict.ok:
        raise Refus(verdict, objet=compte.public_id)


def _fermer_sessions_sans_second_facteur(compte: Compte) -> None:
    if not en_service(compte) and not est_demonstration():
        revoquer_sessions(compte=compte)
