using Actors.Cli.Composition;
using Actors.Cli.Quickstart;
using Actors.Contracts.Plans;

namespace Actors.Cli.Rehearsals;

/// <summary>One run of a prepared federation, disturbed or not.</summary>
/// <param name="federation">The nodes' folders.</param>
/// <param name="plan">The plan.</param>
/// <param name="patience">How long it may stand still.</param>
/// <param name="happenings">Is told of everything.</param>
/// <param name="clock">The clock.</param>
internal sealed class FederationRun(
    LocalFederation federation, Plan plan, TimeSpan patience, Happenings happenings, TimeProvider clock)
{
    // What a process writes when the first call of it, or to it, is accepted.
    private const string SignOfAggregator = "the first since this process started";
    private const string SignOfCollaborator = "as collaborator";

    // Collaborators that were away at the end have nobody to ask any more.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly RoundWatch _rounds = new(new MetricsFile(federation.Aggregator).Path, clock);

    private int Rounds => plan.Aggregator.RoundsToTrain;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="CommandException">It failed or stood still; the message says what to do.</exception>
    public async Task<RunResult> RunAsync(KillSchedule schedule, Vanishing? vanishing, int seed, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var names = federation.Collaborators.Select(one => one.Name).ToList();
        names.ForEach(name => Directory.CreateDirectory(federation.Collaborator(name).LogFolder));
        var vanishes = vanishing?.Choose(seed, names) ?? new HashSet<string>();
        var watching = _rounds.FollowAsync(
            round => happenings.Say(round.Turns.Count > 0
                ? $"Version {round.Round} is closed with {round.Counted.Count} results"
                : $"Round {round.Round} is closed with {round.Counted.Count} of {names.Count}"),
            over.Token);
        var aggregator = Aggregator(schedule).RunAsync(null, over.Token);
        var collaborators = names
            .Select(name => Collaborator(name, schedule)
                .RunAsync(vanishes.Contains(name) ? AbsenceAsync(vanishing!, over.Token) : null, over.Token))
            .ToList();
        try
        {
            await EndAsync(aggregator, collaborators, over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([aggregator, watching, .. collaborators]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ReadResult();
    }

    // The federation is over when its aggregator has ended and everybody who is there has been told.
    private async Task EndAsync(Task aggregator, List<Task> collaborators, CancellationToken cancellationToken)
    {
        var stands = _rounds.UntilAsync(() => _rounds.Stillness > patience, cancellationToken);
        var running = collaborators.Append(aggregator).Append(stands).ToList();
        while (!aggregator.IsCompleted)
        {
            var ended = await Task.WhenAny(running);
            await ended;
            running.Remove(ended);
            if (ended == stands)
            {
                throw new CommandException(
                    $"No round has closed for {patience.TotalSeconds:F0} s: the federation stands still in round {_rounds.Closed}. "
                    + $"The plan's straggler policy is '{plan.Straggler.Template}'; one that waits for everybody waits for those who vanish, too. "
                    + $"Choose another, or a longer --patience. The nodes' logs: {Path.GetDirectoryName(federation.LogOf("any"))}");
            }
        }

        await aggregator;
        await Task.WhenAny(Task.WhenAll(collaborators), Task.Delay(Farewell, clock, cancellationToken));
        foreach (var failed in collaborators.Where(collaborator => collaborator.IsFaulted))
        {
            await failed;
        }
    }

    private async Task<Task> AbsenceAsync(Vanishing vanishing, CancellationToken cancellationToken)
    {
        await _rounds.UntilAsync(() => _rounds.Closed >= vanishing.InRound, cancellationToken);
        return Task.Delay(vanishing.ReturnAfter ?? Timeout.InfiniteTimeSpan, clock, cancellationToken);
    }

    private RehearsedNode Aggregator(KillSchedule schedule) => Node(
        new("the aggregator", federation.Aggregator.Root, federation.LogOf("aggregator"), ["aggregator", "start", "--grace", "10"]),
        schedule.Aggregator, KillKinds.BlindSilo, SignOfAggregator);

    private RehearsedNode Collaborator(string name, KillSchedule schedule) => Node(
        new(
            name,
            federation.Collaborator(name).Root,
            federation.LogOf(name),
            ["collaborator", "start", "-n", name, "--acknowledgements", AcknowledgementsOf(name)]),
        schedule.Collaborators[name], KillKinds.BlindCollaborator, SignOfCollaborator);

    private RehearsedNode Node(FxStart start, IReadOnlyList<Kill> kills, string blindKind, string sign) =>
        new(start, kills, blindKind, sign, Rounds, _rounds, happenings, clock);

    /// <summary>What a run that has ended left in the nodes' folders.</summary>
    /// <exception cref="CommandException">There is no model.</exception>
    public RunResult ReadResult()
    {
        var names = federation.Collaborators.Select(one => one.Name);
        var rounds = RoundLine.ReadAll(new MetricsFile(federation.Aggregator).Path);
        var model = SavedModel.At(federation.Aggregator.Resolve(plan.Aggregator.LastStatePath))
            ?? throw new CommandException($"The federation has ended without a model. Its logs: {Path.GetDirectoryName(federation.LogOf("any"))}");
        return new(
            rounds, model.Sha256, AcceptedResults.Of(names.ToDictionary(name => name, name => Acknowledgement.ReadAll(AcknowledgementsOf(name))), rounds));
    }

    private string AcknowledgementsOf(string name) => Path.Combine(federation.Collaborator(name).LogFolder, "acknowledgements.jsonl");
}
