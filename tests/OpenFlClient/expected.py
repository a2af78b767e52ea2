"""What a federation of the template `synthetic` must come to, computed with numpy from the initial model.

The updates of collaborators that recorded theirs are read from the records, those of others are computed.
Prints by how much the last model differs from that, and fails when it is not the same up to rounding.
"""

import argparse
import os
import sys

import numpy as np

import synthetic
import wire
from openfl import base_pb2


def read(path):
    with open(path, "rb") as file:
        model = base_pb2.ModelProto.FromString(file.read())
    return {tensor.name: wire.unpacked(tensor) for tensor in model.tensors}


def update(options, model, name, round_number):
    path = os.path.join(options.records, f"{name}_{round_number}.npz")
    if not os.path.exists(path):
        return synthetic.update(model, name, round_number), False
    with np.load(path) as recorded:
        return {key: recorded[key] for key in model}, True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--initial", required=True)
    parser.add_argument("--last", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--records", required=True)
    parser.add_argument("--collaborators", required=True, help="name=index,name=index")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    options = parser.parse_args()
    model, read_from_records = read(options.initial), 0
    collaborators = sorted(one.split("=") for one in options.collaborators.split(","))
    for round_number in range(options.rounds):
        updates = [update(options, model, name, round_number) for name, _ in collaborators]
        read_from_records += sum(recorded for _, recorded in updates)
        model = synthetic.average([one for one, _ in updates], [100 + int(index) for _, index in collaborators])
    last = read(options.last)
    assert list(last) == list(model), (list(last), list(model))
    difference = max(float(np.abs(last[key] - model[key]).max()) for key in model)
    moved = max(float(np.abs(last[key] - value).max()) for key, value in read(options.initial).items())
    print(f"difference {difference}, moved {moved}, {read_from_records} records")
    return 0 if difference <= options.tolerance < moved and read_from_records > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
