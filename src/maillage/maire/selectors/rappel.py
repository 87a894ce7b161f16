"""The rappels the actor may see, each with its steps. Every query starts from the registers read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from maillage.droit.api import Verdict
from maillage.maire.etats_rappel import LIBELLES, EtatRappel
from maillage.maire.lieux import Lieu, lieux_des_actes
from maillage.maire.models import (
    ActeDeRappel,
    Audition,
    CompteRendu,
    ConsultationDuParquet,
    Convocation,
    EnonceDeProcedure,
    LeveeDuMaire,
    Pouvoir,
    Rappel,
    Rectification,
    Registre,
    SuiteDeRappel,
)
from maillage.maire.protocoles import Protocole, protocole_en_vigueur
from maillage.maire.rules.conduite_rappel import (
    REGLE,
    Consultation,
    Enonce,
    Faits,
    motifs_du_parquet,
    plainte_connue,
    porte,
)
from maillage.maire.rules.levee import restant
from maillage.maire.rules.rappel import Qualification
from maillage.maire.selectors.levees import codes_leves, levees_de
from maillage.situations.api import IdentiteVue, est_mineur, identites_proches, lire_identite, lire_identites
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste


def rappels(lieux: Iterable[Lieu] | None = None) -> QuerySet[Rappel]:
    """Every rappel of the registers the actor reads, the last received first."""
    lus = lieux_des_actes() if lieux is None else lieux
    return Rappel.objects.filter(cercle__in=[ou.cercle for ou in lus]).order_by("-recu_le", "-pk")


def un_rappel(cle: UUID, *, verrou: bool = False) -> tuple[Rappel, Lieu]:
    """The rappel and its register. Raises ``Introuvable``, hidden and absent alike."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    lignes = Rappel.objects.filter(public_id=cle, cercle__in=list(lieux))
    lu = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lu is None:
        raise Introuvable(cle)
    return lu, lieux[lu.cercle_id]


def version_de(cle: UUID) -> int:
    """The version a command on this file expects now."""
    return un_rappel(cle)[0].version


def faits_de(rappel: Rappel) -> Faits:
    return Faits(Qualification(rappel.qualification), rappel.faits_le, rappel.lieu_commune)


def enonces_de(rappel: Rappel) -> list[EnonceDeProcedure]:
    return list(EnonceDeProcedure.objects.filter(dossier=rappel).select_related("par").order_by("pk"))


def plainte_de(rappel: Rappel) -> bool:
    """Whether a complaint or a procedure is known of this file."""
    enonces, sources = liste("enonces_procedure"), liste("sources_enonce")
    return plainte_connue(
        Enonce(
            bool(enonces.item(lu.enonce).attributs["existe"]),
            bool(sources.item(lu.source).attributs["leve"]),
        )
        for lu in enonces_de(rappel)
    )


def porte_de(rappel: Rappel, ou: Lieu) -> Verdict:
    """What the law answers today about the facts of this file, liftings counted."""
    naissance = lire_identite(rappel.identite_id).donnees.naissance or rappel.faits_le
    verdict = porte(
        faits_de(rappel), naissance=naissance, commune=ou.commune, plainte=plainte_de(rappel), le=ou.jour
    )
    return restant(verdict, codes_leves(rappel.public_id, REGLE))


def protocole_de(ou: Lieu) -> Protocole | None:
    return protocole_en_vigueur(ou, Pouvoir.RAPPEL, ou.jour)


def consultation_de(rappel: Rappel) -> ConsultationDuParquet | None:
    """The last time the parquet was asked."""
    lues = ConsultationDuParquet.objects.filter(dossier=rappel).select_related("par", "reponse_par")
    return lues.order_by("-pk").first()


def lue(consultation: ConsultationDuParquet) -> Consultation:
    """The consultation as the rules read it."""
    permet = None
    if consultation.reponse:
        permet = bool(liste("reponses_parquet").item(consultation.reponse).attributs["permet"])
    silence = consultation.silence
    return Consultation(
        consultation.echeance,
        "accord" if silence == "accord" else "attente" if silence == "attente" else "",
        permet,
    )


def parquet_de(rappel: Rappel, ou: Lieu) -> Verdict:
    """What the consultation opposes to a convocation today, liftings counted."""
    protocole, derniere = protocole_de(ou), consultation_de(rappel)
    motifs = motifs_du_parquet(
        prealable=protocole is not None and protocole.consultation_prealable,
        derniere=lue(derniere) if derniere is not None else None,
        le=ou.jour,
    )
    return restant(Verdict.selon(motifs), codes_leves(rappel.public_id, REGLE))


def convocation_de(rappel: Rappel) -> Convocation | None:
    """The last one."""
    return Convocation.objects.filter(dossier=rappel).order_by("-pk").first()


def audition_tenue_de(rappel: Rappel) -> Audition | None:
    return Audition.objects.filter(dossier=rappel, issue="tenue").order_by("-pk").first()


def meme_fait(ou: Lieu, *, nom: str, prenom: str, naissance: date | None, faits: str, faits_le: date) -> str:
    """The number of the file about the same facts, the same day, the same person; empty when there is none.

    Both names and the birth date agree: a brother or a sister of the same name is another person.
    """
    lignes = Rappel.objects.filter(cercle=ou.cercle, faits=faits, faits_le=faits_le)
    autres = {
        ligne.identite_id: ligne.reference
        for ligne in lignes.exclude(etat=EtatRappel.RECTIFIE).order_by("pk")
    }
    if not autres:
        return ""
    proches = identites_proches(cercle=ou.cercle, nom=nom, prenom=prenom, naissance=None)
    connues = lire_identites(cle for cle, _ in proches if cle in autres)
    return next((autres[cle] for cle, vue in connues.items() if vue.donnees.naissance == naissance), "")


@dataclass(frozen=True, slots=True)
class RappelVu:
    """Everything the page of a rappel shows."""

    rappel: Rappel
    ou: Lieu
    identite: IdentiteVue
    mineur: bool
    enonces: tuple[EnonceDeProcedure, ...]
    consultations: tuple[ConsultationDuParquet, ...]
    convocations: tuple[Convocation, ...]
    auditions: tuple[Audition, ...]
    acte: ActeDeRappel | None
    comptes_rendus: tuple[CompteRendu, ...]
    suite: SuiteDeRappel | None
    levees: tuple[LeveeDuMaire, ...]
    rectification: Rectification | None
    porte: Verdict
    parquet: Verdict
    protocole: Protocole | None

    @property
    def etat(self) -> str:
        return LIBELLES[self.rappel.etat]

    @property
    def plainte(self) -> bool:
        return self.rappel.etat == EtatRappel.ARRETE

    @property
    def convocation(self) -> Convocation | None:
        return self.convocations[-1] if self.convocations else None

    @property
    def compte_rendu(self) -> CompteRendu | None:
        return self.comptes_rendus[-1] if self.comptes_rendus else None

    @property
    def consultation(self) -> ConsultationDuParquet | None:
        return self.consultations[-1] if self.consultations else None


def composer(rappel: Rappel, ou: Lieu) -> RappelVu:
    """The file, its steps in the order they were recorded, and what opposes it today."""
    identite = lire_identite(rappel.identite_id)
    return RappelVu(
        rappel=rappel,
        ou=ou,
        identite=identite,
        mineur=est_mineur(identite.donnees.naissance, rappel.tranche_age, ou.jour),
        enonces=tuple(enonces_de(rappel)),
        consultations=tuple(
            ConsultationDuParquet.objects.filter(dossier=rappel).select_related("par").order_by("pk")
        ),
        convocations=tuple(Convocation.objects.filter(dossier=rappel).select_related("par").order_by("pk")),
        auditions=tuple(Audition.objects.filter(dossier=rappel).select_related("par").order_by("pk")),
        acte=ActeDeRappel.objects.filter(dossier=rappel).select_related("par").first(),
        comptes_rendus=tuple(CompteRendu.objects.filter(dossier=rappel).select_related("par").order_by("pk")),
        suite=SuiteDeRappel.objects.filter(dossier=rappel).select_related("par").first(),
        levees=levees_de(rappel.public_id, identite.public_id),
        rectification=Rectification.objects.filter(registre=Registre.RAPPELS, objet=rappel.public_id).first(),
        porte=porte_de(rappel, ou),
        parquet=parquet_de(rappel, ou),
        protocole=protocole_de(ou),
    )


def remplace_par(rectification: Rectification | None) -> Rappel | None:
    """The file that took its place."""
    if rectification is None or rectification.par_objet is None:
        return None
    return rappels().filter(public_id=rectification.par_objet).first()


@dataclass(frozen=True, slots=True)
class LigneDeRappel:
    """A line of the list."""

    rappel: Rappel
    identite: IdentiteVue
    etat: str
    audition: datetime | None


def lignes(lus: Iterable[Rappel]) -> list[LigneDeRappel]:
    """The lines of a page, in three queries whatever their number."""
    lus = list(lus)
    identites = lire_identites(rappel.identite_id for rappel in lus)
    pours = dict(Convocation.objects.filter(dossier__in=lus).order_by("pk").values_list("dossier_id", "pour"))
    return [
        LigneDeRappel(
            rappel,
            identites[rappel.identite_id],
            LIBELLES[rappel.etat],
            pours.get(rappel.pk) if rappel.etat == EtatRappel.CONVOQUE else None,
        )
        for rappel in lus
    ]
