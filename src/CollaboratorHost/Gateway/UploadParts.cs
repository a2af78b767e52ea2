using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// The parts of an upload on their way out. The other end may answer before it has all of them, and a connection may break: either
/// way nothing more is sent, and the call's answer says why.
/// </summary>
/// <typeparam name="TPart">What is sent.</typeparam>
/// <param name="stream">The call's request; the caller's.</param>
public sealed class UploadParts<TPart>(IClientStreamWriter<TPart> stream)
{
    /// <summary>Sends the next part.</summary>
    /// <returns>False when nothing more can be sent: ask for the answer.</returns>
    public Task<bool> TryWriteAsync(TPart part, CancellationToken cancellationToken) => TryAsync(() => stream.WriteAsync(part, cancellationToken));

    /// <summary>Says that there are no more parts.</summary>
    /// <returns>As for <see cref="TryWriteAsync"/>.</returns>
    public Task<bool> TryCompleteAsync() => TryAsync(stream.CompleteAsync);

    private static async Task<bool> TryAsync(Func<Task> send)
    {
        try
        {
            await send();
            return true;
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException or HttpRequestException or IOException)
        {
            // Which of them it is depends on how far the end of the call had come through when the part was written.
            return false;
        }
    }
}
