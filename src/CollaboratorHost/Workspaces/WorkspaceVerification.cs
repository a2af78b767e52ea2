using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// Checks that the assemblies everybody agreed on are what the sources say: builds the sources again and compares the bytes.
/// </summary>
public sealed class WorkspaceVerification(WorkspaceBuildOptions options)
{
    /// <summary>Builds the sources in a temporary folder; the workspace is not changed.</summary>
    /// <returns>
    /// Every difference: first between the manifest and the files that are there, then, when there is none, between the manifest and
    /// the bytes that were built now. Empty when all is as agreed on.
    /// </returns>
    /// <exception cref="WorkspaceBuildException">The code has errors, or packages are not found.</exception>
    /// <exception cref="WorkspaceException">The workspace is not built, or there is no SDK.</exception>
    public async Task<WorkspaceVerificationOutcome> RunAsync(WorkspaceLayout layout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var manifest = WorkspaceManifest.Read(layout);
        var differences = manifest.Verify(layout);
        if (differences.Count > 0)
        {
            return new(differences, manifest.Sdk, null);
        }

        using var compilation = await WorkspaceCompilation.RunAsync(layout, manifest.Sources, options, cancellationToken).ConfigureAwait(false);
        var built = compilation.Products.Select(product => Listed(product, compilation.PathOf(product))).ToList();
        return new(FileDifference.Between(manifest.Assemblies, built), manifest.Sdk, compilation.Sdk);
    }

    private static WorkspaceFile Listed(string product, string file)
    {
        using var stream = File.OpenRead(file);
        return new(product, stream.Length, FileDigest.Of(stream));
    }
}
