"""Writes components.tsv by NumPy's dense SVD: python3 components.py.

Seven points of forty coordinates, number i of point p being u = (splitmix64(p * 2^32 + i) >> 40) / 2^24 of Lockstep/Golden/formula.py, times 4 for the first ten
coordinates. A row for each of the first two principal components, signed so that the element of largest magnitude is positive, after its share of the variance; then for
each point its coordinates and its distance from the plane through the last point.
"""
import pathlib
import sys

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Lockstep" / "Golden"))
import formula

points = numpy.stack([formula.uniform(p, 40) for p in range(7)])
points[:, :10] *= 4
_, values, rows = numpy.linalg.svd(points - points.mean(0), full_matrices=False)
shares = values**2 / (values**2).sum()
components = [row * numpy.sign(row[abs(row).argmax()]) for row in rows[:2]]
with open("components.tsv", "w") as file:
    print(f"# numpy {numpy.__version__}, components.py", file=file)
    for share, component in zip(shares, components):
        print(*map(repr, [float(share), *map(float, component)]), sep="\t", file=file)
    for point in points:
        way = point - points[-1]
        a, b = (float(way @ component) for component in components)
        print(*map(repr, [a, b, float(numpy.linalg.norm(way - a * components[0] - b * components[1]))]), sep="\t", file=file)
