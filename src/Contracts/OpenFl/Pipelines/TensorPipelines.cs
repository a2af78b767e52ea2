namespace Actors.Contracts.OpenFl;

/// <summary>The pipelines that a plan can choose, by name.</summary>
public static class TensorPipelines
{
    private static readonly ITensorPipeline[] All =
        [new NoCompression(), new IndexedValues("kc"), new IndexedValues("skc"), new IndexedValues("stc"), new Eden()];

    /// <summary>The pipeline of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ITensorPipeline Find(string name) => TryFind(name)
        ?? throw new ArgumentException($"'{name}' is no compression pipeline. Choose one of {string.Join(", ", All.Select(pipeline => pipeline.Name))}.", nameof(name));

    /// <summary>The pipeline of a name; null when the original has none of that name.</summary>
    public static ITensorPipeline? TryFind(string name) => Array.Find(All, pipeline => pipeline.Name == name);
}
