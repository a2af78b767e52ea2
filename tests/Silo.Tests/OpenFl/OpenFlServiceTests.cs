using Actors.Contracts.Compression;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Wire.OpenFl;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Tensors;
using Actors.Silo.Running.Tests;

using Grpc.Core;

using Task = System.Threading.Tasks.Task;

namespace Actors.Silo.OpenFl.Tests;

public sealed class OpenFlServiceTests : AggregatorTest
{
    [Fact]
    public async Task GetTasks_WithWork_NamesItAndEchoesTheHeader()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");

        var reply = await one.GetTasksAsync();

        Assert.Equal((0, 0, false), (reply.RoundNumber, reply.SleepTime, reply.Quit));
        Assert.Equal(["validate", "train"], reply.Tasks.Select(task => task.Name));
        Assert.Equal(("aggregator_plan.yaml_01234567", "one", "plan.yaml_01234567", ""), Parts(reply.Header));
        Assert.Equal(reply.Header, (await one.PingAsync()).Header);
    }

    [Fact]
    public async Task GetTasks_WithoutWork_IsHeldAndThenTheCollaboratorIsToAskAgain()
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Hold = TimeSpan.FromMilliseconds(100));
        using var one = new TestOriginal(aggregator, "one");
        await one.SendMetricAsync(0, "validate", 0.5);
        await one.SendAsync(0, "train", 10, Update(1));

        var reply = await one.GetTasksAsync();

        Assert.Equal((1, false), (reply.SleepTime, reply.Quit));
        Assert.Empty(reply.Tasks);
    }

    [Fact]
    public async Task WholeFederation_OfOne_EndsWithItsUpdateAndQuit()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");
        for (var round = 0; round < 2; round++)
        {
            await one.SendMetricAsync(round, "validate", 0.5);
            await one.SendAsync(round, "train", 10, [TestOriginal.Tensor("loss", [], [2], "compressed", "metric"), .. Update(round + 1, count: 3.6F)]);
            await one.GetTasksAsync();
            await AssertFloatsAsync([.. Enumerable.Repeat(round + 1F, 7)], one.GetFloatsAsync("layer.weight", round + 1, "model"));
        }

        await AssertFloatsAsync([4F], one.GetFloatsAsync("layer.count", 2, "model"));
        Assert.True((await one.GetTasksAsync()).Quit);
    }

    [Fact]
    public async Task GetAggregatedTensor_Delta_IsTheDifferenceToTheRoundBefore()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, Update(1));
        await RoundAsync(one, 1, Update(2.5F));

        var tensor = (await one.GetTensorAsync("layer.weight", 2, "aggregated", "delta", "lossy_compressed")).Tensor;

        Assert.Equal(["aggregated", "compressed", "delta"], tensor.Tags);
        Assert.Equal([7], Assert.Single(tensor.TransformerMetadata).IntList);
        await AssertFloatsAsync([.. Enumerable.Repeat(1.5F, 7)], one.GetFloatsAsync("layer.weight", 2, "aggregated", "delta", "compressed"));
    }

    [Fact]
    public async Task GetAggregatedTensor_DeltaOfAModelThatWasPublishedAsAChange_IsThatChangeInTheOriginalsForm()
    {
        await using var aggregator = await StartAsync(["one"], change: settings =>
        {
            settings.OpenFlPipeline = "kc";
            settings.Publishing = new() { Values = ValueFormat.KMeans, Clusters = 2 };
        });
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, [TestOriginal.Tensor("layer.weight", [7], [1, 2, 3, 4, 5, 6, 7], "compressed", "trained"), Update(0)[1]]);
        var whole = await one.GetFloatsAsync("layer.weight", 1, "model");

        var tensor = (await one.GetTensorAsync("layer.weight", 1, "aggregated", "delta", "lossy_compressed")).Tensor;

        Assert.Equal(["aggregated", "delta", "lossy_compressed"], tensor.Tags);
        var change = new float[7];
        new IndexedValues("kc").Unpack(
            [.. tensor.TransformerMetadata.Select(record => new PackingRecord(record.IntToFloat, record.IntList))], tensor.DataBytes.Span, change);
        Assert.Equal(2, change.Distinct().Count());
        Assert.Equal(whole, change); // The first model is all zeros.
        Assert.Equal(["aggregated", "compressed", "delta"], (await one.GetTensorAsync("layer.weight", 1, "aggregated", "delta", "compressed")).Tensor.Tags);
    }

    [Theory]
    [InlineData("percentage", "percent_collaborators_needed", 0.5, true)]
    [InlineData("cutoff_time", "straggler_cutoff_time", 0.5, true)]
    [InlineData("adaptive", "deviations", 3, true)]
    [InlineData("wait_all", "", 0, false)]
    public async Task Round_OfOneThatWasStartedAgainAndCannotDoTheRest_ClosesAsThePolicySays(string policy, string setting, double value, bool closes)
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings =>
        {
            settings.Stragglers = new(policy, new Dictionary<string, double> { [setting] = value });
            settings.Hold = TimeSpan.FromSeconds(closes ? 20 : 0.2);
        });
        using var one = new TestOriginal(aggregator, "one");
        using var two = new TestOriginal(aggregator, "two");
        await two.GetTasksAsync();
        await two.SendAsync(0, "train", 10, Update(5));
        using var again = new TestOriginal(aggregator, "two");
        Assert.Equal(["validate"], (await again.GetTasksAsync()).Tasks.Select(task => task.Name));

        await RoundAsync(one, 0, Update(1));

        Assert.Equal(closes ? (1, 0) : (0, 1), await one.GetTasksAsync() is var reply ? (reply.RoundNumber, reply.SleepTime) : default);
        Assert.Equal(closes ? ["validate", "train"] : ["validate"], (await again.GetTasksAsync()).Tasks.Select(task => task.Name));
        if (closes)
        {
            Assert.Equal(1F, (await one.GetFloatsAsync("layer.weight", 1, "model"))[0]);
        }
    }

    [Fact]
    public async Task Round_OfOneWhoseUpdateIsNotFinite_SaysWithinTheLeaseWhomItWaitsFor()
    {
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Lease = TimeSpan.FromSeconds(1));
        using var one = new TestOriginal(aggregator, "one");
        using var two = new TestOriginal(aggregator, "two");
        await two.GetTasksAsync();
        await AssertStatusAsync(StatusCode.Unauthenticated, null, () => two.SendAsync(0, "train", 10, Update(float.NaN)));
        await one.SendMetricAsync(0, "validate", 0.5);
        await one.SendAsync(0, "train", 10, Update(1));

        var experiment = aggregator.Grains.GetExperiment(aggregator.Experiment);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await experiment.GetCurrentAsync()).Reason.Length == 0)
        {
            await Task.Delay(100, patience.Token);
        }

        Assert.Equal(
            "Round 0 needs 2 collaborators and 1 have reported; gone: two. It goes on when enough are there.", (await experiment.GetCurrentAsync()).Reason);
    }

    [Fact]
    public async Task SendLocalTaskResults_Delta_IsAddedToTheRoundsModel()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, Update(1));

        await RoundAsync(one, 1, [TestOriginal.Tensor("layer.weight", [7], [.. Enumerable.Repeat(0.5F, 7)], "compressed", "delta", "trained"), Update(0)[1]]);

        await AssertFloatsAsync([.. Enumerable.Repeat(1.5F, 7)], one.GetFloatsAsync("layer.weight", 2, "model"));
    }

    [Fact]
    public async Task SendLocalTaskResults_PackedWithLoss_IsUnpacked()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => settings.OpenFlPipeline = "kc");
        using var one = new TestOriginal(aggregator, "one");
        var packed = TestOriginal.Tensor("layer.weight", [7], [], "lossy_compressed", "trained");
        packed.TransformerMetadata[0].IntToFloat.Add(0, -1);
        packed.TransformerMetadata[0].IntToFloat.Add(1, 0.25F);
        packed.TransformerMetadata.Add(new MetadataProto());
        packed.DataBytes = Gzip.Of([0, 1, 1, 0, 1, 0, 0]);

        await RoundAsync(one, 0, [packed, Update(0)[1]]);

        await AssertFloatsAsync([-1, 0.25F, 0.25F, -1, 0.25F, -1, -1], one.GetFloatsAsync("layer.weight", 1, "model"));
    }

    [Fact]
    public async Task SendLocalTaskResults_Optimizer_IsServedNextRoundWhereItIsAveraged()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => settings.OpenFlAveragesOptimizers = true);
        using var one = new TestOriginal(aggregator, "one");

        await RoundAsync(one, 0, [.. Update(1), TestOriginal.Tensor("__opt_state_0_0_istensor_exp_avg", [2], [5, 6], "compressed", "trained")]);

        await AssertFloatsAsync([5F, 6F], one.GetFloatsAsync("__opt_state_0_0_istensor_exp_avg", 1, "model"));
    }

    [Theory]
    [InlineData("compressed")]
    [InlineData("lossy_compressed")]
    public async Task SendLocalTaskResults_OptimizersDelta_IsAddedToTheRoundsState(string packing)
    {
        const string Moment = "__opt_state_0_0_istensor_exp_avg";
        await using var aggregator = await StartAsync(["one"], change: settings =>
        {
            settings.OpenFlAveragesOptimizers = true;
            settings.OpenFlPipeline = "eden"; // Leaves tensors as small as these as they are.
        });
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, [.. Update(1), TestOriginal.Tensor(Moment, [2], [5, 6], "compressed", "trained")]);

        await RoundAsync(one, 1, [.. Update(1), TestOriginal.Tensor(Moment, [2], [0.5F, -1], "delta", packing, "trained")]);

        await AssertFloatsAsync([5.5F, 5F], one.GetFloatsAsync(Moment, 2, "model"));
        await AssertFloatsAsync([0.5F, -1F], one.GetFloatsAsync(Moment, 2, "aggregated", "delta", packing));
    }

    [Fact]
    public async Task Round_WithControlVariates_StartsFromTheModelAndNotFromThem()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => (settings.Rule, settings.HasControl) = (PolicyChoice.Named("scaffold"), true));
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, Update(1));
        var current = await aggregator.Grains.GetExperiment(aggregator.Experiment).GetCurrentAsync();
        Assert.Equal([BundleKinds.Control, BundleKinds.Model], current.Bundles.Select(bundle => bundle.Kind).Take(2));

        await AssertFloatsAsync([.. Enumerable.Repeat(1F, 7)], one.GetFloatsAsync("layer.weight", 1, "model"));
        await RoundAsync(one, 1, [TestOriginal.Tensor("layer.weight", [7], [.. Enumerable.Repeat(0.5F, 7)], "compressed", "delta", "trained"), Update(0)[1]]);
        await AssertFloatsAsync([.. Enumerable.Repeat(1.5F, 7)], one.GetFloatsAsync("layer.weight", 2, "model"));
    }

    [Fact]
    public async Task SendLocalTaskResults_DeltaOfWhatTheRoundDoesNotHave_EndsTheCollaborator()
    {
        await using var aggregator = await StartAsync(["one"], change: settings => settings.OpenFlAveragesOptimizers = true);
        using var one = new TestOriginal(aggregator, "one");

        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "The message cannot be read: tensor 'moment' is a difference to a tensor that the round does not start from.",
            () => one.SendAsync(0, "train", 10, [.. Update(1), TestOriginal.Tensor("moment", [2], [1, 2], "compressed", "delta", "trained")]));
    }

    [Fact]
    public async Task SendLocalTaskResults_Empty_IsUnknown()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");

        await AssertStatusAsync(StatusCode.Unknown, "The upload was empty. Send the result again from its start.", () => one.SendBytesAsync([]));
    }

    [Fact]
    public async Task SendLocalTaskResults_RepeatedOrLate_IsAnsweredAndChangesNothing()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");
        await RoundAsync(one, 0, Update(1));

        await one.SendAsync(0, "train", 10, Update(9));
        await one.SendAsync(7, "train", 10, Update(9));
        await one.SendAsync(1, "no task of the plan", 10, Update(9));
        await one.SendMetricAsync(1, "validate", 0.5);
        await one.SendMetricAsync(1, "validate", 0.75);

        Assert.Equal(["train"], (await one.GetTasksAsync()).Tasks.Select(task => task.Name));
        Assert.Equal(1F, (await one.GetFloatsAsync("layer.weight", 1, "model"))[0]);
    }

    [Theory]
    [InlineData(float.NaN, 7, "compressed,trained", "The model tensor layer.weight[0] = NaN is not finite. Lower the learning rate or look at the data; the update is not taken.")]
    [InlineData(1, 6, "compressed,trained", "The message cannot be read: tensor 'layer.weight' has the shape [6], the experiment's model [7].")]
    [InlineData(1, 0, "compressed,trained", "The message cannot be read: the model's tensor 'layer.weight' is missing.")]
    [InlineData(1, 7, "lossy_compressed,trained", "The message cannot be read: tensor 'layer.weight' cannot be unpacked: The archive entry was compressed using an unsupported compression method..")]
    public async Task SendLocalTaskResults_ThatCannotBeTaken_EndsTheCollaboratorWithTheReason(float value, int length, string tags, string expected)
    {
        await using var aggregator = await StartAsync(["one"], change: settings => settings.OpenFlPipeline = "kc");
        using var one = new TestOriginal(aggregator, "one");
        var weight = TestOriginal.Tensor("layer.weight", [length], [.. Enumerable.Repeat(value, length)], tags.Split(','));

        await AssertStatusAsync(StatusCode.Unauthenticated, expected, () => one.SendAsync(0, "train", 10, [.. length == 0 ? Array.Empty<NamedTensor>() : [weight], Update(1)[1]]));
    }

    [Fact]
    public async Task SendLocalTaskResults_ThatIsNoMessage_EndsTheCollaborator()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");

        await AssertStatusAsync(StatusCode.Unauthenticated, null, () => one.SendBytesAsync([0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3]));
    }

    [Fact]
    public async Task GetAggregatedTensor_OfNoModel_EndsTheCollaborator()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var one = new TestOriginal(aggregator, "one");

        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "The model of round 0 has no tensor 'another'. Start the collaborator again with the network that the plan agreed on.",
            () => one.GetTensorAsync("another", 0, "model"));
        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "The model of round 5 is not kept any more. Start the collaborator again: it goes on with the running round.",
            () => one.GetTensorAsync("layer.weight", 5, "model"));
        await AssertStatusAsync(StatusCode.Unauthenticated, null, () => one.GetTensorAsync("layer.weight", 0, "trained"));
    }

    [Fact]
    public async Task Call_OfAnotherFederation_IsRefusedAlsoAfterARestart()
    {
        await using (var aggregator = await StartAsync(["one"]))
        {
            using var one = new TestOriginal(aggregator, "one");
            await one.GetTasksAsync();
        }

        await using var again = await StartAsync(["one", "two"]);
        using var two = new TestOriginal(again, "two");
        two.Header.FederationUuid = "plan.yaml_76543210";

        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "The collaborator speaks to 'aggregator_plan.yaml_01234567' of 'plan.yaml_76543210', this is 'aggregator_plan.yaml_01234567' of "
            + "'plan.yaml_01234567'. Both follow from the plan: give the collaborator the aggregator's plan/plan.yaml.",
            () => two.GetTasksAsync());
    }

    [Fact]
    public async Task Call_UnderAnothersName_IsRefused()
    {
        await using var aggregator = await StartAsync(["one", "two"]);
        using var one = new TestOriginal(aggregator, "one");
        one.Header.Sender = "two";

        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "The certificate names 'one', the message 'two'. Start the collaborator by the name in its certificate.",
            () => one.GetTasksAsync());
    }

    [Fact]
    public async Task Call_ByOneWhoIsNotInTheList_IsRefused()
    {
        await using var aggregator = await StartAsync(["one"]);
        using var stranger = new TestOriginal(aggregator, "stranger");

        await AssertStatusAsync(
            StatusCode.Unauthenticated,
            "Collaborator 'stranger' is not in the federation's list. Ask the aggregator's operator to add it to plan/cols.yaml.",
            () => stranger.GetTasksAsync());
    }

    private static async Task RoundAsync(TestOriginal one, int round, NamedTensor[] update)
    {
        await one.SendMetricAsync(round, "validate", 0.5);
        await one.SendAsync(round, "train", 10, update);
        await one.GetTasksAsync();
    }

    private static NamedTensor[] Update(float weight, float count = 0) =>
    [
        TestOriginal.Tensor("layer.weight", [7], [.. Enumerable.Repeat(weight, 7)], "compressed", "trained"),
        TestOriginal.Tensor("layer.count", [], [count], "compressed", "trained"),
    ];

    private static (string, string, string, string) Parts(MessageHeader header) =>
        (header.Sender, header.Receiver, header.FederationUuid, header.SingleColCertCommonName);

    private static async Task AssertFloatsAsync(float[] expected, Task<float[]> call) => Assert.Equal(expected, await call);

    private static async Task AssertStatusAsync(StatusCode expected, string? message, Func<Task> call)
    {
        var problem = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, problem.StatusCode);
        Assert.Equal(message ?? problem.Status.Detail, problem.Status.Detail);
    }
}
