using System.Globalization;

using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;

using Grpc.Core;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tests;

/// <summary>
/// An aggregator of a single collaborator that keeps to the protocol: it averages nothing, the update of a round is the next
/// model. A test bends it by the hooks.
/// </summary>
public sealed class FakeGateway : Wire.Gateway.GatewayBase
{
    public const string Experiment = "hospitals/tumours";
    public const int PieceBytes = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryStream> _uploads = [];
    private readonly HashSet<string> _accepted = [];
    private Wire.TensorBundle? _update;
    private Wire.TensorEncoding? _change;
    private string? _optimizer;

    public IReadOnlyList<string> Tasks { get; set; } = [FakeTasks.ValidateGlobal, FakeTasks.Train, FakeTasks.ValidateLocal];

    public int Rounds { get; set; } = 1;

    public int LeaseSeconds { get; set; } = 60;

    /// <summary>The layout that the aggregator says the model has.</summary>
    public ModelManifest Layout { get; set; } = FakeRunner.LayoutOf(13);

    public int Round { get; private set; }

    public byte[] Model { get; private set; } = FakeRunner.BytesOf(10);

    /// <summary>Every call, in order, such as <c>PullTensors 0</c> or <c>PushTensors train 16</c>.</summary>
    public List<string> Calls { get; } = [];

    public List<Wire.ResultReport> Accepted { get; } = [];

    /// <summary>The digests that were pulled, in order.</summary>
    public List<string> Pulled { get; } = [];

    /// <summary>How a new model's change is encoded; null publishes models whole.</summary>
    public CompressionPipeline? Publishing { get; set; }

    public Wire.JoinRequest? Joined { get; private set; }

    public Func<Wire.JoinReply>? OnJoin { get; set; }

    /// <summary>Called with the name of every call but Heartbeat; throw to fail it.</summary>
    public Action<string>? OnCall { get; set; }

    /// <summary>Answers a question for tasks in place of the aggregator, unless null.</summary>
    public Func<Wire.GetTasksReply?>? OnGetTasks { get; set; }

    /// <summary>Answers a report in place of the aggregator, unless null.</summary>
    public Func<Wire.ResultReport, Wire.ReportReply?>? OnReport { get; set; }

    /// <summary>May change the piece for an offset before it is sent, or throw.</summary>
    public Func<int, byte[], byte[]>? OnPull { get; set; }

    /// <summary>Called with the bytes stored so far after each piece; throw to break the stream.</summary>
    public Action<long>? OnPushed { get; set; }

    public Func<Wire.HeartbeatReply>? OnHeartbeat { get; set; }

    public override Task<Wire.JoinReply> Join(Wire.JoinRequest request, ServerCallContext context)
    {
        Note("Join");
        Joined = request;
        return Task.FromResult(OnJoin?.Invoke() ?? new()
        {
            Accepted = new()
            {
                Experiment = Experiment,
                HoldSeconds = 20,
                LeaseSeconds = LeaseSeconds,
                Version = "9.9.9",
            },
        });
    }

    public override Task<Wire.GetTasksReply> GetTasks(Wire.GetTasksRequest request, ServerCallContext context)
    {
        Note("GetTasks");
        if (OnGetTasks?.Invoke() is { } bent)
        {
            return Task.FromResult(bent);
        }

        lock (_lock)
        {
            if (Round >= Rounds)
            {
                return Task.FromResult(new Wire.GetTasksReply { Stop = new() { Finished = true, Reason = "All rounds are done." } });
            }

            var work = new Wire.Work { Round = Round };
            work.Tasks.AddRange(Tasks.Where(task => !_accepted.Contains(task)));
            var model = Bundle("model", Model, Layout);
            model.Encoding = _change;
            work.Bundles.Add(model);
            if (_optimizer is not null)
            {
                work.Bundles.Add(Bundle("optimizer", _uploads[_optimizer].ToArray(), FakeRunner.OptimizerLayout));
            }

            return Task.FromResult(new Wire.GetTasksReply { Work = work });
        }
    }

    public override Task<Wire.Manifest> PullManifest(Wire.PullManifestRequest request, ServerCallContext context)
    {
        Note("PullManifest");
        var known = new[] { Layout, FakeRunner.OptimizerLayout }.FirstOrDefault(layout => layout.Hash.ToString() == request.ManifestHash);
        return known is null
            ? throw new RpcException(new Status(StatusCode.NotFound, "unknown"))
            : Task.FromResult(known.ToMessage());
    }

    public override Task<Wire.ReportReply> ReportResult(Wire.ResultReport request, ServerCallContext context)
    {
        Note($"ReportResult {request.Task}");
        if (OnReport?.Invoke(request) is { } bent)
        {
            return Task.FromResult(bent);
        }

        lock (_lock)
        {
            return Task.FromResult(Decide(request));
        }
    }

    /// <summary>Adds the routes by which tensor bytes are moved.</summary>
    public void MapTensors(IEndpointRouteBuilder app)
    {
        app.MapGet(TensorRoutes.Published, (string digest, HttpContext context) => GuardAsync(context, () => PullAsync(digest, context)));
        app.MapPut(TensorRoutes.Result, (string task, string digest, HttpContext context) => GuardAsync(context, () => PushAsync(task, digest, context)));
    }

    public override Task<Wire.HeartbeatReply> Heartbeat(Wire.HeartbeatRequest request, ServerCallContext context) =>
        Task.FromResult(OnHeartbeat?.Invoke() ?? new() { Round = Round });

    /// <summary>Loses what was pushed.</summary>
    public void ForgetUploads()
    {
        lock (_lock)
        {
            _uploads.Clear();
        }
    }

    /// <summary>Opens the next round as a straggler policy would, without waiting for the rest.</summary>
    public void CloseRound()
    {
        lock (_lock)
        {
            NextRound();
        }
    }

    public IEnumerable<string> CallsTo(string name)
    {
        lock (_lock)
        {
            return [.. Calls.Where(call => call.StartsWith(name, StringComparison.Ordinal))];
        }
    }

    private async Task PullAsync(string digest, HttpContext context)
    {
        var offset = (int)(context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);
        Note($"PullTensors {offset}");
        Pulled.Add(digest);
        var bytes = digest == TensorDigester.Of(Model).ToString() ? Model : _uploads[digest].ToArray();
        context.Response.ContentLength = bytes.Length - offset;
        for (; offset < bytes.Length; offset += PieceBytes)
        {
            var piece = bytes.AsSpan(offset, Math.Min(PieceBytes, bytes.Length - offset)).ToArray();
            await context.Response.Body.WriteAsync(OnPull?.Invoke(offset, piece) ?? piece);
            await context.Response.Body.FlushAsync();
        }
    }

    private async Task PushAsync(string task, string digest, HttpContext context)
    {
        var stored = Stored(digest);
        Note($"PushTensors {task} {stored.Length}");
        var range = context.Request.GetTypedHeaders().ContentRange!;
        Assert.Equal(stored.Length, range.From);
        var piece = new byte[PieceBytes];
        while (await context.Request.Body.ReadAtLeastAsync(piece, PieceBytes, throwOnEndOfStream: false) is > 0 and var count)
        {
            stored.Write(piece.AsSpan(0, count));
            OnPushed?.Invoke(stored.Length);
        }

        var complete = stored.Length == range.Length && TensorDigester.Of(stored.ToArray()).ToString() == digest;
        if (!complete)
        {
            stored.SetLength(0);
        }

        context.Response.Headers[TensorRoutes.StoredBytesHeader] = stored.Length.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task GuardAsync(HttpContext context, Func<Task> transfer)
    {
        try
        {
            await transfer();
        }
        catch (RpcException problem) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = (int)TransferStatus.HttpCodeOf(problem.StatusCode);
            (context.Response.Headers[TransferStatus.CodeHeader], context.Response.Headers[TransferStatus.DetailHeader]) =
                TransferStatus.Write(problem.Status);
        }
        catch (RpcException)
        {
            context.Abort();
        }
    }

    private Wire.ReportReply Decide(Wire.ResultReport report)
    {
        if (report.Round != Round)
        {
            return new() { RoundClosed = new() { CurrentRound = Round } };
        }

        if (_accepted.Contains(report.Task))
        {
            return new() { Accepted = new() { Already = true } };
        }

        var missing = report.Bundles.Select(reported => reported.Bundle)
            .Where(bundle => Stored(bundle.TravellingDigest).Length < bundle.TravellingLength).ToList();
        if (missing.Count > 0)
        {
            var answer = new Wire.BytesMissing();
            answer.Missing.AddRange(missing.Select(
                bundle => new Wire.MissingBytes { Digest = bundle.TravellingDigest, StoredBytes = Stored(bundle.TravellingDigest).Length }));
            return new() { BytesMissing = answer };
        }

        _accepted.Add(report.Task);
        Accepted.Add(report);
        _update = report.Bundles.FirstOrDefault(reported => reported.Bundle.Kind == "model")?.Bundle ?? _update;
        _optimizer = report.Bundles.FirstOrDefault(reported => reported.Bundle.Kind == "optimizer")?.Bundle.Digest ?? _optimizer;
        if (Tasks.All(_accepted.Contains))
        {
            NextRound();
        }

        return new() { Accepted = new() };
    }

    private void NextRound()
    {
        Round++;
        _accepted.Clear();
        var before = Model;
        Model = _update is null ? Model : Decoded(_update);
        _update = null;
        if (Publishing is not null)
        {
            Publish(before, Publishing);
        }
    }

    private void Publish(byte[] before, CompressionPipeline pipeline)
    {
        var basis = TensorDigester.Of(before);
        var change = new MemoryStream();
        new TensorEncoder(Layout, new(pipeline, 1, Layout.Hash, basis)).Write(At(Model), At(before), change.Write);
        var encoded = change.ToArray();
        _change = new() { Digest = TensorDigester.Of(encoded).ToString(), ByteLength = encoded.Length, Basis = basis.ToString() };
        _uploads[_change.Digest] = change;
        var model = new byte[Layout.ByteLength];
        new EncodedTensors(Layout, At(encoded), encoded.Length, At(before)).Read(0, model);
        Model = model;
    }

    private byte[] Decoded(Wire.TensorBundle update)
    {
        var sent = _uploads[update.TravellingDigest].ToArray();
        if (update.Encoding is null)
        {
            return sent;
        }

        Assert.True(update.Encoding.Basis is "" || update.Encoding.Basis == TensorDigester.Of(Model).ToString());
        var tensors = new EncodedTensors(Layout, At(sent), sent.Length, update.Encoding.Basis is "" ? null : At(Model));
        var model = new byte[Layout.ByteLength];
        tensors.Read(0, model);
        return model;
    }

    private static ReadAt At(byte[] bytes) => (offset, destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

    private MemoryStream Stored(string digest)
    {
        lock (_lock)
        {
            if (!_uploads.TryGetValue(digest, out var stored))
            {
                _uploads[digest] = stored = new();
            }

            return stored;
        }
    }

    private void Note(string call)
    {
        lock (_lock)
        {
            Calls.Add(call);
        }

        OnCall?.Invoke(call);
    }

    private static Wire.TensorBundle Bundle(string kind, byte[] bytes, ModelManifest layout) => new()
    {
        Kind = kind,
        Digest = TensorDigester.Of(bytes).ToString(),
        ManifestHash = layout.Hash.ToString(),
        ByteLength = bytes.Length,
    };
}
