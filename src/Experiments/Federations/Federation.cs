using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Gateway;
using Actors.Contracts.Federations;
using Actors.Pki;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Experiments.Federations;

/// <summary>
/// A long-lived federation as its operator uses it: who is registered, and which experiments it runs. Every call that does not get
/// through, and every refusal, is an <see cref="ExperimentException"/> that says why.
/// </summary>
public sealed class Federation : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly GatewayChannel _channel;
    private readonly TimeProvider _clock;

    private Federation(FederationNode node, X509Certificate2 certificate, TimeProvider clock)
    {
        (_certificate, _clock) = (certificate, clock);
        _channel = new(node.File.Gateway, node.Credentials(certificate), clock);
        Client = new(_channel.Invoker);
    }

    internal Wire.Federation.FederationClient Client { get; }

    /// <summary>Opens the federation that a folder is an operator's node of; nothing is called yet.</summary>
    /// <param name="folder">The folder: it has <c>federation.yaml</c>, and the operator's certificate in <c>cert</c>.</param>
    /// <param name="name">The operator; null for the only one whose certificate is in the folder.</param>
    /// <param name="clock">Judges certificates; null for the machine's clock.</param>
    /// <exception cref="ExperimentException">The folder is no node, or has no certificate or several.</exception>
    /// <exception cref="PkiException">The certificate cannot be used, or names another.</exception>
    public static Federation Open(string folder, string? name = null, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        clock ??= TimeProvider.System;
        var node = FederationNode.Open(folder, clock);
        return new(node, node.LoadOperator(name), clock);
    }

    /// <summary>Everybody who may take part, in ordinal order.</summary>
    public async Task<IReadOnlyList<RegisteredCollaborator>> GetCollaboratorsAsync(CancellationToken cancellationToken = default)
    {
        var reply = await CallAsync(() => Client.ListCollaboratorsAsync(new(), cancellationToken: cancellationToken).ResponseAsync);
        return [.. reply.Collaborators.Select(one => new RegisteredCollaborator(one.Name, one.Here, one.Data, one.Parallel, one.Version))];
    }

    /// <summary>All experiments, oldest first.</summary>
    public async Task<IReadOnlyList<ExperimentReport>> GetExperimentsAsync(CancellationToken cancellationToken = default)
    {
        var reply = await CallAsync(() => Client.ListAsync(new(), cancellationToken: cancellationToken).ResponseAsync);
        return [.. reply.Experiments.Select(ExperimentReport.Of)];
    }

    /// <summary>An experiment by its name, whether or not there is one: its calls tell.</summary>
    public FederatedExperiment Find(string name) => new(this, name);

    /// <summary>
    /// Signs an experiment and submits it. An upload that breaks off goes on where it was. Repeated with the same package it changes nothing.
    /// </summary>
    /// <param name="package">The experiment.</param>
    /// <param name="options">Who is asked; null for everybody.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is submitted then, and the next attempt goes on where it stopped.</param>
    /// <returns>The experiment.</returns>
    public async Task<FederatedExperiment> SubmitAsync(
        ExperimentPackage package, SubmitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(package);
        options ??= new();
        var header = new Wire.SubmitHeader
        {
            Seal = package.SignBy(_certificate).ToMessage(),
            ArchiveBytes = new FileInfo(package.Archive).Length,
            ModelBytes = new FileInfo(package.Model).Length,
            AnswerSeconds = (long)(options.AnswersWithin?.TotalSeconds ?? 0),
        };
        header.Collaborators.AddRange(options.Collaborators);
        var upload = new SubmissionUpload(Client, header, [package.Archive, package.Model], _clock);
        var reply = await CallAsync(() => upload.RunAsync(cancellationToken));
        return new(this, reply.Name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        _certificate.Dispose();
    }

    /// <summary>Makes one call.</summary>
    /// <exception cref="ExperimentException">It did not get through, or was refused.</exception>
    internal async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RpcException failure) when (failure.StatusCode != StatusCode.Cancelled)
        {
            throw new ExperimentException(_channel.ReasonOf(failure), failure);
        }
        catch (RpcException cancelled)
        {
            throw new OperationCanceledException("The call was cancelled.", cancelled);
        }
    }
}
