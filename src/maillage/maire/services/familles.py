"""Bring a family before the council for rights and duties of families: the gate in, and what every act does.

The file is created in the council's own cercle, by one of its members. Whatever it comes from (a call to
order, a groupe), the identity is copied and nothing else: no row leads from one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from maillage.droit.api import Motif, Verdict, echeance_mois, entier
from maillage.maire.lieux import Autorite, Lieu, autorite, lieu
from maillage.maire.models import DossierFamille, Pouvoir, Registre
from maillage.maire.rules import familles as regles
from maillage.maire.rules.conservation import expire_le
from maillage.maire.rules.rappel import Qualite
from maillage.maire.selectors.familles import dossier_en_cours, etat_lu, naissance_de, un_dossier
from maillage.maire.services.registres import inscrire
from maillage.situations.api import (
    DonneesIdentite,
    DonneesRepresentant,
    creer_identite,
    est_mineur,
    exiger,
    remettre_le_signalement,
    tranche_d_age,
)
from maillage.socle.faits import Colonnes, noter
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande, modifier
from maillage.strategie.api import liste

CDDF_ET_CELLULES = frozenset({"cddf", "cctp"})
#: The groupe's decision that opens the gate, and the origin it then has here (``origines_famille``).
PROPOSE_AU_CONSEIL, D_UN_GROUPE = "cddf", "groupe"


class Saisie(TypedDict, total=False):
    """What a family's file may be opened with, besides the child and the motif."""

    representants: Sequence[DonneesRepresentant]
    tranche: str
    departement: str
    rapprocher_de: int | None


@commande
def saisir(
    *,
    conseil: UUID,
    personne: DonneesIdentite,
    motif: str,
    origine: str,
    representants: Sequence[DonneesRepresentant] = (),
    tranche: str = "",
    departement: str = "",
    rapprocher_de: int | None = None,
) -> DossierFamille:
    """Open the file of a family. ``conseil``: public id of the cercle of the family council.

    ``tranche`` is needed only where the birth date is unknown. ``departement``: where the family lives, that
    of the council by default. ``rapprocher_de``: the identity already known here that is the same child.
    """
    ou = familles_a_ecrire(lieu(conseil), conseil)
    jour = ou.jour
    if rapprocher_de is not None and dossier_en_cours(ou, rapprocher_de) is None:
        raise Introuvable(conseil)
    if personne.naissance is not None and personne.naissance <= jour:
        tranche = tranche_d_age(personne.naissance, jour)
    connus = (
        motif in liste("motifs_famille", jour)
        and origine in liste("origines_famille", jour)
        and tranche in liste("tranches_age", jour)
    )
    mineur = tranche in liste("tranches_age", jour) and est_mineur(personne.naissance, tranche, jour)
    ouvert = rapprocher_de is not None and bool(dossier_en_cours(ou, rapprocher_de))
    exiger(
        regles.juger_saisine(codes_connus=connus, mineur=mineur, deja_ouvert=ouvert, le=jour),
        conseil,
    )
    cle = (
        rapprocher_de
        if rapprocher_de is not None
        else creer_identite(cercle=ou.cercle, donnees=personne, representants=representants)
    )
    return _creer(ou, cle, motif=motif, origine=origine, tranche=tranche, departement=departement)


@commande
def saisir_depuis_un_groupe(
    *, signalement: UUID, conseil: UUID, personne: DonneesIdentite, motif: str, **champs: Unpack[Saisie]
) -> DossierFamille:
    """Bring in the child a groupe proposed, once: a new row here, written by who reads both.

    The groupe keeps that its signalement was handed over, never where; the council keeps that it comes from a
    groupe, never from which.
    """
    remettre_le_signalement(signalement=signalement, decision=PROPOSE_AU_CONSEIL)
    return saisir(conseil=conseil, personne=personne, motif=motif, origine=D_UN_GROUPE, **champs)


def _creer(
    ou: Lieu, identite: int, *, motif: str, origine: str, tranche: str, departement: str
) -> DossierFamille:
    jour, public_id = ou.jour, uuid4()
    ligne = inscrire(ou, Registre.FAMILLES, objet=public_id, nature=motif, le=jour)
    dossier = DossierFamille.objects.create(
        public_id=public_id,
        cercle_id=ou.cercle,
        identite_id=identite,
        annee=ligne.annee,
        numero=ligne.numero,
        tranche_age=tranche,
        origine=origine,
        recu_le=jour,
        recu_par_id=ou.compte.pk,
        expire_le=expire_le(
            dernier_acte=jour, clos=False, naissance=naissance_de(identite, tranche, jour), jeune=True
        ),
        motif=motif,
        departement=departement or ou.vu.departement_code,
        revue_le=prochaine_revue(jour),
    )
    compter("famille_saisie", Famille(ou, dossier), origine=origine)
    journaliser("famille_saisie", objet=public_id, cercle=ou.cercle, details={"motif": motif})
    return dossier


@dataclass(frozen=True, slots=True)
class Famille:
    """A file locked for an act, and where it is done."""

    ou: Lieu
    dossier: DossierFamille

    @property
    def jour(self) -> date:
        return self.ou.jour

    @property
    def etat(self) -> regles.Etat:
        return etat_lu(self.dossier, self.ou.jour)


def familles_a_ecrire(ou: Lieu, objet: UUID) -> Lieu:
    """The place, where it is a family council and the actor writes there."""
    if ou.vu.genre not in CDDF_ET_CELLULES:
        raise Introuvable(objet)
    exiger(Verdict.selon([] if ou.prepare else [regles.LECTURE_SEULE]), objet)
    return ou


def famille_a_modifier(public_id: UUID) -> Famille:
    """The file, locked through the wall, for a member who writes. Raises ``Introuvable``."""
    dossier = un_dossier(public_id, verrou=True)
    return Famille(familles_a_ecrire(lieu(dossier.cercle_id), public_id), dossier)


def prochaine_revue(le: date) -> date:
    """The day by which the file is looked at again."""
    return echeance_mois(le, entier("cddf.revue_mois", le))


def poursuivre(lue: Famille, version: int, *, clos: bool = False, **valeurs: object) -> None:
    """Write what the act changes of the file, and the day it is erased, counted from this act."""
    dossier = lue.dossier
    terme = expire_le(
        dernier_acte=lue.jour,
        clos=clos,
        naissance=naissance_de(dossier.identite_id, dossier.tranche_age, dossier.recu_le),
        jeune=True,
    )
    if not clos:
        valeurs.setdefault("revue_le", max(dossier.revue_le, prochaine_revue(lue.jour)))
    modifier(DossierFamille.objects.filter(pk=dossier.pk), version=version, expire_le=terme, **valeurs)


def qui_agit(ou: Lieu) -> tuple[Autorite, list[Motif]]:
    """In what quality the actor uses the mayor's power here, and why they may not."""
    qui = autorite(ou, Pouvoir.FAMILLES)
    intercommunal = not ou.commune
    return qui, regles.juger_autorite(Qualite(qui.qualite), intercommunal=intercommunal, le=ou.jour)


def compter(evenement: str, lue: Famille, **colonnes: Unpack[Colonnes]) -> None:
    """The anonymous fact of an act on a family's file."""
    valeurs = Colonnes(tranche_age=lue.dossier.tranche_age, motif=lue.dossier.motif)
    valeurs.update(colonnes)
    noter(
        evenement,
        le=lue.jour,
        instance=lue.ou.vu.conseil_pk,
        departement=lue.ou.vu.departement_code,
        volet=lue.ou.vu.volet,
        fil=lue.dossier.fil,
        **valeurs,
    )
