using Actors.Contracts;
using Actors.Grains.Experiments;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Gateway;

/// <summary>Decides whether a collaborator has agreed to the same plan and the same code.</summary>
/// <param name="options">What collaborators are told about times.</param>
/// <param name="firstDifference">Names the first key in which two canonical plans differ; empty when they do not.</param>
internal sealed class JoinCheck(SiloOptions options, Func<string, string, string> firstDifference)
{
    /// <summary>The answer to a request to join an experiment.</summary>
    public Wire.JoinReply Check(Wire.JoinRequest request, ServedExperiment experiment)
    {
        var definition = experiment.Definition;
        if (request.PlanHash != definition.PlanHash)
        {
            var difference = firstDifference(definition.PlanText, request.Plan);
            return Refuse(
                $"The collaborator's plan {request.PlanHash} is not the aggregator's plan {definition.PlanHash}. "
                + (difference.Length > 0 ? $"The first difference is {difference}. " : "")
                + "Import the workspace that the aggregator exported.",
                difference,
                definition);
        }

        return request.WorkspaceHash == definition.WorkspaceHash
            ? new()
            {
                Accepted = new()
                {
                    Experiment = experiment.Id.ToString(),
                    HoldSeconds = (int)Math.Ceiling(options.Hold.TotalSeconds),
                    LeaseSeconds = (int)Math.Ceiling(options.Lease.TotalSeconds),
                    Version = SoftwareVersion.Text,
                },
            }
            : Refuse(
                $"The collaborator's workspace code {request.WorkspaceHash} is not the aggregator's {definition.WorkspaceHash}. "
                + "Import the workspace that the aggregator exported.",
                "",
                definition);
    }

    private static Wire.JoinReply Refuse(string message, string difference, ExperimentDefinition definition) => new()
    {
        Refused = new()
        {
            Message = message,
            PlanHash = definition.PlanHash,
            WorkspaceHash = definition.WorkspaceHash,
            FirstDifference = difference,
        },
    };
}
