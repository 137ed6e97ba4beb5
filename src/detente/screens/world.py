"""The worlds at hand on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from detente.screens.pieces import listing, new_table

if TYPE_CHECKING:
    from detente.questions.answers import WorldCheckAnswer, WorldList, WorldShow

TOLD = 1e-12
"""The share from which a difference between sums is told: below it is rounding."""


def show_world_list(answer: WorldList, console: Console) -> None:
    """Worlds and elasticity sets."""
    table = new_table("Worlds", ("world", "year", "economies", "sectors", "title"))
    for w in answer.worlds:
        table.add_row(w.world, str(w.base_year), str(w.economies), str(w.sectors), escape(w.title))
    console.print(table)
    table = new_table("Elasticities (--elasticity NAME)", ("name", "is", "horizon", "paper"))
    for e in answer.elasticities:
        table.add_row(e["name"], e["kind"], e["horizon"], escape(e["paper"]))
    console.print(table)


def show_world(answer: WorldShow, console: Console) -> None:
    """Economies, sectors, choices and sources of a world."""
    console.print(f"[bold]{escape(answer.title)}[/bold] ({answer.world}, {answer.base_year}; {answer.unit})")
    if answer.provisional:
        console.print(f"[yellow]Provisional: {', '.join(answer.provisional)}[/yellow]")
    table = new_table(
        "Economies", ("code", "value added bn", "goods imports bn", "goods exports bn", "deficit %", "duty %")
    )
    for e in answer.economies:
        row = (e["value_added_usd_bn"], e["goods_imports_usd_bn"], e["goods_exports_usd_bn"])
        table.add_row(e["code"], *(f"{v:,.0f}" for v in row), f"{e['deficit_share']:.1%}", f"{e['tariff']:.2%}")
    console.print(table)
    table = new_table("Sectors", ("code", "name", "sales bn", "trade bn", "θ"))
    for s in answer.sectors:
        table.add_row(
            s["code"], escape(s["name"]), f"{s['sales_usd_bn']:,.0f}", f"{s['trade_usd_bn']:,.0f}", f"{s['theta']:.2f}"
        )
    console.print(table)
    listing("Notes", answer.notes, console)
    listing("Choices", [f"{k}: {v}" for k, v in answer.choices.items()], console)
    listing("Sources", [" · ".join(str(v) for k, v in s.items() if k != "sha256") for s in answer.sources], console)
    console.print(f"\n[dim]{escape(answer.credit)}; world {answer.provenance.world_hash}[/dim]")


def show_built(answer: WorldShow, console: Console) -> None:
    """What was built, and what did not add up on the way."""
    console.print(
        f"Built {escape(answer.world)}: {len(answer.economies)} economies, {len(answer.sectors)} sectors, "
        f"{answer.base_year}; read as {escape(answer.choices['format'])}."
    )
    for line in (*_told(answer.balance), *answer.notes):
        console.print(f"  {escape(line)}")
    if "tariff" in answer.provisional:
        console.print(f"  tariffs: {escape(answer.choices['tariff'])}")
    console.print(f"[dim]{escape(answer.credit)}; world {answer.provenance.world_hash}[/dim]")


_REPORTS = {
    "rows_less_columns": "rows less columns",
    "rows_less_stated": "rows less stated output",
    "columns_less_stated": "columns less stated output",
    "negative_flows": "negative flows, set to zero",
    "negative_inputs": "negative inputs, set to zero",
    "negative_value_added": "negative value added, balanced",
    "negative_final_demand": "negative final demand, balanced",
}


def _told(balance: dict[str, Any]) -> list[str]:
    """One line for each thing that did not add up: how much, of what, and where most."""
    lines = []
    for key, title in _REPORTS.items():
        found = balance.get(key, {})
        many = found.get("cells", found.get("compared", 0) if found.get("share", 0.0) > TOLD else 0)
        if many:
            worst = ", ".join(f"{place} {value:,.4g}" for place, value in list(found["worst"].items())[:3])
            lines.append(f"{title}: {many:,}, {found['share']:.2g} of the whole; most at {worst}")
    if moved := balance.get("balanced"):
        worst = ", ".join(f"{place} {one['inputs_moved']:.2%}" for place, one in list(moved.items())[:6])
        lines.append(f"balanced {len(moved)} economies; inputs moved, of sales: {worst}")
    if partly := balance.get("domestic_sales_partly_known", {}).get("cells"):
        lines.append(f"domestic sales known in part only: {partly:,} economies and sectors")
    return lines


def show_world_check(answer: WorldCheckAnswer, console: Console) -> None:
    """Each rule with its worst departure."""
    for c in answer.checks:
        mark = "[green]holds[/green]" if c["ok"] else "[red]does not hold[/red]"
        console.print(
            f"{mark}  {escape(c['rule'])}: {c['worst']:.2g} of {c['tolerance']:.2g} at {escape(str(c['where']))}"
        )
    console.print(f"{answer.world} {'holds together' if answer.ok else 'does not hold together'}")
