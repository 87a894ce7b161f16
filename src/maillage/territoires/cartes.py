"""Small maps drawn on the server: attributes and classes only, no style, no script.

A map never stands alone: the page that shows it lists the same facts in a table. Three fills at most, names
on the few places that matter, neighbourhoods never drawn (only their commune's centre is known).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from maillage.territoires import geometrie
from maillage.territoires.geometrie import Contour, Emprise, Projection

LARGEUR, HAUTEUR_MAX = 440, 440
NOMS_AU_PLUS = 8
LARGEUR_DE_LETTRE, HAUTEUR_DE_NOM = 6.4, 15.0
MARGE_DE_NOM = 1.25  # names grow on a phone while the drawing shrinks
PLUS_PETIT_SUJET = 8  # below this width a commune in evidence is drawn as a mark

ORDINAIRE, MEMBRE, ICI = "", "est-membre", "est-ici"


@dataclass(frozen=True, slots=True)
class Lieu:
    """What the drawing must know of a commune: its name and its weight when names compete."""

    nom: str
    population: int
    classe: str = ORDINAIRE


@dataclass(frozen=True, slots=True)
class Trace:
    classe: str
    chemin: str


@dataclass(frozen=True, slots=True)
class Etiquette:
    classe: str
    x: float
    y: float
    texte: str

    def gene(self, autre: Etiquette) -> bool:
        """Whether the two names would overlap."""
        ecart = (len(self.texte) + len(autre.texte)) * LARGEUR_DE_LETTRE / 2 * MARGE_DE_NOM
        return abs(self.x - autre.x) < ecart and abs(self.y - autre.y) < HAUTEUR_DE_NOM * MARGE_DE_NOM


@dataclass(frozen=True, slots=True)
class Carte:
    """A drawing ready to be written in a page. `legende` pairs the class of a fill with its words."""

    identifiant: str
    titre: str
    description: str
    largeur: int
    hauteur: int
    traces: tuple[Trace, ...]
    etiquettes: tuple[Etiquette, ...] = ()
    legende: tuple[tuple[str, str], ...] = ()

    def svg(self) -> str:
        """The SVG element, every text escaped, read aloud through its title and description."""
        nom = escape(self.identifiant)
        lignes = [
            f'<svg class="m-carte-svg" viewBox="0 0 {self.largeur} {self.hauteur}" role="img" '
            f'aria-labelledby="{nom}-titre {nom}-desc">',
            f'<title id="{nom}-titre">{escape(self.titre)}</title>',
            f'<desc id="{nom}-desc">{escape(self.description)}</desc>',
        ]
        lignes += [
            f'<path class="{_classes("m-commune", trace.classe)}" fill-rule="evenodd" d="{trace.chemin}"/>'
            for trace in self.traces
        ]
        lignes += [
            f'<text class="{_classes("m-carte-nom", nom_.classe)}" x="{nom_.x:g}" y="{nom_.y:g}" '
            f'text-anchor="middle">{escape(nom_.texte)}</text>'
            for nom_ in self.etiquettes
        ]
        return "\n".join([*lignes, "</svg>"])


def remplissage(classe: str) -> str:
    """The classes of a fill, as the legend repeats them."""
    return _classes("m-commune", classe)


def _classes(base: str, autre: str) -> str:
    return f"{base} {escape(autre)}".strip()


def _tracer(
    projection: Projection, contours: Mapping[str, Contour], lieux: Mapping[str, Lieu]
) -> list[Trace]:
    """One path per commune, the emphasised ones last so that their border stays on top."""
    rangs = {ORDINAIRE: 0, MEMBRE: 1, ICI: 2}
    traces = []
    for code, contour in contours.items():
        classe = lieux[code].classe if code in lieux else ORDINAIRE
        minuscule = classe == ICI and projection.largeur_de(contour) < PLUS_PETIT_SUJET
        traces.append(Trace(classe, projection.losange(contour) if minuscule else projection.chemin(contour)))
    return sorted(traces, key=lambda trace: rangs.get(trace.classe, 1))


def _nommer(
    projection: Projection, contours: Mapping[str, Contour], lieux: Mapping[str, Lieu], sujet: str = ""
) -> tuple[Etiquette, ...]:
    """Names of the most populated places that fit without touching another; the subject of the map first."""
    retenues: list[Etiquette] = []
    ordre = sorted(lieux.items(), key=lambda lieu: (lieu[0] != sujet, -lieu[1].population))
    for code, lieu in ordre:
        if len(retenues) >= NOMS_AU_PLUS:
            break
        if code not in contours:
            continue
        etiquette = _etiquette(projection, contours[code], lieu.nom, sujet=code == sujet)
        demi = len(lieu.nom) * LARGEUR_DE_LETTRE / 2
        dans_le_cadre = (
            demi <= etiquette.x <= projection.largeur - demi and 12 <= etiquette.y < projection.hauteur
        )
        if dans_le_cadre and not any(etiquette.gene(autre) for autre in retenues):
            retenues.append(etiquette)
    return tuple(retenues)


def _etiquette(projection: Projection, contour: Contour, nom: str, *, sujet: bool) -> Etiquette:
    x, y = projection.point(geometrie.centre(contour))
    dedans = sujet and projection.largeur_de(contour) >= len(nom) * LARGEUR_DE_LETTRE * 1.15
    au_dessus = sujet and projection.largeur_de(contour) < PLUS_PETIT_SUJET
    return Etiquette(ICI if dedans else "", x, round(y + (-9 if au_dessus else 4), 1), nom)


def carte_de_commune(code: str, lieux: Mapping[str, Lieu], membres: Iterable[str] = ()) -> Carte | None:
    """A commune among the members of its intercommunalité and its neighbours.

    `lieux` gives the names known to the page. None where no outline is published (overseas collectivities).
    """
    membres = set(membres)
    ici = geometrie.contour_de_commune(code)
    englobante = geometrie.commune_englobante(code)
    if ici is None and englobante is not None:
        ici = geometrie.contour_de_commune(englobante)
    if ici is None:
        return None
    cadre = _cadre(ici, membres)
    contours = geometrie.communes_dans(cadre)
    poses = {
        autre: Lieu(
            lieux[autre].nom if autre in lieux else "",
            lieux[autre].population if autre in lieux else 0,
            ICI if autre == code else MEMBRE if autre in membres else ORDINAIRE,
        )
        for autre in contours
    }
    projection = Projection(cadre, LARGEUR, HAUTEUR_MAX)
    nommes = {autre: lieu for autre, lieu in poses.items() if lieu.nom}
    nom = lieux[code].nom if code in lieux else code
    return Carte(
        identifiant="carte",
        titre=f"Carte de {nom} et de ses voisines",
        description="La liste qui suit donne les mêmes informations.",
        largeur=projection.largeur,
        hauteur=projection.hauteur,
        traces=tuple(_tracer(projection, contours, poses)),
        etiquettes=_nommer(projection, contours, nommes, code),
        legende=_legende_de_commune(nom, present=code in contours, membres=bool(membres)),
    )


def _legende_de_commune(nom: str, *, present: bool, membres: bool) -> tuple[tuple[str, str], ...]:
    legende = [(remplissage(ICI), nom)] if present else []
    if membres:
        legende.append((remplissage(MEMBRE), "Même intercommunalité"))
    return (*legende, (remplissage(ORDINAIRE), "Autres communes"))


def _cadre(ici: Contour, membres: set[str]) -> Emprise:
    """The intercommunalité with a margin; where there is none, the commune and its surroundings."""
    proches = [contour for contour in map(geometrie.contour_de_commune, sorted(membres)) if contour]
    if proches:
        boite = geometrie.emprise([ici, *proches])
        return boite.elargie(max(boite.cote // 25, 1))
    boite = geometrie.emprise([ici])
    return boite.elargie(boite.cote)


def carte_de_communes(
    identifiant: str,
    titre: str,
    description: str,
    lieux: Mapping[str, Lieu],
    legende: tuple[tuple[str, str], ...] = (),
) -> Carte | None:
    """A set of communes (a département, an intercommunalité), each with its class.

    None where no commune has a published outline.
    """
    trouves = {code: geometrie.contour_de_commune(code) for code in lieux}
    contours = {code: contour for code, contour in trouves.items() if contour}
    if not contours:
        return None
    projection = Projection(geometrie.emprise(contours.values()), LARGEUR, HAUTEUR_MAX)
    return Carte(
        identifiant=identifiant,
        titre=titre,
        description=description,
        largeur=projection.largeur,
        hauteur=projection.hauteur,
        traces=tuple(_par_classe(_tracer(projection, contours, lieux))),
        etiquettes=_nommer(projection, contours, lieux),
        legende=legende,
    )


def _par_classe(traces: list[Trace]) -> list[Trace]:
    """One path per class: a département of 890 communes stays a small page."""
    groupes: dict[str, list[str]] = {}
    for trace in traces:
        groupes.setdefault(trace.classe, []).append(trace.chemin)
    return [Trace(classe, "".join(chemins)) for classe, chemins in groupes.items()]


# Overseas départements are drawn in boxes under mainland France, each at its own scale.
OUTRE_MER = ("971", "972", "973", "974", "976")


def carte_des_departements(
    titre: str, description: str, classes: Mapping[str, str], legende: tuple[tuple[str, str], ...] = ()
) -> Carte:
    """Mainland France and its five overseas départements, each département with its class."""
    contours = geometrie.contours_des_departements()
    metropole = {code: contour for code, contour in contours.items() if code not in OUTRE_MER}
    projection = Projection(geometrie.emprise(metropole.values()), LARGEUR, HAUTEUR_MAX)
    traces = [
        Trace(classes.get(code, ""), projection.chemin_entier(contour)) for code, contour in metropole.items()
    ]
    etiquettes = []
    pas = LARGEUR // len(OUTRE_MER)
    for rang, code in enumerate(OUTRE_MER):
        boite = geometrie.emprise([contours[code]])
        encart = Projection(boite, pas, pas, marge=12)
        chemin = encart.chemin_entier(contours[code], rang * pas, projection.hauteur)
        traces.append(Trace(classes.get(code, ""), chemin))
        etiquettes.append(Etiquette("", rang * pas + pas / 2, projection.hauteur + pas + 8, code))
    return Carte(
        identifiant="carte-france",
        titre=titre,
        description=description,
        largeur=LARGEUR,
        hauteur=projection.hauteur + pas + 16,
        traces=tuple(_par_classe(sorted(traces, key=lambda trace: trace.classe))),
        etiquettes=tuple(etiquettes),
        legende=legende,
    )
