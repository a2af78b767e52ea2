using Actors.Experiments.Federations;

namespace Actors.Cli.Federations;

/// <summary>Where a collaborator's host keeps experiments.</summary>
internal static class HostFolder
{
    /// <summary>The folder of a collaborator's experiments in a node's folder.</summary>
    public static string ExperimentsOf(FederationNode node, string collaborator) => Path.Combine(node.Layout.StateFolder, "hosted", collaborator);
}
