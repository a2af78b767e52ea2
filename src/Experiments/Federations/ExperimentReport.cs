using Wire = Actors.Contracts.Wire;

namespace Actors.Experiments.Federations;

/// <summary>Where an experiment stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Author">Who signed it.</param>
/// <param name="Submitter">Who submitted it.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why, or what it waits for; may be empty.</param>
/// <param name="Round">How many rounds are done.</param>
/// <param name="Rounds">How many its plan has; 0 before its start.</param>
/// <param name="Hosts">Who was asked, with their answers.</param>
public sealed record ExperimentReport(
    string Name,
    string Author,
    string Submitter,
    DateTimeOffset SubmittedAt,
    ExperimentState State,
    string Reason,
    int Round,
    int Rounds,
    IReadOnlyList<HostReport> Hosts)
{
    /// <summary>Whether nothing more will come of it.</summary>
    public bool IsOver => State is ExperimentState.Finished or ExperimentState.Failed or ExperimentState.Stopped;

    internal Wire.ExperimentStatus? Status { get; init; }

    internal static ExperimentReport Of(Wire.ExperimentReport message) => new(
        message.Name,
        message.Author,
        message.Submitter,
        message.SubmittedAt.ToDateTimeOffset(),
        Enum.Parse<ExperimentState>(message.State, ignoreCase: true),
        message.Reason,
        message.Status?.Round ?? 0,
        message.Status?.Rounds ?? 0,
        [.. message.Hosts.Select(host => new HostReport(host.Collaborator, host.Answer.ToString().ToLowerInvariant(), host.Reason))])
    {
        Status = message.Status,
    };
}

/// <summary>What a host says to an experiment.</summary>
/// <param name="Collaborator">Whose host.</param>
/// <param name="Answer"><c>none</c>, <c>reviewing</c>, <c>accepted</c>, <c>refused</c> or <c>failed</c>.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record HostReport(string Collaborator, string Answer, string Reason);
