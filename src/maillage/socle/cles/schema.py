"""The tables of the key store and who may do what there: one text, run by the owner, any number of times.

The web role reads and adds keys; it changes and destroys none. A destroyed key never comes back: the table
of the erased refuses it, whoever writes.
"""

from typing import Final

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS public.maitre (
  empreinte text PRIMARY KEY,
  courante boolean NOT NULL,
  le timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS maitre_une_courante ON public.maitre (courante) WHERE courante;
CREATE TABLE IF NOT EXISTS public.cle (
  objet uuid NOT NULL,
  generation smallint NOT NULL CHECK (generation > 0),
  maitre text NOT NULL REFERENCES public.maitre,
  enveloppe bytea NOT NULL CHECK (octet_length(enveloppe) = 60),
  tiree_le timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (objet, generation)
);
CREATE TABLE IF NOT EXISTS public.detruite (
  objet uuid PRIMARY KEY,
  le timestamptz NOT NULL DEFAULT now()
);
CREATE OR REPLACE FUNCTION public.refuser_une_cle_detruite() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.detruite d WHERE d.objet = NEW.objet) THEN
    RAISE EXCEPTION 'cle detruite' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER cle_pas_detruite BEFORE INSERT OR UPDATE ON public.cle
  FOR EACH ROW EXECUTE FUNCTION public.refuser_une_cle_detruite();
REVOKE ALL ON public.maitre, public.cle, public.detruite FROM PUBLIC, m_web, m_taches;
REVOKE ALL ON FUNCTION public.refuser_une_cle_detruite() FROM PUBLIC;
GRANT SELECT ON public.maitre, public.detruite TO m_web;
GRANT SELECT, INSERT ON public.cle TO m_web;
"""
