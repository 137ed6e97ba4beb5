"""Worlds from public tables: one reader a layout, one way of bringing their accounts together.

`build.build_table` is the way in; `docs/own-data.md` says what is read and what is done with what does not add up.
"""
