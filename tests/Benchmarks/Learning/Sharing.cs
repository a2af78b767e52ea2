using Actors.Experiments;
using Actors.Learning.Splitting;

namespace Actors.Benchmarks.Learning;

/// <summary>Shares a data set out among collaborators that do nothing but train.</summary>
internal static class Sharing
{
    /// <summary>By one of the splitters. The caller disposes it.</summary>
    public static FederatedDataset Split(this ImageSet images, string splitter, SplitSettings settings) => new(
        [.. Splitters.Find(splitter).Split(images.Labels, settings).Select((shard, place) =>
            new CollaboratorData(NameOf(place), images.Standardised(shard), null))]);

    /// <summary>The collaborator's name; in the order of their names as well as of their shards.</summary>
    public static string NameOf(int place) => $"collaborator{place:D3}";
}
