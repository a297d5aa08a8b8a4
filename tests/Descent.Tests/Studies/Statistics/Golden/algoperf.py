"""AlgoPerf's score of made-up times, after its published definition (arXiv:2306.07179, section 4.2) and apart from any closed form: python3 algoperf.py (numpy)"""
import numpy as np

rng = np.random.default_rng(5)
SUBMISSIONS, WORKLOADS, STUDIES, TRIALS = 5, 8, 3, 5

# Steps to the target of each trial of each study; every third trial misses it, and the first submission always on the last workload.
times = rng.integers(50, 1500, (SUBMISSIONS, WORKLOADS, STUDIES, TRIALS)).astype(float)
times[rng.random(times.shape) < 0.6] = np.inf
times[0, -1] = np.inf

fastest = times.min(axis=3)  # of the trials of a study
per_workload = np.median(fastest, axis=2)  # over the studies
ratio = per_workload / per_workload.min(axis=0)
ratio[np.isnan(ratio)] = np.inf


def score(r):
    """The area under the share of workloads with a ratio of at most tau, from 1 to 4, over 3: exact, because the share is a staircase."""
    stairs = np.unique(np.concatenate([[1.0, 4.0], r[(r > 1) & (r < 4)]]))
    return sum((b - a) * (r <= a).mean() for a, b in zip(stairs, stairs[1:])) / 3


with open("algoperf.tsv", "w") as out:
    for s in range(SUBMISSIONS):
        text = ";".join(",".join("inf" if np.isinf(t) else f"{t:g}" for t in study) for workload in times[s] for study in workload)
        print(repr(float(score(ratio[s]))), text, sep="\t", file=out)
