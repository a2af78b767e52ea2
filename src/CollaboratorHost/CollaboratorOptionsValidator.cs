using Actors.Contracts.Identity;
using Actors.Contracts.Plans;

namespace Actors.CollaboratorHost;

/// <summary>Looks for what cannot work, before anything is started.</summary>
internal static class CollaboratorOptionsValidator
{
    private const int HashLength = 96;

    public static IEnumerable<string> Problems(CollaboratorOptions options)
    {
        if (!IdentifierRule.Allows(options.Collaborator))
        {
            yield return $"Collaborator '{options.Collaborator}' is no name: use the common name of the collaborator's certificate.";
        }

        if (options.Addresses is not { Count: > 0 })
        {
            yield return "Addresses is empty: give at least one gateway address, such as https://aggregator.example:50051.";
        }

        foreach (var address in options.Addresses?.Where(address => !IsGateway(address)) ?? [])
        {
            yield return $"Address '{address}' is no gateway: write https://host:port.";
        }

        if (string.IsNullOrWhiteSpace(options.StateFolder))
        {
            yield return "StateFolder is empty: give a folder the collaborator may write to.";
        }

        if (string.IsNullOrWhiteSpace(options.Plan))
        {
            yield return "Plan is empty: give the plan's canonical form.";
        }

        foreach (var (name, hash) in new[] { ("PlanHash", options.PlanHash), ("WorkspaceHash", options.WorkspaceHash) })
        {
            if (hash is not { Length: HashLength } || !hash.All(char.IsAsciiHexDigitLower))
            {
                yield return $"{name} '{hash}' is no SHA-384: write {HashLength} lower-case hexadecimal digits.";
            }
        }

        if (!Enum.IsDefined(options.OptimizerTreatment))
        {
            yield return $"OptimizerTreatment {options.OptimizerTreatment} is unknown: use Reset, ContinueLocal or ContinueGlobal.";
        }

        if (options.Compression.Problem() is { } unusable)
        {
            yield return $"Compression: {unusable}";
        }

        if (options.Compression.NeedsDeltas && !options.DeltaUpdates)
        {
            yield return $"Compression keeps a part of what is sent ({options.Compression}): set DeltaUpdates, it is right for changes only.";
        }

        if (options.ReconnectInterval <= TimeSpan.Zero)
        {
            yield return $"ReconnectInterval {options.ReconnectInterval} is not positive: a failed call must wait before the next.";
        }

        if (options.LongestReconnectInterval < options.ReconnectInterval)
        {
            yield return $"LongestReconnectInterval {options.LongestReconnectInterval} is shorter than "
                + $"ReconnectInterval {options.ReconnectInterval}: make it at least as long.";
        }

        if (options.TaskRetries < 0)
        {
            yield return $"TaskRetries {options.TaskRetries} is negative: use 0 to give up at the first failure.";
        }
    }

    private static bool IsGateway(Uri? address) =>
        address is { IsAbsoluteUri: true } && address.Scheme == Uri.UriSchemeHttps && address.AbsolutePath == "/";
}
