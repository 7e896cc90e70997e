"""Writing XML: a tree of elements, letters that XML cannot hold left out."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(parent: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    """A new element at the end of its parent."""
    made = ET.SubElement(parent, tag, {key: _UNSAFE.sub("", value) for key, value in attributes.items()})
    if text:
        made.text = _UNSAFE.sub("", text)
    return made


def said(parent: ET.Element, tag: str, text: str) -> None:
    """An element with this text; none where there is nothing to say."""
    if text:
        element(parent, tag, text)


def document(root: ET.Element) -> bytes:
    """The tree as a file in UTF-8."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
