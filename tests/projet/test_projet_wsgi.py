"""Between two pages the web process sweeps what the page before has left; what it is made of never goes.

In a process of its own: the door of the web process sets the collector for good.
"""

import json
import subprocess
import sys

import pytest

CONSTATS = """
import gc, json, weakref
from django.core.signals import request_started
from maillage.projet import wsgi

class Page:
    def __init__(self):
        self.contexte = self

def laisser_une_page():
    return weakref.ref(Page())

gc.collect()
page = laisser_une_page()
avant = page() is not None
generations = []
gc.callbacks.append(lambda moment, lu: moment == "start" and generations.append(lu["generation"]))
request_started.send(sender=None, environ={})
print(json.dumps({
    "avant": avant,
    "apres": page() is not None,
    "generations": generations,
    "figes": gc.get_freeze_count(),
    "seuil": gc.get_threshold()[0],
}))
"""


@pytest.fixture(scope="module")
def constats() -> dict[str, object]:
    fait = subprocess.run(
        [sys.executable, "-c", CONSTATS], capture_output=True, text=True, check=False, timeout=120
    )
    assert fait.returncode == 0, fait.stderr
    lus: dict[str, object] = json.loads(fait.stdout)
    return lus


def test_une_page_qui_commence_emporte_ce_que_la_precedente_a_laisse(constats):
    assert constats["avant"]
    assert not constats["apres"]


def test_le_balayage_se_fait_une_fois_par_page_et_des_seuls_objets_recents(constats):
    assert constats["generations"] == [0]


def test_ce_dont_l_application_est_faite_n_est_plus_parcouru(constats):
    assert constats["figes"] > 10_000
    assert constats["seuil"] == 50_000
