"""Pooling, resizing and batch normalization by PyTorch in double precision: outputs, gradients, running statistics, a second derivative.

Run with PyTorch 1.13 or newer: python3 generate.py > image_ops.tsv
Inputs come from a closed formula that ImageOpGoldenTests repeats: element number i of the tensor number t is scale * sin(0.7 * i + 1.3 * t + 0.1),
counted row-major in the layout [N, H, W, C] that everything here is written in. For pooling with ties it is rounded to halves of the scale.
"""
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
SHAPE = (2, 5, 6, 3)


def values(tensor, scale, *shape):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return (scale * torch.sin(0.7 * i + 1.3 * tensor + 0.1)).reshape(shape)


def inner(x):
    return x.permute(0, 3, 1, 2) if x.dim() == 4 else x


def outer(y):
    return y.permute(0, 2, 3, 1) if y.dim() == 4 else y


def row(case, what, tensor):
    numbers = [repr(v).replace("inf", "Infinity").replace("nan", "NaN") for v in tensor.detach().contiguous().flatten().tolist()]
    print(case, what, *numbers, sep="\t")


def pool(case, x, function):
    x.requires_grad_()
    y = outer(function(inner(x)))
    row(case, "y", y)
    row(case, "dx", torch.autograd.grad((y * values(9, 1.0, *y.shape)).sum(), x)[0])


def batch_norm(case, shape, momentum, forward):
    channels = shape[-1]
    layer = (torch.nn.BatchNorm2d if len(shape) == 4 else torch.nn.BatchNorm1d)(channels, eps=1e-3, momentum=momentum)
    weight, bias = values(5, 1.5, channels).requires_grad_(), values(6, 0.5, channels).requires_grad_()
    layer.weight, layer.bias = torch.nn.Parameter(weight), torch.nn.Parameter(bias)
    for batch in range(4):
        if batch == 3:
            layer.eval()
        x, addend = (values(batch, 2.0, *shape) + batch).requires_grad_(), values(20 + batch, 1.0, *shape).requires_grad_()
        y = forward(outer(layer(inner(x))), addend)
        inputs = {"x": x, "addend": addend, "weight": layer.weight, "bias": layer.bias}
        if "add" not in case:
            del inputs["addend"]
        gradients = torch.autograd.grad((y * values(9, 1.0, *shape)).sum(), list(inputs.values()), create_graph=True)
        directions = [values(30 + t, 1.0, *tensor.shape) for t, tensor in enumerate(inputs.values())]
        second = torch.autograd.grad(sum((g * v).sum() for g, v in zip(gradients, directions)), list(inputs.values()), allow_unused=True)
        row(case, f"{batch} y", y)
        for (name, tensor), g, h in zip(inputs.items(), gradients, second):
            row(case, f"{batch} d{name}", g)
            row(case, f"{batch} h{name}", torch.zeros_like(tensor) if h is None else h)
        row(case, f"{batch} mean", layer.running_mean)
        row(case, f"{batch} variance", layer.running_var)


print(f"# torch {torch.__version__}, generate.py; case, what, numbers")
ties = torch.round(2 * values(1, 1.0, *SHAPE)) / 2
with_nan = ties.clone()
with_nan[0, 1, 2, 0] = with_nan[0, 2, 1, 0] = with_nan[1, 4, 5, 2] = with_nan[1, 0, 0, 1] = float("nan")
lowest = torch.full(SHAPE, float("-inf"))
lowest[1, 2, 3, :] = -5.0
for size, stride, padding in ((2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 1), (4, 2, 2)):
    for name, x in (("", values(0, 1.0, *SHAPE)), ("_ties", ties), ("_nan", with_nan), ("_lowest", lowest)):
        pool(f"max_pool2d{name} {size} {stride} {padding}", x.clone(), lambda x: F.max_pool2d(x, size, stride, padding))
    pool(f"average_pool2d {size} {stride} {padding}", values(0, 1.0, *SHAPE), lambda x: F.avg_pool2d(x, size, stride, padding))
x = values(0, 1.0, *SHAPE).requires_grad_()
y = F.adaptive_avg_pool2d(inner(x), 1).flatten(1)
row("global_average_pool2d", "y", y)
row("global_average_pool2d", "dx", torch.autograd.grad((y * values(9, 1.0, *y.shape)).sum(), x)[0])
for height, width in ((10, 12), (7, 11), (3, 4), (5, 6), (2, 13), (1, 1), (19, 5)):
    pool(f"resize {height} {width}", values(0, 1.0, *SHAPE), lambda x: F.interpolate(x, size=(height, width), mode="bilinear", align_corners=False))
batch_norm("batch_norm", (3, 2, 3, 4), 0.1, lambda z, a: z)
batch_norm("batch_norm_relu", (3, 2, 3, 4), 0.3, lambda z, a: torch.relu(z))
batch_norm("batch_norm_add_relu", (3, 2, 3, 4), 0.1, lambda z, a: torch.relu(z + a))
batch_norm("batch_norm_rows", (7, 5), 0.1, lambda z, a: z)
batch_norm("batch_norm_rows_relu", (7, 5), 0.25, lambda z, a: torch.relu(z))
