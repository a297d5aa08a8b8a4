"""PyTorch's side of the benchmarks: eager mode, default settings.

usage: python3 steps.py NAME THREADS SECONDS
  mlp             one training step with Adam of 784-128-10, batch 128
  adam-2.2m       one torch.optim.Adam step over 2,175,626 parameters, laid out as a small CNN (8 tensors)
  adam-11m        one torch.optim.Adam step over 11,173,962 parameters, laid out as ResNet-18 (62 tensors)
  optimizers      one step of every rule that both sides have, over the 1,147,466 parameters of a smaller CNN and over both of these; a line each
"""
import sys

import torch

from rules import cnn_shapes, optimizer_steps, resnet18_shapes
from timing import measure


def mlp_step():
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = torch.nn.CrossEntropyLoss()
    images, labels = torch.randn(128, 784), torch.randint(0, 10, (128,))

    def step():
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def adam_step(shapes):
    torch.manual_seed(0)
    parameters = [torch.nn.Parameter(torch.randn(shape)) for shape in shapes]
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    print(f"# {sum(p.numel() for p in parameters)} parameters in {len(parameters)} tensors", file=sys.stderr)
    return torch.optim.Adam(parameters, lr=1e-3).step


def main():
    name, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    torch.set_num_threads(threads)
    if name == "optimizers":
        optimizer_steps(seconds)
        return
    actions = {
        "mlp": mlp_step,
        "adam-2.2m": lambda: adam_step(cnn_shapes()),
        "adam-11m": lambda: adam_step(resnet18_shapes()),
    }
    measure(name, actions[name](), seconds)


main()
