"""Golden rows of gradient clipping, computed in double by torch.nn.utils, by NumPy and, for the unit-wise one, from the paper.

Run:   python3 generate.py      (needs torch 1.13 and numpy; Debian: apt install python3-torch). Writes clipping.tsv beside itself.
Rows:  clipping, hyperparameters (Descent's names; the others are at their defaults), source, largest relative error, step, the gradients' norm
afterwards, the gradients with 17 digits. Parameters and gradients are made by formulas that the test repeats: value k of a parameter is
size * sin(0.7 k + 1), value k of its gradient at step t is LOUD[t] * slope * sin(0.31 k + 0.9 t), k over all parameters in their order.
PyTorch divides by the norm + 1e-6, so rows of clip_grad_norm_ agree to 2e-6 alone.
"""
import pathlib

import numpy as np
import torch

# name, shape (outputs first), size, slope, whether it belongs to the last layer
SLOTS = [
    ("fc1.weight", (4, 6), 0.5, 1.0, False),
    ("fc1.bias", (4,), 0.0001, 0.2, False),
    ("conv.weight", (3, 2, 2, 5), 2.0, 0.05, False),
    ("norm.weight", (3,), 1.0, 0.0005, False),
    ("head.weight", (2, 4), 0.3, 3.0, True),
    ("head.bias", (2,), 0.1, 2.0, True),
]
LOUD = [1.0, 0.3, 4.0, 0.8, 0.05, 1.2, 1.1, 9.0, 0.7, 1.0]


def model(t):
    """Parameters with gradients."""
    tensors, start = [], 0
    for _, shape, size, slope, _ in SLOTS:
        k = np.arange(start, start + int(np.prod(shape)))
        tensor = torch.tensor((size * np.sin(0.7 * k + 1)).reshape(shape), requires_grad=True)
        tensor.grad = torch.tensor((LOUD[t] * slope * np.sin(0.31 * k + 0.9 * t)).reshape(shape))
        tensors.append(tensor)
        start += len(k)
    return tensors


def norm(tensors):
    return float(np.sqrt(sum((x.grad.numpy() ** 2).sum() for x in tensors)))


def by_unit(tensors, limit=0.01, epsilon=1e-3):
    """Brock et al. 2021, equation 3; the last layer is left alone (section 4.1)."""
    for x, (_, shape, _, _, is_head) in zip(tensors, SLOTS):
        if is_head:
            continue
        w, g = x.detach().numpy(), x.grad.numpy()
        rows = len(w) if w.ndim > 1 else 1
        w, g = w.reshape(rows, -1), g.reshape(rows, -1)
        for i in range(rows):
            size, length = max(np.linalg.norm(w[i]), epsilon), np.linalg.norm(g[i])
            if length / size > limit:
                g[i] *= limit * size / length


HISTORY = []


def by_percentile(tensors, percentile=10, window=1000):
    """Seetharaman et al. 2020, algorithm 1, over the last norms."""
    HISTORY.append(norm(tensors))
    limit = np.percentile(HISTORY[-window:], percentile)
    if HISTORY[-1] > limit:
        for x in tensors:
            x.grad *= limit / HISTORY[-1]


ROWS = [
    ("norm", "limit=2", f"torch {torch.__version__} clip_grad_norm_", 2e-6, lambda x: torch.nn.utils.clip_grad_norm_(x, 2.0)),
    ("norm", "", f"torch {torch.__version__} clip_grad_norm_", 2e-6, lambda x: torch.nn.utils.clip_grad_norm_(x, 1.0)),
    ("value", "limit=0.4", f"torch {torch.__version__} clip_grad_value_", 1e-15, lambda x: torch.nn.utils.clip_grad_value_(x, 0.4)),
    ("value", "", f"torch {torch.__version__} clip_grad_value_", 1e-15, lambda x: torch.nn.utils.clip_grad_value_(x, 0.1)),
    ("unit-wise", "", "numpy, from the paper", 1e-13, by_unit),
    ("unit-wise", "limit=0.5 epsilon=0.01", "numpy, from the paper", 1e-13, lambda x: by_unit(x, 0.5, 0.01)),
    ("percentile", "", f"numpy {np.__version__} percentile", 1e-13, by_percentile),
    ("percentile", "percentile=60 window=4", f"numpy {np.__version__} percentile", 1e-13, lambda x: by_percentile(x, 60, 4)),
]

with open(pathlib.Path(__file__).with_name("clipping.tsv"), "w", encoding="utf-8") as out:
    out.write("# clipping\thyperparameters\tsource\tlargest relative error\tstep\tnorm afterwards\tgradients afterwards\n")
    for clipping, settings, source, error, clip in ROWS:
        HISTORY.clear()
        for t in range(len(LOUD)):
            tensors = model(t)
            clip(tensors)
            numbers = " ".join(f"{x:.17g}" for tensor in tensors for x in tensor.grad.numpy().ravel())
            out.write("\t".join([clipping, settings, source, f"{error:g}", str(t), f"{norm(tensors):.17g}", numbers]) + "\n")
