"""The explainable view: every scheme of a followed person's council, judged, with the nearest offers.

One reading, journalled. The number of queries does not depend on the number of schemes or offers. A scheme
whose name would tell of a follow-up is judged for nobody who need not know it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from maillage.acteurs.api import NomDate, Organisme
from maillage.instances.api import Conseil, Lecteurs, formation_du_cercle, lecteurs
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.models import ACCORD, Offre
from maillage.parcours.rules.eligibilite import Eligibilite, Memoire, OffreConnue, Profil, juger
from maillage.parcours.rules.enonces import dans_le_volet
from maillage.parcours.rules.places import Periode, occupees
from maillage.parcours.selectors.dispositifs import dispositif_masque, dispositifs_de
from maillage.parcours.selectors.profil import profil_de
from maillage.parcours.selectors.voisinage import Voisinage, offres_proches, voisinage
from maillage.situations.api import Ici, IdentiteVue, Situation, entete, ici, lire_identite, nom_pour
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.requetes import Requete

#: Offers judged for each scheme on the view of a person, and those it shows.
JUGEES, MONTREES = 5, 3
#: Offers of one scheme, each with its reason.
TOUTES = 40


@dataclass(frozen=True, slots=True)
class OffreJugee:
    """An offer for this person: ``organisme`` is masked where its name tells too much."""

    offre: Offre
    organisme: str
    lieu: str
    libres: int
    reponse: Eligibilite


@dataclass(frozen=True, slots=True)
class DispositifJuge:
    """A scheme for this person, and the nearest offers that would take them."""

    dispositif: Dispositif
    reponse: Eligibilite
    offres: tuple[OffreJugee, ...] = ()


@dataclass(frozen=True, slots=True)
class Personne:
    """Who is looked at, by whom, on which day."""

    situation: Situation
    identite: IdentiteVue
    ici: Ici
    conseil: Conseil
    profil: Profil
    lecteurs: Lecteurs


@dataclass(frozen=True, slots=True)
class DispositifsDeLaPersonne:
    """The view: open now, open from a known day (the nearest first), not open."""

    personne: Personne
    ouverts: tuple[DispositifJuge, ...]
    bientot: tuple[DispositifJuge, ...]
    fermes: tuple[DispositifJuge, ...]
    masques: tuple[str, ...]


def dispositifs_de_la_personne(public_id: UUID) -> DispositifsDeLaPersonne:
    """Every scheme for this situation. Raises ``Introuvable``, hidden and absent alike."""
    personne = _personne(public_id, "dispositifs_lus")
    le = personne.ici.jour
    montres, masques = _partager(personne)
    memoire: Memoire = {}
    juges = [DispositifJuge(lu, juger(lu, None, personne.profil, le, memoire)) for lu in montres]
    autour = voisinage(personne.conseil, le)
    cles = offres_proches(
        [juge.dispositif.code for juge in juges if juge.reponse.ok], autour, le=le, nombre=JUGEES
    )
    lues = _lire((cle for trouvees in cles.values() for cle in trouvees), le)
    offres = _juger_offres(personne, autour, {lu.code: lu for lu in montres}, lues, memoire)
    ouverts = tuple(
        DispositifJuge(
            juge.dispositif,
            juge.reponse,
            tuple(o for o in offres.get(juge.dispositif.code, ()) if o.reponse.ok)[:MONTREES],
        )
        for juge in juges
        if juge.reponse.ok
    )
    attendus = [juge for juge in juges if not juge.reponse.ok and juge.reponse.possible_le is not None]
    return DispositifsDeLaPersonne(
        personne=personne,
        ouverts=ouverts,
        bientot=tuple(sorted(attendus, key=lambda juge: str(juge.reponse.possible_le))),
        fermes=tuple(juge for juge in juges if not juge.reponse.ok and juge.reponse.possible_le is None),
        masques=masques,
    )


def offres_pour_la_personne(public_id: UUID, code: str) -> tuple[Personne, DispositifJuge]:
    """One scheme, and each near offer with its reasons, those that would take the person first."""
    personne = _personne(public_id, "offres_lues")
    le = personne.ici.jour
    montres, _ = _partager(personne)
    dispositif = next((lu for lu in montres if lu.code == code), None)
    if dispositif is None:
        raise Introuvable(public_id)
    autour = voisinage(personne.conseil, le)
    cles = offres_proches([code], autour, le=le, nombre=TOUTES, toutes=True)
    offres = _juger_offres(personne, autour, {code: dispositif}, _lire(cles.get(code, ()), le), {})
    triees = sorted(offres.get(code, ()), key=lambda jugee: not jugee.reponse.ok)
    return personne, DispositifJuge(dispositif, juger(dispositif, None, personne.profil, le), tuple(triees))


def _personne(public_id: UUID, evenement: str) -> Personne:
    situation = entete(public_id)
    if situation.close_le is not None:
        raise Introuvable(public_id)
    acteur = ici(situation.cercle_id)
    journaliser(evenement, objet=public_id, cercle=situation.cercle_id)
    identite = lire_identite(situation.identite_id)
    conseil = formation_du_cercle(situation.cercle_id).conseil
    return Personne(
        situation,
        identite,
        acteur,
        conseil,
        profil_de(situation, identite, conseil),
        lecteurs(situation.cercle_id),
    )


def _partager(personne: Personne) -> tuple[list[Dispositif], tuple[str, ...]]:
    """The schemes this reader may read beside a named person, and the neutral words of the others."""
    montres, masques = [], []
    for lu in dispositifs_de(personne.conseil, personne.ici.jour):
        if not dans_le_volet(lu, personne.situation.volet):
            continue
        if dispositif_masque(lu, personne.ici.fonctions, personne.ici.place):
            masques.append(lu.libelle_neutre)
        else:
            montres.append(lu)
    return montres, tuple(dict.fromkeys(masques))


_CHAMPS: Final = tuple(Offre._meta.concrete_fields)
_OFFRES: Final = Requete(f"""
SELECT {", ".join(f"o.{champ.column}" for champ in _CHAMPS)}, b.sensible,
  ARRAY(SELECT ARRAY[n.nom, n.depuis::text, n.jusqua::text] FROM acteurs_nomorganisme n
        WHERE n.organisme_id = b.id ORDER BY n.depuis),
  ARRAY(SELECT ARRAY[p.du, p.au] FROM parcours_place p
        WHERE p.offre_id = o.id AND (p.au IS NULL OR p.au >= %(le)s::date) ORDER BY p.du, p.id),
  m.nom
FROM unnest(%(cles)s::bigint[]) WITH ORDINALITY AS demandee (cle, rang)
JOIN parcours_offre o ON o.id = demandee.cle
JOIN acteurs_organisme b ON b.id = o.organisme_id
LEFT JOIN territoires_commune m ON m.code = o.commune_code
ORDER BY demandee.rang
""")


@dataclass(frozen=True, slots=True)
class _OffreLue:
    """An offer with its body, its occupations not over yet, and the name of its commune, or nothing."""

    offre: Offre
    prises: list[Periode]
    commune: str


def _lire(cles: Iterable[int], le: date) -> list[_OffreLue]:
    """The offers of these keys, in the same order, as they stand on ``le``.

    Composed, this reading of a hundred rows was the dearest of the page.
    """
    attributs = [champ.attname for champ in _CHAMPS]
    lues = []
    for *colonnes, sensible, noms, places, commune in _OFFRES.lignes(cles=list(cles), le=le):
        offre = Offre.from_db("default", attributs, colonnes)
        offre.organisme = Organisme.from_db("default", ["id", "sensible"], [offre.organisme_id, sensible])
        offre.organisme.poser_noms(NomDate.lire(*nom) for nom in noms)
        lues.append(_OffreLue(offre, [(du, au) for du, au in places], commune or ""))
    return lues


def _juger_offres(
    personne: Personne,
    autour: Voisinage,
    dispositifs: Mapping[str, Dispositif],
    lues: Iterable[_OffreLue],
    memoire: Memoire,
) -> dict[str, list[OffreJugee]]:
    le = personne.ici.jour
    jugees: dict[str, list[OffreJugee]] = {}
    for lue in lues:
        offre, prises = lue.offre, lue.prises
        distance = autour.distance(offre.commune_code)
        jugees.setdefault(offre.dispositif_code, []).append(
            OffreJugee(
                offre=offre,
                organisme=nom_pour(offre.organisme, personne.ici),
                lieu=f"{lue.commune}, {distance}" if lue.commune else distance.capitalize(),
                libres=max(0, offre.capacite - occupees(prises, le)),
                reponse=juger(
                    dispositifs[offre.dispositif_code],
                    offre_connue(offre, prises),
                    personne.profil,
                    le,
                    memoire,
                ),
            )
        )
    return jugees


def offre_connue(offre: Offre, places: Iterable[Periode] = ()) -> OffreConnue:
    """An offer as the rules read it."""
    return OffreConnue(
        accueil=str(offre.organisme_id),
        depuis=offre.depuis,
        jusqua=offre.jusqua,
        fermee_le=offre.fermee_le,
        accord=offre.contact == ACCORD,
        tuteur=bool(offre.tuteur_nom),
        tuteur_forme=offre.tuteur_forme,
        age_min=offre.age_min,
        age_max=offre.age_max,
        mineurs=offre.mineurs,
        heures_min=offre.heures_min,
        heures_max=offre.heures_max,
        habilitee_jusqua=offre.habilitee_jusqua,
        capacite=offre.capacite,
        places=tuple(places),
    )
