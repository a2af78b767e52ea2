using System.Net;

using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;
using Actors.Contracts.Wire;
using Actors.Silo.Running.Tests;

using Grpc.Core;

namespace Actors.Silo.Faults.Tests;

/// <summary>Calls that no collaborator of ours makes. Each is refused, and the next one who calls is served.</summary>
public sealed class HostileCallTests : AggregatorTest
{
    private static readonly string Digest = TensorDigester.Of([1]).ToString();
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public static TheoryData<Version> HttpVersions => [HttpVersion.Version11, HttpVersion.Version20];

    [Fact]
    public async Task Report_CountsForTheNameInTheCertificate()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");

        await one.ReportMetricAsync(0, "validate", 0.5);

        Assert.Equal(["train"], (await one.GetTasksAsync()).Work.Tasks);
        Assert.Equal(["validate", "train"], (await two.GetTasksAsync()).Work.Tasks);
    }

    [Fact]
    public async Task Call_ForAnotherExperiment_IsNotFoundAndSaysWhichIsRun()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");

        var problem = await Assert.ThrowsAsync<RpcException>(
            () => one.Client.GetTasksAsync(new() { Experiment = "test/other" }, TestCollaborator.Options).ResponseAsync);

        Assert.Equal(StatusCode.NotFound, problem.StatusCode);
        Assert.Equal("The experiment 'test/other' is not run here; this aggregator runs 'test/one'. Join again.", problem.Status.Detail);
    }

    [Fact]
    public async Task PlainText_IsRefused()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var http = new HttpClient();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(aggregator.Address) { Scheme = "http" }.Uri));

        await AssertServesAsync(aggregator);
    }

    [Fact]
    public async Task Metadata_OfTwoMegabytes_IsRefused()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        var options = TestCollaborator.Options.WithHeaders(new() { { "name", new string('x', 2 << 20) } });

        await Assert.ThrowsAsync<RpcException>(() => one.Client.JoinAsync(new(), options).ResponseAsync);

        await AssertServesAsync(aggregator);
    }

    [Theory]
    [MemberData(nameof(HttpVersions))]
    public async Task AnUpload_ByOneWhoIsNotInTheList_IsRefusedBeforeItsBytes(Version http)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var stranger = aggregator.Collaborator("stranger", http);

        var problem = await RefusalOfAsync(stranger, 1 << 20);

        Assert.Equal(StatusCode.PermissionDenied, problem.StatusCode);
    }

    [Theory]
    [MemberData(nameof(HttpVersions))]
    public async Task AnUpload_ManyTimesTheModel_IsRefusedByItsHeader(Version http)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one", http);

        var problem = await RefusalOfAsync(one, 600L << 20);

        Assert.Equal(StatusCode.InvalidArgument, problem.StatusCode);
        Assert.StartsWith("An upload of 629145600 bytes is not taken", problem.Status.Detail, StringComparison.Ordinal);
        await AssertServesAsync(aggregator);
    }

    [Theory]
    [InlineData(0, 28, 27)]
    [InlineData(27, 1, 28)]
    [InlineData(0, 29, 30)]
    public async Task AnUpload_WhoseRangeAndLengthDiffer_IsRefused(long from, long count, long bytes)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        using var request = one.PushRequest(0, "train", Digest);
        request.Content = new ByteArrayContent(new byte[bytes]);
        request.Content.Headers.ContentRange = new(from, from + count - 1);

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.SendAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, problem.StatusCode);
        Assert.StartsWith("An upload says by Content-Range", problem.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUpload_WithoutARange_IsRefused()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        using var request = one.PushRequest(0, "train", Digest);
        request.Content = new ByteArrayContent(new byte[28]);

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.SendAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, problem.StatusCode);
    }

    [Theory]
    [InlineData("bytes=5-9")]
    [InlineData("bytes=-5")]
    [InlineData("bytes=0-1,4-5")]
    public async Task ADownload_OfARangeThatIsNotToTheEnd_IsRefusedByItsRange(string range)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        var model = (await one.GetTasksAsync()).Work.Bundles.Single();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(aggregator.Address, TensorRoutes.OfPublished(aggregator.Experiment, TensorDigest.Parse(model.Digest))))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Range", range);

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.SendAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, problem.StatusCode);
        Assert.Contains($"'{range}'", problem.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADownload_FromBeyondTheEnd_IsOutOfRange()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        var model = (await one.GetTasksAsync()).Work.Bundles.Single();

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.PullAsync(model.Digest, model.ByteLength + 1));

        Assert.Equal(StatusCode.OutOfRange, problem.StatusCode);
    }

    [Fact]
    public async Task ManyCallsForWhatDoesNotExist_AreAnsweredAtOnceAndShutNobodyOut()
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Hold = TimeSpan.FromSeconds(20));
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        await one.RunRoundAsync(0, 1, 10, 0.5);
        var held = Enumerable.Range(0, 50).Select(_ => one.GetTasksAsync()).ToList();
        var lost = Enumerable.Range(0, 50).Select(number => Assert.ThrowsAsync<RpcException>(
            () => one.PullAsync(TensorDigester.Of([(byte)number]).ToString()))).ToList();

        Assert.Equal(["validate", "train"], (await two.GetTasksAsync()).Work.Tasks);

        Assert.All(await Task.WhenAll(lost), problem => Assert.Equal(StatusCode.NotFound, problem.StatusCode));
        Assert.All(held, call => Assert.False(call.IsCompleted));
        await two.RunRoundAsync(0, 3, 10, 0.5);
        Assert.All(await Task.WhenAll(held), reply => Assert.Equal(1, reply.Work.Round));
    }

    [Theory]
    [InlineData("Join")]
    [InlineData("ReportResult")]
    public async Task BytesThatAreNoMessage_AreRefusedWithoutInnerDetails(string method)
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        var raw = new Method<byte[], byte[]>(MethodType.Unary, "actors.v1.Gateway", method, Bytes, Bytes);

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.Channel.CreateCallInvoker()
            .AsyncUnaryCall(raw, null, TestCollaborator.Options, [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x01]).ResponseAsync);

        Assert.Contains(problem.StatusCode, new[] { StatusCode.InvalidArgument, StatusCode.Internal, StatusCode.Unknown });
        Assert.DoesNotContain("   at ", problem.Status.Detail, StringComparison.Ordinal);
        await AssertServesAsync(aggregator);
    }

    [Fact]
    public async Task Report_WithAShapeThatDoesNotFitItsBytes_IsRefusedWithBothLengths()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");

        var reply = await one.ReportUpdateAsync(0, new byte[32], manifest: TestModel.Manifest);

        Assert.Contains($"have 32 bytes, but their manifest describes {TestModel.Manifest.ByteLength}", reply.Refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithoutOneTensor_IsRefusedByItsName()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");
        var less = new ModelManifest([TestModel.Manifest.Tensors[0]]);

        var reply = await one.ReportUpdateAsync(0, new byte[less.ByteLength], manifest: less);

        Assert.Contains("layer.count", reply.Refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfMinusFiveSamples_IsRefused()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = aggregator.Collaborator("one");

        var reply = await one.ReportMetricAsync(0, "validate", 0.5, samples: -5);

        Assert.Equal("Task 'validate' reports -5 samples. A result needs at least 1: it is its weight.", reply.Refused.Message);
    }

    // The body never comes: the answer does not wait for it.
    private static async Task<RpcException> RefusalOfAsync(TestCollaborator collaborator, long bytes)
    {
        using var request = collaborator.PushRequest(0, "train", Digest);
        request.Content = new EndlessContent(bytes);
        request.Content.Headers.ContentRange = new(0, bytes - 1, bytes);
        request.Headers.ExpectContinue = true;
        return await Assert.ThrowsAsync<RpcException>(() => collaborator.SendAsync(request));
    }

    private static async Task AssertServesAsync(RunningAggregator aggregator)
    {
        using var one = aggregator.Collaborator("one");
        Assert.NotNull((await one.JoinAsync()).Accepted);
    }

    private sealed class EndlessContent(long bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.Delay(Timeout.Infinite);

        protected override bool TryComputeLength(out long length)
        {
            length = bytes;
            return true;
        }
    }
}
