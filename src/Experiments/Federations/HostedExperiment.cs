using Actors.CollaboratorHost.Serving;
using Actors.Contracts.Federations;
using Actors.Contracts.Workspaces;

namespace Actors.Experiments.Federations;

/// <summary>An experiment on a collaborator's machine, for the person who decides whether to take part.</summary>
public sealed class HostedExperiment
{
    private readonly FederationNode _node;
    private readonly string _collaborator;
    private readonly ExperimentFolder _folder;
    private readonly TimeProvider _clock;
    private readonly WorkspaceLayout _layout;

    internal HostedExperiment(FederationNode node, string collaborator, ExperimentFolder folder, TimeProvider clock)
    {
        (_node, _collaborator, _folder, _clock) = (node, collaborator, folder, clock);
        _layout = folder.Workspace!;
        var verdict = folder.Seal.Read().Verify(node.ProblemWithOperator);
        (Name, Author, Problem) = (verdict.Digests?.Name ?? Path.GetFileName(folder.Root), verdict.Author ?? "", verdict.Problem);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Who signed it; empty when the signature does not hold.</summary>
    public string Author { get; }

    /// <summary>What is wrong with the signature; null when it holds.</summary>
    public string? Problem { get; }

    /// <summary>The folder with its workspace.</summary>
    public string Workspace => _layout.Root;

    /// <summary>The text of its plan.</summary>
    public string Plan => File.ReadAllText(_layout.PlanFile);

    /// <summary>Its code: the text of each file by its path in the workspace.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        WorkspaceManifest.Read(_layout).Sources.ToDictionary(source => source.Path, source => File.ReadAllText(_layout.Resolve(source.Path)));

    /// <summary>Whether it was accepted here; null before a decision.</summary>
    public bool? Accepts => _folder.Decision?.Accepts;

    /// <summary>Why it was decided so; empty before a decision.</summary>
    public string Reason => _folder.Decision?.Reason ?? "";

    /// <summary>Takes part. Kept here; the host tells the federation too, should this call not get through.</summary>
    /// <returns>Why the federation does not count it, or not yet, for a person; null when it does.</returns>
    public Task<string?> ApproveAsync(string reason = "", CancellationToken cancellationToken = default) =>
        DecideAsync(true, reason.Length > 0 ? reason : "approved after a review", cancellationToken);

    /// <summary>Does not take part. Kept as with <see cref="ApproveAsync"/>.</summary>
    /// <returns>As with <see cref="ApproveAsync"/>.</returns>
    public Task<string?> RefuseAsync(string reason = "", CancellationToken cancellationToken = default) =>
        DecideAsync(false, reason.Length > 0 ? reason : "refused after a review", cancellationToken);

    private async Task<string?> DecideAsync(bool accepts, string reason, CancellationToken cancellationToken)
    {
        if (Problem is not null)
        {
            throw new ExperimentException($"{Name} cannot be decided. {Problem}");
        }

        _folder.Decision = new(accepts, reason);
        using var certificate = _node.LoadCollaborator(_collaborator);
        using var answer = new ReviewAnswer(_node.File.Gateway, _node.Credentials(certificate), _clock);
        return await answer.SendAsync(_folder, Name, accepts, reason, cancellationToken);
    }
}
