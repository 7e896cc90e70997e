"""The sections of ISIC Rev. 4, the United Nations' classification of economic activities (UN Statistics Division, 2008)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTIONS: dict[str, str | Promise] = {
    "A": _("Agriculture, forestry and fishing"),
    "B": _("Mining and quarrying"),
    "C": _("Manufacturing"),
    "D": _("Electricity, gas and new energy"),
    "E": _("Water supply and waste management"),
    "F": _("Construction"),
    "G": _("Wholesale, retail and e-commerce"),
    "H": _("Transport, ports and logistics"),
    "I": _("Accommodation and food service"),
    "J": _("Information and communication"),
    "K": _("Finance and insurance"),
    "L": _("Real estate"),
    "M": _("Science, technology and professional services"),
    "N": _("Administrative and support services"),
    "O": _("Public administration"),
    "P": _("Education"),
    "Q": _("Health and medicine"),
    "R": _("Arts, entertainment and recreation"),
    "S": _("Other services"),
    "T": _("Households as employers"),
    "U": _("International organisations"),
}

DIVISIONS: dict[str, str | Promise] = {
    "01": _("Crops, livestock and hunting"),
    "02": _("Forestry and logging"),
    "03": _("Fishing and aquaculture"),
    "05": _("Coal and lignite"),
    "06": _("Crude oil and natural gas"),
    "07": _("Metal ores"),
    "08": _("Stone, sand, clay and other minerals"),
    "09": _("Services for mines and wells"),
    "10": _("Food products"),
    "11": _("Beverages"),
    "12": _("Tobacco"),
    "13": _("Textiles"),
    "14": _("Clothing"),
    "15": _("Leather and shoes"),
    "16": _("Wood and cork"),
    "17": _("Paper"),
    "18": _("Printing and recorded media"),
    "19": _("Coke and refined petroleum"),
    "20": _("Chemicals"),
    "21": _("Medicines"),
    "22": _("Rubber and plastics"),
    "23": _("Glass, ceramics, cement and stone"),
    "24": _("Basic metals"),
    "25": _("Metal products"),
    "26": _("Computers, electronics and optics"),
    "27": _("Electrical equipment"),
    "28": _("Machinery"),
    "29": _("Motor vehicles"),
    "30": _("Ships, trains, aircraft and bicycles"),
    "31": _("Furniture"),
    "32": _("Other manufacturing, medical instruments among it"),
    "33": _("Repair and installation of machinery"),
    "35": _("Electricity, gas and heat"),
    "36": _("Water supply"),
    "37": _("Sewerage"),
    "38": _("Waste and recycling"),
    "39": _("Cleaning of soil and water"),
    "41": _("Construction of buildings"),
    "42": _("Civil engineering"),
    "43": _("Specialised construction"),
    "45": _("Trade in and repair of vehicles"),
    "46": _("Wholesale"),
    "47": _("Retail and online shops"),
    "49": _("Transport by road, rail and pipeline"),
    "50": _("Shipping"),
    "51": _("Air transport"),
    "52": _("Ports, warehouses and logistics"),
    "53": _("Post and couriers"),
    "55": _("Hotels and other lodging"),
    "56": _("Restaurants and catering"),
    "58": _("Publishing and software in boxes"),
    "59": _("Film, television and music"),
    "60": _("Broadcasting"),
    "61": _("Telecommunications"),
    "62": _("Software and computer consultancy"),
    "63": _("Information services and data hosting"),
    "64": _("Banking and funds"),
    "65": _("Insurance and pensions"),
    "66": _("Services for finance"),
    "68": _("Real estate services"),
    "69": _("Law and accounting"),
    "70": _("Head offices and management consultancy"),
    "71": _("Architecture, engineering and testing"),
    "72": _("Research and development"),
    "73": _("Advertising and market research"),
    "74": _("Design, photography, translation and the like"),
    "75": _("Veterinary services"),
    "77": _("Rental and leasing"),
    "78": _("Employment agencies"),
    "79": _("Travel agencies and tours"),
    "80": _("Security"),
    "81": _("Care of buildings and gardens"),
    "82": _("Office services, fairs and congresses"),
    "84": _("Public administration and defence"),
    "85": _("Schools, universities and courses"),
    "86": _("Hospitals and practices"),
    "87": _("Residential care"),
    "88": _("Social work"),
    "90": _("Art and performance"),
    "91": _("Libraries, archives and museums"),
    "92": _("Gambling"),
    "93": _("Sport and amusement"),
    "94": _("Associations and chambers"),
    "95": _("Repair of computers and household goods"),
    "96": _("Other personal services"),
    "97": _("Household staff"),
    "98": _("Households producing for themselves"),
    "99": _("Embassies and international organisations"),
}
"""The divisions of the sections, by their two digits."""
_FIRST = {
    "A": 1, "B": 5, "C": 10, "D": 35, "E": 36, "F": 41, "G": 45, "H": 49, "I": 55, "J": 58, "K": 64, "L": 68, "M": 69, "N": 77,
    "O": 84, "P": 85, "Q": 86, "R": 90, "S": 94, "T": 97, "U": 99,
}  # fmt: skip


def section_of(code: str) -> str:
    """The letter of the section in which a division stands; of a section its own.

    Raises:
        KeyError: there is no such section or division.
    """
    if code in SECTIONS:
        return code
    if code not in DIVISIONS:
        raise KeyError(code)
    return max(letter for letter, first in _FIRST.items() if first <= int(code))


def title_of(code: str) -> str:
    """The name of a section or a division, in the language of the page."""
    return str(SECTIONS.get(code) or DIVISIONS[code])
