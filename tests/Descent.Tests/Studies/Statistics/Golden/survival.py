"""Restricted means and incidences of right-censored data by other ways than the estimators' own: weights 1/G for the censoring (numpy): python3 survival.py"""
import numpy as np

rng = np.random.default_rng(7)


def incidence(time, kind, t):
    """Share with kind 1 by t: mean of 1{kind = 1, time ≤ t}/G(time−), where G is the share not yet censored."""
    def still_watched(before):
        share = 1.0
        for u in np.unique(time[(kind == 0) & (time < before)]):
            # Outcomes at u leave before the censored ones of u.
            share *= 1 - ((kind == 0) & (time == u)).sum() / (((time > u) | ((time == u) & (kind == 0))).sum())
        return share
    return sum(1 / still_watched(x) for x, k in zip(time, kind) if k == 1 and x <= t) / len(time)


def area(time, kind, horizon):
    grid = [0.0] + sorted(set(time[(kind == 1) & (time < horizon)])) + [horizon]
    return sum((b - a) * (1 - (incidence(time, kind, a) if a > 0 else 0)) for a, b in zip(grid, grid[1:]))


with open("survival.tsv", "w") as out:
    for case in range(8):
        n = 5 + 3 * case
        time = np.ceil(10 * rng.exponential(5, n)) / 10 if case % 2 else np.ceil(rng.exponential(5, n))
        kind = rng.choice([0, 1, 1, 2] if case > 2 else [0, 1, 1], n)
        time[0], kind[0] = 12, 0
        whole = area(time, kind, 8.0)
        parts = np.array([area(np.delete(time, i), np.delete(kind, i), 8.0) for i in range(n)])
        error = np.sqrt((n - 1) / n * ((parts - parts.mean()) ** 2).sum())
        row = [";".join(f"{x:g}" for x in time), ";".join(map(str, kind)), incidence(time, kind, 4.0), whole, error]
        print(*row, sep="\t", file=out)
