using Actors.Grains.Rounds;

using Orleans.Concurrency;

namespace Actors.Grains.Asynchronous;

/// <summary>
/// One version of an asynchronous experiment's model, while it takes contributions. Key: <c>federation/experiment/version</c>;
/// versions are numbered as rounds are.
/// </summary>
[Alias("version")]
public interface IVersionGrain : IGrainWithStringKey
{
    /// <summary>Opens the version; those whose contributions the one before has folded in are told first. Opening it again changes nothing.</summary>
    [Alias("open")]
    Task OpenAsync(VersionOpening opening, CancellationToken cancellationToken);

    /// <summary>Takes a contribution. Repeating it changes nothing. False when the version is not open: another will take it.</summary>
    [Alias("contributed"), AlwaysInterleave]
    Task<bool> ContributedAsync(ContributionKey contribution);

    /// <summary>Ends the version without a result: its experiment has ended or gone on. Repeating it changes nothing.</summary>
    [Alias("drop"), OneWay]
    Task DropAsync(CancellationToken cancellationToken);

    /// <summary>How far the version is: contributions count as what is complete.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<RoundStatus> GetStatusAsync();
}
