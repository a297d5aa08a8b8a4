"""The networks of the workloads in PyTorch, under the same names, and eight steps of each of three rules on them.

A name with a side, or height and width, behind an @ is the network of that workload for images that are brought to that size first.
"""
import torch
import torchvision
from torch import nn


class Mlp(nn.Module):
    """fc1, fc2, ... with ReLU between them, on flattened images."""

    def __init__(self, inputs, hidden, classes):
        super().__init__()
        widths = [inputs, *hidden, classes]
        for i in range(1, len(widths)):
            setattr(self, f"fc{i}", nn.Linear(widths[i - 1], widths[i]))
        self.count = len(widths) - 1

    def forward(self, x):
        x = x.flatten(1)
        for i in range(1, self.count):
            x = torch.relu(getattr(self, f"fc{i}")(x))
        return getattr(self, f"fc{self.count}")(x)


class Network(nn.Module):
    """A Sequential named network, on flattened images."""

    def __init__(self, *layers):
        super().__init__()
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x.flatten(1))


class FeaturesAndClassifier(nn.Module):
    def __init__(self, features, classifier):
        super().__init__()
        self.features, self.classifier = nn.Sequential(*features), nn.Sequential(*classifier)

    def forward(self, x):
        return self.classifier(self.features(x))


class SimpleCnn(nn.Module):
    """Dropout is 0, so it is left out."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.conv3 = nn.Conv2d(3, 32, 3, padding=1), nn.Conv2d(32, 64, 3, padding=1), nn.Conv2d(64, 128, 3, padding=1)
        self.fc1, self.fc2 = nn.Linear(2048, 512), nn.Linear(512, 10)

    def forward(self, x):
        for convolution in (self.conv1, self.conv2, self.conv3):
            x = nn.functional.max_pool2d(torch.relu(convolution(x)), 2)
        return self.fc2(torch.relu(self.fc1(x.flatten(1))))


def deep_mlp(*behind):
    widths, layers = [784, 256, 128, 64, 32], []
    for i in range(1, len(widths)):
        layers += [nn.Linear(widths[i - 1], widths[i]), *(layer(widths[i]) for layer in behind), nn.ReLU()]
    return Network(*layers, nn.Linear(32, 10))


def block(channels, filters, *behind):
    return [nn.Conv2d(channels, filters, 3, padding=1), *behind, nn.ReLU(), nn.MaxPool2d(2)]


def cnn_bn(values):
    """values: numbers of an image that come into the classifier."""
    return FeaturesAndClassifier(
        [*block(3, 32, nn.BatchNorm2d(32)), *block(32, 64, nn.BatchNorm2d(64)), *block(64, 128, nn.BatchNorm2d(128))],
        [nn.Flatten(), nn.Linear(values, 128), nn.ReLU(), nn.Linear(128, 10)])


def small_stem_resnet():
    net = torchvision.models.resnet18(num_classes=10)
    net.conv1, net.maxpool = nn.Conv2d(3, 64, 3, padding=1, bias=False), nn.Identity()
    return net


def resized(net, *size):
    net.register_forward_pre_hook(lambda module, inputs: nn.functional.interpolate(inputs[0], size=size, mode="bilinear", align_corners=False))
    return net


MODELS = {
    "mnist-mlp": lambda: Mlp(784, [128], 10),
    "mnist-deep-mlp": lambda: deep_mlp(),
    "mnist-deep-mlp-bn": lambda: deep_mlp(nn.BatchNorm1d),
    "cifar10-fc": lambda: Mlp(3072, [100] * 5, 10),
    "cifar10-cnn-bn": lambda: cnn_bn(2048),
    "cifar10-simple-cnn": SimpleCnn,
    "cifar10-cnn": lambda: FeaturesAndClassifier(
        [*block(3, 64), *block(64, 128)], [nn.Flatten(), nn.Linear(8192, 256), nn.ReLU(), nn.Linear(256, 10)]),
    "cifar10-resnet18": lambda: torchvision.models.resnet18(num_classes=10),
    "cifar10-resnet18-small-stem": small_stem_resnet,
    "cifar10-resnet18@40": lambda: resized(torchvision.models.resnet18(num_classes=10), 40, 40),
    "cifar10-cnn-bn@45": lambda: resized(cnn_bn(3200), 45, 45),
    "cifar10-cnn-bn@17x26": lambda: resized(cnn_bn(768), 17, 26),
}

RULES = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.05, momentum=0.9),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-3),
    "adamw": lambda parameters: torch.optim.AdamW(parameters, lr=1e-3),
}

PER_IMAGE_STD = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)


def normalized(model, images, train):
    """From bytes [N, C, H, W] to the input of a model; train: the bytes that a mean image is taken of."""
    x = images.double()
    if model.startswith("mnist"):
        return (x / 255 - 0.1307) / 0.3081
    model = model.split("@")[0]
    if model == "cifar10-fc":
        return x - train.double().mean(0)
    if model == "cifar10-cnn":
        return (x / 255 - 0.5) / 0.5
    mean, deviation = (torch.tensor(values, dtype=torch.float64).view(3, 1, 1) for values in PER_IMAGE_STD)
    return (x / 255 - mean) / deviation


def steps(net, rule, batches, dtype):
    """(loss, gradient norm) of each batch (inputs in float64, labels), with a step of the rule behind each."""
    net = net.to(dtype).train()
    optimizer, told = RULES[rule](net.parameters()), []
    for x, labels in batches:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x.to(dtype)), labels)
        loss.backward()
        norm = torch.sqrt(sum(p.grad.double().square().sum() for p in net.parameters()))
        told.append((loss.item(), norm.item()))
        optimizer.step()
    return told
