"""How a collaborator of the original talks: one call, its retries, and the packing of arrays."""

import gzip
import time

import grpc
import numpy as np
from openfl import aggregator_pb2 as wire
from openfl import aggregator_pb2_grpc as service
from openfl import base_pb2 as base

PIECE = 2 * 1024 * 1024
LIMIT = 1 << 30
PATIENCE = 1000  # How often a call is repeated at once before this client, unlike the original's, gives up.


class Refused(Exception):
    """The collaborator ends: UNAUTHENTICATED, or an answer with a foreign header."""


class Connection:
    """Calls of one collaborator; each over a connection of its own."""

    def __init__(self, target, certificates, name, federation, aggregator, interval):
        self.target = target
        self.interval = interval
        self.name, self.federation, self.aggregator = name, federation, aggregator
        self.counts = {"calls": 0, "unavailable": 0, "empty": 0, "at_once": 0}
        self.credentials = grpc.ssl_channel_credentials(
            root_certificates=certificates["chain"], private_key=certificates["key"], certificate_chain=certificates["certificate"])

    def header(self):
        return wire.MessageHeader(
            sender=self.name, receiver=self.aggregator, federation_uuid=self.federation, single_col_cert_common_name="")

    def call(self, method, make_request):
        """Calls until there is an answer. An interrupted call is repeated with what its request has left."""
        while True:
            request = make_request()
            options = [("grpc.max_metadata_size", 32 << 20), ("grpc.max_send_message_length", LIMIT), ("grpc.max_receive_message_length", LIMIT)]
            with grpc.secure_channel(self.target, self.credentials, options=options) as channel:
                try:
                    return self.check(self.within_one_channel(channel, method, request))
                except grpc.RpcError as error:
                    if error.code() == grpc.StatusCode.UNAUTHENTICATED:
                        raise Refused(error.details()) from error
                    self.counts["empty" if error.code() == grpc.StatusCode.UNKNOWN else "at_once"] += 1
                    if self.counts["empty"] + self.counts["at_once"] > PATIENCE:
                        raise

    def within_one_channel(self, channel, method, request):
        stub = service.AggregatorStub(channel)
        while True:
            try:
                self.counts["calls"] += 1
                return getattr(stub, method)(request)
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.UNAVAILABLE:
                    raise
                self.counts["unavailable"] += 1
                time.sleep(self.interval)

    def check(self, reply):
        expected = wire.MessageHeader(
            sender=self.aggregator, receiver=self.name, federation_uuid=self.federation, single_col_cert_common_name="")
        if reply.header != expected:
            raise Refused(f"the answer's header is {reply.header}, not {expected}")
        return reply

    def tasks(self):
        return self.call("GetTasks", lambda: wire.GetTasksRequest(header=self.header()))

    def tensor(self, name, round_number, tags, lossless):
        reply = self.call("GetAggregatedTensor", lambda: wire.GetAggregatedTensorRequest(
            header=self.header(), tensor_name=name, round_number=round_number, report=False, tags=tags, require_lossless=lossless))
        tensor = reply.tensor
        tags = list(tensor.tags)
        assert tensor.name == name and tensor.round_number == round_number and not tensor.report, tensor.name
        assert tags == sorted(tags), tags
        if "lossy_compressed" in tags:
            return replaced(tensor), tags
        assert "compressed" in tags and len(tensor.transformer_metadata) == 1, tags
        return unpacked(tensor), tags

    def send(self, results):
        message = results.SerializeToString()
        self.call("SendLocalTaskResults", lambda: pieces(message))


def pieces(message):
    for start in range(0, len(message), PIECE):
        piece = message[start:start + PIECE]
        yield base.DataStream(size=len(piece), npbytes=piece)


def named(name, array, round_number, tags, lossless=True, report=False):
    """An array as the original packs it without a loss."""
    array = np.asarray(array, dtype="<f4")
    return base.NamedTensor(
        name=name, round_number=round_number, lossless=lossless, report=report, tags=sorted(tags),
        transformer_metadata=[base.MetadataProto(int_list=list(array.shape))], data_bytes=array.tobytes())


def indexed(name, array, round_number, tags, values):
    """An array packed as indices of the nearest of a few values; gives the packed tensor and what a reader makes of it."""
    array, values = np.asarray(array, dtype="<f4"), np.sort(np.asarray(values, dtype="<f4"))
    indices = np.abs(array.reshape(-1, 1) - values).argmin(axis=1).astype("<f4")
    table = {index: float(value) for index, value in enumerate(values)}
    packed = base.NamedTensor(
        name=name, round_number=round_number, lossless=False, report=False, tags=sorted(tags),
        transformer_metadata=[base.MetadataProto(int_list=list(array.shape), int_to_float=table), base.MetadataProto()],
        data_bytes=gzip.compress(indices.tobytes()))
    return packed, values[indices.astype(int)].reshape(array.shape)


def replaced(tensor):
    """An array of indices into a table, read as the original reads it: in place, one entry after another, in whatever order they come."""
    table = next(record.int_to_float for record in tensor.transformer_metadata if record.int_to_float)
    readings = []
    for keys in (sorted(table), sorted(table, reverse=True)):
        values = np.frombuffer(gzip.decompress(tensor.data_bytes), dtype="<f4").copy()
        for key in keys:
            values[values == key] = table[key]
        readings.append(values)
    assert np.array_equal(*readings), "the reading depends on the order of the entries"
    return readings[0].reshape(tuple(tensor.transformer_metadata[0].int_list))


def unpacked(tensor):
    """An array of a model file, packed in either way."""
    first = tensor.transformer_metadata[0]
    shape = tuple(first.int_list)
    if not first.int_to_float:
        return np.frombuffer(tensor.data_bytes, dtype="<f4").reshape(shape)
    indices = np.frombuffer(gzip.decompress(tensor.data_bytes), dtype="<f4").astype(int)
    table = np.array([first.int_to_float[key] for key in sorted(first.int_to_float)], dtype="<f4")
    return table[indices].reshape(shape)
