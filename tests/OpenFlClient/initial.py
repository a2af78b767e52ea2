"""Writes an initial model as the original does, through the plan's pipeline: initial.py FILE none|kc"""

import sys

import numpy as np

import wire
from openfl import base_pb2

SHAPES = {"conv1.weight": (2, 1, 3, 3), "conv1.bias": (2,), "fc.weight": (10, 20), "scale": ()}


def main():
    path, pipeline = sys.argv[1:]
    generator = np.random.default_rng(7)
    tensors = []
    for name, shape in SHAPES.items():
        values = generator.normal(size=shape).astype("<f4")
        if pipeline == "kc":
            tensors.append(wire.indexed(name, values, 0, ["model"], np.linspace(-2, 2, 6))[0])
        else:
            tensors.append(wire.named(name, values, 0, ["model"]))
    with open(path, "wb") as file:
        file.write(base_pb2.ModelProto(tensors=tensors).SerializeToString())


if __name__ == "__main__":
    main()
