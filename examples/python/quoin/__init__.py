# SPDX-License-Identifier: BSL-1.0
"""quoin: pipelines of image operations, evaluated in one pass over memory.

    import quoin
    edges = quoin.gray | quoin.gaussian(1.5) | quoin.sobel_magnitude
    result = quoin.run(edges, image)

An image is an array of NumPy, or any object with the buffer protocol or DLPack: (height, width), or (height, width,
channels) with 1, 3 or 4 channels, of uint8, uint16, int16, int32 or float32. Its strides may be any; it is not copied.
Each operation of the catalogue is a name of this package: quoin.median(5), quoin.resize(640, 480, "lanczos3").
`help(quoin.resize)` shows its parameters.
"""
from ._contours import Contours, contour_mask, contours
from ._descriptors import Orb, match_descriptors, nearest_descriptors, orb
from ._features import best_match, fast_corners, good_features, hog, hough_lines, local_peaks, match_template, phase_correlation
from ._files import encode, info, read, write
from ._image import Image
from ._measures import integral_image, mse, psnr, ssim, statistics
from ._operations import Operation, Pipeline, catalogue, image, pipeline, run
from ._polygons import arc_length, bounding_box, hull_polygon, is_convex, locate, polygon_moments
from ._polygons import signed_area, signed_distance, simplify, smallest_box, smallest_circle
from ._quoin import __version__, policies
from ._regions import Components, Nuclei, Regions, Segmentation, components, labels, nuclei, segment
from ._tensors import Tensor, to_tensor

# An operation does not hide a function of the package.
globals().update({name: operation for name, operation in catalogue.items() if name not in globals()})

__all__ = [name for name in globals() if not name.startswith("_")] + ["__version__"]
