"""Pictures by Pillow and by the standard library, arrays by NumPy, and trainings of PyTorch on them: a user's own data and nets.

Run with Debian's python3-torch, python3-numpy and python3-pil in this folder."""
import csv
import json
import struct
import zlib

import numpy
import torch
from PIL import Image


def pixels(height, width, channels):
    y, x, c = numpy.mgrid[0:height, 0:width, 0:channels]
    return ((31 * y + 17 * x + 101 * c + 13 * (x * y % 7)) % 256).astype("uint8")


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def all_filters(path, image):
    """Row y has the filter y % 5, each byte less what the filter foretells."""
    height, width, channels = image.shape
    rows = image.reshape(height, width * channels).astype(int)
    packed = b""
    for y in range(height):
        up = rows[y - 1] if y else numpy.zeros_like(rows[0])
        left = numpy.concatenate([numpy.zeros(channels, int), rows[y][:-channels]])
        corner = numpy.concatenate([numpy.zeros(channels, int), up[:-channels]])
        p = left + up - corner
        a, b, c = abs(p - left), abs(p - up), abs(p - corner)
        paeth = numpy.where((a <= b) & (a <= c), left, numpy.where(b <= c, up, corner))
        foretold = [0 * up, left, up, (left + up) // 2, paeth][y % 5]
        packed += bytes([y % 5]) + ((rows[y] - foretold) % 256).astype("uint8").tobytes()
    content = zlib.compress(packed, 9)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0 if channels == 1 else 2, 0, 0, 0))
                   + chunk(b"tEXt", b"Comment\0every filter") + chunk(b"IDAT", content[:40]) + chunk(b"IDAT", content[40:]) + chunk(b"IEND", b""))
    assert (numpy.asarray(Image.open(path)).reshape(image.shape) == image).all()


def pictures():
    grey, color = pixels(11, 7, 1), pixels(12, 9, 3)
    all_filters("filters-grey.png", grey)
    all_filters("filters-color.png", color)
    Image.fromarray(grey[:, :, 0]).save("grey.png")
    Image.fromarray(color).save("color.png", optimize=True)
    palette = Image.fromarray(color // 64 * 85).quantize(64)
    palette.save("palette.png", bits=8)
    numpy.savez_compressed("palette.npz", pixels=numpy.asarray(palette.convert("RGB")))
    kinds()
    interlaced()


def interlaced():
    """Pictures of random bytes in seven passes (Adam7), some of them without a pixel, with the pixels that Pillow reads."""
    generator = numpy.random.default_rng(12)
    told = {}
    for name, height, width, bits, kind, samples in [("grey-2", 11, 13, 2, 0, 1), ("grey-8", 8, 8, 8, 0, 1), ("color-8", 9, 12, 8, 2, 3), ("color-16", 5, 11, 16, 2, 3),
                                                     ("palette-4", 7, 5, 4, 3, 1), ("color-alpha-8", 10, 3, 8, 6, 4), ("thin-8", 1, 4, 8, 2, 3), ("pixel-8", 1, 1, 8, 2, 3)]:
        extra = chunk(b"PLTE", generator.integers(0, 256, 48).astype("uint8").tobytes()) if kind == 3 else b""
        packed, pixel = b"", max(1, samples * bits // 8)
        for top, left, down, right in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]:
            rows, columns = -(-(height - top) // down), -(-(width - left) // right)
            if rows > 0 and columns > 0:
                # The filter that looks above is the last row's of each pass.
                bytes_ = generator.integers(0, 256, (rows, (columns * samples * bits + 7) // 8)).astype("uint8")
                packed += b"".join((b"\2" if y == rows - 1 else b"\0") + bytes_[y].tobytes() for y in range(rows))
        name = f"interlaced-{name}"
        with open(f"{name}.png", "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 1)) + extra
                       + chunk(b"IDAT", zlib.compress(packed, 9)) + chunk(b"IEND", b""))
        told[name] = numpy.asarray(Image.open(f"{name}.png").convert("L" if kind == 0 else "RGB"))
    numpy.savez_compressed("interlaced.npz", **told)


def kinds():
    """Pictures with alpha and of other depths, of random bytes, with the pixels that Pillow reads from them without alpha."""
    generator = numpy.random.default_rng(11)
    told = {}
    for name, bits, kind, samples in [("grey-1", 1, 0, 1), ("grey-2", 2, 0, 1), ("grey-4", 4, 0, 1), ("grey-16", 16, 0, 1), ("color-16", 16, 2, 3), ("palette-1", 1, 3, 1),
                                      ("palette-2", 2, 3, 1), ("palette-4", 4, 3, 1), ("palette-8", 8, 3, 1), ("grey-alpha-8", 8, 4, 2), ("grey-alpha-16", 16, 4, 2),
                                      ("color-alpha-8", 8, 6, 4), ("color-alpha-16", 16, 6, 4)]:
        height, width = 5, 11
        row_bytes = (width * samples * bits + 7) // 8
        rows = generator.integers(0, 256, (height, row_bytes)).astype("uint8")
        if name == "palette-8":
            rows %= 200
        extra = b""
        if kind == 3:
            count = min(2 ** bits, 200)
            extra = chunk(b"PLTE", generator.integers(0, 256, 3 * count).astype("uint8").tobytes()) + chunk(b"tRNS", generator.integers(0, 256, count).astype("uint8").tobytes())
        if name == "color-16":
            extra = chunk(b"tRNS", bytes(6))
        packed = b"".join(b"\0" + row.tobytes() for row in rows[:-1])
        # The last row has the filter that looks at the left neighbour.
        last, pixel = rows[-1].astype(int), max(1, samples * bits // 8)
        packed += b"\1" + ((last - numpy.concatenate([numpy.zeros(pixel, int), last[:-pixel]])) % 256).astype("uint8").tobytes()
        with open(f"{name}.png", "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)) + extra
                       + chunk(b"IDAT", zlib.compress(packed, 9)) + chunk(b"IEND", b""))
        image = Image.open(f"{name}.png")
        # Pillow 9 keeps 16 bits of grey; their upper eight are what it keeps of colors.
        told[name] = (numpy.asarray(image).astype(int) >> 8).astype("uint8") if name == "grey-16" else numpy.asarray(image.convert("L" if kind in (0, 4) else "RGB"))
    numpy.savez_compressed("kinds.npz", **told)


def table():
    """A smooth function of three columns, one far from zero, and a text."""
    generator = numpy.random.default_rng(5)
    rows = []
    for i in range(60):
        a, b = generator.normal(), 2000 + generator.normal()
        color = ["red", "green", "blue"][i % 3]
        rows.append([repr(float(a)), repr(float(b)), color, repr(float(numpy.sin(a) + 0.5 * (b - 2000) + (color == "red"))), "yes" if a * (b - 2000) > 0 else "no"])
    with open("table.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["a", "b", "color", "value", "same_sign"], *rows])
    colors = ["blue", "green", "red"]
    x = torch.tensor([[float(r[0]), float(r[1]), *[float(r[2] == color) for color in colors]] for r in rows], dtype=torch.float64)
    return x, torch.tensor([[float(r[3])] for r in rows], dtype=torch.float64), torch.tensor([["no", "yes"].index(r[4]) for r in rows])


def standard(x):
    return (x - x.mean(0)) / x.std(0, unbiased=False)


class Residual(torch.nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        for i, layer in enumerate(body):
            self.add_module(str(i), layer)
        self.body = body
        if shortcut:
            self.shortcut = shortcut

    def forward(self, x):
        y = x
        for layer in self.body:
            y = layer(y)
        return y + (self.shortcut(x) if hasattr(self, "shortcut") else x)


def train(name, net, x, y, loss, rate, batch, told):
    """File order, batches of so many, epochs until eight steps are taken."""
    torch.manual_seed(3)
    for parameter in net.parameters():
        torch.nn.init.normal_(parameter, 0, 0.2)
    numpy.savez_compressed(f"{name}.npz", **{key: value.numpy() for key, value in net.state_dict().items() if "num_batches" not in key})
    optimizer = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9)
    net.train()
    losses = []
    for step in range(8):
        first = step * batch % len(x)
        value = loss(net(x[first:first + batch]), y[first:first + batch])
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        losses.append(value.item())
    net.eval()
    with torch.no_grad():
        out = net(x)
        final = loss(out, y).item()
        metric = (1 - ((out - y) ** 2).sum() / ((y - y.mean(0)) ** 2).sum()).item() if y.dtype == torch.float64 and y.shape == out.shape \
            and not ((y == 0) | (y == 1)).all() else (out.argmax(1) == (y if y.dim() == 1 else y.argmax(1))).double().mean().item()
    told[name] = {"losses": losses, "loss": final, "metric": metric}


def trainings():
    told = {}
    nn = torch.nn
    x, value, sign = table()
    x = standard(x)
    mlp = lambda outputs: nn.Sequential(nn.Linear(5, 16), nn.Tanh(), nn.Linear(16, outputs)).double()
    train("number", mlp(1), x, value, nn.MSELoss(), 0.05, 20, told)
    train("class", mlp(2), x, sign, nn.CrossEntropyLoss(), 0.1, 20, told)
    train("class-squared", mlp(2), x, nn.functional.one_hot(sign, 2).double(), nn.MSELoss(), 0.1, 20, told)
    generator = numpy.random.default_rng(7)
    images, labels = generator.integers(0, 256, (24, 8, 8, 3)).astype("uint8"), numpy.arange(24, dtype="int32") % 3
    numpy.savez_compressed("images.npz", x=images, y=labels)
    pixels = torch.tensor(images).double()
    mean, deviation = pixels.mean((0, 1, 2)), pixels.reshape(-1, 3).std(0, unbiased=False)
    net = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        Residual([nn.Conv2d(4, 4, 3, padding=1), nn.GELU()]),
        Residual([nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6)], nn.Sequential(nn.Conv2d(4, 6, 1, stride=2))),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(24, 3)).double()
    train("residual", net, ((pixels - mean) / deviation).permute(0, 3, 1, 2), torch.tensor(labels).long(), nn.CrossEntropyLoss(), 0.05, 12, told)
    with open("trainings.json", "w") as file:
        json.dump(told, file, indent=1)


pictures()
trainings()
