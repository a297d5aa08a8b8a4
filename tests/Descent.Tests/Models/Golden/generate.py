"""Loss, gradients and Hessian-vector products of small multilayer perceptrons by PyTorch in double precision.

Run with PyTorch 1.13 or newer: python3 generate.py > mlp.tsv
Weights, inputs and the direction come from a closed formula that MlpGoldenTests repeats: value number i of the tensor number t is
scale * sin(0.7 * i + 1.3 * t + 0.1), i counted row-major.
"""
import torch

torch.set_default_dtype(torch.float64)
SIZES, BATCH = [12, 9, 7, 5], 11
ACTIVATIONS = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": torch.nn.functional.gelu,
    "gelu_tanh": lambda x: torch.nn.functional.gelu(x, approximate="tanh"),
}


def values(tensor, scale, *shape):
    i = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
    return (scale * torch.sin(0.7 * i + 1.3 * tensor + 0.1)).reshape(shape)


def forward(activation, parameters, x):
    for layer in range(0, len(parameters), 2):
        x = x @ parameters[layer].T + parameters[layer + 1]
        x = ACTIVATIONS[activation](x) if layer + 2 < len(parameters) else x
    return x


print(f"# torch {torch.__version__}, generate.py; what, activation, parameter, its norm (for the loss: its value), its first three numbers")
for activation in ACTIVATIONS:
    parameters = []
    for outputs, inputs in zip(SIZES[1:], SIZES):
        parameters.append(values(len(parameters), 0.6, outputs, inputs).requires_grad_())
        parameters.append(values(len(parameters), 0.2, outputs).requires_grad_())
    x = values(20, 1.0, BATCH, SIZES[0])
    labels = torch.tensor([i * i % SIZES[-1] for i in range(BATCH)])
    loss = torch.nn.functional.cross_entropy(forward(activation, parameters, x), labels)
    gradients = torch.autograd.grad(loss, parameters, create_graph=True)
    direction = [values(40 + t, 1.0, *p.shape) for t, p in enumerate(parameters)]
    products = torch.autograd.grad(sum((g * v).sum() for g, v in zip(gradients, direction)), parameters)
    print("loss", activation, "-", repr(loss.item()), sep="\t")
    for what, tensors in (("gradient", gradients), ("hessian_vector", products)):
        for t, tensor in enumerate(tensors):
            name = f"fc{t // 2 + 1}.{'weight' if t % 2 == 0 else 'bias'}"
            numbers = [repr(v) for v in tensor.detach().flatten()[:3].tolist()]
            print(what, activation, name, repr(tensor.norm().item()), *numbers, sep="\t")
