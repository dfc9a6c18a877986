"""Motions drawn as SVG: the figure, its room and its callouts. Pure, no Qt."""
