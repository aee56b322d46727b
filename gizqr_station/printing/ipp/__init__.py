"""Printers and queues that speak the Internet Printing Protocol."""
