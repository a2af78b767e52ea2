using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Wire.OpenFl;
using Actors.Pki;
using Actors.Silo.Running.Tests;

using Google.Protobuf;

using Grpc.Core;
using Grpc.Net.Client;

namespace Actors.Silo.OpenFl.Tests;

/// <summary>The side of an original collaborator on the wire, one call at a time.</summary>
internal sealed class TestOriginal : IDisposable
{
    public const string Federation = "plan.yaml_01234567";
    public const string AggregatorName = "aggregator_plan.yaml_01234567";

    private readonly GrpcChannel _channel;
    private readonly Aggregator.AggregatorClient _client;

    public TestOriginal(RunningAggregator aggregator, string name)
    {
        Header = new() { Sender = name, Receiver = AggregatorName, FederationUuid = Federation };
        var (trust, certificate) = (aggregator.Authority.Trust(), aggregator.Authority.Collaborator(name));
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                RemoteCertificateValidationCallback = (_, server, _, _) => trust.Verify(server as X509Certificate2, null, PeerRole.Aggregator).IsTrusted,
            },
        };
        _channel = GrpcChannel.ForAddress(aggregator.Address, new() { HttpHandler = handler, DisposeHttpClient = true });
        _client = new(_channel);
    }

    public MessageHeader Header { get; }

    public async Task<GetTasksResponse> GetTasksAsync() => await _client.GetTasksAsync(new() { Header = Header }, TestCollaborator.Options);

    public async Task<PingResponse> PingAsync() => await _client.PingAsync(new() { Header = Header }, TestCollaborator.Options);

    public async Task<GetAggregatedTensorResponse> GetTensorAsync(string name, int round, params string[] tags)
    {
        var request = new GetAggregatedTensorRequest { Header = Header, TensorName = name, RoundNumber = round, RequireLossless = !tags.Contains("lossy_compressed") };
        request.Tags.AddRange(tags);
        return await _client.GetAggregatedTensorAsync(request, TestCollaborator.Options);
    }

    public async Task<float[]> GetFloatsAsync(string name, int round, params string[] tags) =>
        MemoryMarshal.Cast<byte, float>((await GetTensorAsync(name, round, tags)).Tensor.DataBytes.Span).ToArray();

    public Task<MessageHeader> SendMetricAsync(int round, string task, double value) =>
        SendAsync(round, task, 10, Tensor("accuracy", [], [(float)value], "compressed", "metric", "validate_agg"));

    public Task<MessageHeader> SendAsync(int round, string task, int samples, params NamedTensor[] tensors)
    {
        var results = new TaskResults { Header = Header, RoundNumber = round, TaskName = task, DataSize = samples };
        results.Tensors.AddRange(tensors);
        return SendBytesAsync(results.ToByteArray());
    }

    /// <summary>Sends a message in pieces of five bytes.</summary>
    public async Task<MessageHeader> SendBytesAsync(byte[] message)
    {
        using var call = _client.SendLocalTaskResults(TestCollaborator.Options);
        try
        {
            foreach (var piece in message.Chunk(5))
            {
                await call.RequestStream.WriteAsync(new() { Size = (uint)piece.Length, Npbytes = ByteString.CopyFrom(piece) });
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer came before the end; it says why.
        }

        return (await call).Header;
    }

    public static NamedTensor Tensor(string name, int[] shape, float[] values, params string[] tags)
    {
        var tensor = new NamedTensor { Name = name, Lossless = true, DataBytes = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
        tensor.Tags.AddRange(tags);
        var record = new MetadataProto();
        record.IntList.AddRange(shape);
        tensor.TransformerMetadata.Add(record);
        return tensor;
    }

    public void Dispose() => _channel.Dispose();
}
