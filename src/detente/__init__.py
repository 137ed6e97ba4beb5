"""Détente: trade disputes as a system you can ask."""
