"""What every command on a settlement does: find and lock it, ask who acts, write the act, move the state."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.maire.etats_transaction import FINALES, EtatTransaction
from maillage.maire.lieux import Autorite, autorite
from maillage.maire.models import (
    ActeDeTransaction,
    GenreActe,
    LigneDeRegistre,
    Pouvoir,
    Registre,
    Transaction,
)
from maillage.maire.rules.competence import juger_competence
from maillage.maire.rules.conservation import expire_le
from maillage.maire.rules.levee import restant
from maillage.maire.selectors.levees import codes_leves
from maillage.maire.selectors.transactions import Lue, une
from maillage.maire.services.registres import conclure
from maillage.situations.api import exiger
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.refus import Refus
from maillage.socle.services import modifier

#: Name of the rule in the liftings: those of the command line and of the steps share it.
REGLE = "transaction"

HORS_CHARGE = Motif(
    "hors_charge",
    "Vous lisez ce registre, sans y écrire.",
    "Règle d’usage : le parquet est informé, il ne tient pas le registre du maire",
    Force.USAGE,
)


def a_preparer(dossier: UUID) -> Lue:
    """The file, locked, for an agent of the register; 404 hidden, 403 for who only reads it."""
    lue = une(dossier, verrou=True)
    if not lue.ou.prepare:
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=dossier)
    return lue


def exiger_autorite(lue: Lue) -> Autorite:
    """Who acts is the mayor or a delegated member of the commune of the facts. Refused with its reason."""
    qui = autorite(lue.ou, Pouvoir.TRANSACTION)
    verdict = juger_competence(
        le=lue.ou.jour,
        qualite=qui.qualite,
        commune=qui.commune,
        commune_des_faits=lue.ligne.lieu_commune,
    )
    exiger(verdict, lue.ligne.public_id, statut=422)
    return qui


def exiger_restant(lue: Lue, *verdicts: Verdict) -> None:
    """Go on if nothing opposes but what the mayor has set aside on this file, in writing."""
    dit = Verdict.selon(motif for verdict in verdicts for motif in verdict.motifs)
    exiger(restant(dit, codes_leves(lue.ligne.public_id, REGLE)), lue.ligne.public_id)


def acter(
    lue: Lue, genre: GenreActe, *, fait_le: date, autorite: str = "", qui: Autorite | None = None
) -> ActeDeTransaction:
    """Write the act, once, and its journal entry."""
    protocole = lue.protocole
    fait = ActeDeTransaction.objects.create(
        cercle_id=lue.ou.cercle,
        dossier=lue.ligne,
        le=lue.ou.jour,
        par_id=lue.ou.compte.pk,
        genre=genre.value,
        fait_le=fait_le,
        autorite=autorite,
        qualite=qui.qualite.value if qui else "",
        arrete=qui.arrete if qui else "",
        protocole=protocole.reference if protocole else None,
    )
    journaliser(f"transaction_{genre.value}", objet=lue.ligne.public_id, cercle=lue.ou.cercle)
    return fait


def passer(lue: Lue, vers: EtatTransaction | None, *, version: int, issue: str | None = None) -> None:
    """Move the state and the term of the file; say in the register what became of it.

    ``vers`` None: an act that changes no state. ``issue`` empty: the register awaits again.
    """
    etat = vers.value if vers is not None else lue.ligne.etat
    modifier(
        Transaction.objects.filter(pk=lue.ligne.pk, cercle=lue.ou.cercle),
        version=version,
        etat=etat,
        expire_le=expire_le(dernier_acte=lue.ou.jour, clos=etat in FINALES),
    )
    if issue:
        conclure(lue.ou, Registre.TRANSACTIONS, objet=lue.ligne.public_id, issue=issue, le=lue.ou.jour)
    elif issue == "":
        # An answer given in time and recorded late undoes what the daily run had read in the silence.
        LigneDeRegistre.objects.filter(
            cercle=lue.ou.cercle, registre=Registre.TRANSACTIONS, objet=lue.ligne.public_id
        ).exclude(issue="").update(issue="", issue_le=None)


#: Steps that say what became of a settlement: the codes of the list ``issues_transaction``, one a file.
ISSUES = frozenset({"executee", "refus", "silence", "non_homologuee", "non_executee", "abandonnee"})


def compter(lue: Lue, issue: str, *, nature: str = "", delai: tuple[date, date] | None = None) -> None:
    """The anonymous facts of a step: codes, an age band, days. Reports count two of them apart."""
    jours = (delai[1] - delai[0]).days if delai else None
    _noter(lue, "transaction", issue=issue, nature=nature, jours=jours)
    if issue == "proposee":
        _noter(lue, "transaction_proposee", nature=nature, jours=jours)
    elif issue in ISSUES:
        _noter(lue, "transaction_issue", genre=issue)


def compter_execution(lue: Lue, *, centimes: int = 0, heures: int = 0) -> None:
    """What was recovered or worked, in the month it was recorded: cents or hours, never an average."""
    if centimes:
        _noter(lue, "transaction_euros", nombre=centimes)
    if heures:
        _noter(lue, "transaction_heures", nombre=heures)


def _noter(
    lue: Lue,
    evenement: str,
    *,
    genre: str = "",
    issue: str = "",
    nature: str = "",
    jours: int | None = None,
    nombre: int = 1,
) -> None:
    ligne, vu = lue.ligne, lue.ou.vu
    noter(
        evenement,
        le=lue.ou.jour,
        instance=vu.conseil_pk,
        departement=vu.departement_code,
        volet=vu.volet,
        fil=ligne.fil,
        genre=genre or ligne.contravention,
        origine=nature or (lue.proposition.nature if lue.proposition else ""),
        tranche_age=ligne.tranche_age,
        issue=issue,
        delai_jours=jours,
        nombre=nombre,
    )
