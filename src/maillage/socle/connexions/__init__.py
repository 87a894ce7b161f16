"""Django's connections to PostgreSQL, whose health is asked of the socket."""
