"""What a séance may do, judged without a database: dates and counts are passed in."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres
from maillage.instances.etats_seance import EtatSeance, peut_passer

#: A decision on a person is collective: the one who records it and at least one other member.
PRESENTS_MINIMUM: Final = 2
HORIZON: Final = timedelta(days=730)
REGLEMENT = "Règlement intérieur du groupe ; CSI, art. L. 132-5"


def _usage(code: str, texte: str) -> Motif:
    return Motif(code=code, texte=texte, base_legale=REGLEMENT, force=Force.USAGE)


def _doctrine(code: str, texte: str) -> Motif:
    return Motif(code=code, texte=texte, base_legale=REGLEMENT, force=Force.DOCTRINE)


def preparation(*, commence_le: datetime, maintenant: datetime) -> Verdict:
    """A séance is prepared for a day to come, within two years."""
    motifs = []
    if commence_le <= maintenant:
        motifs.append(_usage("date_passee", "La séance doit commencer après maintenant."))
    if commence_le > maintenant + HORIZON:
        motifs.append(_usage("date_lointaine", "La date est à plus de deux ans : vérifiez l’année."))
    return Verdict.selon(motifs)


def passage(*, depuis: str, vers: str) -> Verdict:
    """Whether a séance may pass to that state; a second closing is told as such."""
    if depuis == vers == EtatSeance.CLOSE:
        texte = "Cette séance est déjà close : rien n’a été refait."
        return Verdict.refus([_usage("seance_deja_close", texte)])
    if peut_passer(depuis, vers):
        return Verdict.accord()
    texte = (
        f"Une séance « {EtatSeance(depuis).label.lower()} » ne peut pas devenir "
        f"« {EtatSeance(vers).label.lower()} »."
    )
    return Verdict.refus([_usage("passage_impossible", texte)])


def ouverture(*, prevue_le: date, aujourd_hui: date, avant_sa_date: bool) -> Verdict:
    """Members were convened for a day: opening before it is said, and done on purpose (``avant_sa_date``)."""
    if avant_sa_date or prevue_le <= aujourd_hui:
        return Verdict.accord()
    texte = (
        f"Cette séance est convoquée pour le {jour_en_lettres(prevue_le)}. Ceux qui viendront ce jour-là "
        "n’auront pas décidé : confirmez que vous l’ouvrez avant sa date."
    )
    return Verdict.refus([_doctrine("avant_la_date", texte)])


def terminee(*, etat: str) -> Verdict:
    """The agenda and the presences of a séance that is over are its record: they do not change."""
    if EtatSeance(etat) in {EtatSeance.CLOSE, EtatSeance.ANNULEE}:
        texte = "Cette séance est terminée : son ordre du jour et ses présences ne changent plus."
        return Verdict.refus([_usage("seance_terminee", texte)])
    return Verdict.accord()


def presence(*, sans_charte: Sequence[str]) -> Verdict:
    """Nobody hears a name before signing the charter in force (CSI art. L. 132-5). ``sans_charte``: names."""
    if not sans_charte:
        return Verdict.accord()
    qui = ", ".join(sans_charte)
    accord = "n’a pas signé" if len(sans_charte) == 1 else "n’ont pas signé"
    texte = f"{qui} {accord} la charte en vigueur : faites-la signer avant de noter la présence."
    return Verdict.refus(
        [
            Motif(
                code="presence_sans_charte",
                texte=texte,
                base_legale="Code de la sécurité intérieure, art. L. 132-5 ; charte du groupe",
                force=Force.DOCTRINE,
            )
        ]
    )


def decision(*, etat: str, presents: int, deja_decide: bool, ouverte: bool) -> Verdict:
    """A point is decided once, during the séance, by several members (fiche 1: collective decision).

    ``ouverte`` says whether the decision asked for is among those open on the file.
    """
    motifs = []
    if deja_decide:
        motifs.append(_usage("deja_decide", "Ce point a déjà reçu une décision."))
    if etat != EtatSeance.OUVERTE:
        motifs.append(_usage("seance_non_ouverte", "Une décision se prend pendant la séance ouverte."))
    if presents < PRESENTS_MINIMUM:
        motifs.append(
            _doctrine(
                "decision_non_collective",
                "La décision est collective : notez d’abord au moins deux membres présents.",
            )
        )
    if not ouverte:
        motifs.append(_usage("decision_impossible", "Cette décision n’est pas ouverte pour ce dossier."))
    return Verdict.selon(motifs)


def cloture(*, etat: str, sans_decision: int) -> Verdict:
    """A séance is closed when each point has its decision, « reporter » included."""
    verdict = passage(depuis=etat, vers=EtatSeance.CLOSE)
    if not verdict.ok or sans_decision == 0:
        return verdict
    pluriel = "points n’ont" if sans_decision > 1 else "point n’a"
    return Verdict.refus(
        [_usage("points_sans_decision", f"{sans_decision} {pluriel} pas de décision : décidez ou reportez.")]
    )


def conduite_refusee() -> Verdict:
    """Only the coordination of the groupe, or of the council, prepares, opens and closes a séance."""
    texte = "La séance est conduite par la coordination de ce groupe : adressez-lui votre demande."
    return Verdict.refus([_usage("conduite_reservee", texte)])
