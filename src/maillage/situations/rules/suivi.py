"""Rules of the follow-up: shared elements, référent, objectives, contacts, bilan, closing."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations.rules.conservation import hors_age
from maillage.situations.rules.signalement import FICHE_1, GENRES_JUDICIAIRES, L132_5
from maillage.situations.states import TRANSITIONS_OBJECTIF, EtatSituation, possible
from maillage.strategie.api import acteur, liste, peut_enoncer

FICHE_4: Final = "Stratégie nationale 2020-2024, fiche 4"
RGPD_13: Final = "RGPD, art. 13 et 14"
USAGE: Final = "Règle d’usage : ce qui est daté est arrivé"

#: Partners whose members do social work and may countersign a bilan.
GENRES_TRAVAIL_SOCIAL: Final = frozenset(
    {
        "accompagnement_social_jeunes",
        "ase",
        "ccas",
        "centre_social",
        "clic",
        "conseil_departemental",
        "crip",
        "iscg",
        "prevention_specialisee",
        "services_sociaux",
        "travailleur_social",
    }
)


@dataclass(frozen=True, slots=True)
class Membre:
    """A member of the groupe as the rules see them: role, kind of the body of their seat."""

    role: str
    genre: str

    @property
    def judiciaire(self) -> bool:
        return self.role == "parquet" or self.genre in GENRES_JUDICIAIRES

    @property
    def travail_social(self) -> bool:
        return self.genre in GENRES_TRAVAIL_SOCIAL

    @property
    def famille(self) -> str:
        """Family of partners, empty when the kind is not in the register."""
        try:
            return acteur(self.genre).famille
        except LookupError:
            return ""


def _usage(code: str, texte: str, base: str = USAGE) -> Motif:
    return Motif(code, texte, base, Force.USAGE)


def situation_ouverte(etat: str) -> list[Motif]:
    """A closed situation is an archive: nothing is added to it."""
    if etat == EtatSituation.OUVERTE:
        return []
    texte = "Cette situation est close : rien ne s’y ajoute plus. Un nouveau signalement en ouvre une autre."
    return [_usage("situation_close", texte, "CNIL, délibération n° 2014-262, art. 5 (référence)")]


def dans_le_suivi(le: date, *, ouverte_le: date, aujourd_hui: date) -> list[Motif]:
    """A recorded fact happened between the opening and today."""
    if le > aujourd_hui:
        return [_usage("date_future", "Cette date est à venir : notez-la quand elle sera passée.")]
    if le < ouverte_le:
        return [_usage("avant_ouverture", "Cette date précède l’ouverture de la situation.")]
    return []


def role_qui_ecrit(role: str) -> list[Motif]:
    """The mayor reads what the groupe of his habilitation exchanges; the follow-up is professionals' work."""
    if role != "maire":
        return []
    texte = "Vous lisez cette situation ; seuls les professionnels du groupe y écrivent."
    return [Motif("lecture_seule", texte, "CSI, art. L. 132-3 et L. 132-5", Force.DOCTRINE)]


# --- Shared elements -------------------------------------------------------------------------------


def juger_element(
    *, categorie: str, precision: str, etat: str, volet: str, membre: Membre, judiciaire_siege: bool, le: date
) -> Verdict:
    """Whether this member may share this element: the category gives its nature."""
    motifs = [*situation_ouverte(etat), *role_qui_ecrit(membre.role)]
    categories = liste("elements_partageables", le)
    if categorie not in categories:
        texte = "Choisissez une catégorie de la liste : ce qui n’y est pas ne se partage pas."
        return Verdict.refus([*motifs, Motif("categorie_inconnue", texte, L132_5, Force.LOI)])
    item = categories.item(categorie)
    if item.attributs["judiciaire"] and not (membre.judiciaire and judiciaire_siege):
        texte = "Seul un membre judiciaire du groupe peut énoncer un suivi judiciaire."
        base = f"{L132_5} ; Code de procédure pénale, art. 11"
        motifs.append(Motif("judiciaire_reserve", texte, base, Force.LOI))
    elif not peut_enoncer(categorie, membre.genre, membre.famille):
        texte = "Cet élément est énoncé par les services qui en ont la charge."
        motifs.append(Motif("element_reserve", texte, L132_5, Force.DOCTRINE))
    if categorie == "existence_aide_victime" and volet != "victime":
        texte = "Un accompagnement de victime ne se dit que dans le volet des victimes."
        motifs.append(Motif("volet_victime", texte, L132_5, Force.LOI))
    valeurs = item.attributs["valeurs"]
    if valeurs and precision not in valeurs:
        motifs.append(_usage("valeur_hors_liste", "Choisissez une des réponses proposées.", L132_5))
    return Verdict.selon(motifs)


# --- Référent de parcours --------------------------------------------------------------------------


def juger_designation(
    *,
    profession: str,
    etat: str,
    referent: Membre | None,
    depuis: date,
    ouverte_le: date,
    aujourd_hui: date,
    relais_le: date | None = None,
) -> Verdict:
    """Whether this member may be référent de parcours (fiche 4). ``referent`` None: not a member.

    The PJJ educator and the CPIP keep their own mission while a measure lasts: both exist side by side,
    and ``relais_le`` dates the hand-over.
    """
    motifs = [
        *situation_ouverte(etat),
        *dans_le_suivi(depuis, ouverte_le=ouverte_le, aujourd_hui=aujourd_hui),
    ]
    if referent is None:
        texte = "Le référent doit être membre habilité de ce groupe et avoir signé la charte."
        motifs.append(Motif("referent_non_membre", texte, f"{L132_5} ; {FICHE_4}", Force.LOI))
    elif referent.genre in {"pjj", "spip"} or profession in liste("professions_refusees"):
        texte = (
            "L’éducateur de la PJJ et le conseiller du SPIP exercent leur propre mission tant que "
            "dure la mesure ; le référent de parcours prend le relais ensuite."
        )
        motifs.append(Motif("referent_judiciaire", texte, FICHE_4, Force.DOCTRINE))
    elif referent.role in {"maire", "parquet"}:
        texte = "Le référent de parcours est un professionnel qui accompagne la personne."
        motifs.append(Motif("referent_non_professionnel", texte, FICHE_4, Force.DOCTRINE))
    if profession not in liste("professions_referent", depuis) and profession not in liste(
        "professions_refusees"
    ):
        texte = "Choisissez une profession de la liste de la fiche 4."
        motifs.append(Motif("profession_non_prevue", texte, FICHE_4, Force.DOCTRINE))
    if relais_le is not None and relais_le < ouverte_le:
        motifs.append(
            _usage("relais_avant_ouverture", "Le relais ne peut précéder l’ouverture de la situation.")
        )
    return Verdict.selon(motifs)


# --- Objectives, contacts, letters, bilan ----------------------------------------------------------


def juger_objectif(*, etat: str, role: str, domaine: str, echeance: date, aujourd_hui: date) -> Verdict:
    """An objective has a domain and a date to come, before the end in sight."""
    motifs = [*situation_ouverte(etat), *role_qui_ecrit(role)]
    if domaine not in liste("domaines_objectif"):
        motifs.append(_usage("domaine_inconnu", "Choisissez un domaine de la liste.", FICHE_4))
    if echeance < aujourd_hui:
        motifs.append(_usage("echeance_passee", "L’échéance d’un objectif est à venir.", FICHE_4))
    return Verdict.selon(motifs)


def juger_etat_objectif(*, de: str, vers: str, etat: str, role: str) -> Verdict:
    """Whether an objective may pass to that state."""
    motifs = [*situation_ouverte(etat), *role_qui_ecrit(role)]
    if not possible(TRANSITIONS_OBJECTIF, de, vers):
        motifs.append(_usage("passage_impossible", "Cet objectif ne peut pas passer à cet état.", FICHE_4))
    return Verdict.selon(motifs)


def juger_contact(
    *, etat: str, role: str, le: date, ouverte_le: date, aujourd_hui: date, moyen: str, avec: str, suite: str
) -> Verdict:
    """A contact is noted without its content: every field is a date, a number or a closed list."""
    motifs = [
        *situation_ouverte(etat),
        *role_qui_ecrit(role),
        *dans_le_suivi(le, ouverte_le=ouverte_le, aujourd_hui=aujourd_hui),
    ]
    for nom, code in (("contacts", moyen), ("contacts_avec", avec), ("suites_contact", suite)):
        if code not in liste(nom):
            motifs.append(_usage("hors_liste", "Choisissez une des réponses proposées.", FICHE_4))
    return Verdict.selon(motifs)


def juger_lettre(
    *,
    etat: str,
    role: str,
    destinataire: str,
    a_representant: bool,
    le: date,
    ouverte_le: date,
    aujourd_hui: date,
) -> Verdict:
    """The information of the person, and of a legal representative where one is recorded."""
    motifs = [
        *situation_ouverte(etat),
        *role_qui_ecrit(role),
        *dans_le_suivi(le, ouverte_le=ouverte_le, aujourd_hui=aujourd_hui),
    ]
    if destinataire == "representant" and not a_representant:
        texte = "Aucun représentant légal n’est enregistré pour cette personne."
        motifs.append(_usage("sans_representant", texte, RGPD_13))
    return Verdict.selon(motifs)


def juger_contreseing(*, etat: str, auteur: int, signataire: int, membre: Membre, deja: bool) -> Verdict:
    """A bilan is countersigned by a social-work member who did not write it (fiche 4)."""
    motifs = situation_ouverte(etat)
    if deja:
        motifs.append(_usage("deja_contresigne", "Ce bilan est déjà contresigné.", FICHE_4))
    if auteur == signataire:
        texte = "Le bilan est contresigné par une autre personne que son auteur."
        motifs.append(Motif("contreseing_de_soi", texte, FICHE_4, Force.DOCTRINE))
    if not membre.travail_social:
        texte = "Le bilan est contresigné par un membre du travail social."
        motifs.append(Motif("contreseing_hors_travail_social", texte, FICHE_4, Force.DOCTRINE))
    return Verdict.selon(motifs)


# --- Collective decisions and closing --------------------------------------------------------------

CLOTURE_PAR: Final = frozenset({"coordonnateur", "referent"})


def juger_decision(*, etat: str, decision: str, precision: str, revue_le: date, le: date) -> Verdict:
    """Whether this collective decision is open on a situation."""
    motifs = situation_ouverte(etat)
    if decision not in liste("decisions_situation"):
        motifs.append(_usage("decision_inconnue", "Cette décision n’existe pas pour une situation.", FICHE_1))
    if decision == "poursuivre" and le > revue_le:
        texte = "La date de revue est passée : le groupe prolonge, avec une nouvelle date, ou clôt."
        motifs.append(Motif("revue_passee", texte, FICHE_1, Force.DOCTRINE))
    if decision == "orienter" and precision not in liste("destinations_orientation", le):
        motifs.append(_usage("destination_manquante", "Dites vers quel service orienter.", FICHE_1))
    if decision == "clore" and precision not in liste("issues_cloture"):
        motifs.append(_usage("issue_manquante", "Choisissez le motif de clôture.", FICHE_1))
    return Verdict.selon(motifs)


def juger_cloture(
    *, etat: str, role: str, issue: str, le: date, ouverte_le: date, aujourd_hui: date
) -> Verdict:
    """Whether a situation may be closed now; the outcome is one of the list."""
    motifs = [
        *situation_ouverte(etat),
        *dans_le_suivi(le, ouverte_le=ouverte_le, aujourd_hui=aujourd_hui),
    ]
    if role not in CLOTURE_PAR:
        texte = "La clôture est faite par le coordonnateur ou le référent de parcours."
        motifs.append(Motif("cloture_reservee", texte, FICHE_4, Force.DOCTRINE))
    if issue not in liste("issues_cloture", le):
        motifs.append(_usage("issue_inconnue", "Choisissez un motif de clôture de la liste.", FICHE_1))
    return Verdict.selon(motifs)


def juger_consultation_archive(*, role: str, motif: str) -> Verdict:
    """The restricted archive: motivated, one-off, by the coordinator, journalled (CNIL 2014-262, art. 5)."""
    base = "CNIL, délibération n° 2014-262, art. 5 (référence)"
    motifs = []
    if role != "coordonnateur":
        texte = "L’archive n’est ouverte qu’à la coordination du groupe, pour un motif précis."
        motifs.append(Motif("archive_reservee", texte, base, Force.DOCTRINE))
    if motif not in liste("motifs_archive"):
        motifs.append(_usage("motif_archive", "Dites pourquoi l’archive doit être ouverte.", base))
    return Verdict.selon(motifs)


def famille_de_destination(destination: str) -> str:
    """All that anonymous figures keep of an orientation: the family of the partner."""
    return acteur(liste("destinations_orientation").item(destination).attributs["acteur"]).famille


def genre_de_suivi(*, volet: str, motif: str) -> str:
    """The broad kind of a follow-up, from what opened it. Everyone in the victims' strand is a victim."""
    if volet == "victime":
        return "victime"
    genre: str = liste("motifs_signalement").item(motif).attributs["suivi"]
    return genre


def juger_bilan(*, etat: str, role: str) -> Verdict:
    """Whether this member may write in the file."""
    return Verdict.selon([*situation_ouverte(etat), *role_qui_ecrit(role)])


def juger_correction(
    *, etat: str, role: str, volet: str, naissance: date | None, aujourd_hui: date
) -> Verdict:
    """Whether an identity may be rectified so: in the youth strand, never past its age."""
    motifs = [*situation_ouverte(etat), *role_qui_ecrit(role)]
    if naissance is not None and naissance > aujourd_hui:
        motifs.append(_usage("naissance_future", "La date de naissance est dans le futur."))
    elif hors_age(volet=volet, naissance=naissance, le=aujourd_hui):
        texte = "À 25 ans, rien n’est plus conservé dans le volet des jeunes : clôturez cette situation."
        motifs.append(
            Motif("limite_age", texte, "CNIL, délibération n° 2014-262, art. 5 (référence)", Force.LOI)
        )
    return Verdict.selon(motifs)


def juger_accord(*, etat: str, role: str, le: date, depuis: date, aujourd_hui: date) -> Verdict:
    """The person's agreement is dated within the follow-up."""
    return Verdict.selon(
        [
            *situation_ouverte(etat),
            *role_qui_ecrit(role),
            *dans_le_suivi(le, ouverte_le=depuis, aujourd_hui=aujourd_hui),
        ]
    )
