using Actors.Contracts.Models;
using Actors.Experiments.Composition;
using Actors.Learning;

namespace Actors.Cli.Composition;

/// <summary>Puts a model file into a runner.</summary>
internal static class ModelLoading
{
    /// <summary>Copies every tensor in.</summary>
    /// <exception cref="CommandException">The file is of another network.</exception>
    public static void Load(this TaskRunner runner, ITensorBytes file, string path)
    {
        if (file.Manifest.FirstDifferenceFrom(runner.Model) is { } difference)
        {
            throw new CommandException($"{path} is not a model of this workspace's network: {difference}. Use a file that this plan made.");
        }

        runner.Load(file);
    }
}
