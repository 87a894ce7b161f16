"""What the law asks of a council, a formation, a seat and a mandate. Pure: facts and dates are given.

CSI L. 132-4 (CLSPD), L. 132-13 (CISPD), D. 132-8 and D. 132-9 (formations), L. 132-5 (groupes).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres, valeur_ou_rien
from maillage.instances.regles_propres import POUVOIR_DU_MAIRE

_L132_4: Final = "Code de la sécurité intérieure, art. L. 132-4"
_L132_5: Final = "Code de la sécurité intérieure, art. L. 132-5"
_L132_13: Final = "Code de la sécurité intérieure, art. L. 132-13"
_COMPOSITION: Final = "Code de la sécurité intérieure, art. D. 132-8 et D. 132-9"
_USAGE: Final = "Règle de l’application"

#: Strands that exist only where the DPO has confirmed them (reference framework CNIL 2014-262).
VOLETS_A_CONFIRMER: Final = frozenset({"majeur", "victime"})
THEMES_DES_VICTIMES: Final = frozenset({"groupe_victimes"})
NATURES_METROPOLITAINES: Final = frozenset({"METRO", "MET69"})
#: Themes under which persons may be named; public tranquillity is treated with residents, without names.
THEMES_NOMINATIFS: Final = ("groupe_jeunes", "groupe_ecole", "groupe_sortie", "groupe_victimes")
#: Themes offered for a groupe; the other codes of the strategy name formations and departmental bodies.
THEMES_DE_GROUPE: Final = (*THEMES_NOMINATIFS, "groupe_tranquillite", "groupe_sante_mentale")


def _motif(code: str, texte: str, base: str = _USAGE, force: Force = Force.USAGE) -> Motif:
    return Motif(code, texte, base, force)


@dataclass(frozen=True, slots=True)
class ProjetDeConseil:
    """A council about to be recorded. ``populations``: inhabitants of the member communes, by code."""

    genre: str
    commune: str
    epci: str
    nature_epci: str
    communes: Collection[str]
    delibere_le: date
    populations: Mapping[str, int] = field(default_factory=dict)
    opposees: Collection[str] = ()


def juger_conseil(
    projet: ProjetDeConseil, *, le: date, existants: Collection[str], deja_membres: Collection[str]
) -> Verdict:
    """Whether the council may be recorded on that day.

    ``existants``: names of active councils of the same kind on that very territory.
    ``deja_membres``: member communes already in another active council of that kind.
    """
    motifs = _territoire(projet)
    if existants:
        texte = f"Un conseil de ce genre existe déjà sur ce territoire : {', '.join(sorted(existants))}."
        motifs.append(_motif("conseil_existant", texte, _L132_4, Force.DOCTRINE))
    if deja_membres and not existants:
        noms = ", ".join(sorted(deja_membres))
        texte = f"Une commune ou plusieurs font déjà partie d’un conseil de ce genre : {noms}."
        motifs.append(_motif("commune_deja_membre", texte, _L132_13, Force.DOCTRINE))
    if projet.delibere_le > le:
        texte = (
            f"La délibération est datée du {jour_en_lettres(projet.delibere_le)}, qui n’est pas encore passé."
        )
        motifs.append(_motif("deliberation_a_venir", texte, _L132_4, Force.LOI))
    motifs += _opposition(projet, le)
    return Verdict.selon(motifs)


def _territoire(projet: ProjetDeConseil) -> list[Motif]:
    genre, nombre = projet.genre, len(set(projet.communes))
    if genre == "clspd" and (not projet.commune or projet.epci or nombre != 1):
        return [_motif("territoire_inadapte", "Un CLSPD est celui d’une seule commune.", _L132_4, Force.LOI)]
    if genre == "cispd" and nombre < 2:
        texte = "Un CISPD réunit au moins deux communes."
        return [_motif("territoire_inadapte", texte, _L132_13, Force.LOI)]
    if genre == "cmspd" and projet.nature_epci not in NATURES_METROPOLITAINES:
        texte = "Un conseil métropolitain est celui d’une métropole."
        return [
            _motif("territoire_inadapte", texte, "Stratégie nationale 2020-2024, fiche 38", Force.DOCTRINE)
        ]
    if genre == "inter_clspd" and nombre < 2:
        texte = "Un inter-CLSPD réunit les conseils de deux communes au moins."
        return [
            _motif("territoire_inadapte", texte, "Stratégie nationale 2020-2024, fiche 38", Force.DOCTRINE)
        ]
    return []


def _opposition(projet: ProjetDeConseil, le: date) -> list[Motif]:
    """CSI L. 132-13: communes holding at least half of the population prevent the CISPD."""
    part = valeur_ou_rien("cispd.blocage_population", le)
    total = sum(projet.populations.values())
    if projet.genre != "cispd" or part is None or not total:
        return []
    opposee = sum(projet.populations.get(code, 0) for code in set(projet.opposees))
    if opposee * 100 < part.entier * total:
        return []
    texte = "Les communes qui s’y opposent réunissent au moins la moitié de la population concernée."
    return [part.motif("opposition_des_communes", texte)]


def juger_formation(
    *,
    genre: str,
    nominatif: bool,
    theme: str,
    volet: str,
    volets_confirmes: Collection[str],
    existante: bool,
    conseil_actif: bool,
) -> Verdict:
    """Whether a formation may be created. Named persons: in a groupe only, one strand for ever."""
    motifs = [] if conseil_actif else [_motif("conseil_dissous", "Ce conseil est dissous.")]
    if existante:
        motifs.append(
            _motif("formation_existante", "Le conseil a déjà cette formation.", _COMPOSITION, Force.DOCTRINE)
        )
    if nominatif and genre != "groupe":
        texte = (
            "Des personnes ne sont nommées ni en formation plénière ni en formation restreinte. "
            "Elles le sont dans un groupe de travail."
        )
        motifs.append(_motif("forum_interdit", texte, _L132_5, Force.LOI))
    if nominatif and genre == "groupe":
        motifs += _volet(theme, volet, volets_confirmes)
    return Verdict.selon(motifs)


def _volet(theme: str, volet: str, confirmes: Collection[str]) -> list[Motif]:
    motifs = []
    if theme not in THEMES_NOMINATIFS:
        texte = "Ce thème se traite sans nommer personne : y siège aussi qui n’a aucun dossier à connaître."
        base = "Stratégie nationale 2020-2024, fiches 6 et 24 à 27"
        motifs.append(_motif("theme_sans_noms", texte, base, Force.DOCTRINE))
    if volet not in {"jeune", *VOLETS_A_CONFIRMER}:
        motifs.append(
            _motif("volet_absent", "Dites qui ce groupe suit : des jeunes, des majeurs ou des victimes.")
        )
    elif theme in THEMES_NOMINATIFS and (theme in THEMES_DES_VICTIMES) != (volet == "victime"):
        texte = "Les victimes et les auteurs ne sont jamais suivis dans le même groupe. Il leur en faut deux."
        motifs.append(_motif("victimes_a_part", texte, _L132_5, Force.DOCTRINE))
    if volet in VOLETS_A_CONFIRMER and volet not in confirmes:
        texte = (
            "Le suivi de majeurs ou de victimes n’est pas ouvert dans ce conseil. "
            "La personne déléguée à la protection des données doit d’abord le confirmer, "
            "après une analyse d’impact."
        )
        motifs.append(
            _motif(
                "volet_non_confirme", texte, "RGPD, art. 35 ; CNIL, délibération n° 2014-262", Force.DOCTRINE
            )
        )
    return motifs


def juger_siege(
    *,
    nominatif: bool,
    genre_admis: bool,
    peut_sieger: bool,
    organisme_actif: bool,
    deja: bool,
    formation_active: bool,
) -> Verdict:
    """Whether a body may be given a seat. ``genre_admis``: bound to hear of named persons."""
    motifs = [] if formation_active else [_motif("formation_dissoute", "Cette formation est dissoute.")]
    if not organisme_actif:
        motifs.append(_motif("organisme_inactif", "Cet organisme est retiré de l’annuaire."))
    if not peut_sieger:
        texte = (
            "Ce partenaire est une désignation collective ou un crédit : désignez l’organisme qui siégera."
        )
        motifs.append(_motif("ne_peut_sieger", texte, _COMPOSITION, Force.USAGE))
    if nominatif and not genre_admis:
        texte = (
            "Des personnes sont nommées dans ce groupe. Habitants, conseils citoyens, commerçants "
            "et employeurs n’y siègent pas : ils peuvent siéger dans un groupe sans noms."
        )
        motifs.append(_motif("siege_nominatif_interdit", texte, _L132_5, Force.LOI))
    if deja:
        motifs.append(_motif("siege_deja_tenu", "Cet organisme siège déjà dans cette formation."))
    return Verdict.selon(motifs)


def juger_prestataire(
    *,
    organisme_actif: bool,
    volet: str,
    volets_confirmes: Collection[str],
    deja: bool,
    conseil_actif: bool,
    convenu_le: date,
    le: date,
) -> Verdict:
    """Whether a body may be given a cercle of its own, to read those it receives (RGPD, art. 28)."""
    motifs = [] if conseil_actif else [_motif("conseil_dissous", "Ce conseil est dissous.")]
    if not organisme_actif:
        motifs.append(_motif("organisme_inactif", "Cet organisme est retiré de l’annuaire."))
    if volet not in {"jeune", *VOLETS_A_CONFIRMER}:
        motifs.append(
            _motif("volet_absent", "Dites qui il accueille : des jeunes, des majeurs ou des victimes.")
        )
    if volet in VOLETS_A_CONFIRMER and volet not in volets_confirmes:
        texte = (
            "Le suivi de majeurs ou de victimes n’est pas ouvert dans ce conseil. "
            "La personne déléguée à la protection des données doit d’abord le confirmer."
        )
        base = "RGPD, art. 35 ; CNIL, délibération n° 2014-262"
        motifs.append(_motif("volet_non_confirme", texte, base, Force.DOCTRINE))
    if deja:
        motifs.append(_motif("prestataire_deja_ouvert", "Cet organisme a déjà son accès pour ces personnes."))
    if convenu_le > le:
        texte = f"L’engagement est daté du {jour_en_lettres(convenu_le)}, qui n’est pas encore passé."
        motifs.append(_motif("engagement_a_venir", texte, "RGPD, art. 28", Force.LOI))
    return Verdict.selon(motifs)


@dataclass(frozen=True, slots=True)
class ProjetDeMandat:
    """A mandate about to be given, and what is known of the agent and of the seat."""

    role: str
    debut: datetime
    fin: datetime | None
    compte_actif: bool
    pour_soi: bool
    fonctions: Collection[str]
    meme_organisme: bool
    siege_en_vigueur: bool
    genre_organisme: str
    deja_habilite: bool
    #: In a register of mayor's acts: whether the agent is elected in that commune. None elsewhere.
    elu_de_la_commune: bool | None = None
    #: In the register of requests about personal data: only the DPO and the agents the controller designates.
    registre_des_droits: bool = False


#: The function an agent must exercise to bear a role in a cercle; a member needs none in particular.
FONCTIONS_DU_ROLE: Final[Mapping[str, frozenset[str]]] = {
    "coordonnateur": frozenset({"coordonnateur"}),
    "maire": frozenset({"maire", "elu_delegue", "president_epci"}),
    "parquet": frozenset({"procureur"}),
    "referent": frozenset({"referent_parcours", "membre", "coordonnateur"}),
}
GENRE_DU_PARQUET: Final = "procureur"

#: Why a mandate ended, as closed codes.
FINS: Final[Mapping[str, str]] = {
    "demande": "À sa demande",
    "depart": "Départ ou changement de fonction",
    "manquement": "Manquement à la charte",
    "siege_retire": "L’organisme ne siège plus",
    "organisme_quitte": "A quitté l’organisme",
    "renouvele": "Renouvelé",
}


def juger_habilitation(mandat: ProjetDeMandat, *, instant: datetime) -> Verdict:
    """Whether this agent may be given this mandate (CSI L. 132-5: members of the groupe only)."""
    motifs = []
    if not mandat.compte_actif:
        motifs.append(_motif("compte_ferme", "Ce compte est fermé."))
    if mandat.pour_soi:
        texte = (
            "Nul ne s’habilite soi-même. Le maire ou son délégué habilite la personne qui coordonne, "
            "qui habilite les autres membres."
        )
        motifs.append(_motif("habilitation_de_soi_meme", texte, _L132_4, Force.USAGE))
    if not mandat.siege_en_vigueur:
        texte = "L’organisme ne siège pas, ou plus, dans ce groupe."
        motifs.append(_motif("non_membre", texte, _L132_5, Force.LOI))
    if not mandat.meme_organisme:
        texte = "Cet agent n’appartient pas à l’organisme qui tient ce siège."
        motifs.append(_motif("autre_organisme", texte, _L132_5, Force.LOI))
    motifs += _role(mandat)
    if "administrateur_technique" in mandat.fonctions:
        texte = "La personne qui administre les comptes n’a pas à connaître des situations."
        motifs.append(_motif("administrateur_ecarte", texte, f"{_L132_5} ; RGPD, art. 32", Force.DOCTRINE))
    if (mandat.role == "parquet") != (mandat.genre_organisme == GENRE_DU_PARQUET):
        texte = "Le rôle du parquet revient au siège du procureur de la République, et à lui seul."
        motifs.append(_motif("role_du_parquet", texte, _L132_5, Force.DOCTRINE))
    if mandat.fin is not None and mandat.fin <= max(mandat.debut, instant):
        motifs.append(
            _motif("dates_incoherentes", "Le mandat finirait avant d’avoir commencé, ou est déjà fini.")
        )
    if mandat.deja_habilite:
        texte = "Cet agent est déjà habilité dans ce groupe sur cette période : renouvelez plutôt son mandat."
        motifs.append(_motif("deja_habilite", texte))
    return Verdict.selon(motifs)


def _role(mandat: ProjetDeMandat) -> list[Motif]:
    """What the role asks of the agent; the mayor's part in their own acts, of an elected member there."""
    motifs = []
    exigees = FONCTIONS_DU_ROLE.get(mandat.role)
    if exigees is not None and not exigees & set(mandat.fonctions):
        texte = "Cet agent n’exerce pas la fonction que ce rôle demande."
        motifs.append(_motif("fonction_du_role", texte, _L132_5, Force.DOCTRINE))
    if mandat.role == "maire" and mandat.elu_de_la_commune is False:
        motifs.append(POUVOIR_DU_MAIRE)
    if mandat.registre_des_droits and mandat.role != "membre":
        texte = (
            "Le délégué à la protection des données et les agents désignés y sont membres, sans autre rôle."
        )
        motifs.append(_motif("role_du_registre", texte, "RGPD, art. 38, § 5", Force.DOCTRINE))
    return motifs


def juger_adoption(*, etat: str, delibere_le: date, le: date, formation_active: bool) -> Verdict:
    """Whether the adoption of a text may be recorded: proposed by the groupe, deliberated by the council."""
    motifs = [] if formation_active else [_motif("formation_dissoute", "Ce groupe est dissous.")]
    if etat != "propose":
        texte = "Seul un texte proposé par les membres du groupe peut être adopté par le conseil."
        motifs.append(_motif("texte_non_propose", texte, _L132_5, Force.LOI))
    if delibere_le > le:
        texte = f"La délibération est datée du {jour_en_lettres(delibere_le)}, qui n’est pas encore passé."
        motifs.append(_motif("deliberation_a_venir", texte, _L132_5, Force.LOI))
    return Verdict.selon(motifs)


def juger_proposition(*, membre: bool, formation_active: bool, contenu: str, en_vigueur: str) -> Verdict:
    """Whether this account may propose this text (CSI L. 132-5: on a proposal of the groupe's members)."""
    motifs = [] if formation_active else [_motif("formation_dissoute", "Ce groupe est dissous.")]
    if not membre:
        texte = "Le règlement intérieur et la charte sont proposés par les membres du groupe."
        motifs.append(_motif("non_membre", texte, _L132_5, Force.LOI))
    if len(contenu.strip()) < 40:
        motifs.append(_motif("texte_trop_court", "Ce texte est trop court pour engager qui que ce soit."))
    if contenu.strip() == en_vigueur.strip():
        motifs.append(_motif("texte_identique", "Ce texte est mot pour mot celui qui est en vigueur."))
    return Verdict.selon(motifs)


def juger_signature(*, habilite: bool, etat: str, deja: bool) -> Verdict:
    """Whether this account may sign: a member, once, the version in force."""
    motifs = []
    if not habilite:
        texte = "La charte est signée par les personnes habilitées dans ce groupe."
        motifs.append(_motif("non_membre", texte, _L132_5, Force.LOI))
    if etat != "adopte":
        texte = "Cette version n’est pas celle qui est en vigueur : relisez la charte avant de la signer."
        motifs.append(_motif("version_perimee", texte, _L132_5, Force.LOI))
    if deja:
        motifs.append(_motif("deja_signee", "Vous avez déjà signé cette version."))
    return Verdict.selon(motifs)
