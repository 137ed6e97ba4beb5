"""The worlds at hand on a screen."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from detente.questions.answers import WorldCheckAnswer, WorldList, WorldShow
from detente.screens.pieces import listing, new_table


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
    listing("Choices", [f"{k}: {v}" for k, v in answer.choices.items()], console)
    listing("Sources", [" · ".join(str(v) for k, v in s.items() if k != "sha256") for s in answer.sources], console)
    console.print(f"\n[dim]{escape(answer.credit)}; world {answer.provenance.world_hash}[/dim]")


def show_world_check(answer: WorldCheckAnswer, console: Console) -> None:
    """Each rule with its worst departure."""
    for c in answer.checks:
        mark = "[green]holds[/green]" if c["ok"] else "[red]does not hold[/red]"
        console.print(
            f"{mark}  {escape(c['rule'])}: {c['worst']:.2g} of {c['tolerance']:.2g} at {escape(str(c['where']))}"
        )
    console.print(f"{answer.world} {'holds together' if answer.ok else 'does not hold together'}")
