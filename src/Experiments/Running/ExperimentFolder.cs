using Actors.Contracts.Workspaces;

namespace Actors.Experiments.Running;

/// <summary>Where an experiment writes: what goes with it, and what its caller keeps.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("experiment-");

    /// <summary>Makes the folders.</summary>
    /// <param name="kept">Where models and metrics stay; null to keep nothing.</param>
    /// <exception cref="ArgumentException">There is an experiment already.</exception>
    public ExperimentFolder(string? kept)
    {
        Passing = new(_temporary.FullName);
        Kept = kept is null ? Passing : new(kept);
        if (File.Exists(MetricsFile))
        {
            _temporary.Delete(recursive: true);
            throw new ArgumentException(
                $"{Kept.Root} holds the rounds of another experiment ({MetricsFile}); name another folder, or remove it.", nameof(kept));
        }
    }

    /// <summary>Certificates, the database and the stores.</summary>
    public WorkspaceLayout Passing { get; }

    /// <summary>Models, metrics and event files.</summary>
    public WorkspaceLayout Kept { get; }

    /// <summary>A line of JSON each round.</summary>
    public string MetricsFile => Path.Combine(Kept.LogFolder, "metrics.jsonl");

    /// <inheritdoc/>
    public void Dispose() => _temporary.Delete(recursive: true);
}
