using Actors.CollaboratorHost.Gateway;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>One experiment on a collaborator's machine: decided once, then run in a process of its own until it is over.</summary>
internal sealed partial class ServedExperiment(
    ServeOptions options,
    HostClient host,
    ArchiveFetch fetch,
    Wire.HostExperiment first,
    ILogger logger) : IAsyncDisposable
{
    private readonly ILogger _logger = logger;
    private readonly ExperimentFolder _folder = new(options.ExperimentsFolder, first.Name, first.Digest);
    private readonly CancellationTokenSource _over = new();
    private Task? _deciding;
    private Task? _running;

    // Ends what runs, though the experiment is not over.
    private CancellationTokenSource _leave = new();
    private volatile bool _gaveUp;

    /// <summary>Does what the newest word of the aggregator asks for; returns at once.</summary>
    public void Follow(Wire.HostExperiment experiment, CancellationToken cancellationToken)
    {
        if (experiment.Running)
        {
            FollowRun(experiment.Answer, cancellationToken);
        }
        else if (experiment.Answer is Wire.HostAnswer.None || (experiment.Answer is Wire.HostAnswer.Reviewing && _folder.Decision is not null))
        {
            _deciding = _deciding is { IsCompleted: false } ? _deciding : GuardAsync(DecideAsync, cancellationToken);
        }
    }

    /// <summary>It is over, or gone: a process that does not end by itself is killed after a while.</summary>
    public async Task LeaveAsync(TimeSpan grace)
    {
        _over.CancelAfter(grace);
        await (_deciding ?? Task.CompletedTask);
        await (_running ?? Task.CompletedTask);
        _over.Dispose();
        _leave.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(LeaveAsync(TimeSpan.Zero));

    private async Task DecideAsync(CancellationToken cancellationToken)
    {
        var decision = await DecisionAsync(cancellationToken);
        if (decision is null)
        {
            await AnswerAsync(Wire.HostAnswer.Reviewing, "", cancellationToken);
            LogReview(first.Name, options.Collaborator);
        }

        // Whoever decided meanwhile may have answered before, and the last answer counts.
        decision ??= _folder.Decision;
        if (decision is null)
        {
            return;
        }

        LogDecided(first.Name, decision.Accepts ? "accepted" : "refused", decision.Reason);
        await AnswerAsync(decision.Accepts ? Wire.HostAnswer.Accepted : Wire.HostAnswer.Refused, decision.Reason, cancellationToken);
    }

    // Null while a person has to look at it.
    private async Task<Decision?> DecisionAsync(CancellationToken cancellationToken)
    {
        if (_folder.Decision is { } known)
        {
            return known;
        }

        if (await fetch.FetchAsync(first, _folder, cancellationToken) is not { } fetched)
        {
            return new(false, "it is gone");
        }

        if (fetched.Problem is { } problem)
        {
            return new(false, problem); // Not kept: the right archive may come.
        }

        var policy = options.ReadPolicy();
        if (policy.Problems.Count > 0)
        {
            LogBadPolicy(policy.Problems.ToText());
            return null;
        }

        var verdict = policy.Judge(fetched.Author!);
        if (verdict.Decision == Contracts.Federations.PolicyDecision.Review)
        {
            return null;
        }

        return _folder.Decision = new(verdict.Decision == Contracts.Federations.PolicyDecision.Accept, verdict.Reason);
    }

    // What a person refuses after all is ended. What was given up is tried again once it is accepted anew.
    private void FollowRun(Wire.HostAnswer answer, CancellationToken cancellationToken)
    {
        var decision = _folder.Decision;
        if (_running is { IsCompleted: false } running)
        {
            if (decision is { Accepts: false } && !_leave.IsCancellationRequested)
            {
                _leave.Cancel();
                _running = GuardAsync(token => WithdrawAsync(running, decision.Reason, token), cancellationToken);
            }
        }
        else if (Starts(answer, decision))
        {
            var again = _running is not null || answer != Wire.HostAnswer.Accepted;
            _leave.Dispose();
            (_gaveUp, _leave) = (false, new());
            _running = GuardAsync(token => RunAsync(again, token), cancellationToken, _leave.Token);
        }
    }

    private bool Starts(Wire.HostAnswer answer, Decision? decision) => answer switch
    {
        Wire.HostAnswer.Accepted => _running is null || _gaveUp,
        Wire.HostAnswer.Refused => (_running is null || _gaveUp) && decision is { Accepts: true },
        _ => _running is null,
    };

    private async Task WithdrawAsync(Task running, string reason, CancellationToken cancellationToken)
    {
        await running;
        await GiveUpAsync(Wire.HostAnswer.Refused, reason, cancellationToken);
    }

    private async Task RunAsync(bool again, CancellationToken cancellationToken)
    {
        await (_deciding ?? Task.CompletedTask); // Its answer must not come after what is said here, since the last one counts.
        string? problem;
        try
        {
            problem = await RunToItsEndAsync(again, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: the federation would wait for this host.
            LogFailed(failure, first.Name, failure.Message);
            problem = failure.Message;
        }

        if (problem is not null)
        {
            await GiveUpAsync(Wire.HostAnswer.Failed, problem, cancellationToken);
        }
    }

    // Why the host gives it up; null when it is over.
    private async Task<string?> RunToItsEndAsync(bool again, CancellationToken cancellationToken)
    {
        // The aggregator's word alone starts nothing here.
        var problem = _folder.Decision is { Accepts: true }
            ? (await fetch.FetchAsync(first, _folder, cancellationToken) ?? new(null, "it is gone")).Problem
            : "it was not accepted here";
        if (problem is not null)
        {
            LogNotRun(first.Name, problem);
            return problem;
        }

        if (again)
        {
            await AnswerAsync(Wire.HostAnswer.Accepted, "it is tried again", cancellationToken);
        }

        return await new ServedRun(options, host, first, _folder, _logger).RunAsync(cancellationToken);
    }

    private async Task GiveUpAsync(Wire.HostAnswer answer, string reason, CancellationToken cancellationToken)
    {
        await AnswerAsync(answer, reason, cancellationToken);
        _gaveUp = true;
    }

    private async Task AnswerAsync(Wire.HostAnswer answer, string reason, CancellationToken cancellationToken)
    {
        var reply = await host.AnswerAsync(new() { Name = first.Name, Digest = first.Digest, Answer = answer, Reason = reason }, cancellationToken);
        if (!reply.Counts)
        {
            LogTooLate(first.Name);
        }
    }

    // Nothing of one experiment ends the host, which serves others.
    private async Task GuardAsync(Func<CancellationToken, Task> work, params CancellationToken[] ends)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource([.. ends, _over.Token]);
        try
        {
            await Task.Run(() => work(either.Token), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The host stops, or the experiment is over, or was refused after all.
        }
        catch (Exception problem)
        {
            LogFailed(problem, first.Name, problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} waits for a person to look at it. In this folder run: fx experiment review -n {Experiment} -c {Collaborator}")]
    private partial void LogReview(string experiment, string collaborator);

    [LoggerMessage(LogLevel.Information, "Experiment {Experiment} is {Decision}: {Reason}")]
    private partial void LogDecided(string experiment, string decision, string reason);

    [LoggerMessage(LogLevel.Error, "The policy has problems, so a person has to look at every experiment:\n{Problems}")]
    private partial void LogBadPolicy(string problems);

    [LoggerMessage(LogLevel.Error, "Experiment {Experiment} was started by the aggregator, but is not run here: {Problem}")]
    private partial void LogNotRun(string experiment, string problem);

    [LoggerMessage(LogLevel.Warning, "Experiment {Experiment}: the answer came too late, it goes on without this collaborator")]
    private partial void LogTooLate(string experiment);

    [LoggerMessage(LogLevel.Error, "Experiment {Experiment} cannot be served here: {Reason}")]
    private partial void LogFailed(Exception problem, string experiment, string reason);
}
