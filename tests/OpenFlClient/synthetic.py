"""The arithmetic of the template `synthetic`: an update is the model plus numbers that name, round and tensor decide."""

import numpy as np
import xxhash

LANES = 16


def number(what):
    return np.float32((xxhash.xxh3_128_intdigest(what.encode()) >> 104) * 2.0 ** -24) - np.float32(0.5)


def shift(name, round_number, tensor, length):
    """What is added to a tensor: sixteen numbers again and again."""
    lanes = np.array([number(f"{name}/{round_number}/{tensor}/{lane}") for lane in range(LANES)], dtype="<f4")
    return np.resize(lanes, length)


def update(model, name, round_number):
    """The model after a training."""
    return {key: (values.reshape(-1) + shift(name, round_number, index, values.size)).reshape(values.shape)
            for index, (key, values) in enumerate(model.items())}


def average(updates, weights):
    """The weighted mean of the updates in float64, rounded to float32."""
    total = float(sum(weights))
    return {key: sum(np.asarray(one[key], dtype="f8") * (weight / total) for one, weight in zip(updates, weights)).astype("<f4")
            for key in updates[0]}
