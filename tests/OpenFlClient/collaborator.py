"""One collaborator, from its start to the end of the federation."""

import argparse
import json
import os
import resource
import sys
import time

import numpy as np

import names
import synthetic
import wire
from openfl import aggregator_pb2
from openfl import base_pb2


class Collaborator:
    def __init__(self, options, connection, names):
        self.options, self.connection, self.names = options, connection, names
        self.models, self.trained = {}, {}
        self.changes = {"compressed": 0, "lossy_compressed": 0}

    def run(self):
        while True:
            reply = self.connection.tasks()
            if reply.quit:
                return
            if reply.sleep_time > 0:
                time.sleep(reply.sleep_time)
                continue
            assert reply.tasks, "neither tasks nor a time to sleep"
            for task in reply.tasks:
                self.do(task.name, reply.round_number)
            for old in [known for known in self.models if known < reply.round_number - 1]:
                del self.models[old]

    def do(self, task, round_number):
        if task == "train":
            self.train(round_number)
        elif task == "locally_tuned_model_validation":
            self.trained[round_number]  # The original fails without them, too.
            self.send(task, round_number, 50, [self.metric("accuracy", 0.5, round_number, "validate_local")])
        else:
            self.model(round_number)
            accuracy = 1 - 1 / (round_number + 2)
            self.send(task, round_number, 50, [self.metric("accuracy", accuracy, round_number, "validate_agg")])

    def train(self, round_number):
        model = self.model(round_number)
        time.sleep(self.options.train_seconds)
        update = synthetic.update(model, self.connection.name, round_number)
        tensors = [self.metric("loss", 1 / (round_number + 1), round_number)]
        recorded = {}
        for key, values in update.items():
            packed, recorded[key] = self.pack(key, values, model[key], round_number)
            tensors.append(packed)
        # The original sends its optimizer's state in any case.
        tensors += [wire.named(f"__opt_state_0_{index}_istensor_exp_avg", np.zeros(3), round_number, ["compressed", "trained"]) for index in range(2)]
        self.trained[round_number] = recorded
        if self.options.record:
            np.savez(os.path.join(self.options.record, f"{self.connection.name}_{round_number}.npz"), **recorded)
        self.send("train", round_number, 100 + self.options.index, tensors)

    def pack(self, key, values, before, round_number):
        if self.options.pipeline == "kc":
            packed, difference = wire.indexed(
                key, values - before, round_number, ["delta", "lossy_compressed", "trained"], np.linspace(-0.5, 0.5, 6))
            return packed, before + difference
        if self.options.deltas:
            difference = (values - before).astype("<f4")
            return wire.named(key, difference, round_number, ["compressed", "delta", "trained"], lossless=False), before + difference
        return wire.named(key, values, round_number, ["compressed", "trained"]), values

    def model(self, round_number):
        if round_number not in self.models:
            before = self.models.get(round_number - 1) if self.options.deltas else None
            self.models[round_number] = {name: self.fetch(name, round_number, before) for name in self.names}
        return self.models[round_number]

    def fetch(self, name, round_number, before):
        if before is None:
            values, tags = self.connection.tensor(name, round_number, ["model"], lossless=True)
            assert tags == ["compressed", "model"], tags
            return values
        kind = "lossy_compressed" if self.options.pipeline == "kc" else "compressed"
        values, tags = self.connection.tensor(name, round_number, ["aggregated", "delta", kind], lossless=False)
        assert tags in (["aggregated", "compressed", "delta"], ["aggregated", "delta", kind]), tags
        lossy = "lossy_compressed" in tags
        self.changes["lossy_compressed" if lossy else "compressed"] += 1
        if lossy:
            # What was left out of the change is left out of the model, too.
            whole, _ = self.connection.tensor(name, round_number, ["model"], lossless=True)
            assert np.array_equal(whole, before[name] + values), f"{name} of round {round_number} is another when it comes whole"
        return before[name] + values

    def metric(self, name, value, round_number, *tags):
        return wire.named(name, value, round_number, ["compressed", "metric", *tags], report=True)

    def send(self, task, round_number, samples, tensors):
        self.connection.send(aggregator_pb2.TaskResults(
            header=self.connection.header(), round_number=round_number, task_name=task, data_size=samples, tensors=tensors))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def tensor_names(path):
    if path.endswith(".json"):
        return json.loads(read(path))
    return [tensor.name for tensor in base_pb2.ModelProto.FromString(read(path)).tensors]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", required=True)
    parser.add_argument("--index", type=int, default=1, help="decides how many samples are claimed")
    parser.add_argument("--target", help="host:port; left out, the plan says it")
    parser.add_argument("--chain", required=True)
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--plan", required=True, help="the plan, which names federation and aggregator")
    parser.add_argument("--model", required=True, help="a model file, or a JSON list, that names the tensors")
    parser.add_argument("--interval", type=float, default=5)
    parser.add_argument("--train-seconds", type=float, default=0)
    parser.add_argument("--deltas", action="store_true")
    parser.add_argument("--pipeline", choices=["none", "kc"], default="none")
    parser.add_argument("--record", help="a folder for what was trained")
    options = parser.parse_args()
    certificates = {"chain": read(options.chain), "certificate": read(options.certificate), "key": read(options.key)}
    tensors = tensor_names(options.model)
    connection = wire.Connection(
        options.target or names.target(options.plan), certificates, options.name, *names.of_plan(options.plan), options.interval)
    collaborator, code = Collaborator(options, connection, tensors), 0
    try:
        collaborator.run()
    except wire.Refused as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        code = 1
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({**connection.counts, "changes": collaborator.changes, "cpu_seconds": used.ru_utime + used.ru_stime}))
    return code


if __name__ == "__main__":
    sys.exit(main())
