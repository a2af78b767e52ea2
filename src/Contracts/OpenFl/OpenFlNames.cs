namespace Actors.Contracts.OpenFl;

/// <summary>What the original's collaborators call a federation and its aggregator. They check every answer for both.</summary>
/// <param name="Federation">The plan's file name and the first 8 digits of its hash, as in <c>plan.yaml_9172d591</c>.</param>
/// <param name="Aggregator">The same with <c>aggregator_</c> before it. The original's collaborators rely on that word.</param>
public sealed record OpenFlNames(string Federation, string Aggregator)
{
    /// <summary>The names that follow from a plan.</summary>
    /// <param name="fileName">The plan's file name with its extension.</param>
    /// <param name="shortHash">The first 8 digits of its hash.</param>
    public static OpenFlNames OfPlan(string fileName, string shortHash)
    {
        var federation = $"{fileName}_{shortHash}";
        return new(federation, $"aggregator_{federation}");
    }
}
