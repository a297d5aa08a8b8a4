#!/usr/bin/env python3
"""Two studies of docs/results.md in PyTorch, on the same files: what Descent's figures are held against.

usage: bench/pytorch/reference_runs.py mnist-optimizers|update-rules|initialization [--seeds 0,1,2] [--data FOLDER]

Printed is, for each setting, the mean and the standard deviation (n - 1) over the seeds of the accuracies after the last epoch, in percent. Initial
weights and batches are PyTorch's own draws, so figures agree within what seeds scatter. Needs python3 with torch and numpy, and MNIST and CIFAR-10 in
Descent's data folder.
"""
import argparse
import gzip
import pathlib

import numpy
import torch
from torch import nn

THREADS = 1


def idx(folder, name, offset):
    file = next(path for path in (folder / name, folder / f"{name}.gz") if path.exists())
    raw = (gzip.open if file.suffix == ".gz" else open)(file, "rb").read()
    return numpy.frombuffer(raw, numpy.uint8, offset=offset)


def mnist(data):
    parts = []
    for part in ("train", "t10k"):
        images = idx(data / "mnist", f"{part}-images-idx3-ubyte", 16).reshape(-1, 784)
        labels = idx(data / "mnist", f"{part}-labels-idx1-ubyte", 8)
        parts.append(((torch.tensor(images, dtype=torch.float32) / 255 - 0.1307) / 0.3081, torch.tensor(labels, dtype=torch.int64)))
    return parts


def cifar(data):
    def read(name):
        rows = numpy.fromfile(data / "cifar-10-batches-bin" / name, numpy.uint8).reshape(-1, 3073)
        return rows[:, 1:].astype(numpy.float32), rows[:, 0].astype(numpy.int64)

    parts = [read(f"data_batch_{i}.bin") for i in range(1, 6)]
    images, labels = numpy.concatenate([x for x, _ in parts]), numpy.concatenate([y for _, y in parts])
    test_images, test_labels = read("test_batch.bin")
    mean = images[:49000].mean(axis=0)
    pairs = [(images[:4000], labels[:4000]), (images[49000:], labels[49000:]), (test_images, test_labels)]
    return [(torch.tensor(x - mean), torch.tensor(y)) for x, y in pairs]


def accuracy(net, part):
    with torch.no_grad():
        return 100 * (net(part[0]).argmax(1) == part[1]).float().mean().item()


def train(net, rule, part, epochs, batch, replaces):
    images, labels = part
    for _ in range(epochs):
        order = torch.randint(len(labels), (len(labels),)) if replaces else torch.randperm(len(labels))
        for chosen in order.split(batch):
            rule.zero_grad()
            nn.functional.cross_entropy(net(images[chosen]), labels[chosen]).backward()
            rule.step()


def connected(hidden, deviations):
    sizes = [3072, *hidden, 10]
    layers = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layer = nn.Linear(inputs, outputs)
        nn.init.zeros_(layer.bias)
        nn.init.normal_(layer.weight, std=deviations(inputs)) if deviations(inputs) > 0 else nn.init.zeros_(layer.weight)
        layers += [layer, nn.ReLU()] if i < len(hidden) else [layer]
    return nn.Sequential(*layers)


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def report(name, seeds, parts, make, rule, epochs, batch, replaces):
    rows = []
    for seed in seeds:
        torch.manual_seed(seed)
        net = make()
        train(net, rule(net.parameters()), parts[0], epochs, batch, replaces)
        rows.append([accuracy(net, part) for part in parts])
    rows = numpy.array(rows)
    spread = rows.std(axis=0, ddof=1) if len(rows) > 1 else 0 * rows[0]
    print(f"{name:20}" + "  ".join(f"{mean:6.2f} ± {s:4.2f}" for mean, s in zip(rows.mean(axis=0), spread)), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", choices=["mnist-optimizers", "update-rules", "initialization"])
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--data", type=pathlib.Path, default=pathlib.Path.home() / ".cache/descent/data")
    arguments = parser.parse_args()
    seeds = [int(seed) for seed in arguments.seeds.split(",")]
    torch.set_num_threads(THREADS)
    optim = torch.optim
    if arguments.study == "mnist-optimizers":
        print(f"{'':20}train           test")
        rules = {
            "sgd": lambda p: optim.SGD(p, 0.01),
            "sgd with momentum": lambda p: optim.SGD(p, 0.01, momentum=0.9),
            "nesterov": lambda p: optim.SGD(p, 0.01, momentum=0.9, nesterov=True),
            "rmsprop": lambda p: optim.RMSprop(p, 0.01, alpha=0.9),
            "adam": lambda p: optim.Adam(p, 0.01),
        }
        parts = mnist(arguments.data)
        for name, rule in rules.items():
            report(name, seeds, parts, mlp, rule, 10, 128, False)
        return
    print(f"{'':20}train           validation      test")
    parts = cifar(arguments.data)
    if arguments.study == "update-rules":
        rules = {
            "sgd": lambda p: optim.SGD(p, 1e-2),
            "sgd with momentum": lambda p: optim.SGD(p, 1e-2, momentum=0.9),
            "adam": lambda p: optim.Adam(p, 1e-3),
            "rmsprop": lambda p: optim.RMSprop(p, 1e-4),
        }
        for name, rule in rules.items():
            report(name, seeds, parts, lambda: connected([100] * 5, lambda inputs: 0.05), rule, 5, 100, True)
        return
    for name, deviations in {"he": lambda inputs: (2 / inputs) ** 0.5, "normal": lambda inputs: 0.01, "zero": lambda inputs: 0.0}.items():
        report(name, seeds, parts, lambda: connected([50] * 10, deviations), lambda p: optim.SGD(p, 1e-3), 5, 100, True)


if __name__ == "__main__":
    main()
