using Actors.Contracts.Tensors;
using Actors.Silo.Running.Tests;

using Grpc.Core;

namespace Actors.Silo.Gateway.Tests;

public sealed class ReportTests : AggregatorTest
{
    [Fact]
    public async Task Report_Twice_IsAcceptedOnceAndThenAlready()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        await one.GetTasksAsync();

        Assert.False((await one.ReportMetricAsync(0, "validate", 0.5)).Accepted.Already);
        Assert.True((await one.ReportMetricAsync(0, "validate", 0.5)).Accepted.Already);
    }

    [Fact]
    public async Task Push_BrokenOff_GoesOnFromTheStoredByte()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var model = TestModel.Filled(2);
        await one.ReportUpdateAsync(0, model);

        Assert.Equal(17, await one.PushAsync(0, model, until: 17));
        var missing = (await one.ReportUpdateAsync(0, model)).BytesMissing.Missing.Single();
        Assert.Equal(17, missing.StoredBytes);

        Assert.Equal(model.Length, await one.PushAsync(0, model, from: 17));
        Assert.NotNull((await one.ReportUpdateAsync(0, model)).Accepted);
    }

    [Fact]
    public async Task Push_WithAnotherDigestThanAnnounced_IsDataLossAndLeavesNothing()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var (model, announced) = (TestModel.Filled(2), TensorDigester.Of(TestModel.Filled(3)).ToString());

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.PushAsync(0, model, digest: announced));

        Assert.Equal(StatusCode.DataLoss, problem.StatusCode);
        Assert.Equal(0, (await one.ReportUpdateAsync(0, TestModel.Filled(3))).BytesMissing.Missing.Single().StoredBytes);
    }

    [Theory]
    [InlineData(5, StatusCode.InvalidArgument)]
    [InlineData(0, StatusCode.Aborted)]
    public async Task Push_ThatDoesNotFit_IsRefused(long from, StatusCode expected)
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var task = expected == StatusCode.Aborted ? "other" : "train";

        var problem = await Assert.ThrowsAsync<RpcException>(() => one.PushAsync(0, TestModel.Filled(2), from, task: task));

        Assert.Equal(expected, problem.StatusCode);
    }

    [Fact]
    public async Task Report_OfAnotherNetwork_IsRefusedByTheFirstTensorThatDiffers()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var other = new ModelManifest([new TensorSpec("layer.weight", ElementType.Float32, new TensorShape(8))]);

        var reply = await one.ReportUpdateAsync(0, new byte[other.ByteLength], manifest: other);

        Assert.Equal(
            "The model tensors are not laid out as the experiment's model: tensor 0 is layer.weight Float32[8], expected layer.weight Float32[7]. "
            + "Train the network that the plan agreed on.",
            reply.Refused.Message);
    }

    [Fact]
    public async Task Report_WithNaN_IsRefusedByTensorAndElement()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var model = TestModel.Filled(1);
        BitConverter.TryWriteBytes(model.AsSpan(12), float.NaN);
        await one.PushAsync(0, model);

        var reply = await one.ReportUpdateAsync(0, model);

        Assert.Equal(
            "The model tensor layer.weight[3] = NaN is not finite. Lower the learning rate or look at the data; the update is not taken.",
            reply.Refused.Message);
    }

    [Fact]
    public async Task Report_OfATaskThatWasNotAssigned_IsRefused()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");

        var reply = await one.ReportMetricAsync(0, "invented", 0.5);

        Assert.Equal("Task 'invented' of round 0 was not given to one. Ask for tasks and run those.", reply.Refused.Message);
    }

    [Fact]
    public async Task Pull_OfAnotherCollaboratorsUpdate_IsNotFound()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        using var two = aggregator.Collaborator("two");
        var model = TestModel.Filled(2);
        await one.PushAsync(0, model);

        var problem = await Assert.ThrowsAsync<RpcException>(() => two.PullAsync(TensorDigester.Of(model).ToString()));

        Assert.Equal(StatusCode.NotFound, problem.StatusCode);
    }

    [Fact]
    public async Task Pull_FromAnOffset_GivesTheRest()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = aggregator.Collaborator("one");
        var digest = (await one.GetTasksAsync()).Work.Bundles.Single().Digest;

        Assert.Equal(TestModel.Filled(0).Length - 9, (await one.PullAsync(digest, offset: 9)).Length);
    }
}
