"""Whom and what to measure in a simulated database: the same kind of reader whatever the volume."""

from __future__ import annotations

from dataclasses import dataclass

#: A groupe of about this many open situations is the one measured, so that only the rest grows.
OUVERTES = 120
SITUATIONS_LUES = 40


@dataclass(frozen=True, slots=True)
class Decor:
    """Accounts and objects, by public id. ``ouvertes``: open situations of the groupe measured."""

    coordination: str
    parquet: str
    national: str
    prefecture: str
    conseil: str
    departement: str
    annee: int
    nom: str
    situations: tuple[str, ...]
    seances: tuple[str, ...]
    ouvertes: int
    volume: int
    groupes: int
    groupes_du_parquet: int


def choisir() -> Decor:
    """Read as an operator; the measures themselves read as the product does."""
    from django.db.models import Count, Q

    from maillage.acteurs.api import Compte
    from maillage.instances.api import Formation, Habilitation
    from maillage.instances.models.seance import Seance
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.situations.api import lire_identite
    from maillage.situations.models import Situation
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.temps import aujourd_hui

    with sous_le_proprietaire(), en_maintenance():
        tailles = Situation.objects.filter(etat="ouverte", volet="jeune").values_list("cercle")
        cercle, ouvertes = min(
            tailles.annotate(n=Count("pk")).order_by("cercle"),
            key=lambda taille: (abs(taille[1] - OUVERTES), taille[0]),
        )
        formation = Formation.objects.select_related("conseil").get(cercle=cercle)
        lues = Situation.objects.filter(cercle=cercle, etat="ouverte")
        lues_ici = list(lues.order_by("public_id")[:SITUATIONS_LUES])
        tenues = Seance.objects.filter(formation=formation, etat="close").order_by("-commence_le")
        en_cours = Habilitation.objects.filter(fin_motif="")
        coordination = en_cours.get(cercle=cercle, role="coordonnateur").compte
        signe = Q(compte__signatures__texte__etat="adopte")
        parquet, groupes_du_parquet = (
            en_cours.filter(signe, role="parquet")
            .values_list("compte__public_id")
            .annotate(n=Count("cercle", distinct=True))
            .order_by("-n", "compte__public_id")
        )[0]
        exercees = Compte.objects.filter(fonctions_exercees__code="prefecture")
        prefecture = exercees.filter(
            fonctions_exercees__portee_code=formation.conseil.departement_code
        ).order_by("pk")
        return Decor(
            coordination=str(coordination.public_id),
            parquet=str(parquet),
            national=str(Compte.objects.filter(fonctions_exercees__code="national")[0].public_id),
            prefecture=str(prefecture[0].public_id),
            conseil=str(formation.conseil.public_id),
            departement=formation.conseil.departement_code,
            annee=aujourd_hui().year - 1,
            nom=lire_identite(lues_ici[0].identite_id).donnees.nom,
            situations=tuple(str(s.public_id) for s in lues_ici),
            seances=tuple(str(s.public_id) for s in tenues[:5]),
            ouvertes=ouvertes,
            volume=Situation.objects.count(),
            groupes=Formation.objects.exclude(cercle=None).count(),
            groupes_du_parquet=groupes_du_parquet,
        )
