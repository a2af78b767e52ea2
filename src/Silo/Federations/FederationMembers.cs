using Actors.Contracts.Identity;
using Actors.Grains.Hosting;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Federations;

/// <summary>Opens the federation when the process starts, and keeps its members those of the list: a new one is let in without a restart.</summary>
internal sealed partial class FederationMembers(
    IGrainFactory grains, FederationServerOptions options, TimeProvider clock, ILogger<FederationMembers> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // An operator may go on with an upload that broke off until then.
    private static readonly TimeSpan ArrivalsStay = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        SubmissionFolder.ForgetArrivals(options.ExperimentsFolder, clock.GetUtcNow() - ArrivalsStay);
        await grains.GetFederation(options.Federation).SetMembersAsync(options.Members, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var known = options.Members;
        while (options.MembersNow is { } read && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            known = await UpdateAsync(known, read, stoppingToken);
        }
    }

    private async Task<IReadOnlyList<CollaboratorName>> UpdateAsync(
        IReadOnlyList<CollaboratorName> known, Func<IReadOnlyList<CollaboratorName>> read, CancellationToken cancellationToken)
    {
        try
        {
            var now = read();
            if (now.SequenceEqual(known))
            {
                return known;
            }

            await grains.GetFederation(options.Federation).SetMembersAsync(now, cancellationToken);
            LogChanged(string.Join(", ", now));
            return now;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // The end of a loop: a list that somebody is just writing is read again.
            LogUnreadable(problem.Message);
            return known;
        }
    }

    [LoggerMessage(LogLevel.Information, "The members are now {Members}")]
    private partial void LogChanged(string members);

    [LoggerMessage(LogLevel.Warning, "The list of members cannot be taken over, those of before stay: {Problem}")]
    private partial void LogUnreadable(string problem);
}
