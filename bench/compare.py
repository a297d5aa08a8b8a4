#!/usr/bin/env python3
"""Descent against PyTorch eager: both sides in turns, the same minutes, the same number of threads.

usage: bench/compare.py [--rounds 5] [--seconds 2] [NAME ...]

Every round runs PyTorch, then Descent, each in a process of its own. Printed are the best step of all rounds and the median of the rounds' medians,
as times and as ratios PyTorch / Descent. Needs python3 with torch (Debian: python3-torch, libopenblas0-pthread) and a release build:
dotnet build -c Release bench/Descent.Benchmarks.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
DESCENT = HERE.parent / "artifacts/bin/Descent.Benchmarks/release/Descent.Benchmarks.dll"
NAMES = ["mlp", "adam-2.2m", "adam-11m"]


def run(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.strip().splitlines()[-1])


def compare(name, threads, rounds, seconds, python):
    environment = {"pytorch": [python, str(HERE / "pytorch/steps.py")], "descent": ["dotnet", str(DESCENT)]}
    results = {side: [] for side in environment}
    for _ in range(rounds):
        for side, command in environment.items():
            results[side].append(run(command + [name, str(threads), str(seconds)]))
    best = {side: min(r["best_seconds"] for r in rows) for side, rows in results.items()}
    median = {side: statistics.median(r["median_seconds"] for r in rows) for side, rows in results.items()}
    cells = [f"{1e3 * best[s]:.3f} / {1e3 * median[s]:.3f}" for s in ("pytorch", "descent")]
    ratios = f"{best['pytorch'] / best['descent']:.2f} / {median['pytorch'] / median['descent']:.2f}"
    print(f"| {name} | {threads} | {cells[0]} | {cells[1]} | {ratios} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    version = subprocess.run([options.python, "-c", "import torch; print(torch.__version__)"], check=True, capture_output=True, text=True)
    print(f"PyTorch {version.stdout.strip()}, {platform.platform()}, {os.cpu_count()} cores, best / median in ms\n")
    print("| work | threads | PyTorch ms | Descent ms | ratio |\n|---|---|---|---|---|")
    for name in options.names:
        for threads in options.threads:
            compare(name, threads, options.rounds, options.seconds, options.python)


main()
