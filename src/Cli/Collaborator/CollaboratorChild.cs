using Actors.Cli.Quickstart;
using Actors.CollaboratorHost.Serving;

namespace Actors.Cli.Collaborator;

/// <summary>A collaborator in one experiment: <c>fx collaborator start</c> in the experiment's workspace, which ends with the host.</summary>
internal sealed class CollaboratorChild : ICollaboratorChild
{
    private readonly FxProcess _process;

    /// <summary>Starts it.</summary>
    /// <param name="node">The collaborator's folder, with certificates and data paths.</param>
    /// <param name="name">The collaborator.</param>
    /// <param name="folder">The experiment's folder.</param>
    /// <param name="experiment"><c>federation/experiment</c>.</param>
    public CollaboratorChild(string node, string name, ExperimentFolder folder, string experiment)
    {
        _process = FxProcess.Start(
            $"the collaborator of {experiment}",
            folder.Workspace!.Root,
            folder.LogFile,
            "collaborator", "start", "-n", name, "--federation", node, "--experiment", experiment);
    }

    /// <inheritdoc/>
    public string LastWords => string.Join(' ', _process.LastLines(3));

    /// <inheritdoc/>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
