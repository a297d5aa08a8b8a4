"""Trains every workload's network for eight steps by PyTorch and by the descent command, from one set of weights on the same real images, and compares.

Run: python3 real_data.py DESCENT [--models NAME...]   (needs python3-torch and python3-torchvision, and MNIST and CIFAR-10 in the data folder)
DESCENT is the published command, or the path of Descent.App.dll. Weights come from PyTorch's own initialization (seed 0) in a .pth file; batches are the first 8 of 64 images
in file order. Bounds: the first loss 1e-6 relative, its norm 1e-5 (with Winograd 1e-5 and 1e-4); later 1e-5 (norms 1e-4); logits after the last step 1e-4 in units of the
largest; everywhere three times the largest gap between PyTorch's float32 and its float64 on the same net where that is larger: in the first step over two layouts of memory
and one and two threads, later over the layouts and the rules (a single run meets a flip of a sign at a ReLU or not, by chance: then all later numbers move by 1e-4; on
ResNet-18 the first norm already does, by up to 4e-4). Exit code 1 where a bound is missed.
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
LAYOUTS = torch.contiguous_format, torch.channels_last
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
    name, _, side = model.partition("@")
    arguments = [*command, "train", name, "--optimizer", rule, *SETTINGS[rule], "--init", weights, "--order", "file", "--batch-size", BATCH, "--steps", STEPS,
                 "--no-augment", "--json", "--logits", logits, *(["--set", "model.dropout=0"] if name == "cifar10-simple-cnn" else []),
                 *(["--set", f"model.image_size={side}"] if side else []), *extra]
    lines = subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True).stdout.splitlines()
    steps = [json.loads(line) for line in lines][:STEPS]
    return [(step["loss"], step["gradient_norm"]) for step in steps], numpy.load(logits)["logits"]


def pytorch(net, rule, batches, dtype, layout=torch.contiguous_format):
    net = copy.deepcopy(net).to(memory_format=layout)
    batches = [(x.contiguous(memory_format=layout) if x.shape[1] > 1 else x, labels) for x, labels in batches]
    told = nets.steps(net, rule, batches, dtype)
    with torch.no_grad():
        return told, net.eval()(batches[-1][0].to(dtype)).double().numpy()


def first_step(net, batch, layout, threads):
    """Loss and norm of the first step in float32."""
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    told, _ = pytorch(net, "sgd", [batch], torch.float32, layout)
    torch.set_num_threads(before)
    return told[0]


def relative(ours, exact):
    """Relative errors (loss, norm) of each step."""
    return [(abs(loss / loss64 - 1), abs(norm / norm64 - 1)) for (loss, norm), (loss64, norm64) in zip(ours, exact)]


def logits_error(ours, exact):
    return abs(ours - exact).max() / abs(exact).max()


def compare(command, model, net, batches, folder):
    """Prints a line a rule and mode; true where a bound is missed."""
    exact = {rule: pytorch(net, rule, batches, torch.float64) for rule in nets.RULES}
    single = [(rule, pytorch(net, rule, batches, torch.float32, layout)) for rule in nets.RULES for layout in LAYOUTS]
    gap_loss, gap_norm = (max(step[i] for rule, (told, _) in single for step in relative(told, exact[rule][0])) for i in (0, 1))
    gap_first = [max(values) for values in zip(*(relative([first_step(net, batches[0], layout, threads)], exact["sgd"][0])[0]
                                                for layout in LAYOUTS for threads in (1, 2)))]
    gap_logits = max(logits_error(logits, exact[rule][1]) for rule, (_, logits) in single)
    bounds = max(1e-5, 3 * gap_loss), max(1e-4, 3 * gap_norm), max(1e-4, 3 * gap_logits)
    missed = False
    for rule in nets.RULES:
        for mode, extra, first in (("exact", ["--exact"], (1e-6, 1e-5)), ("winograd", [], (1e-5, 1e-4))):
            ours, logits = descent(command, model, rule, folder / "weights.pth", folder, *extra)
            errors = relative(ours, exact[rule][0])
            later = max(error[0] for error in errors[1:]), max(error[1] for error in errors[1:]), logits_error(logits, exact[rule][1])
            firsts = [max(bound, 3 * gap) for bound, gap in zip(first, gap_first)]
            wrong = any(error > bound for error, bound in zip((*errors[0], *later), (*firsts, *bounds)))
            missed |= wrong
            print(f"{model:28}{rule:7}{mode:10}" + "".join(f"{error:10.1e}" for error in (*errors[0], *later)) + (" MISSED" if wrong else ""), flush=True)
    print(f"{model:28}{'':7}{'gap':10}" + "".join(f"{gap:10.1e}" for gap in (*gap_first, gap_loss, gap_norm, gap_logits)), flush=True)
    return missed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("descent")
    parser.add_argument("--models", nargs="*", default=list(nets.MODELS))
    arguments = parser.parse_args()
    command = ["dotnet", arguments.descent] if arguments.descent.endswith(".dll") else [arguments.descent]
    print(f"torch {torch.__version__}; relative errors against its float64; gap: the largest of PyTorch's float32")
    print(f"{'model':28}{'rule':7}{'mode':10}{'loss 1':>10}{'norm 1':>10}{'loss':>10}{'norm':>10}{'logits':>10}")
    missed = False
    for model in arguments.models:
        images, labels = images_and_labels(model)
        inputs = nets.normalized(model, images[:STEPS * BATCH], images)
        torch.manual_seed(0)
        net = nets.MODELS[model]()
        with tempfile.TemporaryDirectory() as folder:
            torch.save(net.state_dict(), pathlib.Path(folder) / "weights.pth")
            missed |= compare(command, model, net, list(zip(inputs.split(BATCH), labels[:STEPS * BATCH].split(BATCH))), pathlib.Path(folder))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
