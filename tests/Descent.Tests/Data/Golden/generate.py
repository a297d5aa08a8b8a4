"""Writes cifar-10-python.tar.gz: six tiny batches, pickled as Python 2 pickled the published ones (protocol 2, text as byte strings).

Needs numpy. The data's formula is that of Cifar10DataTests; data_batch_2 is stored by columns. Run in this folder: python3 generate.py
"""
import gzip
import io
import pickle
import struct
import tarfile

import numpy

IMAGES = 3


class Python2Pickler(pickle._Pickler):
    """Python 3's own pickler in Python, except that text and bytes become Python 2's byte strings."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_text(self, text):
        data = text.encode("latin1") if isinstance(text, str) else text
        if len(data) < 256:
            self.write(pickle.SHORT_BINSTRING + struct.pack("<B", len(data)) + data)
        else:
            self.write(pickle.BINSTRING + struct.pack("<i", len(data)) + data)
        self.memoize(text)

    dispatch[str] = save_text
    dispatch[bytes] = save_text


def pixels(batch):
    b, i, c, y, x = numpy.ogrid[batch:batch + 1, :IMAGES, :3, :32, :32]
    return ((37 * b + 11 * i + 85 * c + 5 * y + 3 * x) % 256).astype(numpy.uint8).reshape(IMAGES, 3072)


def pickled(batch, name):
    data = pixels(batch)
    content = {
        "batch_label": "training batch %d of 5" % batch,
        "labels": [(3 * batch + i) % 10 for i in range(IMAGES)],
        "data": numpy.asfortranarray(data) if name == "data_batch_2" else data,
        "filenames": ["image_%d.png" % i for i in range(IMAGES)],
    }
    stream = io.BytesIO()
    Python2Pickler(stream, protocol=2).dump(content)
    back = pickle.loads(stream.getvalue(), encoding="latin1")
    assert (back["data"] == data).all() and back["labels"] == content["labels"]
    return stream.getvalue()


names = ["data_batch_4", "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_5", "test_batch"]
with gzip.GzipFile("cifar-10-python.tar.gz", "wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
    folder = tarfile.TarInfo("cifar-10-batches-py/")
    folder.type = tarfile.DIRTYPE
    archive.addfile(folder)
    for name in names:
        content = pickled(6 if name == "test_batch" else int(name[-1]), name)
        member = tarfile.TarInfo("cifar-10-batches-py/" + name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
