"""The rules of torch.optim that Descent has too, with their defaults, over the parameters of three networks."""
import sys

import torch

from timing import measure


def simple_cnn_shapes():
    return [(32, 3, 3, 3), (32,), (64, 32, 3, 3), (64,), (128, 64, 3, 3), (128,), (512, 2048), (512,), (10, 512), (10,)]


def cnn_shapes():
    return [(64, 3, 3, 3), (64,), (128, 64, 3, 3), (128,), (256, 8192), (256,), (10, 256), (10,)]


def resnet18_shapes():
    shapes = [(64, 3, 3, 3), (64,), (64,)]
    planes = 64
    for stage, width in enumerate((64, 128, 256, 512)):
        for block in range(2):
            shapes += [(width, planes, 3, 3), (width,), (width,), (width, width, 3, 3), (width,), (width,)]
            if stage > 0 and block == 0:
                shapes += [(width, planes, 1, 1), (width,), (width,)]
            planes = width
    return shapes + [(10, 512), (10,)]


OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=1e-3),
    "sgd momentum": lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9),
    "sgd nesterov": lambda p: torch.optim.SGD(p, lr=1e-3, momentum=0.9, nesterov=True),
    "rmsprop": torch.optim.RMSprop,
    "rmsprop momentum": lambda p: torch.optim.RMSprop(p, momentum=0.9),
    "rmsprop centered momentum": lambda p: torch.optim.RMSprop(p, momentum=0.9, centered=True),
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "amsgrad": lambda p: torch.optim.Adam(p, amsgrad=True),
    "adagrad": torch.optim.Adagrad,
    "nadam": torch.optim.NAdam,
    "radam": torch.optim.RAdam,
    "adadelta": torch.optim.Adadelta,
    "adamax": torch.optim.Adamax,
    "rprop": torch.optim.Rprop,
    "asgd": torch.optim.ASGD,
}


def optimizer_steps(seconds, rules=OPTIMIZERS, only_sizes="", out=sys.stdout):
    """A line for each rule and size."""
    for rule in rules:
        for size, shapes in (("1.1m", simple_cnn_shapes()), ("2.2m", cnn_shapes()), ("11m", resnet18_shapes())):
            if size in (only_sizes or size).split(","):
                torch.manual_seed(0)
                parameters = [torch.nn.Parameter(torch.randn(shape)) for shape in shapes]
                for parameter in parameters:
                    parameter.grad = torch.randn_like(parameter)
                measure(f"{rule} {size}", OPTIMIZERS[rule](parameters).step, seconds, out)
