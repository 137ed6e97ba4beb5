"""The economies and sectors of world-2022, and how they follow from those of its sources."""

from __future__ import annotations

from typing import Final

_EU27: Final = (
    "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE"
)
_ECONOMIES: Final = "USA CHN EU GBR JPN KOR TWN IND VNM THA MYS PHL IDN MEX CAN BRA AUS CHE TUR SAU RUS ZAF SGP ROW"

EU27: Final = tuple(_EU27.split())

ECONOMIES: Final = tuple(_ECONOMIES.split())
"""The parties of the shipped disputes, the economies to which their trade moves, and the rest of the world."""

GROUPS: Final = {"CHN": ("CHN", "HKG"), "EU": EU27}
"""Economies of several members; every other economy is itself, and `ROW` is what remains."""

SECTORS: Final = {
    "A01_02": "Agriculture, hunting, forestry",
    "A03": "Fishing and aquaculture",
    "B05_06": "Mining of energy products",
    "B07_08": "Mining of other products",
    "B09": "Mining support services",
    "C10T12": "Food, beverages, tobacco",
    "C13T15": "Textiles, apparel, leather, footwear",
    "C16": "Wood and products of wood",
    "C17_18": "Paper and printing",
    "C19": "Coke and refined petroleum",
    "C20": "Chemicals",
    "C21": "Pharmaceuticals",
    "C22": "Rubber and plastics",
    "C23": "Other non-metallic minerals",
    "C24": "Basic metals",
    "C25": "Fabricated metal products",
    "C26": "Computers, electronics, optics",
    "C27": "Electrical equipment",
    "C28": "Machinery, not elsewhere classified",
    "C29": "Motor vehicles",
    "C30": "Other transport equipment",
    "C31T33": "Furniture, other manufacturing, repair",
    "services": "Electricity, construction and all services (D to T)",
}
"""Sector codes after ISIC Rev. 4 as the ICIO tables group them, with their names."""

GOODS: Final = tuple(code for code in SECTORS if code != "services")

ICIO_SECTORS: Final = {
    "A01": "A01_02",
    "A02": "A01_02",
    "B05": "B05_06",
    "B06": "B05_06",
    "B07": "B07_08",
    "B08": "B07_08",
    "C24A": "C24",
    "C24B": "C24",
    "C301": "C30",
    "C302T309": "C30",
    "Services (aggregate)": "services",
}
"""The sector of each ICIO industry whose code differs."""

REGIONS: Final = ("BRA", "CHN", "EU", "IND", "JPN", "ROW", "USA")
"""The regions of the 7 × 44 tables; their EU is the EU of 28: its output of 2017 is that of the 27 and Britain."""

SHARES_FROM: Final = {
    "USA": "USA",
    "CHN": "CHN",
    "EU": "EU",
    "GBR": "EU",
    "JPN": "JPN",
    "IND": "IND",
    "BRA": "BRA",
    "CAN": "USA",
    "AUS": "EU",
    "CHE": "EU",
    "SGP": "EU",
    "VNM": "CHN",
}
"""Whose cost and final shares an economy starts from; `ROW` for those not named, since the region contains them.

Britain was part of the region EU. Canada and Australia start from the region whose balanced shares come near to
their own table of 2019 with little movement of final demand; Switzerland, Singapore and Viet Nam have no table
there and start from the region whose shares the balance moves less and which brings value added nearer to GDP.
"""

TARIFFS_FROM: Final = {code: code for code in REGIONS} | {"GBR": "EU"}
"""Whose tariffs before 2018 an economy has, as importer and as exporter; `ROW` for those not named."""

FREE_PORTS: Final = ("HKG", "SGP")
"""Economies without import duties on goods (Singapore: but for a few drinks)."""


def sector_of(icio_code: str) -> str:
    """The sector of an ICIO industry."""
    return ICIO_SECTORS.get(icio_code, icio_code)


def economy_of(member: str) -> str:
    """The economy of world-2022 that an ICIO economy belongs to."""
    for group, members in GROUPS.items():
        if member in members:
            return group
    return member if member in ECONOMIES else "ROW"


def members_of(economy: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The ICIO economies, among those known, that make up one economy."""
    return tuple(member for member in known if economy_of(member) == economy)


def shares_from(economy: str) -> str:
    """The region whose cost and final shares this economy starts from."""
    return SHARES_FROM.get(economy, "ROW")


def tariffs_from(member: str) -> str:
    """The region whose tariffs before 2018 this ICIO economy has."""
    return TARIFFS_FROM.get(economy_of(member), "ROW")
