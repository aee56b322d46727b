"""How results leave the station."""
