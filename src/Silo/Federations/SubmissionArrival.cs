using Actors.Contracts.Federations;
using Actors.Grains;
using Actors.Silo.Security;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Federations;

/// <summary>Takes a submission's files in: signature first, then every byte against what was signed, then what stands in them.</summary>
internal sealed class SubmissionArrival(FederationServerOptions options, IFederationTrust trust)
{
    private readonly UploadTurns _turns = new();

    /// <summary>Checks what the author signed.</summary>
    /// <exception cref="RpcException">The header is none, or its signature is not that of a trusted author.</exception>
    public SignatureVerdict Verify(Wire.SubmitHeader header)
    {
        if (header.Seal is null)
        {
            throw Invalid("The experiment is not signed. Submit it with: fx experiment submit");
        }

        var verdict = header.Seal.ToSigned().Verify(trust.ProblemWithOperator);
        if (!verdict.Holds)
        {
            throw Invalid(verdict.Problem!);
        }

        RequireLength(header.ArchiveBytes, options.LargestArchiveBytes, verdict.Digests.ArchiveName);
        RequireLength(header.ModelBytes, options.LargestModelBytes, verdict.Digests.ModelName);
        return verdict;
    }

    /// <summary>How many bytes of a submission's files are here; an upload that is under way ends.</summary>
    public async Task<long> ArrivedAsync(string digest, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(digest, cancellationToken);
        return SubmissionFolder.ForArrival(options.ExperimentsFolder, digest).ArrivedBytes;
    }

    /// <summary>Receives the files and puts them in their place. When the stream breaks off, what has come stays for the next attempt.</summary>
    /// <param name="header">The header, which was verified.</param>
    /// <param name="digests">What was signed.</param>
    /// <param name="parts">The rest of the stream.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">A file is not the one that was signed, or something in it is wrong; nothing of it stays then.</exception>
    public async Task ReceiveAsync(
        Wire.SubmitHeader header, ExperimentDigests digests, IAsyncStreamReader<Wire.SubmitRequest> parts, CancellationToken cancellationToken)
    {
        var signed = header.Seal.ToSigned();
        using var turn = await _turns.TakeAsync(signed.Digest, cancellationToken);
        var arrival = SubmissionFolder.ForArrival(options.ExperimentsFolder, signed.Digest);
        if (header.Offset != arrival.ArrivedBytes)
        {
            throw new RpcException(new(
                StatusCode.Aborted, $"The upload goes on from byte {header.Offset}, but {arrival.ArrivedBytes} bytes are here. Ask with GetArrived, and go on there."));
        }

        Directory.CreateDirectory(arrival.Root);
        try
        {
            await WriteAsync(header, arrival, parts, turn.Token);
            await Task.Run(() => Check(arrival, digests), turn.Token);
            arrival.Seal.Write(signed);
            arrival.MoveTo(new SubmissionFolder(options.ExperimentsFolder, digests.Name, signed.Digest));
        }
        catch (RpcException wrong) when (wrong.StatusCode == StatusCode.InvalidArgument)
        {
            arrival.Delete(); // It is wrong, and would stay wrong.
            throw;
        }
    }

    private static void Check(SubmissionFolder arrival, ExperimentDigests digests)
    {
        var problem = ExperimentDigests.ProblemWith(arrival.Archive, digests.Archive, digests.ArchiveName)
            ?? ExperimentDigests.ProblemWith(arrival.Model, digests.Model, digests.ModelName);
        if (problem is not null)
        {
            throw Invalid(problem);
        }

        try
        {
            _ = SubmittedPlan.Read(arrival);
        }
        catch (FederationException wrong)
        {
            throw Invalid(wrong.Message);
        }
    }

    // The archive's bytes, and right after them the model's.
    private static async Task WriteAsync(
        Wire.SubmitHeader header, SubmissionFolder arrival, IAsyncStreamReader<Wire.SubmitRequest> parts, CancellationToken cancellationToken)
    {
        await using var archive = Append(arrival.Archive);
        await using var model = Append(arrival.Model);
        while (await parts.MoveNext(cancellationToken))
        {
            var data = parts.Current.Data.Memory;
            var ofArchive = (int)Math.Min(data.Length, header.ArchiveBytes - archive.Length);
            await archive.WriteAsync(data[..ofArchive], cancellationToken);
            await model.WriteAsync(data[ofArchive..], cancellationToken);
            if (model.Length > header.ModelBytes)
            {
                throw Invalid($"More bytes came than the {header.ArchiveBytes} and {header.ModelBytes} that were announced. Submit again.");
            }
        }

        if (archive.Length < header.ArchiveBytes || model.Length < header.ModelBytes)
        {
            throw Invalid($"{archive.Length + model.Length} bytes came of {header.ArchiveBytes + header.ModelBytes} that were announced. Submit again.");
        }
    }

    private static FileStream Append(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static void RequireLength(long bytes, long most, string file)
    {
        if (bytes <= 0 || bytes > most)
        {
            throw Invalid($"{file} has {bytes} bytes; this federation takes from 1 to {most}.");
        }
    }

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));
}
