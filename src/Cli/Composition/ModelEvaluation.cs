using System.Security.Cryptography;
using System.Text;

using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Grains.Experiments;

namespace Actors.Cli.Composition;

/// <summary>A federated evaluation: a model file, measured by a group's tasks on the collaborators' data.</summary>
/// <param name="Group">Who runs what; none of its tasks trains.</param>
/// <param name="Model">The model file.</param>
internal sealed record ModelEvaluation(TaskGroup Group, SavedModel Model)
{
    /// <summary>Its experiment. The same model and group have the same, so that a crash costs nothing that was reported.</summary>
    /// <param name="training">The experiment that the plan and the code have for training.</param>
    public ExperimentId Beside(ExperimentId training)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Group.Name}\n{Model.Sha256}"));
        return new(training.Federation, $"{training.Name}-evaluation-{Convert.ToHexStringLower(hash)[..8]}");
    }

    /// <summary>Looks at the model file and holds it against the plan's model.</summary>
    /// <param name="layout">The workspace.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="group">Who runs what.</param>
    /// <param name="file">The model's full path; null for the last model that a training left.</param>
    /// <exception cref="CommandException">It is missing, or is a model of another network; the message names the first tensor that differs.</exception>
    public static ModelEvaluation Of(WorkspaceLayout layout, Plan plan, TaskGroup group, string? file)
    {
        var path = file ?? layout.Resolve(plan.Aggregator.LastStatePath);
        var saved = SavedModel.At(path) ?? throw new CommandException(
            file is null
                ? $"{plan.Aggregator.LastStatePath} is missing: no training has left a model. Name one: --model FILE"
                : $"{path} is missing; name a model file that is there.");
        var initial = layout.Resolve(plan.Aggregator.InitStatePath);
        if (!File.Exists(initial))
        {
            throw new CommandException(
                $"{plan.Aggregator.InitStatePath} is missing: it says what the plan's model looks like. Run: fx plan initialize");
        }

        using var model = ModelFile.Read(path);
        using var expected = ModelFile.Read(initial);
        return model.Manifest.FirstDifferenceFrom(expected.Manifest) is { } difference
            ? throw new CommandException($"{path} is not a model of this plan: {difference}. Use a file that this plan made.")
            : new(group, saved);
    }
}
