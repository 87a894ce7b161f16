"""What may be done of a family's file before the council for rights and duties of families. Pure (fiche 5).

CASF, art. L. 141-1 and L. 141-2. The council advises: it decides of no sanction, and no one must come.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import (
    Force,
    Motif,
    Verdict,
    age_au_moins,
    anniversaire,
    echeance_mois,
    entier,
    jour_en_lettres,
    valeur_datee,
)
from maillage.maire.etats_familles import (
    TRANSITIONS_FAMILLE,
    EtatAccompagnement,
    EtatFamille,
)
from maillage.maire.rules.rappel import Qualite

L141_1: Final = "Code de l’action sociale et des familles, art. L. 141-1"
L141_2: Final = "Code de l’action sociale et des familles, art. L. 141-2"
_USAGE: Final = "Règle de l’application"
#: Who uses the mayor's power; the president of an EPCI only in the council of the EPCI itself.
ELUS: Final = frozenset({Qualite.MAIRE, Qualite.ADJOINT_DELEGUE, Qualite.CONSEILLER_DELEGUE})

LECTURE_SEULE: Final = Motif(
    "lecture_seule", "Votre place dans ce conseil permet de lire, pas d’écrire.", _USAGE, Force.LOI
)
CHOIX_INCONNU: Final = Motif("choix_inconnu", "Ce choix n’est pas dans la liste.", _USAGE, Force.USAGE)
JOUR_A_VENIR: Final = Motif("jour_a_venir", "Ce jour n’est pas encore passé.", _USAGE, Force.USAGE)


@dataclass(frozen=True, slots=True)
class Etat:
    """A file as the rules see it. ``minorite``: the first day the child is no longer a minor, if known."""

    etat: str
    mineur: bool
    minorite: date | None = None


def fin_de_minorite(naissance: date | None, le: date) -> date | None:
    """The day parental authority ends, None where the birth date is unknown."""
    return anniversaire(naissance, entier("cddf.autorite_parentale", le)) if naissance else None


def enfant_mineur(naissance: date, le: date) -> bool:
    """Whether parents still answer for the child on that day."""
    return not age_au_moins(naissance, entier("cddf.autorite_parentale", le), le)


def juger_saisine(*, codes_connus: bool, mineur: bool, deja_ouvert: bool, le: date) -> Verdict:
    """Whether a family may be brought before the council."""
    motifs = [] if codes_connus else [CHOIX_INCONNU]
    if not mineur:
        motifs.append(_majeur(le))
    if deja_ouvert:
        texte = (
            "Un dossier est déjà en cours pour cet enfant : poursuivez-le plutôt que d’en ouvrir un autre."
        )
        motifs.append(Motif("dossier_en_cours", texte, _USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def juger_autorite(qualite: Qualite, *, intercommunal: bool, le: date) -> list[Motif]:
    """The mayor's acts, and the presidency: the mayor or the elected member they delegated."""
    permis = ELUS | {Qualite.PRESIDENT_EPCI} if intercommunal else ELUS
    if qualite in permis:
        return []
    texte = "Seul le maire, ou l’élu qu’il a délégué par arrêté pour le conseil des familles, peut le faire."
    return [valeur_datee("cddf.president", le).motif("autorite_incompetente", texte)]


def juger_passage(lu: Etat, vers: EtatFamille) -> list[Motif]:
    """Whether the file may take that state."""
    de = EtatFamille(lu.etat)
    if de is EtatFamille.CLOS:
        return [Motif("dossier_clos", "Ce dossier est clos.", _USAGE, Force.USAGE)]
    if vers in TRANSITIONS_FAMILLE[de]:
        return []
    return [Motif("etape_impossible", "Ce dossier n’en est pas à cette étape.", _USAGE, Force.USAGE)]


def juger_ouvert(lu: Etat) -> list[Motif]:
    """Whether anything may still be written in the file."""
    return juger_passage(lu, EtatFamille.CLOS)


def _majeur(le: date) -> Motif:
    texte = "L’enfant a dix-huit ans : ses parents ne sont plus convoqués. Le dossier peut être clos."
    return valeur_datee("cddf.autorite_parentale", le).motif("enfant_majeur", texte)


def _s_abstient(lu: Etat, le: date) -> list[Motif]:
    if lu.etat != EtatFamille.DIFFERE:
        return []
    texte = "Un suivi ou une procédure existe : le conseil s’abstient jusqu’à la reprise du dossier."
    return [valeur_datee("cddf.suivi_existant", le).motif("suivi_existant", texte)]


def juger_convocation(
    lu: Etat, *, audition_le: date, membres: Collection[int], moyen_connu: bool, lieu: str, le: date
) -> Verdict:
    """Whether this family may be asked to come on that day."""
    motifs = _s_abstient(lu, le) or juger_passage(lu, EtatFamille.CONVOQUE)
    if not lu.mineur:
        motifs.append(_majeur(le))
    if not moyen_connu or not lieu.strip():
        motifs.append(CHOIX_INCONNU)
    delai = valeur_datee("cddf.convocation_jours", le)
    if (audition_le - le).days < delai.entier:
        texte = f"La famille reçoit sa lettre {delai.entier} jours au moins avant l’audition."
        motifs.append(delai.motif("convocation_tardive", texte))
    if not membres:
        motifs.append(
            Motif("sans_membre", "Dites qui sera présent : la lettre l’annonce.", L141_1, Force.LOI)
        )
    return Verdict.selon(motifs)


def juger_absence(lu: Etat, *, issue_connue: bool, audition_le: date, annule: bool, le: date) -> Verdict:
    """Whether it may be noted that a family did not come, or that the hearing was called off."""
    motifs = _attend_l_audition(lu)
    if not issue_connue:
        motifs.append(CHOIX_INCONNU)
    if not annule and audition_le > le:
        motifs.append(JOUR_A_VENIR)
    return Verdict.selon(motifs)


def apres_une_absence(manquees: int, le: date) -> EtatFamille:
    """Where the file stands once a convocation was missed that many times in all."""
    assez = manquees >= entier("cddf.convocations_avant_carence", le)
    return EtatFamille.CARENCE if assez else EtatFamille.SAISI


def _attend_l_audition(lu: Etat) -> list[Motif]:
    if lu.etat == EtatFamille.CONVOQUE:
        return []
    return [
        Motif("sans_convocation", "Aucune audition n’est prévue pour cette famille.", _USAGE, Force.USAGE)
    ]


def juger_audition(
    lu: Etat,
    *,
    prevue_le: date,
    presidence: Collection[Motif],
    membres: Collection[int],
    famille: Collection[str],
    parents: Collection[str],
    le: date,
) -> Verdict:
    """Whether the hearing of the family may be recorded. ``parents``: codes of who answers for the child."""
    motifs = [*_attend_l_audition(lu), *presidence]
    if prevue_le > le:
        motifs.append(JOUR_A_VENIR)
    if not membres:
        motifs.append(Motif("sans_membre", "Indiquez les membres présents.", L141_1, Force.LOI))
    if not set(famille) & set(parents):
        texte = "Aucun parent n’était là : la famille n’a pas été entendue. Notez son absence."
        motifs.append(Motif("sans_parent", texte, L141_1, Force.LOI))
    return Verdict.selon(motifs)


def juger_suite(
    lu: Etat, *, connue: bool, types: bool, precisee: bool, debut: date | None, fin: date | None, datee: bool
) -> Verdict:
    """Whether the council may propose this after the hearing. ``types``: the list makes it precise."""
    motifs = juger_ouvert(lu)
    if not motifs and lu.etat not in {EtatFamille.ENTENDU, EtatFamille.ACCOMPAGNE}:
        motifs.append(NON_ENTENDUE)
    if not connue:
        motifs.append(CHOIX_INCONNU)
    if types and not precisee:
        motifs.append(Motif("sans_type", "Choisissez au moins une recommandation.", L141_1, Force.USAGE))
    if datee and (debut is None or fin is None or fin < debut):
        motifs.append(
            Motif("dates", "Donnez le premier et le dernier jour, dans cet ordre.", _USAGE, Force.USAGE)
        )
    return Verdict.selon(motifs)


NON_ENTENDUE: Final = Motif(
    "non_entendue",
    "La famille est entendue avant que quelque chose lui soit proposé.",
    L141_1,
    Force.LOI,
)


def juger_proposition(lu: Etat, *, en_cours: bool, autorite: Collection[Motif], le: date) -> Verdict:
    """Whether the mayor may propose a parental support."""
    motifs = [*autorite, *_s_abstient(lu, le)]
    if lu.etat not in {EtatFamille.ENTENDU, EtatFamille.DIFFERE}:
        motifs += juger_ouvert(lu) or [NON_ENTENDUE]
    if not lu.mineur:
        motifs.append(_majeur(le))
    if en_cours:
        texte = "Un accompagnement est déjà proposé ou en cours."
        motifs.append(Motif("accompagnement_en_cours", texte, L141_2, Force.USAGE))
    return Verdict.selon(motifs)


def terme_au_plus(debut: date, minorite: date | None, le: date) -> date:
    """The last day a parental support may be given: its longest duration, never past minority."""
    terme = echeance_mois(debut, entier("cddf.accompagnement_mois", le))
    return min(terme, minorite) if minorite is not None else terme


def juger_consentement(
    lu: Etat, *, etat: str, oui: bool, debut: date | None, fin: date | None, referent: bool, le: date
) -> Verdict:
    """Whether the parents' answer may be recorded; a yes needs its days and who accompanies."""
    motifs = juger_ouvert(lu)
    if etat != EtatAccompagnement.PROPOSE:
        motifs.append(
            Motif("reponse_deja_notee", "La réponse des parents est déjà notée.", _USAGE, Force.USAGE)
        )
    if not oui:
        return Verdict.selon(motifs)
    motifs += _s_abstient(lu, le)
    if not lu.mineur:
        motifs.append(_majeur(le))
    if debut is None or fin is None or fin < debut:
        motifs.append(
            Motif("dates", "Donnez le premier et le dernier jour, dans cet ordre.", _USAGE, Force.USAGE)
        )
    elif fin > (terme := terme_au_plus(debut, lu.minorite, le)):
        texte = f"L’accompagnement finit le {jour_en_lettres(terme)} au plus tard."
        code = "enfant_majeur" if lu.minorite == terme else "duree"
        parametre = "cddf.autorite_parentale" if code == "enfant_majeur" else "cddf.accompagnement_mois"
        motifs.append(valeur_datee(parametre, le).motif(code, texte))
    if not referent:
        texte = "Nommez qui accompagne la famille, parmi les membres de ce conseil."
        motifs.append(Motif("sans_referent", texte, L141_2, Force.USAGE))
    return Verdict.selon(motifs)


def juger_bilan(lu: Etat, *, connu: bool, fait_le: date, prochain_le: date, le: date) -> Verdict:
    """Whether a point made with the family may be recorded, with the next one."""
    motifs = juger_ouvert(lu)
    if not connu:
        motifs.append(CHOIX_INCONNU)
    if fait_le > le:
        motifs.append(JOUR_A_VENIR)
    delai = valeur_datee("cddf.revue_mois", le)
    if prochain_le <= le:
        texte = "Le prochain point est à une date à venir."
        motifs.append(Motif("prochain_point", texte, _USAGE, Force.USAGE))
    elif prochain_le > echeance_mois(le, delai.entier):
        texte = f"Le prochain point est fixé dans les {delai.entier} mois."
        motifs.append(delai.motif("prochain_point", texte))
    return Verdict.selon(motifs)


def juger_fin(*, etat: str, connue: bool, majorite: bool, mineur: bool, fini_le: date, le: date) -> Verdict:
    """Whether a parental support may be said over, and how. ``majorite``: because of the birthday."""
    motifs = []
    if etat != EtatAccompagnement.EN_COURS:
        motifs.append(
            Motif("sans_accompagnement", "Aucun accompagnement n’est en cours.", _USAGE, Force.USAGE)
        )
    if not connue:
        motifs.append(CHOIX_INCONNU)
    if fini_le > le:
        motifs.append(JOUR_A_VENIR)
    if majorite and mineur:
        motifs.append(Motif("encore_mineur", "L’enfant n’a pas encore dix-huit ans.", L141_2, Force.USAGE))
    return Verdict.selon(motifs)


def juger_departement(
    lu: Etat, *, attendue: bool, autorite: Collection[Motif], departement: bool, le: date
) -> Verdict:
    """Whether the mayor may ask the president of the département for a social support of the family."""
    motifs = [*autorite, *juger_ouvert(lu), *_s_abstient(lu, le)]
    if lu.etat in {EtatFamille.SAISI, EtatFamille.CONVOQUE}:
        texte = "La famille est d’abord entendue, ou absente deux fois, avant de saisir le département."
        motifs.append(Motif("non_entendue", texte, L141_2, Force.LOI))
    if attendue:
        texte = "Le département est déjà saisi : sa réponse est attendue."
        motifs.append(Motif("deja_saisi", texte, _USAGE, Force.USAGE))
    if not departement:
        motifs.append(CHOIX_INCONNU)
    return Verdict.selon(motifs)


def juger_reprise(lu: Etat, *, connue: bool, elu_requis: bool, autorite: Collection[Motif]) -> Verdict:
    """Whether the council may take a file up again before which it abstained."""
    motifs = [*autorite] if elu_requis else []
    motifs += juger_passage(lu, EtatFamille.SAISI) if lu.etat != EtatFamille.CONVOQUE else [NON_DIFFERE]
    if not connue:
        motifs.append(CHOIX_INCONNU)
    return Verdict.selon(motifs)


NON_DIFFERE: Final = Motif(
    "etape_impossible", "Le conseil ne s’abstient pas devant ce dossier.", _USAGE, Force.USAGE
)


def juger_cloture(lu: Etat, *, connue: bool, accompagne: bool, attend_le_departement: bool) -> Verdict:
    """Whether a file may be closed: nothing is left under way."""
    motifs = juger_ouvert(lu)
    if not connue:
        motifs.append(CHOIX_INCONNU)
    if lu.etat == EtatFamille.CONVOQUE:
        texte = "Une audition est prévue : notez d’abord ce qu’il en est advenu."
        motifs.append(Motif("audition_prevue", texte, _USAGE, Force.USAGE))
    if accompagne:
        texte = "Un accompagnement est proposé ou en cours : terminez-le d’abord."
        motifs.append(Motif("accompagnement_en_cours", texte, _USAGE, Force.USAGE))
    if attend_le_departement:
        texte = "La réponse du département est attendue : notez-la d’abord."
        motifs.append(Motif("reponse_attendue", texte, _USAGE, Force.USAGE))
    return Verdict.selon(motifs)
