"""Readers of printers' languages, written from the manuals: they share no code with what writes these languages."""
