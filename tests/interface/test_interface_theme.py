"""The stylesheet: built, light, local, and readable by everyone in both themes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml

from maillage.interface import construction, contrastes

STATIQUE = construction.SORTIE.parent
COULEUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(")
# Files where a colour may be written: the tokens, and paper, which is its own theme.
AVEC_COULEURS = {"10-jetons.css", "11-sombre.css", "90-impression.css"}

TEXTE, TRAIT = 4.5, 3.0
PAIRES = [
    *[
        (encre, fond, TEXTE)
        for encre in ("encre", "encre-2", "petrole")
        for fond in ("papier", "surface", "surface-2")
    ],
    *[(teinte, f"{teinte}-voile", TEXTE) for teinte in ("prune", "ocre", "brique", "sapin", "ardoise")],
    *[
        ("encre", f"{teinte}-voile", TEXTE)
        for teinte in ("prune", "ocre", "brique", "sapin", "ardoise", "petrole")
    ],
    *[("encre-2", f"{teinte}-voile", TEXTE) for teinte in ("prune", "ocre", "sapin", "petrole")],
    *[("petrole", f"{teinte}-voile", TEXTE) for teinte in ("ardoise", "sapin", "prune")],
    ("petrole-fort", "petrole-voile", TEXTE),
    ("sur-petrole", "petrole", TEXTE),
    ("sur-petrole", "petrole-fort", TEXTE),
    ("brique", "surface", TEXTE),
    ("prune", "surface", TEXTE),
    ("encre", "serie-2", TEXTE),
    ("sur-petrole", "serie-1", TEXTE),
    ("bandeau-encre", "bandeau", TEXTE),
    ("bandeau-2", "bandeau", TEXTE),
    *[("trait-fort", fond, TRAIT) for fond in ("surface", "papier", "surface-2")],
    *[("foyer", fond, TRAIT) for fond in ("surface", "papier", "surface-2")],
    ("foyer-bandeau", "bandeau", TRAIT),
    ("fil", "bandeau", TRAIT),
    ("serie-1", "surface", TRAIT),
]


THEMES = contrastes.jetons()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("encre", "fond", "seuil"), PAIRES)
def test_chaque_paire_de_couleurs_se_lit(theme: str, encre: str, fond: str, seuil: float) -> None:
    jetons = THEMES[theme]
    assert contrastes.contraste(jetons[encre], jetons[fond]) >= seuil


def test_le_calcul_du_contraste_va_de_un_a_vingt_et_un() -> None:
    assert contrastes.contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrastes.contraste("#123456", "#123456") == pytest.approx(1)


def test_la_feuille_servie_est_celle_que_donnent_ses_sources() -> None:
    assert construction.est_a_jour(), "lancez outils/construire_theme.py"


def test_une_couleur_ne_s_ecrit_que_dans_les_jetons() -> None:
    ailleurs = {
        fichier.name: COULEUR.findall(
            re.sub(r"/\*.*?\*/", "", fichier.read_text(encoding="utf-8"), flags=re.S)
        )
        for fichier in construction.SOURCES.glob("*.css")
        if fichier.name not in AVEC_COULEURS
    }
    assert {nom: trouvees for nom, trouvees in ailleurs.items() if trouvees} == {}


def test_les_fichiers_du_theme_se_lisent_d_une_traite() -> None:
    longs = [f.name for f in construction.SOURCES.glob("*.css") if len(f.read_text().splitlines()) > 400]
    assert longs == []


def test_la_feuille_ne_demande_rien_au_dehors_et_ses_images_existent() -> None:
    css = construction.SORTIE.read_text(encoding="utf-8")
    adresses = {a.strip("\"'") for a in re.findall(r"url\(([^)]*)\)", css)}
    assert not re.search(r"@import|https?:|data:", css)
    assert all((STATIQUE / adresse).is_file() for adresse in adresses)


def test_chaque_variable_lue_est_definie() -> None:
    css = construction.SORTIE.read_text(encoding="utf-8")
    definies = set(re.findall(r"(--m-[\w-]+):", css))
    assert set(re.findall(r"var\((--m-[\w-]+)\)", css)) <= definies


def test_une_premiere_visite_pese_moins_de_150_ko_avant_meme_la_compression() -> None:
    noms = (
        "maillage.css",
        "maillage.js",
        "img/icones.svg",
        "img/favicon.svg",
        "img/chevron.svg",
        "polices/source-sans-3-latin-wght-normal.woff2",
    )
    page = 20_000  # a dense page, as served
    assert sum((STATIQUE / nom).stat().st_size for nom in noms) + page < 150 * 1024
    assert len(gzip.compress((STATIQUE / "maillage.css").read_bytes())) < 20 * 1024


def test_chaque_ouvrage_repris_a_sa_licence_et_sa_source() -> None:
    ouvrages = yaml.safe_load((STATIQUE / "SOURCES.yaml").read_text(encoding="utf-8"))
    declares = set()
    for ouvrage in ouvrages:
        assert ouvrage["version"]
        assert ouvrage["licence"]
        assert ouvrage["source"].startswith("https://")
        assert (STATIQUE / ouvrage["texte"]).is_file()
        declares.update(ouvrage["fichiers"])
    repris = {f"polices/{f.name}" for f in (STATIQUE / "polices").iterdir()} | {
        f"theme/vendor/{f.name}" for f in (construction.SOURCES / "vendor").iterdir()
    }
    assert repris <= declares


def test_le_script_ne_parle_qu_au_serveur_et_n_evalue_rien() -> None:
    script = (STATIQUE / "maillage.js").read_text(encoding="utf-8")
    assert not re.search(r"https?:|\beval\(|new Function|document\.write", script)


def test_l_extrait_de_bootstrap_ne_garde_que_ce_que_la_charte_permet() -> None:
    extrait = construction.extraire_bootstrap(
        ".btn{color:red}.carousel,.d-flex{margin:0}@media print{.modal{display:none}}body{margin:0}"
    )
    assert extrait == ".btn{color:red}.d-flex{margin:0}body{margin:0}"


def test_ce_qui_est_garde_de_bootstrap_sert_a_une_page() -> None:
    extrait = construction.extraire_bootstrap(construction.BOOTSTRAP.read_text(encoding="utf-8"))
    racine = construction.DOSSIER.parent
    textes = [f.read_text(encoding="utf-8") for motif in ("*.html", "*.py") for f in racine.rglob(motif)]
    mots = {mot for texte in textes for mot in re.findall(r"[\w-]+", texte)}
    gardees = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"url\([^)]*\)", "", extrait)))
    assert gardees <= mots


def test_une_accolade_oubliee_est_dite() -> None:
    with pytest.raises(ValueError, match="jamais fermée"):
        list(construction.regles(".a { color: red"))


def test_le_theme_sombre_est_pose_sous_la_preference_et_sous_le_choix() -> None:
    css = construction.SORTIE.read_text(encoding="utf-8")
    assert css.count("--m-papier:#10181B") == 2 or css.count("--m-papier: #10181B") == 2
    assert Path(construction.SORTIE).name == "maillage.css"
