#!/usr/bin/env python3
"""What bench/costs.py reads: every rule beside a copy and, where PyTorch has the rule, beside torch.optim in the same seconds.

usage: bench/measure_costs.py THREADS SECONDS FOLDER [--sizes 1.1m,2.2m,11m] [--rules NAME,NAME] [--but NAME,NAME] [--no-pytorch]

Appends lines to FOLDER/descent.jsonl and FOLDER/pytorch-THREADS.jsonl as they come, so that a run that is cut off is not lost. Needs what bench/compare.py needs.
"""
import argparse
import pathlib
import subprocess
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "pytorch"))
from rules import OPTIMIZERS, optimizer_steps

DESCENT = ["dotnet", str(HERE.parent / "artifacts/bin/Descent.Benchmarks/release/Descent.Benchmarks.dll"), "optimizers"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("threads", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sizes", default="")
    parser.add_argument("--rules", default="")
    parser.add_argument("--but", default="")
    parser.add_argument("--no-pytorch", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.folder.mkdir(parents=True, exist_ok=True)
    every = subprocess.run(DESCENT + ["names"], check=True, capture_output=True, text=True).stdout.splitlines()
    for name in options.rules.split(",") if options.rules else every:
        if name in options.but.split(","):
            continue
        with open(options.folder / "descent.jsonl", "a") as ours:
            subprocess.run(DESCENT + [str(options.threads), str(options.seconds), f"{name},", options.sizes], check=True, stdout=ours)
        if name in OPTIMIZERS and not options.no_pytorch:
            with open(options.folder / f"pytorch-{options.threads}.jsonl", "a") as theirs:
                optimizer_steps(options.seconds, [name], options.sizes, theirs)


main()
