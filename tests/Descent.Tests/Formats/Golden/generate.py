"""Writes what PyTorch writes: state dicts that are read here, each beside the same numbers as NumPy writes them, and files that are refused.

Needs torch (1.13.0 made the files in the repository) and numpy. Run in this folder: python3 generate.py
"""
import argparse
import collections
import pathlib
from collections import OrderedDict

import numpy
import torch


def numbers(*shape, dtype=torch.float32):
    count = int(numpy.prod(shape))
    return ((torch.arange(count, dtype=torch.float64) * 37 % 101) / 16 - 3).to(dtype).reshape(shape)


def save(name, state):
    torch.save(state, name + ".pth")
    arrays = {}
    for key, value in state.items():
        value = value.detach()
        arrays[key] = value.float().numpy() if value.dtype in (torch.float16, torch.bfloat16) else value.numpy()
    numpy.savez(name + ".npz", **{key: numpy.ascontiguousarray(value).reshape(value.shape) for key, value in arrays.items()})


base = numbers(6, 5)
save("strided", OrderedDict([
    ("whole", base),
    ("again", base),
    ("transposed", base.t()),
    ("piece", base[1:5, 2:4]),
    ("every.second", base[::2, ::2]),
    ("expanded", base[0, :1].expand(4, 3)),
    ("permuted", numbers(2, 3, 4, 5).permute(3, 1, 0, 2)),
    ("scalar", base[3, 3]),
    ("empty", numbers(0, 4)),
    ("one", numbers(1)),
    ("double", numbers(3, 2, dtype=torch.float64)),
    ("long", torch.tensor([[1, -2], [2 ** 62, -(2 ** 62)]])),
    ("half", numbers(7, dtype=torch.float16)),
    ("half.strided", numbers(3, 4, dtype=torch.float16)[:, 1]),
    ("bfloat16", numbers(7, dtype=torch.bfloat16)),
    ("parameter", torch.nn.Parameter(numbers(2, 2))),
]))

torch.manual_seed(0)
model = torch.nn.Sequential(OrderedDict([
    ("conv", torch.nn.Conv2d(3, 4, 3)), ("norm", torch.nn.BatchNorm2d(4)), ("flat", torch.nn.Flatten()), ("fc", torch.nn.Linear(16, 2))]))
model(torch.randn(2, 3, 4, 4))
save("model", model.state_dict())

torch.save(model.fc, "module.pth")
torch.save({"epoch": 3, "model": model.fc.state_dict()}, "checkpoint.pth")
torch.save({"weight": torch.ones(2, dtype=torch.int32)}, "integers.pth")
torch.save(torch.ones(2), "tensor.pth")
torch.save(model.fc.state_dict(), "legacy.pth", _use_new_zipfile_serialization=False)

# Filters and the linear layer behind a flatten, as PyTorch lays them out and as they lie in memory here.
filters, behind_flatten = numbers(5, 3, 2, 4), numbers(6, 3 * 2 * 4)
numpy.savez("layout.npz", **{
    "filters": filters.numpy(),
    "filters.here": filters.permute(0, 2, 3, 1).contiguous().numpy(),
    "flattened": behind_flatten.numpy(),
    "flattened.here": behind_flatten.reshape(6, 3, 2, 4).permute(0, 2, 3, 1).reshape(6, -1).contiguous().numpy(),
})

numpy.savez_compressed("halves-and-columns.npz", h=numpy.array([[1, -0.5], [65504, 6e-8], [numpy.inf, -0.0]], "<f2"),
                       c=numpy.asfortranarray(numpy.arange(24, dtype="f4").reshape(2, 3, 4)), ch=numpy.asfortranarray(numpy.arange(6).reshape(2, 3).astype("f2")),
                       e=numpy.asfortranarray(numpy.zeros((0, 4), "f8")))

# Checkpoints as scripts write them: a state dict beside other things, names behind those of wrappers.
net = torch.nn.Sequential(OrderedDict([("fc1", torch.nn.Linear(3, 4)), ("fc2", torch.nn.Linear(4, 2))]))
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(numbers(*parameter.shape))
optimizer = torch.optim.AdamW(net.parameters())
net(torch.ones(1, 3)).sum().backward()
optimizer.step()
state = OrderedDict(("module._orig_mod." + name, value) for name, value in net.state_dict().items())
numpy.savez("run.npz", **{name: value.numpy() for name, value in net.state_dict().items()})
torch.save({
    "epoch": 3, "arch": "net", "state_dict": state, "optimizer": optimizer.state_dict(), "best": torch.tensor(0.5), "best_epoch": numpy.int64(2),
    "lr_scheduler": torch.optim.lr_scheduler.MultiStepLR(optimizer, [2, 4]).state_dict(), "args": argparse.Namespace(lr=1e-3, out=pathlib.PurePosixPath("out")),
    "rng": torch.arange(8, dtype=torch.uint8), "history": collections.defaultdict(list, loss=[2.0, 1.5]), "last": collections.deque([1, 2], maxlen=2),
    "counts": numpy.arange(3), "seen": {1, 2}, "callbacks": {}, "scaler": {"scale": 65536.0, "growth": 2.0}, "dtype": torch.float32, "device": torch.device("cpu"),
}, "run.pth")
torch.save({"model": net.state_dict(), "model_ema": net.state_dict(), "epoch": 1}, "two-state-dicts.pth")
torch.save(optimizer.state_dict(), "optimizer.pth")
torch.save({"epoch": 3, "model": net}, "module-in-checkpoint.pth")
torch.save({"weight": torch.ones(2, dtype=torch.int16)}, "shorts.pth")
torch.save(net.state_dict(), "protocol4.pth", pickle_protocol=4)
torch.save(net.state_dict(), "legacy4.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
torch.jit.script(torch.nn.Linear(2, 1)).save("script.pt")
