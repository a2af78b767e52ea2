using Actors.Contracts.Federations;
using Actors.Contracts.Workspaces;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Serving;

/// <summary>Brings an experiment's workspace here. Nothing of it is unpacked before its author's signature and every byte are checked.</summary>
internal sealed class ArchiveFetch(HostClient host, ServeOptions options)
{
    /// <summary>Fetches, checks and unpacks; what was done before is not done again.</summary>
    /// <returns>The author, or what is wrong; null when the experiment is gone.</returns>
    public async Task<FetchOutcome?> FetchAsync(Wire.HostExperiment experiment, ExperimentFolder folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Root);
        if (folder.Workspace is not null)
        {
            var known = Judge(folder.Seal.Read(), experiment);
            return new(known.Author, known.Problem);
        }

        try
        {
            return await host.PullArchiveAsync(experiment, folder.Archive, cancellationToken) is { } seal ? Take(seal, experiment, folder) : null;
        }
        catch (InvalidDataException problem)
        {
            return Refuse(folder, problem.Message);
        }
    }

    private FetchOutcome Take(Wire.AuthorSeal seal, Wire.HostExperiment experiment, ExperimentFolder folder)
    {
        var signed = seal.ToSigned();
        var verdict = Judge(signed, experiment);
        if (!verdict.Holds)
        {
            return Refuse(folder, verdict.Problem!);
        }

        if (ExperimentDigests.ProblemWith(folder.Archive, verdict.Digests.Archive, verdict.Digests.ArchiveName) is { } changed)
        {
            return Refuse(folder, changed);
        }

        folder.Seal.Write(signed);
        return Unpack(folder) is { } problem ? Refuse(folder, problem) : new(verdict.Author, null);
    }

    // Another author's experiment of the same name is another experiment.
    private SignatureVerdict Judge(SignedExperiment signed, Wire.HostExperiment experiment)
    {
        var verdict = signed.Verify(certificate => options.TrustAuthor(certificate));
        return !verdict.Holds || (signed.Digest == experiment.Digest && verdict.Digests.Name == experiment.Name)
            ? verdict
            : new(null, null, $"What its author signed is not '{experiment.Name}' with the digest {experiment.Digest}. Ask the federation's operators.");
    }

    private static string? Unpack(ExperimentFolder folder)
    {
        try
        {
            WorkspaceArchive.Import(folder.Archive, folder.Unpacked);
            return null;
        }
        catch (WorkspaceException problem)
        {
            return problem.Message;
        }
    }

    // A wrong archive is of no use, and must not be taken for the beginning of the right one.
    private static FetchOutcome Refuse(ExperimentFolder folder, string problem)
    {
        File.Delete(folder.Archive);
        return new(null, problem);
    }
}

/// <summary>What became of fetching a workspace.</summary>
/// <param name="Author">Who signed it; null when something is wrong.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
internal sealed record FetchOutcome(string? Author, string? Problem);
