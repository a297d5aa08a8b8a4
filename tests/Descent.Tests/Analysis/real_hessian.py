"""The Hessian of the MNIST perceptron on the first 2,000 training images by PyTorch's double backward, beside descent hessian on the same weights.

Run: python3 real_hessian.py DESCENT   (needs python3-torch and python3-torchvision, and MNIST in the data folder)
The weights are PyTorch's initialization (seed 0) after 30 steps of SGD, all in float64. Bounds: loss and gradient norm 1e-9 relative, the five largest eigenvalues 1e-6 relative;
those of PyTorch come from 60 Lanczos steps with full reorthogonalization and NumPy's eigh. Exit code 1 where a bound is missed.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch

TESTS = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "Lockstep"), str(TESTS / "Lockstep" / "Golden"), str(TESTS / "Analysis" / "Golden")]
import hessian  # noqa: E402
import nets  # noqa: E402
import real_data  # noqa: E402

IMAGES, TRAINED, STEPS = 2000, 30, 60


class Loss(hessian.Loss):
    def __init__(self, net, x, labels):
        self.parameters = list(net.parameters())
        self.mean = torch.nn.functional.cross_entropy(net(x), labels)
        self.gradient = torch.autograd.grad(self.mean, self.parameters, create_graph=True)
        self.dimension = sum(p.numel() for p in self.parameters)


def main():
    torch.manual_seed(0)
    command = ["dotnet", sys.argv[1]] if sys.argv[1].endswith(".dll") else [sys.argv[1]]
    images, labels = real_data.images_and_labels("mnist-mlp")
    x, labels = nets.normalized("mnist-mlp", images[:IMAGES], images), labels[:IMAGES]
    net = nets.MODELS["mnist-mlp"]().double()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step in range(TRAINED):
        batch = slice(step * 64, step * 64 + 64)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(x[batch]), labels[batch]).backward()
        optimizer.step()
    loss = Loss(net, x, labels)
    expected = hessian.lanczos(loss, STEPS)[:-6:-1]
    with tempfile.TemporaryDirectory() as folder:
        weights = pathlib.Path(folder) / "weights.pth"
        torch.save(net.state_dict(), weights)
        arguments = [*command, "hessian", weights, "--workload", "mnist-mlp", "--data", f"train:0-{IMAGES - 1}", "--precision", "float64", "--top", 5, "--json"]
        ours = json.loads(subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True).stdout)
    errors = [abs(a / b - 1) for a, b in zip(ours["eigenvalues"], expected)]
    loss_error, norm_error = abs(ours["loss"] / loss.mean.item() - 1), abs(ours["gradient_norm"] / loss.gradient_norm() - 1)
    print("largest eigenvalues", *(f"{value:.9g}" for value in expected))
    print(f"relative errors: eigenvalues {max(errors):.2g}, loss {loss_error:.2g}, gradient norm {norm_error:.2g}; trace {ours['trace']:.6g} ± {ours['trace_error']:.2g}")
    return max(errors) > 1e-6 or max(loss_error, norm_error) > 1e-9


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
