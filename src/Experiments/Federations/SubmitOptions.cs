namespace Actors.Experiments.Federations;

/// <summary>How an experiment is submitted.</summary>
public sealed record SubmitOptions
{
    /// <summary>Who is asked to take part. Default: everybody.</summary>
    public IReadOnlyList<string> Collaborators { get; init; } = [];

    /// <summary>How long the hosts' answers are waited for, in whole seconds; then it starts with those who accepted. Default: until all have answered.</summary>
    public TimeSpan? AnswersWithin { get; init; }
}
