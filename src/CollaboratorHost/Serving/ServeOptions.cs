using Actors.Contracts.Federations;

namespace Actors.CollaboratorHost.Serving;

/// <summary>What a collaborator's host between experiments is told at its start.</summary>
public sealed record ServeOptions
{
    /// <summary>The collaborator's label: the common name of its certificate.</summary>
    public required string Collaborator { get; init; }

    /// <summary>The gateway's addresses, <c>https://host:port</c>; when one fails the next is tried.</summary>
    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The folder in which each experiment has its own.</summary>
    public required string ExperimentsFolder { get; init; }

    /// <summary>Reads the policy; asked before every decision, so that a change counts at once.</summary>
    public required Func<HostPolicy> ReadPolicy { get; init; }

    /// <summary>What is wrong with an author's certificate, as a sentence; null when it is trusted.</summary>
    public required Gateway.ServerTrust TrustAuthor { get; init; }

    /// <summary>Starts a collaborator in an experiment, in a process of its own.</summary>
    public required StartCollaborator Start { get; init; }

    /// <summary>How long to wait before the first new attempt after a failure, at most; doubled with each. Default: 0.5 seconds.</summary>
    public TimeSpan ReconnectInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait between two attempts. Default: 10 seconds.</summary>
    public TimeSpan LongestReconnectInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a collaborator's process may fail in an experiment before the host gives that up. Default: 4.</summary>
    public int MostFailures { get; init; } = 4;
}
