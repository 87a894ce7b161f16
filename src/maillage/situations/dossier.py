"""A situation as its page shows it: one reading, journalled, names of sensitive bodies masked."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from maillage.acteurs.api import NOM_MASQUE, Organisme, organisme_masque
from maillage.droit.api import valeur_datee
from maillage.instances.api import Lecteurs, fuseau_du_cercle, lecteurs, mandats_du_cercle
from maillage.situations import identites
from maillage.situations.cercles import Ici, ici, orientations
from maillage.situations.models import (
    Bilan,
    Contact,
    Designation,
    Element,
    Lettre,
    Objectif,
    Signalement,
    Situation,
)
from maillage.situations.pieces import Pieces, entete, pieces_de
from maillage.situations.rules import ages
from maillage.situations.rules.retrait import juger_retrait, jusqu_a
from maillage.situations.states import EtatObjectif, EtatSituation
from maillage.socle.journal import journaliser
from maillage.socle.temps import maintenant
from maillage.strategie.api import acteur as partenaire
from maillage.strategie.api import liste

MEMBRE_MASQUE = "Un membre habilité"


@dataclass(frozen=True, slots=True)
class ElementVu:
    """A shared element; ``auteur`` and ``organisme`` are masked where the body's name tells too much."""

    libelle: str
    precision: str
    nature: str
    auteur: str
    organisme: str
    masque: bool
    le: date
    cle: UUID
    #: Until when the actor may take it back, on the clocks there; None for anyone but its author.
    retrait: time | None


@dataclass(frozen=True, slots=True)
class DesignationVue:
    """A référent as shown; ``charge`` counts the open situations they follow in this cercle."""

    designation: Designation
    nom: str
    structure: str
    profession: str
    masque: bool
    charge: int
    #: False once the mandate has ended: the designation stands until another takes over.
    membre: bool


@dataclass(frozen=True, slots=True)
class Evenement:
    """A step of the timeline. ``genre``: ordinaire, decision or avenir.

    ``retrait``: until when its author, who reads this page, may take back the contact ``contact``.
    """

    le: date
    titre: str
    texte: str = ""
    genre: str = "ordinaire"
    contact: UUID | None = None
    retrait: time | None = None


@dataclass(frozen=True, slots=True)
class Conservation:
    """The three dates a page must say, and where the archive's length comes from."""

    revue_le: date
    archive_mois: int
    expire_le: date | None
    base: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the page of a situation holds."""

    situation: Situation
    identite: identites.IdentiteVue
    age: int | None
    mineur: bool
    signalement: Signalement | None
    elements: tuple[ElementVu, ...]
    objectifs: tuple[Objectif, ...]
    lettres: tuple[Lettre, ...]
    contacts: tuple[Contact, ...]
    bilans: tuple[Bilan, ...]
    referent: DesignationVue | None
    frise: tuple[Evenement, ...]
    conservation: Conservation
    lecteurs: Lecteurs
    ici: Ici

    @property
    def informee(self) -> bool:
        return any(lettre.destinataire == "personne" for lettre in self.lettres)

    @property
    def representant_informe(self) -> bool:
        return any(lettre.destinataire == "representant" for lettre in self.lettres)

    @property
    def lettre_due(self) -> bool:
        """The person, and a legal representative of a minor, must each be informed."""
        return not self.informee or (self.mineur and not self.representant_informe)

    @property
    def close(self) -> bool:
        return self.situation.etat == EtatSituation.CLOSE


def lire(public_id: UUID, *, evenement: str = "lecture_situation") -> Dossier:
    """The file, for its page. Journalled in the same transaction: who read it can be answered."""
    return ouvrir(entete(public_id), evenement=evenement)


def ouvrir(situation: Situation, *, evenement: str = "lecture_situation") -> Dossier:
    """The same, from the visible row already read."""
    journaliser(evenement, objet=situation.public_id, cercle=situation.cercle_id)
    return _composer(situation, ici(situation.cercle_id))


def _composer(situation: Situation, acteur: Ici) -> Dossier:
    pieces = pieces_de(situation)
    identite = pieces.identite
    en_cours = next((d for d in pieces.designations if d.jusqua is None), None)
    return Dossier(
        situation=situation,
        identite=identite,
        age=identite.age_le(acteur.jour),
        mineur=ages.est_mineur(identite.donnees.naissance, situation.tranche_age, acteur.jour),
        signalement=pieces.signalement,
        elements=tuple(_element(e, situation, acteur) for e in pieces.elements),
        objectifs=pieces.objectifs,
        lettres=pieces.lettres,
        contacts=pieces.contacts,
        bilans=pieces.bilans,
        referent=_designation(en_cours, acteur, pieces.charge) if en_cours else None,
        frise=_frise(situation, pieces, acteur),
        conservation=_conservation(situation, acteur.jour),
        lecteurs=lecteurs(situation.cercle_id),
        ici=acteur,
    )


def masque(organisme: Organisme | None, acteur: Ici) -> bool:
    """Whether the name of this body is hidden from the actor beside a followed person."""
    return organisme is not None and organisme_masque(
        sensible=organisme.sensible,
        fonctions=acteur.fonctions,
        place=acteur.place,
        organisme=organisme.pk,
    )


def nom_pour(organisme: Organisme | None, acteur: Ici) -> str:
    """The name of today beside a named person, as the actor may read it."""
    return _nom(organisme, masque(organisme, acteur), acteur.jour)


def retrait_possible(saisie: Contact | Element | Objectif, situation: Situation, acteur: Ici) -> time | None:
    """Until when the actor may take back this entry; None when they may not."""
    if saisie.auteur_id != acteur.compte or saisie.saisi_le is None:
        return None
    verdict = juger_retrait(
        etat=situation.etat,
        role=acteur.membre.role,
        auteur=saisie.auteur_id,
        acteur=acteur.compte,
        saisi_le=saisie.saisi_le,
        maintenant=maintenant(),
        reprise=saisie.version != 1,
    )
    if not verdict.ok:
        return None
    return jusqu_a(saisie.saisi_le).astimezone(fuseau_du_cercle(acteur.cercle)).time()


def _element(element: Element, situation: Situation, acteur: Ici) -> ElementVu:
    cache = masque(element.organisme, acteur)
    return ElementVu(
        libelle=liste("elements_partageables").item(element.categorie).libelle,
        precision=element.precision,
        nature=element.nature,
        auteur=MEMBRE_MASQUE if cache else element.partage_par.nom_complet,
        organisme=_nom(element.organisme, cache, acteur.jour),
        masque=cache,
        le=element.partage_le,
        cle=element.public_id,
        retrait=retrait_possible(element, situation, acteur),
    )


def genre_cache(genre: str, lecteur: Ici, *, sensible: bool = False) -> bool:
    """The same rule for a kind of body; those who sit for that very kind may know it.

    ``sensible``: what is said of it tells more than the kind itself (a « conseiller justice »).
    """
    return genre != lecteur.genre and organisme_masque(
        sensible=sensible or partenaire(genre).sensible, fonctions=lecteur.fonctions, place=lecteur.place
    )


def destinations(acteur: Ici) -> dict[str, str]:
    """The words of each destination, as the actor may read them beside a followed person."""
    return {
        item.code: NOM_MASQUE.lower() if genre_cache(item.attributs["acteur"], acteur) else item.libelle
        for item in liste("destinations_orientation")
    }


def _nom(organisme: Organisme | None, cache: bool, jour: date) -> str:
    if organisme is None:
        return ""
    return NOM_MASQUE if cache else organisme.nom_le(jour)


def _designation(designation: Designation, acteur: Ici, charge: int) -> DesignationVue:
    cache = masque(designation.structure, acteur)
    return DesignationVue(
        designation=designation,
        nom=designation.referent.nom_complet,
        structure=_nom(designation.structure, cache, acteur.jour),
        # The profession of a SPIP's agent tells as much as its name.
        profession="" if cache else _profession(designation.profession),
        masque=cache,
        charge=charge,
        membre=any(
            mandat.compte_id == designation.referent_id for mandat in mandats_du_cercle(designation.cercle_id)
        ),
    )


def _profession(code: str) -> str:
    return liste("professions_referent").item(code).libelle


def _conservation(situation: Situation, jour: date) -> Conservation:
    code = (
        "conservation.victime_archive_mois" if situation.volet == "victime" else "conservation.archive_mois"
    )
    valeur = valeur_datee(code, jour)
    return Conservation(situation.revue_le, valeur.entier, situation.expire_le, valeur.base_legale)


def _frise(situation: Situation, pieces: Pieces, acteur: Ici) -> tuple[Evenement, ...]:
    """What happened, the newest first; never the content of an exchange."""
    objectifs = pieces.objectifs
    faits = [_fait_signalement(pieces.signalement)] if pieces.signalement is not None else []
    ouverture = "Le groupe ouvre la situation"
    faits.append(Evenement(situation.ouverte_le, ouverture, "Décision collective.", "decision"))
    for designation in reversed(pieces.designations):
        faits += _faits_designation(designation, acteur)
    faits += [_fait_lettre(lettre) for lettre in pieces.lettres]
    poses = {objectif.pose_le for objectif in objectifs}
    faits += [Evenement(jour, _objectifs(sum(o.pose_le == jour for o in objectifs))) for jour in poses]
    faits += [
        Evenement(o.etat_le, "Objectif atteint", o.libelle)
        for o in objectifs
        if o.etat == EtatObjectif.ATTEINT
    ]
    mots = destinations(acteur)
    faits += [
        Evenement(le, "Le groupe oriente", f"Vers : {mots.get(vers, vers)}.", "decision")
        for le, vers in orientations(situation.cercle_id, situation.public_id)
        if vers
    ]
    faits += [_fait_contact(contact, situation, acteur) for contact in reversed(pieces.contacts)]
    faits += [Evenement(b.le, "Bilan d’intervention", _contreseing(b)) for b in reversed(pieces.bilans)]
    if situation.close_le is not None:
        issue = liste("issues_cloture").item(situation.issue).libelle
        faits.append(Evenement(situation.close_le, "Situation close", f"{issue}.", "decision"))
    faits += [
        Evenement(o.echeance, o.libelle, "Échéance d’un objectif.", "avenir")
        for o in objectifs
        if o.etat in {EtatObjectif.A_DEMARRER, EtatObjectif.EN_COURS} and o.echeance > acteur.jour
    ]
    # Laid in the order things happen, so that two facts of one day keep it once reversed.
    faits.reverse()
    return tuple(sorted(faits, key=lambda fait: fait.le, reverse=True))


def _objectifs(nombre: int) -> str:
    return "Un objectif posé" if nombre == 1 else f"{nombre} objectifs posés"


def _contreseing(bilan: Bilan) -> str:
    return "Contresigné par le travail social." if bilan.contresigne_le else "À contresigner."


def _fait_signalement(signalement: Signalement) -> Evenement:
    motif = liste("motifs_signalement").item(signalement.motif).libelle
    origine = liste("origines_signalement").item(signalement.origine).libelle
    return Evenement(signalement.recu_le, "Signalement", f"Motif : {motif}. Origine : {origine}.")


def _fait_contact(contact: Contact, situation: Situation, acteur: Ici) -> Evenement:
    moyen = liste("contacts").item(contact.moyen).libelle
    avec = liste("contacts_avec").item(contact.avec).libelle
    suite = liste("suites_contact").item(contact.suite).libelle
    texte = f"{moyen}. {avec}. Durée : {contact.duree_min} min. Suite : {suite.lower()}."
    return Evenement(
        contact.le,
        "Contact",
        texte,
        contact=contact.public_id,
        retrait=retrait_possible(contact, situation, acteur),
    )


def _fait_lettre(lettre: Lettre) -> Evenement:
    a_qui = "À la personne" if lettre.destinataire == "personne" else "Au représentant légal"
    moyen = liste("moyens_remise").item(lettre.moyen).libelle
    return Evenement(lettre.remise_le, "Lettre d’information remise", f"{a_qui}, {moyen.lower()}.")


def _faits_designation(designation: Designation, acteur: Ici) -> list[Evenement]:
    nom = designation.referent.nom_complet
    structure = _nom(designation.structure, masque(designation.structure, acteur), designation.depuis)
    faits = [
        Evenement(designation.depuis, "Référent de parcours désigné", f"{nom}, {structure}.", "decision")
    ]
    if designation.accord_personne_le:
        faits.append(Evenement(designation.accord_personne_le, "Accord de la personne"))
    if designation.relais_le:
        texte = "Le référent prend la suite du suivi judiciaire."
        genre = "avenir" if designation.relais_le > acteur.jour else "ordinaire"
        faits.append(Evenement(designation.relais_le, "Relais à la fin de la mesure", texte, genre))
    if designation.jusqua and designation.motif_fin == "relais":
        faits.append(Evenement(designation.jusqua, "Fin de mission du référent", f"{nom} passe le relais."))
    return faits
