"""PyTorch's side of the benchmarks of convolutional networks: eager mode, default settings, images of 32x32.

usage: python3 cnn_steps.py NAME THREADS SECONDS [channels-last]
  cnn, simple-cnn, resnet18      one training step: forward, loss, backward, Adam, the loss read out; batches of 256, 128, 128
  NAME-evaluation                loss and correct predictions of ten batches, in evaluation mode without gradients
"""
import sys

import torch

from nets import NETS
from timing import measure


def batch(count, memory_format):
    images = torch.randn(count, 3, 32, 32).contiguous(memory_format=memory_format)
    return images, torch.randint(0, 10, (count,))


def training(model, count, memory_format):
    images, labels = batch(count, memory_format)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def evaluation(model, count, memory_format):
    batches = [batch(count, memory_format) for _ in range(10)]
    criterion = torch.nn.CrossEntropyLoss()
    model.eval()

    def run():
        total = correct = 0
        with torch.no_grad():
            for images, labels in batches:
                logits = model(images)
                total += criterion(logits, labels).item()
                correct += (logits.argmax(1) == labels).sum().item()
        return total, correct

    return run


def main():
    name, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    memory_format = torch.channels_last if "channels-last" in sys.argv[4:] else torch.contiguous_format
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    make, count = NETS[name.removesuffix("-evaluation")]
    model = make().to(memory_format=memory_format)
    measure(name, (evaluation if name.endswith("-evaluation") else training)(model, count, memory_format), seconds)


main()
