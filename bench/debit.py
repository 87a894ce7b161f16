"""Pages a second on loopback, through the product's own server, by number of workers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from bench.appel import CSRF, StatutInattenduError
from bench.decor import Decor
from bench.mesure import centile

DELAI = 60
#: Readers at once for each worker: it has four threads.
LECTEURS = 4


def mesurer(decor: Decor, secondes: float, travailleurs: tuple[int, ...] = (1, 2)) -> dict[str, Any]:
    """Throughput of the list and of a file for each number of workers. The readers share the machine."""
    rendus: dict[str, Any] = {}
    for nombre in travailleurs:
        with _servi(nombre) as port:
            cookie = _entrer(port, decor.coordination)
            for nom, adresses in (
                ("liste", ["/situations/"]),
                ("situation", [f"/situations/{cle}/" for cle in decor.situations]),
            ):
                rendus[f"{nom}_{nombre}"] = {
                    "travailleurs": nombre,
                    **_charger(port, cookie, adresses, LECTEURS * nombre, secondes),
                }
    return rendus


@contextmanager
def _servi(travailleurs: int) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as ecoute:
        port = ecoute.getsockname()[1]
        ordre = [sys.executable, "-m", "maillage.projet.cli", "servir"]
        processus = subprocess.Popen(
            [*ordre, "--travailleurs", str(travailleurs), "--adresse", f"fd://{ecoute.fileno()}"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "maillage.projet.settings"},
            pass_fds=[ecoute.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _attendre(port, processus)
            yield port
        finally:
            processus.terminate()
            processus.wait(timeout=DELAI)


def _attendre(port: int, processus: subprocess.Popen[bytes]) -> None:
    fin = time.monotonic() + DELAI
    while time.monotonic() < fin and processus.poll() is None:
        connexion = HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            connexion.request("GET", "/sante/")
            if connexion.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connexion.close()
    raise RuntimeError("le service ne répond pas")


def _entrer(port: int, compte: str) -> str:
    connexion = HTTPConnection("127.0.0.1", port, timeout=DELAI)
    connexion.request(
        "POST",
        "/connexion/demonstration/",
        urlencode({"compte": compte, "csrfmiddlewaretoken": CSRF}),
        {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"maillage_csrf={CSRF}"},
    )
    reponse = connexion.getresponse()
    poses = [valeur.partition(";")[0] for nom, valeur in reponse.getheaders() if nom.lower() == "set-cookie"]
    connexion.close()
    if reponse.status != 302:
        raise StatutInattenduError(f"connexion : {reponse.status}")
    return "; ".join(poses)


def _charger(
    port: int, cookie: str, adresses: list[str], lecteurs: int, secondes: float
) -> dict[str, object]:
    temps: list[float] = []
    statuts: set[int] = set()
    suite, verrou = cycle(adresses), threading.Lock()
    fin = time.monotonic() + secondes

    def lire() -> None:
        connexion = HTTPConnection("127.0.0.1", port, timeout=DELAI)
        miens = []
        while time.monotonic() < fin:
            with verrou:
                adresse = next(suite)
            debut = time.perf_counter_ns()
            connexion.request("GET", adresse, headers={"Cookie": cookie})
            reponse = connexion.getresponse()
            reponse.read()
            miens.append((time.perf_counter_ns() - debut) / 1e6)
            statuts.add(reponse.status)
        connexion.close()
        with verrou:
            temps.extend(miens)

    debut = time.monotonic()
    fils = [threading.Thread(target=lire) for _ in range(lecteurs)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    duree = time.monotonic() - debut
    if statuts != {200}:
        raise StatutInattenduError(f"statuts {sorted(statuts)}")
    return {
        "pages_par_seconde": round(len(temps) / duree, 1),
        "lecteurs": lecteurs,
        "mediane_ms": round(centile(temps, 0.5), 2),
        "p95_ms": round(centile(temps, 0.95), 2),
        "secondes": round(duree, 1),
    }
