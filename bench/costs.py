#!/usr/bin/env python3
"""The table that `descent describe RULE` shows and docs/optimizer-costs.md prints, from measurements of both sides.

usage: bench/costs.py MACHINE DESCENT.jsonl ... --pytorch 1:PYTORCH.jsonl ... --steps cifar10-cnn:1:79 ...     writes both files

Each jsonl holds lines of `Descent.Benchmarks.dll optimizers THREADS SECONDS` or of `bench/pytorch/steps.py optimizers THREADS SECONDS`, as bench/measure_costs.py writes them; of several lines of
one rule the fastest counts; rows of the present table that are in none of them stay. --steps gives the training step with Adam in milliseconds, by workload and threads, as `Descent.Benchmarks.dll cnn` prints it.
"""
import argparse
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = ["1.1m", "2.2m", "11m"]

# Gradients that a rule asks for at a step with its defaults, beside the one that every rule gets; a product with the Hessian counts as two.
FURTHER = {"sam": 1, "asam": 1, "adahessian": 2, "sophia-h": 0.2, "lbfgs": 19, "lbfgs history_size=10": 19}


def fastest(files):
    best = {}
    for threads, file in (file.split(":") if ":" in file else (None, file) for file in files):
        for line in pathlib.Path(file).read_text().splitlines():
            row = json.loads(line)
            row.setdefault("threads", int(threads or 0))
            key = (row["name"], row["threads"])
            if key not in best or row["best_seconds"] < best[key]["best_seconds"]:
                best[key] = row
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("machine")
    parser.add_argument("descent", nargs="+")
    parser.add_argument("--pytorch", nargs="+", default=[])
    parser.add_argument("--steps", nargs="+", required=True)
    options = parser.parse_args()
    ours, theirs = fastest(options.descent), fastest(options.pytorch)
    steps = {(name, int(threads)): float(ms) for name, threads, ms in (x.split(":") for x in options.steps)}
    lines = [f"# machine\t{options.machine}"] + [f"# step\t{name}\t{threads}\t{ms}" for (name, threads), ms in steps.items()]
    lines += [f"# further\t{name}\t{gradients}" for name, gradients in FURTHER.items()]
    table = []
    for (name, threads), row in sorted(ours.items(), key=lambda x: (x[0][0].rsplit(" ", 1)[0], x[1]["parameters"], x[0][1])):
        rule, size = name.rsplit(" ", 1)
        seconds = row["best_seconds"]
        peer = theirs.get((name, threads))
        cells = [rule, size, str(threads), f"{1e9 * seconds / row['parameters']:.3g}", f"{row['bytes'] / seconds / 1e9:.3g}",
                 f"{seconds / row['copy_best_seconds']:.3g}", f"{peer['best_seconds'] / seconds:.3g}" if peer else "-"]
        table.append((cells, f"{(row['bytes'] / row['parameters'] - 12) / 2:.3g}"))
    page = ROOT / "docs/optimizer-costs.md"
    head, _, present = page.read_text().partition("<!-- table -->")
    measured = {tuple(cells[:3]) for cells, _ in table}
    for cells in (line.strip("| ").split(" | ") for line in present.strip().splitlines()[2:]):
        if (cells[0], *cells[2:4]) not in measured:
            ratio = "-" if cells[7] == "–" else cells[7].rstrip("×")
            table.append(([cells[0], *cells[2:6], cells[6].rstrip("×"), ratio], cells[1]))
    table.sort(key=lambda x: (x[0][0], SIZES.index(x[0][1]), x[0][2]))
    lines += ["\t".join(cells) for cells, _ in table]
    (ROOT / "src/Descent.App/Catalogs/optimizer-costs.tsv").write_text("\n".join(lines) + "\n")
    rows = ["| rule | state bytes a parameter | parameters | threads | ns a parameter | GB/s | of a copy | PyTorch takes |", "|---|---|---|---|---|---|---|---|"]
    rows += [f"| {c[0]} | {state} | {c[1]} | {c[2]} | {c[3]} | {c[4]} | {c[5]}× | {c[6] + '×' if c[6] != '-' else '–'} |" for c, state in table]
    page.write_text(head + "<!-- table -->\n\n" + "\n".join(rows) + "\n")


main()
