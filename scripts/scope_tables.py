"""What the product lists at hand do not say, for `build_scopes.py`: corrections, and bounds from the texts of the acts.

Every table names its ground. Nothing here dates a list; days and acts stand with the scopes of the record.
"""

from __future__ import annotations

MAYBE = "?"
Codes = dict[str, str]


def words(text: str) -> list[str]:
    """The codes of a block of text."""
    return text.split()


# Annex II of the order of 2 April 2025. The list at hand lacks whole columns of the printed annex; most of what is
# missing stands in the list of November 2025. The rest, and what changed when, are as editions of US note 2(v)(iii) to
# chapter 99 show them: 7 of 2025 (April), 17 (August), 22 (September), 25 (October) and 29 (November).
ANNEX_II_REMOVED_2025_09 = words("28183000 38249993 39072900 39073000 39076100 39076900 39079950 39100000")
ANNEX_II_ADDED_2025_09 = words("""
    25041010 26040000 26090000 26122000 26139000 28254000 28332400 29035110 29242901 29242903 29242923 29242926
    29242928 29242933 29242957 29242980 29269050 29332905 29332960 47031100 47032100 47032900 71081100 71081250
    71081310 71081355 71081370 71082000 71159005 71159030 72026000 75011000 75021000 75022000 75030000 75040000
    79039030 85414100
""")
ANNEX_II_WOOD_MISSING = words("""
    44013200 44013942 44014100 44014900 44021000 44022000 44029001 44031100 44031200 44032101 44032201 44032301
    44032401 44032501 44032601 44034200 44034902 44039401 44039501 44123910 44123930 44123940 44123950 44124100
    44124200 44124900 44125110 44125131 44125141 44125151 44125210 44125231 44125241 44125251 44125980 44125990
    44125995 44129106 44129110 44129131 44129141 44129151 44129207 44129211 44129231 44129242 44129252 44129958
    44129961 44129971 44129981 44129991
""")
# Tropical wood stayed when the wood duty took the rest out; the exemptions of the 2026 surcharge have it too.
ANNEX_II_WOOD_KEPT = words("""
    44034200 44034902 44072100 44072200 44072301 44072500 44072600 44072700 44072800 44072902 44083101 44083902
""")
# Goods of November 2025 that are exempt by description only ("particular articles").
PARTICULAR_ARTICLES = words("""
    08059001 08119080 14049090 19059010 19059090 20089921 20093160 20098970 20099040 21069099 33012951
""")
# The memorandum of 11 April 2025 lists these headings whole; it does not list the whole of 8541.
MEMORANDUM_HEADINGS = words("8471 847330 8486 8524 8542")
MAGNETS = words("8505110070")

# Section 301. The public list gives to a list also the lines that its exclusion notes name, so a line can stand on
# several. The notes themselves do not overlap: the first list in order of the notes is the right one, and the duty
# collected in 2024 agrees, but for one line.
OLDER_LISTS = ["1", "2", "3", "4A", "4B"]
ON_LIST_4A = words("84433210")
# Lines that the review took from list 4A at the start of 2025 or 2026, so that 2024 was collected at its rate.
REVIEWED_FROM_4A = words("40151210 85076000")
# Lines of the review that paid no duty of this action before, by the facts (magnets) or the duty collected in 2024.
REVIEWED_FROM_NONE = words("85051100 25041010 25041050 25049000 81019400 81019910 81019980")
# List 3 in part (heading 9903.88.04): ten-digit lines by the duty collected in 2024. The rest of these eight-digit
# lines are on no list, or on list 4A.
LIST_3_IN_PART = words("""
    2931909010 2931909021 2931909025 2931909029 8517620010 8517620020 9401614011 9401614031 9401696011 9401696031
    9401710008 9401710011 9401710031 9401790006 9401790011 9401790015 9401790025 9401790035 9401790046 9401790050
    9401802005 9401802011 9401802031 9401804004 9401804006 9401804015 9401804026 9401804035 9401804046 9401806024
    9401806025 9401806028 9401806030 9403704001 9403704002 9403704015 9403704020 9403704031 9403708001 9403708002
    9403708015 9403708020 9403708031
""")
LIST_4A_IN_PART = words("8517620090 9401696001 9401710007")
# Goods returned after repair or processing abroad pay on the value added, at the rate of the list they are on.
RETURNED_GOODS = words("98020040 98020050 98020060 98020080")
# Note 31 to chapter 99 names statistical numbers where the public list has the eight-digit line.
RESPIRATORS_AND_REUSABLE_MASKS = words("6307909842 6307909844 6307909850 6307909875")
DISPOSABLE_MASKS = words("6307909870")
VEHICLE_BATTERIES, OTHER_BATTERIES = words("8507600010"), words("8507600020")

# Section 232. Codes of the lists at hand that do not exist in the schedule, and what is meant.
MISPRINTS = {
    "71229000": "73229000",
    "94969001": "94069001",
    "86122020": "85122020",
    "86122040": "85122040",
    "882721": "852721",
    "7616100090": "7616109090",
    "7610109090": "76101000",
    "8708103060": "87081060",
    "73269000": None,
    "73170088": None,
    "73170095": None,
}
# The proclamations of 2018 define steel by subheadings 7206.10 to 7216.50, 7216.99 to 7301.10, 7302.10, 7302.40 to
# 7302.90 and 7304.10 to 7306.90; aluminium by 7601, 7604 to 7609 and castings and forgings of 7616.99.
STEEL_MILL: Codes = {
    **dict.fromkeys([str(h) for h in range(7206, 7216)], "1"),
    **dict.fromkeys(words("721610 721621 721622 721631 721632 721633 721640 721650 721699"), "1"),
    **dict.fromkeys([str(h) for h in range(7217, 7230)], "1"),
    **dict.fromkeys(words("730110 730210 730240 730290 7304 7305 7306"), "1"),
}
ALUMINIUM_MILL: Codes = dict.fromkeys(words("7601 7604 7605 7606 7607 7608 7609 7616995160 7616995170"), "1")

# Headings of lifting, earth-moving, farm and transport machines: the June 2026 annex of mobile industrial equipment.
MOBILE_MACHINES = words("8425 8426 8427 8428 8429 8430 8432 8433 8436 8474 8479 8701 8704 8705 8709 8716")
# Provisions of note 38(i) to chapter 99, edition 4 of 2026. What of them is a part of a truck the code does not say.
TRUCK_PARTS = words("""
    4009120020 4009220020 4009320020 4009420020 40111050 4011201015 4011201025 4011201035 40121940 40121980 40122060
    40131000 4016996010 7007211110 70072151 70091000 73201030 73201060 73201090 73202010 83012000 83021030 83023030
    83023060 84073414 84073418 84073425 84073444 84073448 84073455 84082020 8409911040 8409991040 84133010 84133090
    84139110 8413919010 8414308030 84145930 8414596540 84148005 84152000 84212300 84213200 84254900 84269100 8431100090
    84821010 8482105044 8482105048 8482200020 8482200030 8482200040 8482200061 8482200070 8482200081 84824000 84825000
    84831010 85013220 8501325540 85013261 8501332080 85013330 85013340 85013361 85013430 85013461 85014020 85014040
    85014050 85014060 85015120 85015140 85015150 85015160 85015240 8501528040 85071000 85079040 85111000 85112000
    85113000 85114000 85115000 85118020 85118060 85119060 85122020 85122040 85123000 85124020 85124040 85129020
    85129060 85129070 85198120 8525601010 85272115 85272125 85272140 85272940 85272980 8536410005 8539100010 8539100050
    85443000 87060003 87060005 87060015 87060025 8707905020 8707905060 8707905080 8707905090 87081030 87081060 87082100
    87082200 87082915 87082925 87082951 8708301010 87083050 87084011 87084030 87084050 87084060 87084065 87084070
    87084075 87085031 87085061 87085065 87085075 87085081 87085085 87085089 87085091 87085093 87085095 87085099
    87087005 87087025 87087035 87087045 87087060 87088013 87088016 87088055 87088060 87088065 87089150 87089165
    87089170 87089175 87089265 87089360 87089375 87089410 87089450 87089465 87089470 87089475 87089505 87089515
    87089520 87089903 87089906 87089923 87089927 87089931 87089941 8708994850 87089953 87089955 87089958 87089968
    87099000 90291080 9029204080 94012000
""")

# Scopes whose members are not at hand, bounded by what the record says of them: outside these nothing is in.
# Goods outside the forced-labour duty, note 52(b) to chapter 99 as transcribed in a public tariff tracker (863 codes in
# full). Chapters and headings whose listed lines were not taken over one by one are open; aircraft parts and goods for
# pharmaceutical use are exempt by use, which no code decides, and count as outside.
FORCED_LABOUR_FULL = words("""
27 4001 6309 7602 8471 847330 8486 8505110070 851713 851762 852351 8524 852852 854110 854121 854129 854130 854141
854149 854151 854159 854190 8542 854913 3818 90308200 90309084 90314100 90314970 90318040 90319045 90319054 90319070
96019020 97
""")
FORCED_LABOUR_OPEN = words("""
02 05 06 07 08 09 10 11 12 14 15 16 17 18 19 20 21 22 25 26 28 29 30 31 3204 3206 3301 3606 4113 4403 4407 4408 4412
4703 7106 7108 7110 7112 7115 7118 7201 7202 7203 7204 7401 7402 7403 7404 7405 7501 7502 7503 7504 7508 7901 7902
7903 7907 8001 8002 8007 8101 8103 8104 8105 8106 8108 8110 8111 8112
""")

BOUNDS: dict[str, Codes] = {
    "forced-labour-exempt": dict.fromkeys(FORCED_LABOUR_FULL, "1") | dict.fromkeys(FORCED_LABOUR_OPEN, MAYBE),
    "review-2024-cranes": {"84261900": MAYBE},
    "review-2026-100": {"90183100": MAYBE},
    "cranes-and-chassis": {"84261900": MAYBE, "8716": MAYBE},
    "legacy-chips": dict.fromkeys(words("8541 8542 28046100 38180000"), MAYBE),
    "solar-safeguard": dict.fromkeys(words("854140 854142 854143"), MAYBE),
    "washers": {"8450": MAYBE},
    "quartz-surfaces": {"6810": MAYBE},
    "derivatives-steel-2020": dict.fromkeys(words("7317 870810 870829"), MAYBE),
    "derivatives-aluminium-2020": dict.fromkeys(words("7614 870810 870829"), MAYBE),
    "derivatives-2025-06": dict.fromkeys(words("8418 8422 8450 8451 8509 8516 9403"), MAYBE),
    "trucks": dict.fromkeys(words("8701 8704 8705 8706"), MAYBE),
    "truck-parts": dict.fromkeys(TRUCK_PARTS, MAYBE),
    "buses": {"8702": "1"},
    "wood-lumber": {"44": MAYBE},
    "wood-furniture": {"9401": MAYBE},
    "wood-cabinets": {"9403": MAYBE},
    "advanced-chip-goods": dict.fromkeys(words("847150 847180 847330"), MAYBE),
    "pharma-named-firms": dict.fromkeys(words("29 30"), MAYBE),
    "pharma-other-firms": dict.fromkeys(words("29 30"), MAYBE),
    "metals-annex-ic": dict.fromkeys(MOBILE_MACHINES, MAYBE),
    "polysilicon": {"280461": "1"},
    "solar-wafers": {"3818": MAYBE},
    "solar-cells": {"854142": MAYBE},
    "solar-modules": {"854143": MAYBE},
    "drones-100": {"8806": MAYBE},
    "drones-25": dict.fromkeys(words("8806 8807"), MAYBE),
    "forced-labour-exempt-magnets": dict.fromkeys(MAGNETS, "1"),
    "magnets-2025-09": dict.fromkeys(MAGNETS, "1"),
    "cn-energy-15": dict.fromkeys(words("2701 2702 27111100"), "1"),
    "cn-energy-10": {"27090000": "1", **dict.fromkeys(words("8432 8433 8701 8703 8704"), MAYBE)},
}
