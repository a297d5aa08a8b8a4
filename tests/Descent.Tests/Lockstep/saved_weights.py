"""Trains every workload's network for eight steps by the descent command, loads what it saved by PyTorch's and NumPy's usual calls, and compares.

Run: python3 saved_weights.py DESCENT [--models NAME...]   (needs what real_data.py needs)
The .pth goes through torch.load, with and without weights_only, into load_state_dict of the published net, which must find every name; the .npz through numpy.load; the .safetensors through
safetensors.torch.load_file where that is installed, else through its header. All three must hold the same bits, and the net that PyTorch loaded must give the logits that descent wrote of the
last batch after the last step, in evaluation mode, to 1e-4 of the largest. Exit code 1 where one does not.
"""
import argparse
import collections
import json
import pathlib
import sys
import tempfile

import numpy
import torch

import real_data
from real_data import BATCH, STEPS, nets

RULE = "sgd"


def safetensors(path):
    try:
        from safetensors.torch import load_file
        return {name: value.numpy() for name, value in load_file(path).items()}
    except ImportError:
        content = path.read_bytes()
        begin = 8 + int.from_bytes(content[:8], "little")
        header = json.loads(content[8:begin])
        header.pop("__metadata__")
        return {name: numpy.frombuffer(content[begin:][slice(*entry["data_offsets"])], {"F32": "<f4"}[entry["dtype"]]).reshape(entry["shape"])
                for name, entry in header.items()}


def state_dict(path):
    states = [torch.load(path, weights_only=only) for only in (False, True)]
    assert type(states[0]) is collections.OrderedDict and list(states[0]) == list(states[1])
    assert all(value.is_contiguous() and torch.equal(value, states[1][name]) for name, value in states[0].items())
    return states[0]


def compare(command, model, net, inputs, folder):
    weights = folder / "weights.pth"
    torch.save({"epoch": 0, "state_dict": collections.OrderedDict(("module." + name, value) for name, value in net.state_dict().items())}, weights)
    saved = {}
    for extension, read in ((".pth", state_dict), (".safetensors", safetensors), (".npz", lambda path: dict(numpy.load(path)))):
        _, logits = real_data.descent(command, model, RULE, weights, folder, "--save", folder / ("saved" + extension))
        saved[extension] = read(folder / ("saved" + extension))
    state = saved.pop(".pth")
    for extension, arrays in saved.items():
        assert arrays.keys() == state.keys(), extension
        assert all(numpy.array_equal(arrays[name], value.numpy()) for name, value in state.items()), extension
    net.load_state_dict(state)
    with torch.no_grad():
        expected = net.eval()(inputs[-BATCH:].float()).numpy()
    error = abs(logits - expected).max() / abs(expected).max()
    print(f"{model:28}{len(state):4} tensors{error:10.1e}" + (" MISSED" if error > 1e-4 else ""), flush=True)
    return error > 1e-4


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("descent")
    parser.add_argument("--models", nargs="*", default=list(nets.MODELS))
    arguments = parser.parse_args()
    command = ["dotnet", arguments.descent] if arguments.descent.endswith(".dll") else [arguments.descent]
    print(f"torch {torch.__version__}, numpy {numpy.__version__}; logits: largest difference in units of the largest")
    missed = False
    for model in arguments.models:
        images, _ = real_data.images_and_labels(model)
        inputs = nets.normalized(model, images[:STEPS * BATCH], images)
        torch.manual_seed(0)
        with tempfile.TemporaryDirectory() as folder:
            missed |= compare(command, model, nets.MODELS[model](), inputs, pathlib.Path(folder))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
