"""Marks beside sentences: the same shapes as in the charts, so that colour is never alone."""

from __future__ import annotations

from markupsafe import Markup

_SHAPES = {
    "run": {"con": '<path d="M6 .6 11.4 6 6 11.4.6 6z"/>', "": '<circle cx="6" cy="6" r="4.2"/>'},
    "beyond": {
        "con": '<circle class="ring" cx="6" cy="6" r="5.6"/><path d="M6 2.8 9.2 6 6 9.2 2.8 6z"/>',
        "": '<circle class="ring" cx="6" cy="6" r="5.6"/><circle cx="6" cy="6" r="2.6"/>',
    },
}


def icon(kind: str, role: str) -> Markup:
    """Return the mark of a signal: `kind` is run or beyond, `role` imp, con or chg."""
    shapes = _SHAPES[kind]
    return _icon(role, shapes.get(role, shapes[""]))


def centre_icon() -> Markup:
    """Return a short centre line."""
    return _icon("", '<path class="centre" d="M0 6H12"/>')


def baseline_icon() -> Markup:
    """Return a small shaded baseline."""
    return _icon("", '<rect class="shade edge" width="12" height="12"/>')


def bar_icon() -> Markup:
    """Return a bar between two bounds."""
    return _icon("", '<path class="centre" d="M6 1V11M3.5 1h5M3.5 11h5"/>')


def cross_icon() -> Markup:
    """Return the cross of a point that is left out."""
    return _icon("", '<path class="centre" d="M2 2 10 10M10 2 2 10"/>')


def _icon(role: str, shape: str) -> Markup:
    return Markup(f'<svg class="icon {role}" viewBox="0 0 12 12" aria-hidden="true">{shape}</svg>')
