"""What the territories say of a council: names, population, what the law asks on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from maillage.instances.etats_seance import EtatSeance
from maillage.instances.models import Conseil, ConseilCommune, GenreConseil, GenreFormation
from maillage.instances.models.seance import Seance
from maillage.instances.selectors.acces import fuseau_du_conseil
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui
from maillage.territoires.api import (
    ConseilCouvrant,
    Faits,
    Obligation,
    codes_avec_qpv,
    communes_par_code,
    juger,
    membres,
    populations,
)
from maillage.territoires.api import Epci as EpciDuRegistre


def noms_des_conseils(codes: Collection[str]) -> dict[str, str]:
    """The name of each council a function is held on, by its public id; what leads nowhere is left out."""
    cles = [cle for code in codes if (cle := _cle(code)) is not None]
    lus = Conseil.objects.filter(public_id__in=cles).values_list("public_id", "nom")
    return {str(public_id): nom for public_id, nom in lus}


def _cle(code: str) -> UUID | None:
    try:
        return UUID(code)
    except ValueError:
        return None


INTERCOMMUNAUX = frozenset({GenreConseil.CISPD.value})


@dataclass(frozen=True, slots=True)
class CommuneNommee:
    code: str
    nom: str
    population: int | None


def nommer(codes: Iterable[str], le: date) -> list[CommuneNommee]:
    """Communes with their name and population, the most populated first; an unknown code stays a code."""
    codes = list(dict.fromkeys(codes))
    noms, habitants = communes_par_code(codes), populations(codes, le)
    nommees = [
        CommuneNommee(code, noms[code].nom if code in noms else code, habitants.get(code)) for code in codes
    ]
    return sorted(nommees, key=lambda commune: (-(commune.population or 0), commune.nom))


def communes_connues(codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that the register holds."""
    return frozenset(communes_par_code(codes))


def departement_de(*, commune_code: str, epci_code: str, communes: Collection[str], le: date) -> str:
    """The département of the seat, or of the most populated member. ``Introuvable`` for unknown codes."""
    siege = commune_code or next((c.code for c in nommer(communes, le)), "")
    trouvee = communes_par_code([siege]).get(siege)
    if trouvee is None:
        raise Introuvable(commune_code or epci_code)
    return str(trouvee.departement_id)


def epci_du_registre(code: str) -> EpciDuRegistre | None:
    """The intercommunalité of that SIREN, or None."""
    return EpciDuRegistre.objects.filter(code=code).first()


def codes_membres(epci_code: str, le: date) -> list[str]:
    """INSEE codes of the communes of an intercommunalité on that day."""
    return [commune.code for commune in membres(epci_code, le)]


def obligations_des_communes(
    codes: Collection[str], le: date, *, cispd: bool
) -> dict[str, tuple[Obligation, Obligation]]:
    """What the law asks of each commune on that day: the council, the coordinator."""
    habitants, prioritaires = populations(codes, le), codes_avec_qpv(codes, le)
    return {
        code: juger(Faits(habitants.get(code), code in prioritaires, cispd), le)
        for code in sorted(set(codes))
    }


def instantane(codes: Collection[str], le: date) -> dict[str, Any]:
    """The verdict as it was given on the day of creation: it stays as it was when the law changes.

    Judged before the council exists: it says whether the commune, or one of the members, had to have one.
    """
    par_commune = obligations_des_communes(codes, le, cispd=False)
    obliges = [code for code, (conseil, _) in par_commune.items() if conseil.etat == "obligatoire"]
    motifs = [
        {"commune": code, "code": raison.code, "texte": raison.texte, "base_legale": raison.base_legale}
        for code, (conseil, _) in par_commune.items()
        if code in obliges or len(par_commune) == 1
        for raison in conseil.raisons
    ]
    return {"ok": bool(obliges), "le": le.isoformat(), "communes": obliges, "motifs": motifs}


def conseils_couvrant(commune: str, le: date) -> tuple[ConseilCouvrant, ...]:
    """Recorded councils whose territory includes the commune on that day, for the pages of territories."""
    lignes = (
        ConseilCommune.objects.filter(commune_code=commune, depuis__lte=le, conseil__dissous_le__isnull=True)
        .exclude(jusqua__lte=le)
        .select_related("conseil")
        .prefetch_related("conseil__communes")
        .order_by("conseil__nom")
    )
    plenieres = dict(
        Seance.objects.filter(
            formation__conseil__in=[ligne.conseil_id for ligne in lignes],
            formation__genre=GenreFormation.PLENIERE,
            etat=EtatSeance.CLOSE,
        )
        .values("formation__conseil")
        .annotate(derniere=Max("commence_le"))
        .values_list("formation__conseil", "derniere")
    )
    return tuple(_couvrant(ligne.conseil, plenieres.get(ligne.conseil_id)) for ligne in lignes)


def _couvrant(conseil: Conseil, pleniere: datetime | None) -> ConseilCouvrant:
    return ConseilCouvrant(
        nom=conseil.nom,
        genre=conseil.get_genre_display(),
        intercommunal=conseil.genre in INTERCOMMUNAUX,
        nombre_de_communes=len([c for c in conseil.communes.all() if c.jusqua is None]),
        derniere_pleniere=pleniere.astimezone(fuseau_du_conseil(conseil)).date() if pleniere else None,
    )


def aujourd_hui_du_conseil(conseil: Conseil) -> date:
    """Today where the council is: overseas councils live in their own time zone."""
    return aujourd_hui(fuseau_du_conseil(conseil))
