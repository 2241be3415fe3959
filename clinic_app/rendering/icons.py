"""The small signs of the handout: backgrounds, which a screen reader does not hear. Words stand beside each."""

from __future__ import annotations

from hashlib import sha256
from types import MappingProxyType

from clinic_app.rendering.assets import address

INK = "#16242E"


def _svg(size: int, inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{inside}</svg>'.encode()


_LINE = f'fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
ICONS = MappingProxyType(
    {
        # An octagon with "!": the shape of a stop sign, white on the dark bar.
        "stop": _svg(
            24,
            '<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" fill="#fff"/>'
            '<path d="M10.4 5.2h3.2l-.5 8.6h-2.2z" fill="#8E1320"/><circle cx="12" cy="17.3" r="1.9" fill="#8E1320"/>',
        ),
        "feel": _svg(24, f'<circle cx="12" cy="12" r="9.5" {_LINE}/><path d="M7.5 12.4l3.2 3.2 6-6.6" {_LINE}/>'),
        "care": _svg(
            24,
            f'<path d="M12 2.8L22.4 21H1.6z" {_LINE}/><path d="M12 9.4v5.4" {_LINE}/>'
            f'<circle cx="12" cy="18" r="1.3" fill="{INK}"/>',
        ),
        "easier": _svg(24, f'<path d="M12 3.5v16M5.5 13l6.5 6.5 6.5-6.5" {_LINE}/>'),
    }
)
FILES = MappingProxyType({sha256(data).hexdigest(): (data, "image/svg+xml") for data in ICONS.values()})


def address_of(name: str) -> str:
    """The address of an icon for the style sheet; raises KeyError for a name that is not drawn."""
    return address(sha256(ICONS[name]).hexdigest())
