using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway.Tests;

/// <summary>In each of these ways the end of a call was seen to show under a write.</summary>
public sealed class UploadPartsTests
{
    public static TheoryData<Exception> Ends => new()
    {
        new RpcException(new(StatusCode.InvalidArgument, "refused")),
        new InvalidOperationException("Can't write the message because the call is complete."),
        new IOException("The request was aborted."),
        new HttpRequestException("The connection was closed."),
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task TryWrite_AfterTheOtherEndHasEnded_IsFalse(Exception end)
    {
        var upload = new UploadParts<string>(new EndedStream(end));

        Assert.False(await upload.TryWriteAsync("part", TestContext.Current.CancellationToken));
        Assert.False(await upload.TryCompleteAsync());
    }

    [Fact]
    public async Task TryWrite_AMistakeOfTheCallers_IsThrown() => await Assert.ThrowsAsync<ArgumentNullException>(
        () => new UploadParts<string>(new EndedStream(new ArgumentNullException("part"))).TryWriteAsync("part", TestContext.Current.CancellationToken));

    private sealed class EndedStream(Exception end) : IClientStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => Task.FromException(end);

        public Task WriteAsync(string message, CancellationToken cancellationToken) => WriteAsync(message);

        public Task CompleteAsync() => Task.FromException(end);
    }
}
