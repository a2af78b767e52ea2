using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Contracts.Transfer;

/// <summary>
/// Where tensor bytes are over HTTP, on the gateway's own port. They are got from an offset with <c>Range: bytes=N-</c> and put from one
/// with <c>Content-Range: bytes N-M/L</c>. A large body comes by HTTP/1.1, on a connection of its own, since nothing stands between its bytes and
/// TLS there; a small one saves that connection and goes by HTTP/2 beside the calls.
/// </summary>
public static class TensorRoutes
{
    /// <summary>What is published, to get.</summary>
    public const string Published = "/experiments/{federation}/{experiment}/tensors/{digest}";

    /// <summary>What belongs to a task's result, to put.</summary>
    public const string Result = "/experiments/{federation}/{experiment}/rounds/{round:int}/tasks/{task}/tensors/{digest}";

    /// <summary>The header of an answer that says how many of the first bytes are stored.</summary>
    public const string StoredBytesHeader = "Upload-Offset";

    /// <summary>How many bytes are worth a connection of their own.</summary>
    public const long LargeBytes = 1 << 20;

    /// <summary>Where published bytes are.</summary>
    public static string OfPublished(ExperimentId experiment, TensorDigest digest) => $"{Of(experiment)}/tensors/{digest}";

    /// <summary>Where the bytes of a result belong.</summary>
    public static string OfResult(ExperimentId experiment, int round, string task, TensorDigest digest) => string.Create(
        CultureInfo.InvariantCulture, $"{Of(experiment)}/rounds/{round}/tasks/{Uri.EscapeDataString(task)}/tensors/{digest}");

    private static string Of(ExperimentId experiment) => $"/experiments/{experiment.Federation.Value}/{experiment.Name}";
}
