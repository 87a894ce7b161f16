"""Record a notice due to the mayor, remind whoever owes it, say what came (CSI L. 132-3)."""

from datetime import date
from uuid import UUID, uuid4

from maillage.droit.api import Verdict
from maillage.maire.etats_avis import EtatAvis
from maillage.maire.lieux import Lieu, lieu
from maillage.maire.models import AvisDu, Registre, RelanceAvis
from maillage.maire.rules import avis as regles
from maillage.maire.rules.conservation import expire_le
from maillage.maire.selectors.avis import deja_attendu, relances_de, un_avis
from maillage.maire.services.commun_rappel import exiger_d_ecrire
from maillage.maire.services.registres import conclure, inscrire, rectifier
from maillage.situations.api import exiger, refuser_le_secret
from maillage.socle.faits import noter, reprendre
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste


@commande
def demander_avis(
    *, registre: UUID, genre: str, cause_le: date, demande_le: date, reference: str = ""
) -> AvisDu:
    """Record that a notice is due, at the next number of the register."""
    ou = lieu(registre)
    exiger_d_ecrire(ou, registre)
    reference = reference.strip().upper()
    refuser_le_secret(reference, registre)
    genres = liste("avis_dus", ou.jour)
    exiger(
        regles.juger_avis(
            genre_connu=genre in genres,
            cause_le=cause_le,
            demande_le=demande_le,
            reference=reference,
            deja=deja_attendu(ou, genre=genre, cause_le=cause_le, reference=reference),
            le=ou.jour,
        ),
        registre,
    )
    attributs = genres.item(genre).attributs
    cle = uuid4()
    ligne = inscrire(ou, Registre.AVIS, objet=cle, nature=genre, le=ou.jour)
    fait = AvisDu.objects.create(
        public_id=cle,
        cercle_id=ou.cercle,
        annee=ligne.annee,
        numero=ligne.numero,
        genre=genre,
        debiteur=attributs["debiteur"],
        cause_le=cause_le,
        demande_le=demande_le,
        echeance=regles.echeance(attributs["delai"], cause_le=cause_le, demande_le=demande_le),
        reference=reference,
        enregistre_le=ou.jour,
        par_id=ou.compte.pk,
        expire_le=expire_le(dernier_acte=ou.jour, clos=False),
    )
    _compter("avis_demande", fait, ou)
    journaliser("avis_demande", objet=cle, cercle=ou.cercle, details={"genre": genre})
    return fait


@commande
def relancer_avis(*, avis: UUID) -> RelanceAvis:
    """Date a letter of reminder; the letter itself is downloaded, signed and sent by the town hall."""
    lu, ou = _ouvrir(avis)
    deja = any(relance.le == ou.jour for relance in relances_de(lu))
    exiger(regles.juger_relance(etat=lu.etat, echeance_le=lu.echeance, deja_ce_jour=deja, le=ou.jour), avis)
    faite = RelanceAvis.objects.create(cercle_id=ou.cercle, avis=lu, le=ou.jour, par_id=ou.compte.pk)
    _passer(lu, ou, version=lu.version, clos=False)
    journaliser("avis_relance", objet=avis, cercle=ou.cercle)
    return faite


@commande
def recevoir_avis(*, avis: UUID, version: int, recu_le: date, reponse: str) -> None:
    """Say that the notice came, when, and what it said, by a code."""
    lu, ou = _ouvrir(avis)
    reponses = liste("reponses_avis", ou.jour)
    connue = reponse in reponses and reponses.item(reponse).attributs["debiteur"] == lu.debiteur
    exiger(
        regles.juger_reception(
            etat=lu.etat, reponse_connue=connue, recu_le=recu_le, demande_le=lu.demande_le, le=ou.jour
        ),
        avis,
    )
    _passer(
        lu,
        ou,
        version=version,
        clos=True,
        etat=EtatAvis.RECU,
        recu_le=recu_le,
        reponse=reponse,
        recu_par_id=ou.compte.pk,
    )
    conclure(ou, Registre.AVIS, objet=avis, issue=reponse, le=ou.jour)
    _compter("avis_recu", lu, ou, issue=reponse, delai=(recu_le - lu.demande_le).days)
    journaliser("avis_recu", objet=avis, cercle=ou.cercle, details={"reponse": reponse})


@commande
def retirer_avis(*, avis: UUID, version: int, motif: str) -> None:
    """Say that the line should not be there. Its number stays; it no longer counts this year."""
    lu, ou = _ouvrir(avis)
    motifs = regles.passage(lu.etat, EtatAvis.RETIRE)
    if motif not in liste("motifs_rectification", ou.jour):
        motifs.append(regles.VALEUR_INCONNUE)
    exiger(Verdict.selon(motifs), avis)
    reprendre(fil=lu.fil, instance=ou.vu.conseil_pk, aujourd_hui=ou.jour)
    _passer(lu, ou, version=version, clos=True, etat=EtatAvis.RETIRE)
    conclure(ou, Registre.AVIS, objet=avis, issue="retire", le=ou.jour)
    rectifier(ou, Registre.AVIS, objet=avis, par_objet=None, motif=motif)


def _ouvrir(cle: UUID) -> tuple[AvisDu, Lieu]:
    lu, ou = un_avis(cle, verrou=True)
    exiger_d_ecrire(ou, cle)
    return lu, ou


def _passer(lu: AvisDu, ou: Lieu, *, version: int, clos: bool, **valeurs: object) -> None:
    modifier(
        AvisDu.objects.filter(pk=lu.pk, cercle=ou.cercle),
        version=version,
        expire_le=expire_le(dernier_acte=ou.jour, clos=clos),
        **valeurs,
    )


def _compter(evenement: str, lu: AvisDu, ou: Lieu, *, issue: str = "", delai: int | None = None) -> None:
    """An anonymous fact: the kind, the answer, the days between. Counted on the day it is recorded.

    A notice asked in December and recorded in January does not change the report of a year that is over.
    """
    noter(
        evenement,
        le=ou.jour,
        instance=ou.vu.conseil_pk,
        departement=ou.vu.departement_code,
        volet="actes",
        fil=lu.fil,
        genre=lu.genre,
        issue=issue,
        delai_jours=delai,
    )
