#!/usr/bin/env python3
"""A study of many small trials on 1 core and on more: 8 optimizers x 5 learning rates x 3 seeds on the digits, 120 trials.

usage: bench/scaling.py [--cores 1,2] [--epochs 20] [--rounds 3]

The process may use so many cores and no others (Linux: affinity), runs a trial on each, and begins with an empty store every time. The numbers of cores
come in turns. Printed are all wall seconds of the whole process, its start among them, and the ratio of the best to the best on the first number of
cores. Needs a release build: dotnet build -c Release src/Descent.App.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile
import time

DESCENT = pathlib.Path(__file__).resolve().parent.parent / "artifacts/bin/Descent.App/release/descent"
OPTIMIZERS = ["adam", "rmsprop", "adagrad", "adamw", "amsgrad", "nadam", "radam", "sgd"]
RATES = "[1e-5, 1e-4, 1e-3, 1e-2, 1e-1]"


def study(epochs):
    rows = "".join(f"  - {name}: {{ learning_rate: {RATES} }}\n" for name in OPTIMIZERS)
    return f"name: scaling\nworkload: digits-mlp\nepochs: {epochs}\nseeds: [0, 1, 2]\ntrials: 120\noptimizers:\n{rows}"


def seconds(cores, text):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "scaling.yaml").write_text(text)
        start = time.perf_counter()
        subprocess.run([DESCENT, "run", "scaling.yaml", "--no-report", "--quiet", "--store", "studies.db"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, range(cores)))
        return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cores", default="1,2")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    counts = [int(count) for count in arguments.cores.split(",")]
    taken = {count: [] for count in counts}
    for _ in range(arguments.rounds):
        for count in counts:
            taken[count].append(seconds(count, study(arguments.epochs)))
    for count, times in taken.items():
        print(f"{count} cores: {' '.join(f'{one:.2f}' for one in times)} s, ratio {min(times) / min(taken[counts[0]]):.3f}")


if __name__ == "__main__":
    main()
