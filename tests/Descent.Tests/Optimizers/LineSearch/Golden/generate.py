"""The points at which PyTorch's line search takes a gradient, on waves over a parabola with a wall.

Run:   python3 generate.py      (needs torch; Debian: apt install python3-torch). Writes strong-wolfe.tsv beside itself.
Rows:  a, b, three waves as amplitude,frequency,phase, wall as first,last, start, learning rate, tolerance of the change, iterations, points: LBFGS with
strong_wolfe takes so many iterations on f(x) = a x² + b x + Σ amplitude sin(frequency x + phase), plus 1e30 where x is in the wall, from the start; points
are those of its closure in order, the last is where it ends. A point that follows on itself stands once.

Rows are drawn, and kept where rounding of the loss moves no point by more than a billionth: the search itself can magnify it. Some are kept because a change of one
condition or constant of PyTorch's search, listed in CHANGES, moves a point there: they hold ours to that very condition.
"""
import inspect
import math
import pathlib
import random

import torch
from torch.optim import lbfgs

ROWS, ROWS_OF_A_CHANGE, DRAWS_OF_A_CHANGE = 60, 3, 6000
TOO_HIGH, LOW = "f_new > (f + c1 * t * gtd)", "f_new >= bracket_f[low_pos]"
NEAR_AN_END = "insuf_progress or t >= max(bracket) or t <= min(bracket)"
CHANGES = [
    ("c1=1e-4", "c1=1e-3"), ("c1=1e-4", "c1=0"), ("c1=1e-4", "c1=-1e-4"), ("c1 * t * gtd", "c1 * gtd"),
    ("c2=0.9", "c2=0.8"), ("max_ls=25", "max_ls=24"), ("max_ls=25", "max_ls=26"),
    ("tolerance_change=1e-9", "tolerance_change=1e-7"), ("tolerance_change=1e-9", "tolerance_change=1e-11"),
    (" * d_norm < tolerance_change", " < tolerance_change"),
    ("ls_iter > 1", "ls_iter > 0"), ("ls_iter > 1", "ls_iter > 2"), ("ls_iter > 1", "False"),
    (f"{TOO_HIGH} or {LOW}", TOO_HIGH), (f"{TOO_HIGH} or {LOW}", LOW),
    (NEAR_AN_END, "t >= max(bracket) or t <= min(bracket)"), (NEAR_AN_END, "insuf_progress or t <= min(bracket)"),
    (NEAR_AN_END, "insuf_progress or t >= max(bracket)"), (NEAR_AN_END, "insuf_progress"),
]
# Drawn in a longer search: one end of the bracket becomes the lower one because the other was too high. Without that a point moves.
RARE = [
    (0.0, 1.9397716426016998, [(2.919381893513355, 10.997999592922106, -1.5857811572687692), (0.11190052745008146, 2.4657116356806643, 2.4330223540635796),
                               (0.10155520086647572, 0.5300752666963608, -2.0591709774080686)], (2.877958586174755, math.inf), 0.42999443616411215,
     8.067060528989298, 0.001, 1),
    (0.3, -0.7006402083926946, [(0.09638517164184998, 8.476046303249118, 1.679543660105817), (2.3669174539046445, 6.646918327880556, -0.061346952804450794),
                                (0.05234036983780463, 0.3699488978840974, -0.7635372619116092)], (math.inf, math.inf), -0.4351407812616861,
     17.264504276956757, 1e-09, 1),
]
SEARCH = inspect.getsource(lbfgs._strong_wolfe)
NO_WAVES, NO_WALL = [(0.0, 1.0, 0.0)] * 3, (math.inf, math.inf)


def changed(old, new):
    assert old in SEARCH, old
    names = dict(vars(lbfgs))
    exec(SEARCH.replace(old, new), names)
    return names["_strong_wolfe"]


def function(a, b, waves, wall):
    def loss(x):
        value = a * x * x + b * x + sum(c * math.sin(w * x + p) for c, w, p in waves)
        return value + 1e30 if wall[0] < x < wall[1] else value
    return loss, lambda x: 2 * a * x + b + sum(c * w * math.cos(w * x + p) for c, w, p in waves)


def points(row, search, noise=None):
    a, b, waves, wall, start, rate, tolerance, iterations = row
    loss, slope = function(a, b, waves, wall)
    x = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([x], lr=rate, max_iter=iterations, tolerance_change=tolerance, line_search_fn="strong_wolfe")
    taken = []

    def closure():
        taken.append(x.item())
        x.grad = torch.tensor([slope(x.item())], dtype=torch.float64)
        return torch.tensor(loss(x.item()) * (1 + noise.choice([-2e-15, 2e-15]) if noise else 1), dtype=torch.float64)

    whole, lbfgs._strong_wolfe = lbfgs._strong_wolfe, search
    try:
        optimizer.step(closure)
        taken.append(x.item())
    except ZeroDivisionError:
        # A changed search may try one point twice. Equal to nothing, not even to itself.
        taken.append(math.nan)
    finally:
        lbfgs._strong_wolfe = whole
    return [x for i, x in enumerate(taken) if i == 0 or x != taken[i - 1]]


def draw_row(draw):
    waves = [(draw.choice([0, 0.1, 1, 3]) * draw.uniform(0.5, 1.5), draw.choice([0.5, 2, 8]) * draw.uniform(0.7, 1.4), draw.uniform(-3, 3)) for _ in range(3)]
    a, b, start = draw.choice([0, 0, 0.01, 0.3, 3]), draw.uniform(-2, 2), draw.uniform(-2, 2)
    first = start + draw.uniform(-3, 3)
    wall = draw.choice([NO_WALL, NO_WALL, (first, math.inf), (first, first + draw.uniform(0.1, 3))])
    # Some are so small that brackets become too short.
    size = 10 ** draw.uniform(-9, -7) if draw.random() < 0.2 else 1
    waves, wall, start = [(c * size, w / size, p) for c, w, p in waves], tuple(x * size for x in wall), start * size
    row = (a / size, b, waves, wall, start, 10 ** draw.uniform(-2, 2) * size, draw.choice([1e-9, 1e-9, 1e-3, 0.1]), draw.choice([1, 1, 2, 4]))
    return with_little_fall(row, draw.choice([1, 2, 3]), draw.choice([2e-3, 5e-4, 5e-5, -5e-5])) if draw.random() < 0.3 else row


def with_little_fall(row, number, share):
    """The row with a learning rate for which the point of this number lies lower than the start by this share of what the slope promises."""
    loss, slope = function(*row[:4])
    start, rate = row[4:6]

    def excess(r):
        taken = points((*row[:5], r, 1e-9, 1), lbfgs._strong_wolfe)
        return loss(taken[number]) - loss(start) + share * abs(slope(start) * (taken[number] - start)) if len(taken) > number else math.nan

    low, high = rate, 1.5 * rate
    if not excess(low) * excess(high) < 0:
        return row
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) * excess(high) < 0 else (low, middle)
    return *row[:5], high, *row[6:]


def agree(here, there, tolerance=1e-9):
    size = max(abs(x) for x in here[:3])
    return len(here) == len(there) and all(abs(x - y) <= tolerance * max(size, abs(x)) for x, y in zip(here, there))


def is_stable(row):
    here = points(row, lbfgs._strong_wolfe)
    return all(agree(here, points(row, lbfgs._strong_wolfe, random.Random(seed))) for seed in range(12))


def main():
    draw = random.Random(1)
    # Slopes that never end, with a wall where the last point lies, and one that is flat at once.
    rows = [(0, -1, NO_WAVES, NO_WALL, 0, 1, 1e-9, 1), (0, -1e-3, NO_WAVES, NO_WALL, 0, 1, 1e-9, 1), (0, -1, NO_WAVES, (5e24, math.inf), 0, 1, 1e-9, 1),
            (1, 0, NO_WAVES, NO_WALL, 1, 1, 1e-9, 1), (1e-9, -1, NO_WAVES, NO_WALL, 0, 0.1, 1e-9, 1)]
    while len(rows) < ROWS:
        row = draw_row(draw)
        if len(points(row, lbfgs._strong_wolfe)) >= 4 and is_stable(row):
            rows.append(row)
    for old, new in CHANGES:
        other, found = changed(old, new), 0
        for _ in range(DRAWS_OF_A_CHANGE):
            row = draw_row(draw)
            here, there = points(row, lbfgs._strong_wolfe), points(row, other)
            if not agree(here, there, 1e-5) and is_stable(row):
                rows.append(row)
                found += 1
                if found == ROWS_OF_A_CHANGE:
                    break
        print(f"{old} -> {new}: {found} rows")
    rows += RARE
    with open(pathlib.Path(__file__).parent / "strong-wolfe.tsv", "w", newline="\n") as file:
        file.write("# a\tb\twaves\twall\tstart\tlearning rate\ttolerance\titerations\tpoints, by torch " + torch.__version__ + " LBFGS\n")
        for row in rows:
            a, b, waves, wall, start, rate, tolerance, iterations = row
            shapes = " ".join(",".join(f"{x!r}" for x in wave) for wave in waves)
            numbers = " ".join(f"{x:.17g}" for x in points(row, lbfgs._strong_wolfe))
            beyond = ",".join("Infinity" if x == math.inf else repr(x) for x in wall)
            file.write(f"{a!r}\t{b!r}\t{shapes}\t{beyond}\t{start!r}\t{rate!r}\t{tolerance!r}\t{iterations}\t{numbers}\n")


main()
