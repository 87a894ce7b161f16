"""The clock of a request and what may be done with it (RGPD, art. 12 and 15 to 21). Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, echeance_mois, entier, jour_en_lettres
from maillage.droits.states import LIBELLES, TRANSITIONS_DEMANDE_DE_DROIT, EtatDemande

ART_12: Final = "RGPD, art. 12"
USAGE: Final = "Règle d’usage : ce qui est daté est arrivé"
VALEUR_MAX: Final = 200
REFUS: Final = "refusee"
IDENTITE_NON_ETABLIE: Final = "identite_non_etablie"
#: A request older than that is not an intake any more: it was answered, or it is a complaint.
JOURS_DE_SAISIE: Final = 366


def _motif(code: str, texte: str, base: str = ART_12, force: Force = Force.LOI) -> Motif:
    return Motif(code, texte, base, force)


VALEUR_INCONNUE: Final = _motif(
    "valeur_inconnue", "Choisissez dans les listes : ce qui n’y est pas ne se note pas.", USAGE, Force.USAGE
)

#: The case of art. 18, § 1, c: while it lasts, nothing of the file is destroyed.
JUSTICE: Final = "justice"
#: The refusal of an erasure that holds the file back as long as the claim lasts (art. 17, § 3, e).
REFUS_QUI_RETIENT: Final = "actions_en_justice"
LIMITATION_IMPOSSIBLE: Final = _motif(
    "limitation_impossible",
    "Dites lequel des quatre cas du règlement fonde la limitation.",
    "RGPD, art. 18, § 1",
)


def echeance(recue_le: date, *, prolongee: bool = False) -> date:
    """The last day to answer: a month from the receipt, two more when prolonged (art. 12, § 3)."""
    mois = entier("droits.reponse_mois", recue_le)
    if prolongee:
        mois += entier("droits.prolongation_mois", recue_le)
    return echeance_mois(recue_le, mois)


def repondre_avant(demandee_le: date, echeance_: date) -> date:
    """When a groupe should have answered: its own delay, never after that of the request itself."""
    return min(demandee_le + timedelta(days=entier("droits.question_jours", demandee_le)), echeance_)


def effacee_le(repondue_le: date) -> date:
    """The day an answered request is erased."""
    return echeance_mois(repondue_le, entier("droits.conservation_mois", repondue_le))


def fichier_jusqu_au(repondue_le: date) -> date:
    """The day the file handed over is erased."""
    return repondue_le + timedelta(days=entier("droits.fichier_jours", repondue_le))


def jamais_repondue(echeance_: date) -> date:
    """An open request has an end too: nothing personal is without one."""
    return echeance_mois(echeance_, entier("droits.conservation_mois", echeance_))


def passage(de: str, vers: EtatDemande) -> list[Motif]:
    """Whether the request may take this step."""
    if vers in TRANSITIONS_DEMANDE_DE_DROIT[EtatDemande(de)]:
        return []
    return [_motif("etape_impossible", f"Cette demande est : {LIBELLES[de].lower()}.", USAGE, Force.USAGE)]


@dataclass(frozen=True, slots=True)
class Reception:
    """What is noted when a request comes in. ``listes_connues``: every code stands in its list."""

    droit: str
    listes_connues: bool
    recue_le: date
    naissance: date | None
    champ: str = ""
    valeur: str = ""
    mineur_seul: bool = False


def juger_reception(demande: Reception, *, le: date) -> Verdict:
    """Whether this request may be recorded."""
    motifs = [] if demande.listes_connues else [VALEUR_INCONNUE]
    if demande.recue_le > le:
        motifs.append(_motif("date_future", "Cette date est à venir.", USAGE, Force.USAGE))
    elif (le - demande.recue_le).days > JOURS_DE_SAISIE:
        texte = "Cette demande a plus d’un an : répondez-y, puis enregistrez la nouvelle."
        motifs.append(_motif("demande_ancienne", texte, USAGE, Force.USAGE))
    if demande.naissance is not None and demande.naissance > demande.recue_le:
        texte = "La date de naissance suit celle de la demande."
        motifs.append(_motif("naissance_apres", texte, USAGE, Force.USAGE))
    rectifie = demande.droit == "rectification"
    if rectifie and not (demande.champ and demande.valeur.strip()):
        texte = "Dites quelle donnée est à corriger, et sa valeur exacte."
        motifs.append(_motif("rectification_incomplete", texte, "RGPD, art. 16"))
    if not rectifie and (demande.champ or demande.valeur.strip()):
        texte = "Une valeur nouvelle ne se note que pour une rectification."
        motifs.append(_motif("valeur_de_trop", texte, "RGPD, art. 5, § 1, c"))
    if rectifie and demande.champ == "naissance" and lire_jour(demande.valeur) is None:
        texte = "Écrivez la date de naissance exacte sous la forme 04/05/2011."
        motifs.append(_motif("naissance_illisible", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def lire_jour(texte: str) -> date | None:
    """« 04/05/2011 » as a day; None for anything else."""
    try:
        jour, mois, annee = (int(partie) for partie in texte.strip().split("/"))
        return date(annee, mois, jour)
    except ValueError:
        return None


def juger_verification(*, etat: str, connue: bool, verifiee_le: date, recue_le: date, le: date) -> Verdict:
    """Whether the identity check may be noted: a code and a day, never a copy."""
    motifs = passage(etat, EtatDemande.INSTRUITE)
    if not connue:
        motifs.append(VALEUR_INCONNUE)
    if not recue_le <= verifiee_le <= le:
        texte = "L’identité se vérifie entre la réception de la demande et aujourd’hui."
        motifs.append(_motif("verification_datee", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def juger_prolongation(*, etat: str, motif_connu: bool, recue_le: date, deja: bool, le: date) -> Verdict:
    """Two months more, once, for one of two reasons, told to the person within the first month."""
    motifs = [] if motif_connu else [VALEUR_INCONNUE]
    if etat not in (EtatDemande.RECUE, EtatDemande.INSTRUITE):
        motifs += passage(etat, EtatDemande.REPONDUE)
    if deja:
        motifs.append(_motif("deja_prolongee", "Le délai ne se prolonge qu’une fois.", f"{ART_12}, § 3"))
    premiere = echeance(recue_le)
    if le > premiere:
        texte = (
            f"Le premier délai a fini le {jour_en_lettres(premiere)} : la personne devait être informée "
            "de la prolongation avant ce jour. Répondez sans attendre."
        )
        motifs.append(_motif("prolongation_tardive", texte, f"{ART_12}, § 3"))
    return Verdict.selon(motifs)


def juger_question(*, etat: str, deja: bool) -> Verdict:
    """Whether a groupe may be asked: the person is identified first, and nobody is asked twice."""
    motifs = []
    if etat == EtatDemande.RECUE:
        texte = "Vérifiez d’abord l’identité : un groupe ne cherche une personne que si elle l’a demandé."
        motifs.append(_motif("identite_a_verifier", texte, f"{ART_12}, § 6"))
    elif etat != EtatDemande.INSTRUITE:
        motifs += passage(etat, EtatDemande.REPONDUE)
    if deja:
        motifs.append(_motif("deja_demandee", "Ce groupe est déjà interrogé.", USAGE, Force.USAGE))
    return Verdict.selon(motifs)


@dataclass(frozen=True, slots=True)
class Reponse:
    """The answer about to be given. ``opposables``: the rights that this reason may be opposed to."""

    decision: str
    decision_connue: bool
    motif: str
    motif_connu: bool
    opposables: Collection[str] = ()


def juger_reponse(reponse: Reponse, *, etat: str, droit: str, interroges: int, en_attente: int) -> Verdict:
    """Whether the person may be answered so. ``en_attente``: groupes that have not answered yet."""
    motifs = passage(etat, EtatDemande.REPONDUE)
    if not reponse.decision_connue or (reponse.motif and not reponse.motif_connu):
        motifs.append(VALEUR_INCONNUE)
    sans_identite = reponse.decision == REFUS and reponse.motif == IDENTITE_NON_ETABLIE
    if etat == EtatDemande.RECUE and not sans_identite:
        texte = "Sans identité vérifiée, la seule réponse est le refus pour ce motif."
        motifs.append(_motif("identite_a_verifier", texte, f"{ART_12}, § 6"))
    if reponse.decision != "accordee" and not reponse.motif:
        texte = "Un refus, même partiel, se motive : la personne peut le contester."
        motifs.append(_motif("refus_sans_motif", texte, f"{ART_12}, § 4"))
    if reponse.decision == "accordee" and reponse.motif:
        motifs.append(
            _motif("motif_de_trop", "Une demande accordée n’a pas de motif de refus.", USAGE, Force.USAGE)
        )
    if reponse.motif_connu and reponse.motif and droit not in reponse.opposables:
        motifs.append(
            _motif("motif_inopposable", "Ce motif ne s’oppose pas à ce droit.", "RGPD, art. 15 à 21")
        )
    if reponse.decision != REFUS and not interroges:
        texte = "Aucun groupe n’a été interrogé : la réponse ne dirait rien."
        motifs.append(_motif("personne_interroge", texte))
    if reponse.decision != REFUS and en_attente:
        texte = f"Réponses encore attendues : {en_attente}. Une réponse accordée dit tout ce qui est su."
        motifs.append(_motif("reponses_attendues", texte, "RGPD, art. 15"))
    return Verdict.selon(motifs)


#: Who may answer for a cercle, by the kind of formation: those who hold its files.
TENANTS: Final = {
    "groupe": frozenset({"coordonnateur", "referent"}),
    "actes_maire": frozenset({"coordonnateur", "membre", "maire"}),
    "cddf": frozenset({"coordonnateur", "membre"}),
    "cctp": frozenset({"coordonnateur", "membre"}),
    "prestataire": frozenset({"membre"}),
}
#: A body that receives a person: it answers for what it reads, the groupe that sent the person does the rest.
PRESTATAIRE: Final = "prestataire"
PAR_LE_GROUPE: Final = "par_le_groupe"


def constats_possibles(droit: str, genre: str) -> frozenset[str]:
    """What a holder who knows the person may answer."""
    if droit == "acces":
        return frozenset({"extrait", "refus"})
    return frozenset({PAR_LE_GROUPE}) if genre == PRESTATAIRE else frozenset({"fait", "refus"})


def est_interroge(genre: str, droit: str) -> bool:
    """Whether this kind of formation is asked. A body corrects nothing: the groupe hands over again."""
    return genre != PRESTATAIRE or droit != "rectification"


def juger_constat(
    *,
    genre: str,
    role: str,
    constat: str,
    droit: str,
    trouvee: bool,
    motif: str,
    motif_connu: bool,
    deja: bool,
) -> Verdict:
    """Whether this holder may answer so. ``trouvee``: a person of this cercle was recognised."""
    motifs = []
    if role not in TENANTS.get(genre, frozenset()):
        texte = "La coordination ou un référent répond pour les dossiers de ce groupe."
        motifs.append(_motif("ne_tient_pas", texte, "RGPD, art. 12 et 24", Force.DOCTRINE))
    if deja:
        motifs.append(_motif("deja_repondu", "Ce groupe a déjà répondu.", USAGE, Force.USAGE))
    attendus = constats_possibles(droit, genre)
    if (constat == "non_trouve") == trouvee or (trouvee and constat not in attendus):
        texte = "Dites si la personne est connue ici, puis ce qui a été fait."
        motifs.append(_motif("constat_incoherent", texte, USAGE, Force.USAGE))
    if (constat == "refus") != bool(motif) or (motif and not motif_connu):
        texte = "Une demande non exécutée se motive, une demande exécutée n’a pas de motif."
        motifs.append(_motif("refus_sans_motif", texte, f"{ART_12}, § 4"))
    return Verdict.selon(motifs)


def juger_levee(*, limitee: bool, role: str, genre: str) -> Verdict:
    """Whether a restriction may be lifted: by who holds the file; the person is told first (art. 18, § 3)."""
    motifs = []
    if role not in TENANTS.get(genre, frozenset()):
        texte = "La coordination ou un référent lève la limitation."
        motifs.append(_motif("ne_tient_pas", texte, "RGPD, art. 18, § 3", Force.DOCTRINE))
    if not limitee:
        motifs.append(_motif("non_limitee", "Ce dossier n’est pas limité.", USAGE, Force.USAGE))
    return Verdict.selon(motifs)
