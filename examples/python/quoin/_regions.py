# SPDX-License-Identifier: BSL-1.0
"""Masks as rectangles, components and labels, and the nuclei of images."""
import re
from dataclasses import dataclass
from typing import Any

import numpy

from . import _quoin
from ._policy import chosen


@dataclass
class Components:
    """Connected components, in raster order of their first pixels: arrays of equal length, one of a column each."""

    area: numpy.ndarray
    box: numpy.ndarray
    """(n, 4): x, y, width, height"""
    centroid_x: numpy.ndarray
    centroid_y: numpy.ndarray

    def __len__(self) -> int:
        return len(self.area)


@dataclass
class Regions(Components):
    """Components with their shapes, and with the intensities of an image in them."""

    perimeter_crofton: numpy.ndarray
    axis_major_length: numpy.ndarray
    axis_minor_length: numpy.ndarray
    eccentricity: numpy.ndarray
    orientation: numpy.ndarray
    intensity_mean: numpy.ndarray | None = None
    intensity_min: numpy.ndarray | None = None
    intensity_max: numpy.ndarray | None = None


@dataclass
class Segmentation:
    """Disjoint rectangles that cover a mask, and its components."""

    rectangles: numpy.ndarray
    """(n, 4): x, y, width, height, in raster order of their corners"""
    component_of: numpy.ndarray
    """(n,): the component of each rectangle"""
    components: Components
    optimal: bool
    """only for "minimum": proved that no partition has fewer rectangles"""
    gap: int
    """only for "minimum": proved that none has fewer by more than this"""
    edge_error: int
    """only for "regularize", as the next two: how far an edge moved"""
    area_error: float
    iou: float


def segment(mask: Any, method: str = "run_merge", *, open: int = 0, close: int = 0, fill_holes: int = 0,
            min_area: int = 0, max_seconds: float = float("inf"), max_edge_error: int = 2, max_area_error: float = 0.03,
            min_side: int = 1, policy: str | None = None, threads: int | None = None) -> Segmentation:
    """The rectangles of a mask, after an opening, a closing, and changes to holes and small components.

    mask          (height, width) of bool, or of uint8, where all but 0 is set
    method        "run_merge" (fast), "minimum" (the fewest rectangles), or "regularize" (the fewest of a mask that may
                  differ from this one by max_edge_error pixels and max_area_error of its area)
    open, close   radii in pixels
    fill_holes    holes of at most so many pixels are filled
    min_area      components of fewer pixels are removed
    max_seconds   of the search for the minimum
    """
    found = _quoin.segment(
        mask, method=method, open=open, close=close, fill_holes=fill_holes, min_area=min_area, max_seconds=max_seconds,
        max_edge_error=max_edge_error, max_area_error=max_area_error, min_side=min_side, **chosen(policy, threads))
    found["components"] = Components(**found["components"])
    return Segmentation(**found)


def components(mask: Any, intensity: Any = None, *, connectivity: int = 4, policy: str | None = None,
               threads: int | None = None) -> Regions:
    """The connected components of a mask with their shapes; with an image of uint8 or uint16, its values in them."""
    return Regions(**_quoin.components(mask, intensity, connectivity=connectivity, **chosen(policy, threads)))


def labels(mask: Any, *, connectivity: int = 4, policy: str | None = None, threads: int | None = None) -> numpy.ndarray:
    """An array of uint32: 0 where the mask is not set, k + 1 in component k of components(mask)."""
    return _quoin.labels(mask, connectivity=connectivity, **chosen(policy, threads))


@dataclass
class Nuclei:
    """The nuclei of an image, one by one."""

    regions: Regions
    """in raster order of their first pixels, with the intensities of the image"""
    labels: numpy.ndarray
    """uint32: 0 where there is no nucleus, k + 1 in nucleus k"""
    diameter: float
    """of a typical nucleus in pixels, given or estimated"""
    noise: float
    """the standard deviation of the smoothed ground, in the units of the image"""
    note: str
    """why there are none, or what else one should know; or nothing"""

    def __len__(self) -> int:
        return len(self.regions)


def nuclei(image: Any, *, diameter: float | None = None, background: int | None = None, threshold: str = "local",
           contrast: float = 0.085, neck: float = 0.9, min_area: int | None = None, max_hole: int | None = None,
           min_snr: float = 5, invert: bool = False, policy: str | None = None, threads: int | None = None) -> Nuclei:
    """The nuclei of a fluorescence image, as quoin-nuclei finds them: the background is subtracted, what is above the
    threshold is cut where it has necks, and each nucleus is measured.

    image        (height, width) of uint8 or uint16, bright nuclei on a dark ground
    diameter     of a typical nucleus in pixels; found from the image without it
    background   the radius of the opening that finds the background, above the diameter of the largest nucleus; 0 leaves
                 the image as it is; two typical diameters without it
    threshold    "otsu" is one level for the image; "local" takes only what is also brighter than the mean around it
    contrast     how much brighter than that mean, in shares of Otsu's level
    neck         regions are cut where they are narrower than this share of the smaller part's width
    min_area     smaller ones are dropped; a tenth of a typical nucleus without it
    max_hole     larger holes are not filled; half of a typical nucleus without it
    min_snr      the least mean brightness above the ground, in standard deviations of its noise
    invert       the nuclei are dark on a bright ground
    """
    if threshold not in ("local", "otsu"):
        raise ValueError(f"quoin.nuclei: there is no threshold {threshold!r}; give 'local' or 'otsu'")
    for name, value in (("background", background), ("min_area", min_area), ("max_hole", max_hole)):
        if value is not None and value < 0:
            raise ValueError(f"quoin.nuclei: {name} is {value}; give a number from 0, or None")
    found = _quoin.nuclei(
        image, diameter=diameter or 0, background=-1 if background is None else background, local=threshold == "local",
        contrast=contrast, neck=neck, min_area=-1 if min_area is None else min_area,
        max_hole=-1 if max_hole is None else max_hole, min_snr=min_snr, invert=invert, **chosen(policy, threads))
    found["regions"] = Regions(**found["regions"])
    found["note"] = re.sub("--([a-z-]+)", lambda option: option[1].replace("-", "_"), found["note"])
    return Nuclei(**found)
