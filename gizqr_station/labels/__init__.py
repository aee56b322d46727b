"""Draws labels as whole dots, reads them back, and keeps them as pictures."""
