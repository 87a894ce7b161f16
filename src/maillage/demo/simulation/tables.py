"""Rows to tables: their columns as data, and the bulk load under ``m_maintenance``.

``COPY`` is refused on a table with row-level security, even to a role whose policy is ``USING (true)``: rows
of a nominative table are copied to a temporary twin, then inserted from it, so that every constraint, key
and policy judges them as it judges the product's own writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from maillage.situations.api import fermer_identites, fermer_recits
from maillage.socle.contraintes import Mur

Ligne = tuple[object, ...]

#: In the order of the keys between tables. Without ``id``, the database gives it: nothing points there.
COLONNES: dict[str, str] = {
    "acteurs.Organisme": "id public_id genre sensible siret commune_code departement_code actif",
    "acteurs.NomOrganisme": "organisme_id nom depuis jusqua",
    "acteurs.Compte": "id password last_login public_id courriel prenom nom civilite fonction_libelle "
    "organisme_id actif double_facteur_exige cree_le",
    "acteurs.FonctionExercee": "compte_id code portee_genre portee_code depuis jusqua",
    "instances.Conseil": "id public_id genre nom commune_code epci_code departement_code delibere_le "
    "obligatoire schema cree_le dissous_le version",
    "instances.ConseilCommune": "conseil_id commune_code depuis jusqua",
    "instances.VoletConfirme": "conseil_id volet confirme_le confirme_par_id analyse_du retire_le",
    "instances.Cercle": "id public_id genre volet ouvert_le ferme_le",
    "instances.Formation": "id public_id conseil_id genre regime theme nom cercle_id commune_code "
    "cree_le dissoute_le version",
    "instances.Siege": "id public_id formation_id organisme_id qualite depuis jusqua",
    "instances.Habilitation": "public_id compte_id cercle_id siege_id role periode accordee_par_id "
    "accordee_le fin_motif",
    "instances.Texte": "id public_id formation_id genre version_texte contenu etat cree_le propose_le "
    "propose_par_id adopte_le adopte_par_id deliberation delibere_le remplace_le",
    "instances.Signature": "compte_id texte_id le",
    "instances.Seance": "id public_id formation_id numero modele commence_le duree_minutes lieu etat "
    "convoquee_le ouverte_le close_le preparee_par_id version",
    "instances.Presence": "seance_id siege_id compte_id etat",
    "instances.PointTheme": "public_id seance_id rang partie titre releve version",
    "instances.Point": "public_id cercle_id seance_id rang genre objet decision precision decide_le "
    "decide_par_id version",
    "situations.Identite": "id public_id cercle_id version scelle",
    "situations.Representant": "public_id cercle_id version identite_id scelle",
    "situations.Signalement": "id public_id cercle_id version identite_id exposition motif origine scelle "
    "tranche_age recu_le auteur_id expire_le etat decision_le suite fil",
    "situations.Situation": "id public_id cercle_id version identite_id signalement_id numero exposition "
    "volet genre_suivi tranche_age ouverte_le ouverte_en_seance revue_le expire_le etat close_le issue fil",
    "situations.Numerotation": "public_id cercle_id version annee dernier",
    "situations.Lettre": "public_id cercle_id version situation_id destinataire remise_le moyen par_id",
    "situations.Element": "public_id cercle_id version situation_id categorie nature scelle "
    "partage_par_id organisme_id partage_le",
    "situations.Designation": "public_id cercle_id version situation_id referent_id profession structure_id "
    "depuis jusqua motif_fin accord_personne_le relais_le",
    "situations.Objectif": "public_id cercle_id version situation_id scelle domaine pose_le echeance etat "
    "etat_le",
    "situations.Contact": "public_id cercle_id version situation_id le moyen avec duree_min suite par_id",
    "situations.Bilan": "public_id cercle_id version situation_id scelle par_id le contresigne_par_id "
    "contresigne_le",
    "socle.FaitStatistique": "evenement mois instance departement volet fil genre exposition tranche_age "
    "sexe origine motif issue delai_jours nombre",
}


#: Left empty: only what an agent has just typed says whose it is and until when they may take it back.
LAISSEES = frozenset({"saisi_le", "pose_par_id"})

#: Rows with a narrative, sealed by lot.
RECITS = ("situations.Signalement", "situations.Element", "situations.Objectif", "situations.Bilan")


class ColonnesInattenduesError(LookupError):
    """A table has changed its columns: the simulation must say what it puts in them."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the load. ``cles``: the simulation gives the primary keys, others point at them."""

    nom: str
    colonnes: tuple[str, ...]
    murs: bool

    @property
    def cles(self) -> bool:
        return self.colonnes[0] == "id"


def _murs(modele: type[models.Model]) -> bool:
    return any(isinstance(contrainte, Mur) for contrainte in modele._meta.constraints)


def tables() -> dict[str, Table]:
    """Every table of the load. Raises ``ColonnesInattenduesError`` when a model has changed since."""
    lues = {}
    for nom, texte in COLONNES.items():
        modele = apps.get_model(nom)
        colonnes = tuple(texte.split())
        attendues = {
            champ.column
            for champ in modele._meta.concrete_fields
            if champ.db_default is models.NOT_PROVIDED and champ.column not in LAISSEES
        }
        if attendues - {"id"} != set(colonnes) - {"id"}:
            raise ColonnesInattenduesError(nom, sorted(attendues.symmetric_difference(colonnes)))
        lues[nom] = Table(modele._meta.db_table, colonnes, _murs(modele))
    return lues


class Chargeur:
    """Buffers of rows by model, emptied into the database in the order of the keys.

    Memory stays that of the buffers: the caller empties them often. Deferred constraints are judged at
    once, or the queue of their checks would grow with the load.
    """

    def __init__(self) -> None:
        self._tables = tables()
        self.tampons: dict[str, list[Ligne]] = {nom: [] for nom in self._tables}
        self.cles = {nom: self._derniere(table) for nom, table in self._tables.items() if table.cles}
        self.ecrites = 0
        with connection.cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def cle(self, nom: str) -> int:
        """The next primary key of that model."""
        self.cles[nom] += 1
        return self.cles[nom]

    @property
    def en_attente(self) -> int:
        return sum(map(len, self.tampons.values()))

    def vider(self) -> None:
        """Seal what names a person and what is told of them, write the buffers, and forget them."""
        self._fermer_les_identites()
        self._fermer_les_recits()
        with connection.cursor() as curseur:
            for nom, table in self._tables.items():
                if lignes := self.tampons[nom]:
                    _copier(curseur, table, lignes)
                    self.ecrites += len(lignes)
                    lignes.clear()

    def _fermer_les_identites(self) -> None:
        """The last column of these rows holds the fields and the pseudonym of their key until then."""
        for nom in ("situations.Identite", "situations.Representant"):
            lignes = self.tampons[nom]
            publique = self._tables[nom].colonnes.index("public_id")
            fermes = fermer_identites(
                [
                    (cast(Any, ligne[-1])[0], cast(UUID, ligne[publique]), cast(Any, ligne[-1])[1])
                    for ligne in lignes
                ]
            )
            lignes[:] = [(*ligne[:-1], ferme) for ligne, ferme in zip(lignes, fermes, strict=True)]

    def _fermer_les_recits(self) -> None:
        """The column of these rows holds the pseudonym of their key and the text until then."""
        for nom in RECITS:
            lignes, table = self.tampons[nom], self._tables[nom]
            publique, place = table.colonnes.index("public_id"), table.colonnes.index("scelle")
            modele = apps.get_model(nom)
            lot = [(modele, *cast(Any, ligne[place]), cast(UUID, ligne[publique])) for ligne in lignes]
            fermes = fermer_recits([(m, objet, ligne, texte) for m, objet, texte, ligne in lot])
            lignes[:] = [
                (*ligne[:place], ferme, *ligne[place + 1 :])
                for ligne, ferme in zip(lignes, fermes, strict=True)
            ]

    def avancer_les_sequences(self) -> None:
        """Leave each sequence after the keys that were given here. Asks for the owner of the tables."""
        with connection.cursor() as curseur:
            for nom, derniere in self.cles.items():
                if derniere:
                    curseur.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                        [f"public.{self._tables[nom].nom}", derniere],
                    )

    @staticmethod
    def _derniere(table: Table) -> int:
        with connection.cursor() as curseur:
            curseur.execute(
                sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table.nom)).as_string()
            )
            return int(curseur.fetchone()[0])


def _copier(curseur: Any, table: Table, lignes: list[Ligne]) -> None:
    colonnes = sql.SQL(", ").join(map(sql.Identifier, table.colonnes))
    cible = sql.Identifier("public", table.nom)
    destination = sql.Identifier("pg_temp", f"arrivee_{table.nom}") if table.murs else cible
    if table.murs:
        curseur.execute(
            sql.SQL("CREATE TEMPORARY TABLE IF NOT EXISTS {} AS SELECT {} FROM {} WITH NO DATA")
            .format(destination, colonnes, cible)
            .as_string()
        )
    ordre = sql.SQL("COPY {} ({}) FROM STDIN").format(destination, colonnes)
    with curseur.copy(ordre.as_string()) as flux:
        for ligne in lignes:
            flux.write_row(ligne)
    if table.murs:
        curseur.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
            .format(cible, colonnes, colonnes, destination)
            .as_string()
        )
        curseur.execute(sql.SQL("TRUNCATE {}").format(destination).as_string())
