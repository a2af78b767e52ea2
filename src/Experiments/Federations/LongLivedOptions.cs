using Actors.Contracts.Federations;

using Microsoft.Extensions.Logging;

namespace Actors.Experiments.Federations;

/// <summary>How a long-lived federation in one process is set up.</summary>
public sealed record LongLivedOptions
{
    /// <summary>Which experiments each collaborator's host takes part in, by the collaborator's name. Default: a person looks at each.</summary>
    public IDictionary<string, HostPolicy> Policies { get; init; } = new Dictionary<string, HostPolicy>();

    /// <summary>How many experiments run side by side, at least 1; a host's policy says so, too. Default: 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Makes the loggers of aggregator and hosts. Default: none; what went wrong is in an experiment's report.</summary>
    public ILoggerFactory? Logs { get; init; }
}
