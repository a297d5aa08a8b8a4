"""Writes by PyTorch what the tests hold the networks of the workloads against: python3 generate.py (needs python3-torch and python3-torchvision).

lockstep.tsv: losses and gradient norms of eight steps of three rules, in float64 and in float32.
gradients.tsv: of the first batch's gradient by each parameter the largest magnitude in float64, the largest difference of float32 from it, and 16 numbers of
float64 spread evenly.
logits.tsv: logits of two images in evaluation mode in float64, after three training passes without a step that move the running statistics.
parameters.tsv: names and shapes of parameters and running statistics.
"""
import copy

import torch

import formula
import nets

STEPS, SAMPLES = 8, 16
VERSION = f"# torch {torch.__version__}, torchvision {nets.torchvision.__version__}, generate.py"


def write(name, columns, rows):
    with open(name, "w") as file:
        print(f"{VERSION}; {columns}", file=file)
        for row in rows:
            print(*(value if isinstance(value, str) else repr(value) for value in row), sep="\t", file=file)


def lockstep():
    for model in nets.MODELS:
        batches, net = formula.batches(model, STEPS, formula.batch_size(model)), formula.network(model)
        for rule in nets.RULES:
            told = [nets.steps(copy.deepcopy(net), rule, batches, dtype) for dtype in (torch.float64, torch.float32)]
            for step, (exact, single) in enumerate(zip(*told), 1):
                yield model, rule, step, *exact, *single


def gradient(model, dtype):
    net = formula.network(model).to(dtype).train()
    [(x, labels)] = formula.batches(model, 1, formula.batch_size(model))
    torch.nn.functional.cross_entropy(net(x.to(dtype)), labels).backward()
    return [(name, parameter.grad.double().flatten()) for name, parameter in net.named_parameters()]


def gradients():
    for model in nets.MODELS:
        for (name, exact), (_, single) in zip(gradient(model, torch.float64), gradient(model, torch.float32)):
            places = [i * exact.numel() // SAMPLES for i in range(SAMPLES)]
            yield model, name, exact.abs().max().item(), (single - exact).abs().max().item(), *exact[places].tolist()


def logits():
    for model in nets.MODELS:
        for side in [None, 224] if model == "cifar10-resnet18" else [None]:
            net, batches = formula.network(model).double().train(), formula.batches(model, 3, 4, side)
            with torch.no_grad():
                for x, _ in batches:
                    net(x)
                yield model, side or 0, *net.eval()(batches[0][0][:2]).flatten().tolist()


def parameters():
    for model in nets.MODELS:
        for name, tensor in nets.MODELS[model]().state_dict().items():
            if not name.endswith("num_batches_tracked"):
                yield model, name, str(list(tensor.shape))


write("lockstep.tsv", "model, rule, step, loss and gradient norm in float64, the same in float32", lockstep())
write("gradients.tsv", "model, parameter, largest magnitude, largest difference of float32, 16 numbers", gradients())
write("logits.tsv", "model, side of the images (0: the workload's), logits of two images", logits())
write("parameters.tsv", "model, name, shape", parameters())
