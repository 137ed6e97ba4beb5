"""What world-2022 says about itself: sources with credit, and the choices made in building it."""

from __future__ import annotations

from typing import Final

TITLE: Final = "The world of 2022: 24 economies, 22 goods sectors and services"

CREDIT: Final = (
    "OECD, Inter-Country Input-Output Tables, http://oe.cd/icio. An adaptation of an original work by the OECD; the "
    "opinions expressed and arguments employed should not be reported as representing the official views of the OECD "
    "or of its Member countries."
)

_ICIO: Final = "OECD, Inter-Country Input-Output Tables"
_REGIONAL: Final = "7 regions × 44 industries, 2017, derived from the OECD Inter-Country Input-Output Tables"
_OECD_TERMS: Final = "OECD terms and conditions: reuse with credit"

SOURCES: Final[dict[str, dict[str, str]]] = {
    "icio/flows-2022.npz": {"title": "Bilateral flows", "publisher": _ICIO, "vintage": "2022", "terms": _OECD_TERMS},
    "trade7x44-2017/IOshare.csv": {
        "title": "Input shares",
        "publisher": _REGIONAL,
        "vintage": "2017",
        "terms": _OECD_TERMS,
    },
    "trade7x44-2017/vashare.csv": {
        "title": "Value added shares",
        "publisher": _REGIONAL,
        "vintage": "2017",
        "terms": _OECD_TERMS,
    },
    "trade7x44-2017/finalshare.csv": {
        "title": "Final demand shares",
        "publisher": _REGIONAL,
        "vintage": "2017",
        "terms": _OECD_TERMS,
    },
    "trade7x44-2017/TradeFlow2017.csv": {
        "title": "Flows of 2017, as weights of service industries",
        "publisher": _REGIONAL,
        "vintage": "2017",
        "terms": _OECD_TERMS,
    },
    "trade7x44-2017/tariff_prewar2017.csv": {
        "title": "Effectively applied tariffs, simple averages by pair and industry",
        "publisher": "7 regions × 44 industries",
        "vintage": "2017",
        "terms": "figures, with credit",
    },
    "icio2019-g20/icio_oecd2023_2019_isic_g20.npz": {
        "title": "Inter-country table of the G20, to compare with only",
        "publisher": f"{_ICIO}, 2023 edition",
        "vintage": "2019",
        "terms": _OECD_TERMS,
    },
}
"""Every input file, by its place in the source folder."""

CHOICES: Final[dict[str, str]] = {
    "economies": (
        "the parties of the shipped disputes and where their trade moves; CHN is mainland China and Hong Kong, EU "
        "the 27, PHL completes the six large economies of ASEAN, ROW is the rest"
    ),
    "flows": (
        "as published: at basic prices, exclusive of import duties, since the tables book taxes on products in rows "
        "of their own; not changed by balancing. Goods flows are below customs figures (US goods imports 2.50 "
        "against 3.2 trillion USD): at basic prices freight, insurance and trade margins are services, and "
        "re-exports are left out"
    ),
    "value_added": (
        "at basic prices, so below GDP by taxes less subsidies on products; these taxes are not modelled, apart from "
        "tariffs. China's was 13.2 in the tables of 2019, where GDP was 14.3 trillion USD: hence about 17.4 here "
        "with Hong Kong, where GDP of the mainland was 17.9 to 18.0"
    ),
    "cost_shares": (
        "of 2017, own region or the one named under shares_from: ROW contains the others; Britain was in EU; Canada "
        "and Australia start from the region most like their own table of 2019, Switzerland, Singapore and Viet Nam "
        "from the one that balancing moves less and that brings value added nearer to GDP. Where shares are borrowed "
        "value added is less certain: about a fifth above GDP for Korea, a quarter for Switzerland and Singapore, a "
        "third for Viet Nam"
    ),
    "services": "22 service industries merged with their sales of 2017, net of tariffs, as weights",
    "balance": (
        "relative entropy (RAS) economy by economy, to purchases with tariffs and sales; final demand counts a "
        "quarter, because cost shares move slowly, and since of 1, 1/2, 1/4 and 1/10 it comes nearest to the cost "
        "tables of 2019"
    ),
    "tariff_before": (
        "2017, before the disputes, by pair of regions and industry, effectively applied, simple over lines; brought "
        "to economies with the goods trade of 2022 as weights. Between two economies of the region ROW: the mean of "
        "what ROW charges the six others. Zero where an agreement in force by 2022 freed almost all goods "
        "(agreements.csv), and into Hong Kong and Singapore. Own trade and services pay none"
    ),
    "tariff": (
        "tariff_before plus the measures in force on 1 July 2022 as known that day, from the shipped records us-china "
        "and us-world. US duties: by tariff line, weighted with US imports for consumption of 2024 by line and "
        "partner (US Census Bureau, public domain), lines to sectors by the correspondence of HS and ISIC (UN "
        "Statistics Division). China's lists of 2018–19: their published averages by sector at the peak of September "
        "2019, scaled by what the lists charge on the day. With the trade of 2022 as weights of sectors they add 10.3 "
        "and 11.9 points between the USA and CHN. With weights of 2017 it is 16.2 and 13.1 (Bown, Peterson Institute "
        "for International Economics): by 2024 less of what pays came from China, and more of what was spared, such "
        "as telephones and computers. Third countries pay Section 232 and 201 duties; a quota in place of a duty "
        "counts as free. Left out: product exclusions of both sides, Section 201 on washers, retaliation of third "
        "countries, US column-2 rates on Russia"
    ),
}
