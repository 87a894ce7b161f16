"""The disk of the database is full: writes are refused whole and said so, public pages go on.

Two ways to the same SQLSTATE 53100. A trigger raises it on the table of our choice, everywhere. A file
system of a few megabytes fills up for good, where the process may mount one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from psycopg import sql
from tests.interface.balisage import fautes
from tests.pannes import empreinte, invariants
from tests.pannes.client import Champs, Client, formulaires
from tests.pannes.conftest import COMMUNES, Monde
from tests.pannes.service import Service

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("pannes")]
NOM = "Conseil de prévention des bords de la rivière"
ADRESSE = f"/conseils/nouveau/?commune={COMMUNES[0]}"
CREATION = Counter({"+conseil": 1, "+conseilcommune": 1, "+jeton": 1, "!conseil_cree": 1})
#: The right to mount, among those the kernel gives a process (CAP_SYS_ADMIN).
DROIT_DE_MONTER = 1 << 21
JETONS = "socle_jetonformulaire"
PLEIN = """
CREATE FUNCTION public.plein() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$;
"""


def _monter(dossier: Path) -> bool:
    ordre = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0711", "tmpfs", str(dossier)]
    return subprocess.run(ordre, check=False, capture_output=True).returncode == 0


def _peut_monter() -> bool:
    """Whether this process may mount a small file system: tried, since a container may forbid it to root."""
    etat = Path("/proc/self/status")
    if not etat.exists() or shutil.which("mount") is None or os.geteuid() != 0:
        return False
    [droits] = [ligne.split()[1] for ligne in etat.read_text().splitlines() if ligne.startswith("CapEff")]
    if not int(droits, 16) & DROIT_DE_MONTER:
        return False
    with tempfile.TemporaryDirectory() as dossier:
        monte = _monter(Path(dossier))
        if monte:
            subprocess.run(["umount", dossier], check=True)
    return monte


@contextmanager
def _par_un_declencheur(monde: Monde, service: Service, table: str) -> Iterator[None]:
    nom = sql.Identifier(table)
    with monde.serveur.connexion_superutilisateur(service.base) as connexion:
        connexion.execute(PLEIN)
        connexion.execute(
            sql.SQL(
                "CREATE TRIGGER plein BEFORE INSERT ON public.{} FOR EACH ROW EXECUTE FUNCTION plein()"
            ).format(nom)
        )
        yield
        connexion.execute(sql.SQL("DROP TRIGGER plein ON public.{}").format(nom))


def _remplir(lest: Path) -> None:
    """Until the file system says there is no room left."""
    with lest.open("wb", buffering=0) as fichier, suppress(OSError):
        while True:
            fichier.write(b"\0" * 4096)
    assert shutil.disk_usage(lest.parent).free == 0


@contextmanager
def _par_un_disque_plein(monde: Monde, service: Service, table: str) -> Iterator[None]:
    """The table on a file system that something else has filled, then emptied."""
    etroit = monde.serveur.chemins.dossier.parent / "etroit"
    etroit.mkdir()
    assert _monter(etroit)
    try:
        place = etroit / "tables"
        place.mkdir(mode=0o700)
        grappe = monde.serveur.chemins.grappe.stat()
        os.chown(place, grappe.st_uid, grappe.st_gid)
        with monde.serveur.connexion_superutilisateur(service.base) as connexion:
            connexion.execute(sql.SQL("CREATE TABLESPACE etroit LOCATION {}").format(sql.Literal(str(place))))
            deplacer = sql.SQL("ALTER TABLE public.{} SET TABLESPACE {}")
            connexion.execute(deplacer.format(sql.Identifier(table), sql.Identifier("etroit")))
            lest = etroit / "lest"
            _remplir(lest)
            yield
            lest.unlink()
            connexion.execute(deplacer.format(sql.Identifier(table), sql.Identifier("pg_default")))
            connexion.execute("DROP TABLESPACE etroit")
    finally:
        subprocess.run(["umount", "--lazy", str(etroit)], check=True)
        etroit.rmdir()


FACONS = {f"déclencheur, {table}": (_par_un_declencheur, table) for table in ("instances_conseil", JETONS)}
if _peut_monter():
    FACONS["disque plein"] = (_par_un_disque_plein, JETONS)


def _creation(elle: Client) -> Champs:
    page = elle.lire(ADRESSE)
    formulaire = next(f for f in formulaires(page.texte) if "delibere_le" in f.noms)
    return formulaire.rempli(
        {"genre": "clspd", "delibere_le": "2026-01-15", "schema": "communal", "nom": NOM}
    )


@pytest.mark.parametrize(("remplir", "table"), FACONS.values(), ids=FACONS)
def test_un_disque_plein_refuse_l_ecriture_entiere_la_garde_et_laisse_lire(
    monde: Monde, servir: Callable[[], Service], remplir: Callable[..., object], table: str
) -> None:
    service = servir()
    elle = Client(service.port)
    elle.se_connecter(monde.comptes["coordonnatrice"])
    envoi = _creation(elle)
    avant = empreinte.lire(service)
    with remplir(monde, service, table):
        refuse = elle.demander("POST", ADRESSE, envoi)
        assert refuse.statut == 507
        assert "n’a plus de place pour enregistrer" in refuse.texte
        assert "n’est pas enregistré, même en partie" in refuse.texte
        assert "no-store" in refuse.entetes["cache-control"]
        assert fautes(refuse.texte) == []
        [reprise] = formulaires(refuse.texte)
        assert sorted(reprise.champs) == sorted(envoi)
        assert empreinte.ecart(avant, empreinte.lire(service)).lignes == Counter()
        for public in ("/", f"/communes/{COMMUNES[0]}/", "/sante/", "/connexion/"):
            assert Client(service.port).demander("GET", public).statut in {200, 302}, public
        elle.lire(ADRESSE)
    assert elle.demander("POST", ADRESSE, reprise.champs).statut == 302
    invariants.exiger(service)
    assert empreinte.ecart(avant, empreinte.lire(service)).lignes == CREATION


def test_un_journal_sans_place_ferme_les_noms_et_le_dit(monde: Monde, servir: Callable[[], Service]) -> None:
    """What must leave a trace is not shown without one."""
    service = servir()
    elle = Client(service.port)
    elle.se_connecter(monde.comptes["coordonnatrice"])
    with _par_un_declencheur(monde, service, "socle_journal"):
        reponse = elle.demander("GET", f"/conseils/{uuid.uuid4()}/")
        assert reponse.statut == 507
        assert "laisse une trace au journal" in reponse.texte
        assert Client(service.port).lire(f"/communes/{COMMUNES[0]}/").statut == 200
