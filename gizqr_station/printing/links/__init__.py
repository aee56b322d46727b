"""Connections over which bytes go to a printer, and sometimes come back."""
