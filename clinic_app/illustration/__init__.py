"""Illustrations: poses in, SVG out. Pure functions over frozen values; no Flask, no database."""

from clinic_app.illustration.draw import draw
from clinic_app.illustration.looks import LOOKS, Look, look_of
from clinic_app.illustration.moving import moving, moving_of
from clinic_app.illustration.scene import Scene, read_scene
from clinic_app.illustration.side import DrawnFrame, SideShown, draw_for_side, draw_frames, side_shown

__all__ = [
    "LOOKS",
    "DrawnFrame",
    "Look",
    "Scene",
    "SideShown",
    "draw",
    "draw_for_side",
    "draw_frames",
    "look_of",
    "moving",
    "moving_of",
    "read_scene",
    "side_shown",
]
