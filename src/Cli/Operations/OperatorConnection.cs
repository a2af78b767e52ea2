using System.Net.Sockets;

using Actors.Cli.Composition;

using Grpc.Core;
using Grpc.Net.Client;

using Wire = Actors.Contracts.Wire;

namespace Actors.Cli.Operations;

/// <summary>Talks to the aggregator that runs in a workspace, over its operator's socket.</summary>
internal sealed class OperatorConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GrpcChannel _channel;
    private readonly Wire.Operator.OperatorClient _client;
    private readonly TimeProvider _clock;

    private OperatorConnection(string path, TimeProvider clock)
    {
        _clock = clock;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _channel = GrpcChannel.ForAddress("http://localhost", new() { HttpHandler = handler, DisposeHttpClient = true });
        _client = new(_channel);
    }

    /// <summary>Connects to the aggregator of the workspace that a command is run in.</summary>
    /// <exception cref="CommandException">None runs here.</exception>
    public static OperatorConnection Open(Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        return File.Exists(layout.OperatorSocket) ? new(layout.OperatorSocket, terminal.Clock) : throw NoneRuns();
    }

    /// <summary>Makes one call.</summary>
    /// <exception cref="CommandException">No aggregator answers.</exception>
    public async Task<T> CallAsync<T>(Func<Wire.Operator.OperatorClient, CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(_client, new(deadline: _clock.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken));
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.Unavailable && problem.Status.DebugException is HttpRequestException)
        {
            throw NoneRuns();
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.DeadlineExceeded)
        {
            throw new CommandException($"The aggregator did not answer within {Patience.TotalSeconds:0} seconds; its log says what it is at.");
        }
        catch (RpcException problem) when (problem.StatusCode != StatusCode.Cancelled)
        {
            throw new CommandException(problem.Status.Detail);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static CommandException NoneRuns() => new(
        "No aggregator runs in this workspace. Start it: fx aggregator start. A command like this is run on the aggregator's machine, in the workspace's folder.");
}
