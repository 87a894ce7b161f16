"""The persons a groupe follows: rows of those still kept, and the anonymous facts of all.

What the retention run would have erased is not written; its facts, its points on past agendas and its
number are, since the services keep them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from maillage.demo.simulation import recits
from maillage.demo.simulation.cas import Cas, Personne, expiration_signalement, personne, suivre
from maillage.demo.simulation.conseil import Conseil, Groupe
from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.parcours import Parcours
from maillage.demo.simulation.personnes import Annuaire
from maillage.demo.simulation.seances import Seance
from maillage.demo.simulation.tables import Chargeur
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.socle.rules import plafond

#: Openings grow over the years: the first ones are rare.
CROISSANCE = 0.6
#: Beyond, the volume asked would need a longer history than there is.
TIRAGES_PAR_SUIVI = 60

Inscription = tuple[str, UUID, str, str]


class HistoireImpossibleError(RuntimeError):
    """No history of this length can leave that many follow-ups alive."""


class Memoire:
    """The history of one groupe, drawn then written."""

    def __init__(
        self,
        chargeur: Chargeur,
        annuaire: Annuaire,
        hasard: Hasard,
        conseil: Conseil,
        groupe: Groupe,
        seances: Sequence[Seance],
        aujourd_hui: date,
    ) -> None:
        self.chargeur, self.tampons, self.hasard = chargeur, chargeur.tampons, hasard
        self.annuaire = annuaire
        self.conseil, self.groupe = conseil, groupe
        self.tenues = [seance for seance in seances if seance.tenue]
        self.a_venir = seances[len(self.tenues)]
        self.jours = [seance.jour for seance in self.tenues]
        self.aujourd_hui = aujourd_hui
        self.ordre_du_jour: defaultdict[int, list[Inscription]] = defaultdict(list)
        self.parcours = Parcours(chargeur, hasard, conseil, groupe, aujourd_hui)

    def ecrire(self) -> None:
        """Everything the groupe has done, and what waits."""
        suivis = self._suivis()
        numeros: Counter[int] = Counter()
        for cas in suivis:
            numeros[cas.ouverte_le.year] += 1
            self._suivi(cas, f"{cas.ouverte_le.year}-{numeros[cas.ouverte_le.year]:03d}")
        for annee, dernier in numeros.items():
            self.tampons["situations.Numerotation"].append(
                (self.hasard.uuid(), self.groupe.cercle, dernier + 1, annee, dernier)
            )
        for rang, nombre in sorted(Counter(cas.rang for cas in suivis).items()):
            for _ in range(nombre):
                if self.hasard.arrive(recits.NON_RETENU):
                    self._non_retenu(rang)
        self._en_attente()
        self._agendas()

    # -- draws ----------------------------------------------------------------------------------

    def _suivis(self) -> list[Cas]:
        """Follow-ups in the order of their opening, of which exactly the number asked is still kept."""
        voulus, suivis = self.groupe.situations, []
        for _ in range(TIRAGES_PAR_SUIVI * voulus):
            rang = int(self.hasard.random() ** CROISSANCE * len(self.jours))
            qui = self._personne(rang)
            cas = suivre(self.hasard, self.groupe.volet, qui, rang, self.jours, self.aujourd_hui)
            suivis.append(cas)
            voulus -= cas.vivant
            if not voulus:
                return sorted(suivis, key=lambda cas: cas.rang)
        raise HistoireImpossibleError

    def _personne(self, rang: int) -> Personne:
        """Someone brought between the séance before and that of ``rang``."""
        fin = self.jours[rang] if rang < len(self.jours) else self.aujourd_hui
        attente = (fin - self.jours[rang - 1]).days - 1 if rang else 25
        recu_le = fin - timedelta(days=self.hasard.entre(0, max(0, attente)))
        return personne(self.hasard, self.groupe.volet, recu_le, self.annuaire.noms, self.annuaire.prenoms)

    # -- what was decided -----------------------------------------------------------------------

    def _suivi(self, cas: Cas, numero: str) -> None:
        qui, seance = cas.personne, self.tenues[cas.rang]
        self.ordre_du_jour[cas.rang].append(("signalement", qui.signalement, "retenu", ""))
        for rang, decision in cas.revues:
            precision = cas.issue if decision == "clore" else ""
            self.ordre_du_jour[rang].append(("situation", cas.situation, decision, precision))
        self._faits(cas)
        cle = None
        if cas.vivant:
            identite = self._identite(qui)
            signalement = self._signalement(
                qui, identite, 3, "ouvert", cas.ouverte_le, "retenu", self._terme(cas) or self._revue(cas)
            )
            cle = self.chargeur.cle("situations.Situation")
            self.tampons["situations.Situation"].append(
                (
                    cle,
                    cas.situation,
                    self.groupe.cercle,
                    1 + len(cas.revues),
                    identite,
                    signalement,
                    numero,
                    qui.exposition,
                    self.groupe.volet,
                    "",
                    qui.tranche,
                    cas.ouverte_le,
                    seance.public_id,
                    cas.revue_le,
                    cas.expire_le,
                    "close" if cas.close else "ouverte",
                    cas.fin,
                    cas.issue,
                    qui.fil,
                )
            )
        self.parcours.ecrire(cas, cle)

    def _terme(self, cas: Cas) -> date | None:
        """The birthday an open file of the youth strand does not outlive."""
        if self.groupe.volet != "jeune":
            return None
        return plafond(le=cas.ouverte_le, naissance=cas.personne.naissance)

    def _revue(self, cas: Cas) -> date:
        """The first review, as it was set on the day of opening."""
        return self.parcours.premiere_revue(cas)

    def _identite(self, qui: Personne) -> int:
        cle = self.chargeur.cle("situations.Identite")
        cercle = self.groupe.cercle
        estimee = self.hasard.arrive(recits.NAISSANCE_ESTIMEE)
        self.hasard.uuid()  # nothing else of the country moves
        objet = qui.objet
        donnees = DonneesIdentite(qui.nom, qui.prenom, qui.sexe, qui.naissance, estimee)
        self.tampons["situations.Identite"].append((cle, objet, cercle, 1, (objet, donnees)))
        if qui.mineure:
            public = self.hasard.uuid()
            proche = DonneesRepresentant(qui.nom, "Dominique", self.hasard.un(recits.LIENS))
            self.tampons["situations.Representant"].append((public, cercle, 1, cle, (objet, proche)))
        return cle

    def _signalement(
        self,
        qui: Personne,
        identite: int,
        version: int,
        etat: str,
        decision_le: date | None,
        suite: str,
        expire_le: date,
    ) -> int:
        cle = self.chargeur.cle("situations.Signalement")
        self.tampons["situations.Signalement"].append(
            (
                cle,
                qui.signalement,
                self.groupe.cercle,
                version,
                identite,
                qui.exposition,
                qui.motif,
                qui.origine,
                (qui.objet, recits.TEXTE if self.hasard.arrive(recits.AVEC_TEXTE) else ""),
                qui.tranche,
                qui.recu_le,
                self.groupe.membres[qui.auteur].compte,
                expire_le,
                etat,
                decision_le,
                suite,
                qui.fil,
            )
        )
        return cle

    def _non_retenu(self, rang: int) -> None:
        """Brought, and not followed: kept one delay after the decision."""
        qui, jour = self._personne(rang), self.jours[rang]
        decision = "non_retenu" if self.hasard.arrive(0.7) else "droit_commun"
        self.ordre_du_jour[rang].append(("signalement", qui.signalement, decision, ""))
        self.parcours.fait_signalement(qui)
        self.parcours.fait_decision(qui, decision, jour)
        expire_le = self._plafonnee(qui, expiration_signalement(recu_le=qui.recu_le, decide_le=jour), jour)
        if expire_le > self.aujourd_hui:
            etat = "non_retenu" if decision == "non_retenu" else "oriente"
            self._signalement(qui, self._identite(qui), 3, etat, jour, decision, expire_le)

    def _plafonnee(self, qui: Personne, expire_le: date, le: date) -> date:
        limite = plafond(le=le, naissance=qui.naissance) if self.groupe.volet == "jeune" else None
        return min(expire_le, limite) if limite else expire_le

    def _en_attente(self) -> None:
        """Signalements the next séance will examine; some already stand on its agenda."""
        inscrits = self.a_venir.commence_le.date() - timedelta(days=8) <= self.aujourd_hui
        for _ in range(self.hasard.entre(1, 3)):
            qui = self._personne(len(self.jours))
            expire_le = expiration_signalement(recu_le=qui.recu_le, seance_le=self.a_venir.jour)
            self.parcours.fait_signalement(qui)
            etat, version = ("inscrit", 2) if inscrits else ("recu", 1)
            self._signalement(
                qui,
                self._identite(qui),
                version,
                etat,
                None,
                "",
                self._plafonnee(qui, expire_le, qui.recu_le),
            )
            if inscrits:
                self.ordre_du_jour[len(self.jours)].append(("signalement", qui.signalement, "", ""))

    def _faits(self, cas: Cas) -> None:
        qui = cas.personne
        self.parcours.fait_signalement(qui)
        self.parcours.fait_decision(qui, "retenu", cas.ouverte_le)
        self.parcours.fait_ouverture(cas)
        for rang, decision in cas.revues:
            self.parcours.fait_revue(cas, decision, self.jours[rang])
        if cas.close:
            self.parcours.fait_cloture(cas)
        terme = self._terme(cas)
        if terme is not None and (cas.vivant or not cas.close):
            # Erased with a file that was closed; it says how the others end (situations, services).
            self.parcours.fait_terme(cas, terme)

    def _agendas(self) -> None:
        """The nominative points of each séance: signalements first, as they are proposed."""
        toutes = [*self.tenues, self.a_venir]
        conduite = self.groupe.coordination.compte
        for rang, inscriptions in self.ordre_du_jour.items():
            seance = toutes[rang]
            inscriptions.sort(key=lambda inscription: inscription[0] != "signalement")
            for place, (genre, objet, decision, precision) in enumerate(inscriptions, start=1):
                decide_le = seance.commence_le + timedelta(minutes=min(place, 110)) if decision else None
                self.tampons["instances.Point"].append(
                    (
                        self.hasard.uuid(),
                        self.groupe.cercle,
                        seance.cle,
                        place,
                        genre,
                        objet,
                        decision,
                        precision,
                        decide_le,
                        conduite if decision else None,
                        2 if decision else 1,
                    )
                )
