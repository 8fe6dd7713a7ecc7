"""The primaries of RGB colour spaces, and the matrices that convert linear light between them."""

from typing import NamedTuple

Chromaticity = tuple[float, float]
Matrix = tuple[tuple[float, float, float], ...]

D65 = (0.3127, 0.3290)

# XYZ of the white of ICC's profile connection space (ICC.1:2022, section 7.2.16), and the Bradford matrix, by which
# whites are adapted to it (annex E).
D50_XYZ = (0.9642, 1.0, 0.8249)
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


class Primaries(NamedTuple):
    """CIE 1931 chromaticities x and y of the primaries and of white."""

    red: Chromaticity
    green: Chromaticity
    blue: Chromaticity
    white: Chromaticity


BT709 = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65)
DISPLAY_P3 = Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65)
BT2020 = Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65)


def compute_matrix_to_d50(primaries: Primaries) -> Matrix:
    """Compute the matrix from linear RGB to XYZ, adapted to D50.

    Raises:
        ZeroDivisionError: the primaries lie on a line, or white has no luminance.
    """
    to_xyz = _compute_matrix_to_xyz(primaries)
    white = apply(_BRADFORD, apply(to_xyz, (1, 1, 1)))
    adapted = apply(_BRADFORD, D50_XYZ)
    scaled = tuple(
        (part * target / source, other * target / source, third * target / source)
        for (part, other, third), target, source in zip(_BRADFORD, adapted, white, strict=True)
    )
    return multiply(multiply(invert(_BRADFORD), scaled), to_xyz)


def compute_matrix(source: Primaries, target: Primaries) -> Matrix:
    """Compute the matrix from linear RGB of one space to another, each with its own white."""
    return multiply(invert(compute_matrix_to_d50(target)), compute_matrix_to_d50(source))


def _compute_matrix_to_xyz(primaries: Primaries) -> Matrix:
    columns = [(x, y, 1 - x - y) for x, y in primaries[:3]]
    unscaled = tuple(zip(*columns, strict=True))
    x, y = primaries.white
    scale = apply(invert(unscaled), (x / y, 1.0, (1 - x - y) / y))
    return tuple((row[0] * scale[0], row[1] * scale[1], row[2] * scale[2]) for row in unscaled)


def apply(matrix: Matrix, vector: tuple[float, ...]) -> tuple[float, float, float]:
    """Multiply a matrix by a vector."""
    x, y, z = (sum(part * value for part, value in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def multiply(left: Matrix, right: Matrix) -> Matrix:
    """Multiply two matrices."""
    columns = tuple(zip(*right, strict=True))
    return tuple(apply(columns, row) for row in left)


def invert(matrix: Matrix) -> Matrix:
    """Invert a matrix.

    Raises:
        ZeroDivisionError: it has no inverse.
    """
    (a, b, c), (d, e, f), (g, h, i) = matrix
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0]
    return tuple((row[0] / determinant, row[1] / determinant, row[2] / determinant) for row in cofactors)
