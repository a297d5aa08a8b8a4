#!/usr/bin/env python3
"""Descent against PyTorch eager: both sides in turns, the same minutes, the same number of threads.

usage: bench/compare.py [--rounds 5] [--seconds 2] [NAME ...]           mlp, adam-2.2m, adam-11m
       bench/compare.py --nets [--rounds 5] [--seconds 2] [NAME ...]    steps and evaluations of convolutional networks, PyTorch in both memory layouts
       bench/compare.py --optimizers [--rounds 2] [--seconds 0.2]      every rule, beside a copy that moves the same bytes and beside torch.optim

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
NETS = ["cnn", "cnn-exact", "simple-cnn", "resnet18", "cnn-evaluation", "simple-cnn-evaluation", "resnet18-evaluation"]
LAYOUTS = {"contiguous": [], "channels_last": ["channels-last"]}


def lines(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.strip().splitlines()]


def run(command):
    return lines(command)[-1]


def sides(python):
    return {"pytorch": [python, str(HERE / "pytorch/steps.py")], "descent": ["dotnet", str(DESCENT)]}


def compare_optimizers(threads, rounds, seconds, python):
    """The best of all rounds; both sides by turns."""
    best = {side: {} for side in ("pytorch", "descent")}
    for _ in range(rounds):
        for side, command in sides(python).items():
            for row in lines(command + ["optimizers", str(threads), str(seconds)]):
                known = best[side].setdefault(row["name"], row)
                best[side][row["name"]] = {key: min(known[key], row[key]) if key.endswith("seconds") else row[key] for key in row}
    for name, row in best["descent"].items():
        theirs = best["pytorch"].get(name)
        nanoseconds = 1e9 * row["best_seconds"] / row["parameters"]
        ratio = f"{theirs['best_seconds'] / row['best_seconds']:.1f}" if theirs else "-"
        print(f"| {name} | {threads} | {nanoseconds:.3f} | {row['bytes'] / row['best_seconds'] / 1e9:.0f} | "
              f"{row['best_seconds'] / row['copy_best_seconds']:.2f} | {ratio} |", flush=True)


def compare_net(name, threads, rounds, seconds, python):
    """PyTorch in each layout and Descent by turns. PyTorch has no exact mode: the exact step stands against the same step."""
    script = [python, str(HERE / "pytorch/cnn_steps.py"), name.removesuffix("-exact"), str(threads), str(seconds)]
    commands = {layout: script + flag for layout, flag in LAYOUTS.items()} | {"descent": ["dotnet", str(DESCENT), name, str(threads), str(seconds)]}
    results = {side: [] for side in commands}
    for _ in range(rounds):
        for side, command in commands.items():
            results[side].append(run(command))
    best = {side: 1e3 * min(r["best_seconds"] for r in rows) for side, rows in results.items()}
    median = {side: 1e3 * statistics.median(r["median_seconds"] for r in rows) for side, rows in results.items()}
    peak = {side: max(r["peak_bytes"] for r in rows) / 1e6 for side, rows in results.items()}
    cells = [f"{best[side]:.1f} / {median[side]:.1f}" for side in commands]
    ratios = [f"{best[layout] / best['descent']:.1f} / {median[layout] / median['descent']:.1f}" for layout in LAYOUTS]
    peaks = " / ".join(f"{peak[side]:.0f}" for side in commands)
    print(f"| {name} | {threads} | {' | '.join(cells)} | {' | '.join(ratios)} | {peaks} |", flush=True)


def compare(name, threads, rounds, seconds, python):
    environment = sides(python)
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
    parser.add_argument("names", nargs="*")
    parser.add_argument("--nets", action="store_true")
    parser.add_argument("--optimizers", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    version = subprocess.run([options.python, "-c", "import torch; print(torch.__version__)"], check=True, capture_output=True, text=True)
    print(f"PyTorch {version.stdout.strip()}, {platform.platform()}, {os.cpu_count()} cores\n")
    if options.optimizers:
        print("| rule and parameters | threads | ns a parameter | GB/s | time / copy of the same bytes | PyTorch / Descent |\n|---|---|---|---|---|---|")
        for threads in options.threads:
            compare_optimizers(threads, options.rounds or 2, options.seconds or 0.2, options.python)
        return
    print("best / median in ms\n")
    if options.nets:
        print("| work | threads | PyTorch contiguous | channels_last | Descent | times as fast | than channels_last | peak MB |\n|---|---|---|---|---|---|---|---|")
        for name in options.names or NETS:
            for threads in options.threads:
                compare_net(name, threads, options.rounds or 5, options.seconds or 2, options.python)
        return
    print("| work | threads | PyTorch ms | Descent ms | ratio |\n|---|---|---|---|---|")
    for name in options.names or NAMES:
        for threads in options.threads:
            compare(name, threads, options.rounds or 5, options.seconds or 2, options.python)


main()
