"""Wrong input is refused with everything that is wrong, by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from detente.economy import Policy, World, solve
from detente.terms import InputFault
from tests.economy.made import made

ARRAYS = made(1)
PLAIN = made(1, inputs=False)


def faults(call: Any, *args: Any, **kwargs: Any) -> dict[str, str]:
    """The faults of a call, by path."""
    with pytest.raises(InputFault) as caught:
        call(*args, **kwargs)
    return {fault.path: fault.message for fault in caught.value.faults}


def altered(array: np.ndarray, cell: Any, value: float) -> np.ndarray:
    """A copy with one cell changed."""
    copy = array.copy()
    copy[cell] = value
    return copy


def test_everything_at_once() -> None:
    """Faults in five arguments come in one exception, each with what is allowed."""
    assert ARRAYS.input_share is not None
    assert ARRAYS.value_added_share is not None
    with pytest.raises(InputFault) as caught:
        ARRAYS.world(
            flows=altered(ARRAYS.flows, (0, 1, 2), -1.0),
            tariff=altered(ARRAYS.tariff, (1, 0, 0), -1.0),
            elasticity=[4.0, -1.0, 2.0],
            input_share=-ARRAYS.input_share,
            value_added_share=altered(ARRAYS.value_added_share, (2, 1), np.nan),
        )
    by_path = {fault.path: fault for fault in caught.value.faults}
    assert set(by_path) == {"flows", "tariff", "elasticity", "input_share", "value_added_share"}
    assert by_path["flows"].message == "Negative: E0 · E1 · s2."
    assert all(fault.allowed for fault in caught.value.faults)


WORLD_FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"flows": altered(PLAIN.flows, (0, 1, 2), np.nan)}, "flows", "Not a finite number: E0 · E1 · s2"),
    ({"flows": altered(PLAIN.flows, (0, 1, 2), np.inf)}, "flows", "Not a finite number"),
    ({"flows": PLAIN.flows.transpose(2, 0, 1)}, "flows", "The shape is (3, 4, 4)"),
    ({"flows": "many"}, "flows", "not numbers"),
    ({"flows": altered(PLAIN.flows, 0, 0.0)}, "flows", "Sells nothing: E0"),
    ({"tariff": altered(PLAIN.tariff, (0, 1, 2), -1.5)}, "tariff", "−100% or less: E0 · E1 · s2"),
    ({"elasticity": -1.0}, "elasticity", "σ is zero or negative"),
    ({"elasticity": np.nan}, "elasticity", "Not a finite number"),
    ({"elasticity": [1.0, 2.0]}, "elasticity", "The shape is (2,)"),
    ({"economies": ["E0", "E0", "E1", "E2"]}, "economies", "E0 named more than once"),
    ({"sectors": []}, "sectors", "no labels"),
    ({"input_share": np.full((4, 3, 3), 1 / 3)}, "value_added_share", "Missing"),
    ({"value_added_share": np.full((4, 3), 0.5)}, "input_share", "Missing"),
    ({"final_share": np.full((4, 3), 0.5)}, "final_share", "Does not sum to one"),
    ({"final_share": np.full((4, 3), 1 / 3)}, "final_share", "Differs from what flows"),
]


@pytest.mark.parametrize(("changed", "path", "message"), WORLD_FAULTS)
def test_world_faults(changed: dict[str, Any], path: str, message: str) -> None:
    """Each wrong argument of a world is named."""
    arguments = {**PLAIN._asdict(), **PLAIN.labels, **changed}
    assert message in faults(World.from_arrays, **arguments)[path]


def test_sector_consumed_and_made_nowhere() -> None:
    """A sector with demand and no sales anywhere is named."""
    flows = altered(PLAIN.flows, (slice(None), slice(None), 1), 0.0)
    found = faults(PLAIN._replace(flows=flows).world, final_share=np.full((4, 3), 1 / 3))
    assert "Consumed but made nowhere: s1" in found["flows"]


def test_inputs_nobody_sells() -> None:
    """Inputs that exceed purchases leave a negative final demand, which is named."""
    share = np.zeros((4, 3, 3))
    share[:, 0] = 1
    found = faults(PLAIN.world, input_share=share, value_added_share=np.full((4, 3), 0.4))
    assert "final demand is negative" in found["flows"]


def test_input_shares_must_sum() -> None:
    """Input shares off by a tenth are named by economy and using sector."""
    assert ARRAYS.input_share is not None
    found = faults(ARRAYS.world, input_share=altered(ARRAYS.input_share, (0, slice(None), 1), 0.3))
    assert found["input_share"] == "Does not sum to one: E0 · s1."


def test_two_worlds_in_one() -> None:
    """Economies that trade with nobody else have no wage relative to the others."""
    flows = np.zeros((4, 4, 1))
    flows[:2, :2] = flows[2:, 2:] = 1
    found = faults(World.from_arrays, flows, list("ABCD"), ["all"], 4.0)
    assert "No trade with A, direct or through others: C; D" in found["flows"]


def test_labels_are_checked() -> None:
    """A DataArray with other labels or dimensions is refused; so is a name that is only nearly right."""
    world = PLAIN.world(economies=["USA", "CHN", "DEU", "ROW"])
    tariff = world.tariff.assign_coords(exporter=["USA", "CHN", "DEUX", "ROW"])
    found = faults(solve, world, Policy(tariff=tariff))
    assert set(found) == {"policy.tariff.exporter"}
    found = faults(solve, world, Policy(tariff=world.tariff.rename(exporter="origin")))
    assert "The dimensions are origin, importer, sector" in found["policy.tariff"]


def test_policy_faults_at_once() -> None:
    """Everything wrong with a policy and its rules comes in one exception."""
    policy = Policy(
        tariff=np.full((4, 4, 3), -2.0),
        export_tax=np.full((4, 4, 3), np.nan),
        iceberg=np.zeros((4, 4, 3)),
        quantity_limit=np.ones((4, 4, 3)),
        rent_to="nobody",  # type: ignore[arg-type]
    )
    found = faults(solve, PLAIN.world(), policy, closure="osa", deficits="closed", weights=[1])
    paths = {"tariff", "export_tax", "iceberg", "quantity_limit", "rent_to"}
    assert set(found) == {f"policy.{path}" for path in paths} | {"closure", "deficits", "weights"}


def test_weights_and_mobility() -> None:
    """Political weights belong to closure ossa and labour mobility is no negative number."""
    assert "no meaning" in faults(solve, PLAIN.world(), weights=np.ones((4, 3)))["weights"]
    assert "All weights are zero" in faults(solve, PLAIN.world(), closure="ossa", weights=np.zeros((4, 3)))["weights"]
    assert "no elasticity" in faults(solve, PLAIN.world(), labour_mobility=-1.0)["labour_mobility"]


def test_limits_on_own_sales_and_below_zero() -> None:
    """A limit on own sales or below zero is refused and named."""
    limit = np.full((4, 4, 3), np.nan)
    limit[0, 1, 0], limit[2, 2, 1] = -0.5, 0.5
    found = faults(solve, PLAIN.world(), Policy(quantity_limit=limit))["policy.quantity_limit"]
    assert "E0 · E1 · s0" in found or "E2 · E2 · s1" in found


def test_low_elasticities_need_armington() -> None:
    """θ ≤ 0 is refused under Caliendo–Parro and named; Armington takes it."""
    world = PLAIN.world(elasticity=[-0.5, 0.0, 4.0])
    assert "s0; s1" in faults(solve, world)["elasticity"]
    assert solve(world, closure="armington").status.converged


def test_shares_that_are_no_equilibrium() -> None:
    """Value added that sales under the shares do not pay is named."""
    world = PLAIN.world()
    accounts = world.accounts
    found = faults(
        World.from_shares,
        np.asarray(accounts.trade_share),
        **PLAIN.labels,
        elasticity=4.0,
        value_added=np.ones(4),
        final_share=np.asarray(accounts.final_share),
        tariff=PLAIN.tariff,
    )
    assert "Not what sales pay under these shares" in found["value_added"]


def test_shares_give_the_world_back() -> None:
    """A world's own shares, value added and deficits make the same world."""
    world = ARRAYS.world()
    accounts = world.accounts
    again = World.from_shares(
        world.trade_array(np.asarray(accounts.trade_share), "trade_share"),
        **ARRAYS.labels,
        elasticity=ARRAYS.elasticity,
        value_added=world.value_added,
        final_share=world.final_share,
        deficit=world.deficit,
        tariff=world.tariff,
        input_share=ARRAYS.input_share,
        value_added_share=ARRAYS.value_added_share,
    )
    np.testing.assert_allclose(again.flows, world.flows, rtol=1e-12)


def test_data_arrays_in_any_order() -> None:
    """DataArrays are read by name, whatever the order of their dimensions and labels."""
    world = PLAIN.world()
    shuffled = world.flows.transpose("sector", "importer", "exporter").isel(importer=[3, 1, 0, 2], sector=[2, 0, 1])
    again = World.from_arrays(shuffled, **PLAIN.labels, elasticity=4.0, tariff=PLAIN.tariff)
    xr.testing.assert_equal(again.flows, world.flows)
