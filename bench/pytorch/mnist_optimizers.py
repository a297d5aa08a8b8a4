"""PyTorch's side of the preset mnist-optimizers: 784-128-10, batch 128, 10 epochs, learning rate 0.01, three seeds.

usage: python3 mnist_optimizers.py DATA_FOLDER [SEEDS]      (DATA_FOLDER holds mnist/*-ubyte.gz)
Prints the test accuracy after the last epoch as mean and standard deviation (n - 1) over the seeds.
"""
import gzip
import pathlib
import statistics
import sys
import time

import numpy as np
import torch

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.01),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
}


def read(folder, part):
    images = gzip.open(folder / "mnist" / f"{part}-images-idx3-ubyte.gz").read()
    labels = gzip.open(folder / "mnist" / f"{part}-labels-idx1-ubyte.gz").read()
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 784)
    x = torch.from_numpy((pixels.astype(np.float32) / 255 - 0.1307) / 0.3081)
    return x, torch.from_numpy(np.frombuffer(labels, np.uint8, offset=8).astype(np.int64))


def train(make, seed, data):
    (x, y), (test_x, test_y) = data
    torch.manual_seed(seed)
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer, criterion = make(model.parameters()), torch.nn.CrossEntropyLoss()
    for _ in range(10):
        for batch in torch.randperm(len(x)).split(128):
            optimizer.zero_grad()
            criterion(model(x[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        return 100 * (model(test_x).argmax(1) == test_y).float().mean().item()


def main():
    folder, seeds = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    torch.set_num_threads(1)
    data = read(folder, "train"), read(folder, "t10k")
    print(f"PyTorch {torch.__version__}, {seeds} seeds")
    for name, make in OPTIMIZERS.items():
        start = time.perf_counter()
        accuracies = [train(make, seed, data) for seed in range(seeds)]
        spread = statistics.stdev(accuracies) if seeds > 1 else float("nan")
        print(f"{name:10} {statistics.mean(accuracies):.2f} +- {spread:.2f}   {time.perf_counter() - start:.0f} s", flush=True)


main()
