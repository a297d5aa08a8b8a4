"""Weights, images and labels from a closed formula that the tests repeat.

Number i of tensor t is u = (splitmix64(t * 2^32 + i) >> 40) / 2^24 in [0, 1), i counted row-major in PyTorch's layout, t in the order of named_parameters().
Weights and biases of linear layers and convolutions are (2u - 1)/sqrt(fan_in of the layer), scales of batch norm 1 + (2u - 1)/5, its shifts (2u - 1)/5, all rounded to
float32. Byte i of the images [N, H, W, C] is floor(256 u) of tensor 1000; label i is floor(10 u) of tensor 1001.
"""
import numpy
import torch

import nets


def batch_size(model):
    return 4 if "small-stem" in model else 8 if "resnet" in model else 32


def uniform(tensor, count):
    with numpy.errstate(over="ignore"):
        z = (numpy.arange(count, dtype=numpy.uint64) + (numpy.uint64(tensor) << numpy.uint64(32)) + numpy.uint64(1)) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return ((z ^ (z >> numpy.uint64(31))) >> numpy.uint64(40)).astype(numpy.float64) / 2**24


def network(model):
    net, fan = nets.MODELS[model](), 0
    with torch.no_grad():
        for t, (name, parameter) in enumerate(net.named_parameters()):
            u = 2 * uniform(t, parameter.numel()) - 1
            owner = net.get_submodule(name.rsplit(".", 1)[0])
            if isinstance(owner, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
                values = u / 5 + (1 if name.endswith("weight") else 0)
            else:
                fan = parameter[0].numel() if name.endswith("weight") else fan
                values = u / numpy.sqrt(fan)
            parameter.copy_(torch.from_numpy(values.astype(numpy.float32)).view(parameter.shape))
    return net


def batches(model, count, size, side=None):
    """(inputs in float64, labels) of each batch."""
    side, channels = side or (28 if "mnist" in model else 32), 1 if "mnist" in model else 3
    images = numpy.floor(256 * uniform(1000, count * size * side * side * channels)).reshape(count * size, side, side, channels)
    images = torch.from_numpy(images).permute(0, 3, 1, 2)
    labels = torch.from_numpy(numpy.floor(10 * uniform(1001, count * size)).astype(numpy.int64))
    return list(zip(nets.normalized(model, images, images).split(size), labels.split(size)))
