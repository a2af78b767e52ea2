using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Composition;

/// <summary>
/// The file <c>logs/metrics.jsonl</c>: the rounds of one experiment. What an earlier experiment wrote is kept beside it as
/// <c>metrics.1.jsonl</c> and so on.
/// </summary>
internal sealed class MetricsFile(WorkspaceLayout layout)
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(layout.LogFolder, "metrics.jsonl");

    // Whose rounds are in the file.
    private string Owner => System.IO.Path.Combine(layout.StateFolder, "experiment");

    /// <summary>Makes it an experiment's; repeated for the same experiment it changes nothing.</summary>
    public void Begin(ExperimentId experiment)
    {
        if (File.Exists(Owner) && File.ReadAllText(Owner) == experiment.ToString())
        {
            return;
        }

        if (File.Exists(Path))
        {
            File.Move(Path, Enumerable.Range(1, int.MaxValue)
                .Select(number => System.IO.Path.Combine(layout.LogFolder, $"metrics.{number}.jsonl"))
                .First(path => !File.Exists(path)));
        }

        Directory.CreateDirectory(layout.StateFolder);
        File.WriteAllText(Owner, experiment.ToString());
    }

    /// <summary>Makes it nobody's, so that the next experiment begins a new one even if it is the same again.</summary>
    public void Forget() => File.Delete(Owner);
}
