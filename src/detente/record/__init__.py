"""The record of a dispute."""
