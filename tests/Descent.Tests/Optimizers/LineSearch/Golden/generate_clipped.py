"""L-BFGS with a closure that clips, by PyTorch in double: the line search and the pairs of curvature see clipped gradients, and the loss as it is.

Run:   python3 generate_clipped.py      (needs torch; Debian: apt install python3-torch). Writes clipped.tsv beside itself.
Rows:  hyperparameters (Descent's names; the others are at their defaults), problem, clipping, its limit, step, source, gradients taken in that step, those of them
that were clipped, parameters after it with 17 digits, tolerance.
PyTorch divides by the norm + 1e-6, and the search magnifies rounding: the tolerance is ten times the gap to closures that divide by the norm itself and whose
gradients have an error of 1e-15, and 1e-10 at least.
"""
import math
import pathlib
import random

import torch

STEPS = 4
K = torch.arange(20, dtype=torch.float64)
PROBLEMS = {
    "rosenbrock": (lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] * w[0]) ** 2, [-1.2, 1.0]),
    "quad20": (lambda w: ((0.25 + 0.125 * K) * w * w + torch.sin(0.37 * K) * w).sum(), [-0.4 + k / 19 for k in range(20)]),
}
NAMES = {"max_iterations": "max_iter", "learning_rate": "lr"}
ROWS = [
    ({"max_iterations": 2}, "rosenbrock", "norm", 20),
    ({"max_iterations": 2, "learning_rate": 5}, "rosenbrock", "norm", 10),
    ({"max_iterations": 2, "learning_rate": 5}, "rosenbrock", "norm", 3),
    ({"max_iterations": 2}, "rosenbrock", "norm", 1),
    ({"max_iterations": 3}, "rosenbrock", "value", 40),
    ({"max_iterations": 3, "learning_rate": 5}, "rosenbrock", "value", 10),
    ({"max_iterations": 2, "learning_rate": 5}, "rosenbrock", "value", 0.5),
    ({"max_iterations": 2, "learning_rate": 5}, "quad20", "norm", 3),
    ({"max_iterations": 2, "learning_rate": 10}, "quad20", "norm", 1),
    ({"max_iterations": 3, "learning_rate": 5}, "quad20", "value", 2),
    ({"max_iterations": 3, "learning_rate": 5}, "quad20", "value", 0.2),
    ({"max_iterations": 3, "line_search": "none"}, "rosenbrock", "norm", 100),
    ({"max_iterations": 3, "line_search": "none"}, "quad20", "value", 0.2),
]
CLIPPINGS = {"norm": torch.nn.utils.clip_grad_norm_, "value": torch.nn.utils.clip_grad_value_}


def by_the_norm_itself(w, limit):
    w.grad *= min(1, limit / w.grad.norm().item())


def iterates(given, problem, clip, limit, noise=None):
    """Gradients taken in the step, those of them that were clipped, and the parameters."""
    function, start = PROBLEMS[problem]
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    options = {NAMES[key]: value for key, value in given.items() if key != "line_search"}
    optimizer = torch.optim.LBFGS([w], line_search_fn=None if "line_search" in given else "strong_wolfe", **options)

    def closure():
        nonlocal taken, clipped
        optimizer.zero_grad()
        loss = function(w)
        loss.backward()
        before = w.grad.clone()
        clip(w, limit)
        taken += 1
        clipped += not torch.equal(before, w.grad)
        if noise:
            w.grad *= torch.tensor([1 + noise.choice([-1e-15, 1e-15]) for _ in start], dtype=torch.float64)
        return loss

    for step in range(1, STEPS + 1):
        taken = clipped = 0
        optimizer.step(closure)
        yield step, taken, clipped, w.detach().tolist()


def gaps(given, problem, clipping, limit, rows):
    """How far each step is from the farthest of the others."""
    clip = by_the_norm_itself if clipping == "norm" else CLIPPINGS[clipping]
    others = [list(iterates(given, problem, clip, limit, noise)) for noise in [None] + [random.Random(seed) for seed in range(8)]]
    assert all(there[1] == here[1] for other in others for here, there in zip(rows, other)), (given, problem, clipping, limit)
    return [max(abs(x - y) / max(1, abs(x)) for other in others for x, y in zip(row[3], other[i][3])) for i, row in enumerate(rows)]


def main():
    with open(pathlib.Path(__file__).with_name("clipped.tsv"), "w", newline="\n") as file:
        file.write("# hyperparameters\tproblem\tclipping\tlimit\tstep\tsource\tgradients\tclipped\tparameters\ttolerance\n")
        for given, problem, clipping, limit in ROWS:
            settings = " ".join(f"{key}={value}" for key, value in {"line_search": "strong-wolfe", **given}.items())
            source = f"torch {torch.__version__} LBFGS with clip_grad_{clipping}_ in the closure"
            rows = list(iterates(given, problem, CLIPPINGS[clipping], limit))
            for (step, taken, clipped, parameters), gap in zip(rows, gaps(given, problem, clipping, limit, rows)):
                numbers = " ".join(f"{x:.17g}" for x in parameters)
                file.write(f"{settings}\t{problem}\t{clipping}\t{limit}\t{step}\t{source}\t{taken}\t{clipped}\t{numbers}\t{max(1e-10, 10 * gap):.1g}\n")


main()
