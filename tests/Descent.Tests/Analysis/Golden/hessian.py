"""Writes hessian.tsv by PyTorch's double backward and NumPy's eigh: python3 hessian.py (needs python3-torch and python3-torchvision).

The weights, images and labels are those of Lockstep/Golden/formula.py, in float64. Small networks, on images of 8 by 8, have a dense Hessian of all its columns; of the large one the largest
eigenvalues come from 80 Lanczos steps with full reorthogonalization. In training mode the loss is the mean over batches of 16.
"""
import pathlib
import sys

import numpy
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Lockstep" / "Golden"))
import formula
import nets

IMAGES, BATCH, LANCZOS_STEPS = 48, 16, 80


def small_bn():
    layers, widths = [], [64, 4, 3]
    for i in range(1, len(widths)):
        layers += [torch.nn.Linear(widths[i - 1], widths[i]), torch.nn.BatchNorm1d(widths[i]), torch.nn.ReLU()]
    return nets.Network(*layers, torch.nn.Linear(3, 10))


nets.MODELS["mnist small"] = lambda: nets.Mlp(64, [4], 10)
nets.MODELS["mnist small bn"] = small_bn


class Loss:
    def __init__(self, model, is_training):
        self.net = formula.network(model).double().train(is_training)
        self.batches = formula.batches(model, IMAGES // BATCH, BATCH, side=8 if "small" in model else None)
        self.parameters = list(self.net.parameters())
        self.mean = sum(torch.nn.functional.cross_entropy(self.net(x), labels) * len(labels) for x, labels in self.batches) / IMAGES
        self.gradient = torch.autograd.grad(self.mean, self.parameters, create_graph=True)
        self.dimension = sum(p.numel() for p in self.parameters)

    def multiply(self, v):
        pieces = torch.from_numpy(v).split([p.numel() for p in self.parameters])
        slope = sum((g.flatten() * piece).sum() for g, piece in zip(self.gradient, pieces))
        return torch.cat([x.flatten() for x in torch.autograd.grad(slope, self.parameters, retain_graph=True)]).numpy()

    def gradient_norm(self):
        return torch.cat([g.detach().flatten() for g in self.gradient]).norm().item()


def dense(loss):
    hessian = numpy.stack([loss.multiply(numpy.eye(1, loss.dimension, i)[0]) for i in range(loss.dimension)])
    return numpy.linalg.eigvalsh((hessian + hessian.T) / 2)


def lanczos(loss, steps):
    basis, diagonal, beside = [], [], []
    v = numpy.random.default_rng(0).standard_normal(loss.dimension)
    for _ in range(steps):
        basis.append(v / numpy.linalg.norm(v))
        v = loss.multiply(basis[-1])
        diagonal.append(basis[-1] @ v)
        for _ in range(2):
            v = v - numpy.stack(basis).T @ (numpy.stack(basis) @ v)
        beside.append(numpy.linalg.norm(v))
    matrix = numpy.diag(diagonal) + numpy.diag(beside[:-1], 1) + numpy.diag(beside[:-1], -1)
    return numpy.linalg.eigvalsh(matrix)


def row(model, mode):
    loss = Loss(model, mode == "training")
    if "small" in model:
        values = dense(loss)
        quantiles = [values[i * (len(values) - 1) // 20] for i in range(21)]
        return [model, mode, loss.mean.item(), loss.gradient_norm(), values.sum(), (values**2).sum(), *values[:-6:-1], *values[:5], *quantiles]
    values = lanczos(loss, LANCZOS_STEPS)
    return [model, mode, loss.mean.item(), loss.gradient_norm(), float("nan"), float("nan"), *values[:-6:-1], *values[:5]]


if __name__ == "__main__":
    with open("hessian.tsv", "w") as file:
        print(f"# torch {torch.__version__}, numpy {numpy.__version__}, hessian.py; model, mode, loss, gradient norm, trace, sum of squared eigenvalues, five largest, "
              "five smallest eigenvalues, 21 quantiles", file=file)
        for model, mode in [("mnist small", "evaluation"), ("mnist small bn", "evaluation"), ("mnist small bn", "training"), ("mnist-mlp", "evaluation")]:
            print(*(value if isinstance(value, str) else repr(float(value)) for value in row(model, mode)), sep="\t", file=file)
