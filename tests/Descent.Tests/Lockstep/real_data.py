"""Trains every workload's network for eight steps by PyTorch and by the descent command, from one set of weights on the same real images, and compares.

Run: python3 real_data.py DESCENT [--models NAME...]   (needs python3-torch and python3-torchvision, and MNIST and CIFAR-10 in the data folder)
DESCENT is the published command, or the path of Descent.App.dll. Weights come from PyTorch's own initialization (seed 0) in a .pth file; batches are the first 8 of 64 images
in file order. Bounds: the first loss 1e-6 relative, its norm 1e-5 (with Winograd 1e-5 and 1e-4); later the larger of 1e-5 (norms 1e-4) and three times the gap between
PyTorch's float32 and its float64; logits after the last step 1e-4 of the largest, or three times the gap. Exit code 1 where one is missed.
"""
import argparse
import copy
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent / "Golden"))
import nets  # noqa: E402

STEPS, BATCH = 8, 64
SETTINGS = {
    "sgd": ["--set", "learning_rate=0.05", "--set", "momentum=0.9"],
    "adam": ["--set", "learning_rate=1e-3"],
    "adamw": ["--set", "learning_rate=1e-3"],
}


def data_folder():
    return pathlib.Path(os.environ.get("DESCENT_DATA") or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "descent/data")


def images_and_labels(model):
    if model.startswith("mnist"):
        images, labels = (gzip.open(data_folder() / "mnist" / f"train-{name}-ubyte.gz").read() for name in ("images-idx3", "labels-idx1"))
        return torch.frombuffer(bytearray(images[16:]), dtype=torch.uint8).view(-1, 1, 28, 28), torch.frombuffer(bytearray(labels[8:]), dtype=torch.uint8).long()
    records = numpy.concatenate([numpy.fromfile(data_folder() / "cifar-10-batches-bin" / f"data_batch_{i}.bin", dtype=numpy.uint8) for i in range(1, 6)])
    records = torch.from_numpy(records.reshape(-1, 3073))
    return records[:, 1:].reshape(-1, 3, 32, 32), records[:, 0].long()


def descent(command, model, rule, weights, folder, *extra):
    logits = folder / "logits.npz"
    arguments = [*command, "train", model, "--optimizer", rule, *SETTINGS[rule], "--init", weights, "--order", "file", "--batch-size", BATCH, "--steps", STEPS,
                 "--no-augment", "--json", "--logits", logits, *(["--set", "model.dropout=0"] if model == "cifar10-simple-cnn" else []), *extra]
    lines = subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True).stdout.splitlines()
    steps = [json.loads(line) for line in lines][:STEPS]
    return [(step["loss"], step["gradient_norm"]) for step in steps], numpy.load(logits)["logits"]


def pytorch(net, rule, batches, dtype):
    net = copy.deepcopy(net)
    told = nets.steps(net, rule, batches, dtype)
    with torch.no_grad():
        return told, net.eval()(batches[-1][0].to(dtype)).double().numpy()


def worst(ours, exact, single, fixed):
    """The largest error in units of its bound, over steps."""
    errors = []
    for step, ((loss, norm), (loss64, norm64), (loss32, norm32)) in enumerate(zip(ours, exact, single)):
        for value, right, rounded, first, later in ((loss, loss64, loss32, fixed[0], 1e-5), (norm, norm64, norm32, fixed[1], 1e-4)):
            bound = first * right if step == 0 else max(later * right, 3 * abs(rounded - right))
            errors.append(abs(value - right) / bound)
    return errors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("descent")
    parser.add_argument("--models", nargs="*", default=list(nets.MODELS))
    arguments = parser.parse_args()
    command = ["dotnet", arguments.descent] if arguments.descent.endswith(".dll") else [arguments.descent]
    print(f"torch {torch.__version__}; errors as fractions of their bounds; gap: PyTorch's float32 against its float64, relative, at the last step")
    print(f"{'model':28}{'rule':7}{'mode':10}{'first loss':>11}{'first norm':>11}{'later':>8}{'logits':>8}{'gap loss':>10}{'gap norm':>10}")
    failed = False
    for model in arguments.models:
        images, labels = images_and_labels(model)
        inputs = nets.normalized(model, images[:STEPS * BATCH], images)
        batches = list(zip(inputs.split(BATCH), labels[:STEPS * BATCH].split(BATCH)))
        torch.manual_seed(0)
        net = nets.MODELS[model]()
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            torch.save(net.state_dict(), folder / "weights.pth")
            for rule in nets.RULES:
                (exact, logits64), (single, logits32) = (pytorch(net, rule, batches, dtype) for dtype in (torch.float64, torch.float32))
                for mode, extra, fixed in (("exact", ["--exact"], (1e-6, 1e-5)), ("winograd", [], (1e-5, 1e-4))):
                    ours, logits = descent(command, model, rule, folder / "weights.pth", folder, *extra)
                    errors = worst(ours, exact, single, fixed)
                    bound = max(1e-4 * abs(logits64).max(), 3 * abs(logits32 - logits64).max())
                    error = abs(logits - logits64).max() / bound
                    failed |= max(errors) > 1 or error > 1
                    gaps = [abs(a - b) / a for a, b in zip(exact[-1], single[-1])]
                    print(f"{model:28}{rule:7}{mode:10}{errors[0]:11.3f}{errors[1]:11.3f}{max(errors[2:]):8.3f}{error:8.3f}{gaps[0]:10.1e}{gaps[1]:10.1e}", flush=True)
    sys.exit(1 if failed else 0)


main()
