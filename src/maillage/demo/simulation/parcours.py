"""What follows an opening (letters, référent, objectives, contacts, bilan), and every anonymous fact."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from maillage.demo.simulation import recits
from maillage.demo.simulation.cas import Cas, Personne, prochaine_revue
from maillage.demo.simulation.conseil import Conseil, Groupe
from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.personnes import Agent
from maillage.demo.simulation.tables import Chargeur
from maillage.socle.rules import plafond
from maillage.strategie.api import liste

TRAVAIL_SOCIAL = "ccas"


class Parcours:
    """Writes what happens in the follow-ups of one groupe. Without a key, only facts: the file is erased."""

    def __init__(
        self, chargeur: Chargeur, hasard: Hasard, conseil: Conseil, groupe: Groupe, aujourd_hui: date
    ) -> None:
        self.tampons, self.hasard = chargeur.tampons, hasard
        self.groupe = groupe
        self.cle_conseil, self.departement = conseil.cle, conseil.lieu.departement
        self.aujourd_hui = aujourd_hui
        self.faits = chargeur.tampons["socle.FaitStatistique"]

    def ecrire(self, cas: Cas, cle: int | None) -> None:
        """Everything between the opening and the end of a follow-up, or today."""
        fin = min(cas.fin or self.aujourd_hui, self.aujourd_hui)
        duree = (fin - cas.ouverte_le).days
        self._lettres(cas, cle, duree)
        referent = self._designations(cas, cle, duree)
        if cle is not None:
            self._objectifs(cas, cle, duree)
            self._element(cas, cle, duree)
        if referent is not None:
            self._contacts(cas, cle, referent, duree)
            self._bilan(cas, cle, referent)

    # -- rows -----------------------------------------------------------------------------------

    def _lettres(self, cas: Cas, cle: int | None, duree: int) -> None:
        if not self.hasard.arrive(recits.LETTRE):
            return
        attente = self.hasard.entre(2, 20)
        if attente > duree:
            return
        jour = cas.ouverte_le + timedelta(days=attente)
        destinataires = ("personne", "representant") if cas.personne.mineure else ("personne",)
        for destinataire in destinataires:
            self._fait("lettre", cas, jour, genre=destinataire, delai=attente)
            if cle is not None:
                self.tampons["situations.Lettre"].append(
                    (
                        self.hasard.uuid(),
                        self.groupe.cercle,
                        1,
                        cle,
                        destinataire,
                        jour,
                        self.hasard.un(recits.REMISES),
                        self.groupe.coordination.compte,
                    )
                )

    def _designations(self, cas: Cas, cle: int | None, duree: int) -> Agent | None:
        """A référent after a few days, sometimes another later. Returns the last one."""
        if not self.hasard.arrive(recits.REFERENT):
            return None
        attente = self.hasard.entre(1, 30)
        if attente > duree:
            return None
        mandats = [attente]
        if self.hasard.arrive(recits.RELAIS) and duree > attente + 120:
            mandats.append(self.hasard.entre(attente + 90, duree))
        agent = None
        for rang, delai in enumerate(mandats):
            genre, profession = self.hasard.un(recits.REFERENTS)
            agent = self.groupe.membres[genre]
            depuis = cas.ouverte_le + timedelta(days=delai)
            self._fait("designation", cas, depuis, genre=profession, delai=delai)
            relaye = rang + 1 < len(mandats)
            jusqua = cas.ouverte_le + timedelta(days=mandats[rang + 1]) if relaye else cas.fin
            if cle is not None:
                self.tampons["situations.Designation"].append(
                    (
                        self.hasard.uuid(),
                        self.groupe.cercle,
                        1 if jusqua is None else 2,
                        cle,
                        agent.compte,
                        profession,
                        agent.organisme,
                        depuis,
                        jusqua,
                        "relais" if relaye else "cloture" if jusqua else "",
                        depuis if self.hasard.arrive(0.9) else None,
                        None,
                    )
                )
        return agent

    def _objectifs(self, cas: Cas, cle: int, duree: int) -> None:
        attente = self.hasard.entre(5, 40)
        for rang in range(1 + self.hasard.arrive(recits.SECOND_OBJECTIF)):
            attente += rang * 60
            if attente > duree:
                return
            pose_le = cas.ouverte_le + timedelta(days=attente)
            echeance = pose_le + timedelta(days=150)
            libelle, domaine = self.hasard.un(recits.OBJECTIFS)
            etat, version, etat_le = self._etat(pose_le, cas.fin or self.aujourd_hui)
            self.tampons["situations.Objectif"].append(
                (
                    self.hasard.uuid(),
                    self.groupe.cercle,
                    version,
                    cle,
                    (cas.personne.objet, libelle),
                    domaine,
                    pose_le,
                    echeance,
                    etat,
                    etat_le,
                )
            )

    def _etat(self, pose_le: date, fin: date) -> tuple[str, int, date]:
        """(state, version, since): an objective advances with time, and most are reached."""
        ecoule = (fin - pose_le).days
        if ecoule < 30:
            return "a_demarrer", 1, pose_le
        if ecoule < 130 or self.hasard.arrive(0.2):
            return "en_cours", 2, pose_le + timedelta(days=20)
        etat = "atteint" if self.hasard.arrive(0.8) else "abandonne"
        return etat, 3, pose_le + timedelta(days=self.hasard.entre(60, 130))

    def _element(self, cas: Cas, cle: int, duree: int) -> None:
        attente = self.hasard.entre(0, 30)
        if attente > duree:
            return
        genre, categorie, precision = self.hasard.un(recits.ELEMENTS[self.groupe.volet])
        auteur = self.groupe.membres[genre]
        nature = liste("elements_partageables").item(categorie).attributs["nature"]
        self.tampons["situations.Element"].append(
            (
                self.hasard.uuid(),
                self.groupe.cercle,
                1,
                cle,
                categorie,
                nature,
                (cas.personne.objet, precision),
                auteur.compte,
                auteur.organisme,
                cas.ouverte_le + timedelta(days=attente),
            )
        )

    def _contacts(self, cas: Cas, cle: int | None, referent: Agent, duree: int) -> None:
        attente = 0
        for _ in range(recits.CONTACTS_AU_PLUS):
            attente += self.hasard.entre(recits.ENTRE_CONTACTS // 2, recits.ENTRE_CONTACTS * 3 // 2)
            if attente > duree:
                return
            jour = cas.ouverte_le + timedelta(days=attente)
            moyen = self.hasard.un(recits.MOYENS)
            self._fait("contact", cas, jour, genre=moyen, delai=attente)
            if cle is not None:
                self.tampons["situations.Contact"].append(
                    (
                        self.hasard.uuid(),
                        self.groupe.cercle,
                        1,
                        cle,
                        jour,
                        moyen,
                        "personne",
                        self.hasard.un((20, 30, 45, 60)),
                        self.hasard.un(recits.SUITES),
                        referent.compte,
                    )
                )

    def _bilan(self, cas: Cas, cle: int | None, referent: Agent) -> None:
        """Written on the eve of a closing, countersigned by a social-work member who is not its author."""
        if not (cas.close and cas.fin and self.hasard.arrive(recits.BILAN_ECRIT)):
            return
        jour = cas.fin - timedelta(days=1)
        self._fait("bilan", cas, jour)
        if cle is None:
            return
        signataire = self.groupe.membres[TRAVAIL_SOCIAL]
        contresigne = signataire.compte != referent.compte and self.hasard.arrive(recits.CONTRESIGNE)
        self.tampons["situations.Bilan"].append(
            (
                self.hasard.uuid(),
                self.groupe.cercle,
                2 if contresigne else 1,
                cle,
                (cas.personne.objet, recits.BILAN),
                referent.compte,
                jour,
                signataire.compte if contresigne else None,
                jour if contresigne else None,
            )
        )

    # -- facts ----------------------------------------------------------------------------------

    def fait_signalement(self, qui: Personne) -> None:
        self._ligne(
            "signalement",
            qui.recu_le,
            qui.fil,
            ("", qui.exposition, qui.tranche, qui.sexe, qui.origine, qui.motif, "", None),
        )

    def fait_decision(self, qui: Personne, decision: str, le: date) -> None:
        delai = (le - qui.recu_le).days
        self._ligne(
            "decision",
            le,
            qui.fil,
            (decision, qui.exposition, qui.tranche, "", qui.origine, qui.motif, "", delai),
        )

    def fait_ouverture(self, cas: Cas) -> None:
        qui = cas.personne
        delai = (cas.ouverte_le - qui.recu_le).days
        self._ligne(
            "ouverture",
            cas.ouverte_le,
            qui.fil,
            ("", qui.exposition, qui.tranche, qui.sexe, qui.origine, qui.motif, "", delai),
        )

    def fait_revue(self, cas: Cas, decision: str, le: date) -> None:
        self._fait("decision", cas, le, genre=decision)

    def fait_cloture(self, cas: Cas) -> None:
        qui, fin = cas.personne, cas.fin or self.aujourd_hui
        delai = (fin - cas.ouverte_le).days
        self._ligne(
            "cloture", fin, qui.fil, ("", qui.exposition, qui.tranche, qui.sexe, "", "", cas.issue, delai)
        )

    def fait_terme(self, cas: Cas, terme: date) -> None:
        """The year in which the follow-up ends by itself, said when it opens."""
        qui = cas.personne
        self._ligne(
            "terme",
            terme.replace(month=12, day=1),
            qui.fil,
            ("", qui.exposition, qui.tranche, "", "", "", "limite_age", None),
        )

    def _fait(self, evenement: str, cas: Cas, le: date, *, genre: str = "", delai: int | None = None) -> None:
        qui = cas.personne
        self._ligne(evenement, le, qui.fil, (genre, qui.exposition, qui.tranche, "", "", "", "", delai))

    def _ligne(self, evenement: str, le: date, fil: UUID, colonnes: tuple[object, ...]) -> None:
        """``colonnes``: genre, exposition, tranche_age, sexe, origine, motif, issue, delai_jours."""
        self.faits.append(
            (
                evenement,
                le.replace(day=1),
                self.cle_conseil,
                self.departement,
                self.groupe.volet,
                fil,
                *colonnes,
                1,
            )
        )

    def premiere_revue(self, cas: Cas) -> date:
        """The review set on the day of opening."""
        terme = None
        if self.groupe.volet == "jeune":
            terme = plafond(le=cas.ouverte_le, naissance=cas.personne.naissance)
        return prochaine_revue(le=cas.ouverte_le, destruction=terme)
