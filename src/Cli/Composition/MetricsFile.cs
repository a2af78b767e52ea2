using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>
/// A file such as <c>logs/metrics.jsonl</c>: the rounds of one experiment. What an earlier experiment wrote is kept beside it as
/// <c>metrics.1.jsonl</c> and so on.
/// </summary>
/// <param name="logFolder">The folder of the file.</param>
/// <param name="stateFolder">Where it is noted whose rounds they are.</param>
/// <param name="name">The file's name, without its ending.</param>
internal sealed class MetricsFile(string logFolder, string stateFolder, string name)
{
    /// <summary>The workspace's training.</summary>
    public MetricsFile(WorkspaceLayout layout) : this(layout.LogFolder, layout.StateFolder, "metrics")
    {
    }

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(logFolder, $"{name}.jsonl");

    // Whose rounds are in the file.
    private string Owner => System.IO.Path.Combine(stateFolder, "experiment");

    /// <summary>Whether it is an experiment's.</summary>
    public bool BelongsTo(ExperimentId experiment) => File.Exists(Owner) && File.ReadAllText(Owner) == experiment.ToString();

    /// <summary>Makes it an experiment's; repeated for the same experiment it changes nothing.</summary>
    public void Begin(ExperimentId experiment)
    {
        if (BelongsTo(experiment))
        {
            return;
        }

        if (File.Exists(Path))
        {
            File.Move(Path, Enumerable.Range(1, int.MaxValue)
                .Select(number => System.IO.Path.Combine(logFolder, $"{name}.{number}.jsonl"))
                .First(path => !File.Exists(path)));
        }

        Directory.CreateDirectory(stateFolder);
        File.WriteAllText(Owner, experiment.ToString());
    }

    /// <summary>Makes it nobody's, so that the next experiment begins a new one even if it is the same again.</summary>
    public void Forget() => File.Delete(Owner);
}
