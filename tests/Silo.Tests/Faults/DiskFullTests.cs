using Actors.Grains.Tensors;
using Actors.Silo.Running.Tests;

using Grpc.Core;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Faults.Tests;

/// <summary>The aggregator's disk is full.</summary>
public sealed class DiskFullTests(UndisturbedModel undisturbed) : AggregatorTest, IClassFixture<UndisturbedModel>
{
    [Fact]
    public async Task Push_OntoAFullDisk_IsUnavailableAndGoesOnFromTheStoredByte()
    {
        using var logs = new CollectedLogs();
        var store = new FullTensorStore(new FileTensorStore(Path.Combine(Folder, "tensors"), Durability.ProcessCrash), space: 25);
        await using var aggregator = await StartAsync(["one", "two"], change: settings => settings.Configure = builder =>
        {
            builder.Services.AddSingleton<ITensorStore>(store);
            builder.Logging.AddProvider(logs);
        });
        using var one = aggregator.Collaborator("one");
        var model = TestModel.Filled(2);

        Assert.Equal(20, await one.PushAsync(0, model, until: 20));
        var problem = await Assert.ThrowsAsync<RpcException>(() => one.PushAsync(0, model, from: 20));

        Assert.Equal(StatusCode.Unavailable, problem.StatusCode);
        Assert.Contains(logs.Lines, line => line.Contains("PUT /experiments/", StringComparison.Ordinal) && line.Contains("No space left", StringComparison.Ordinal));
        var stored = (await one.ReportUpdateAsync(0, model)).BytesMissing.Missing.Single().StoredBytes;
        Assert.Equal(20, stored);

        store.GiveSpace();
        Assert.Equal(model.Length, await one.PushAsync(0, model, from: stored));
        Assert.NotNull((await one.ReportUpdateAsync(0, model)).Accepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3 << 20)]
    public async Task FullUntilCallsFail_TheFederationGoesOnByItself(long leave)
    {
        using var logs = new CollectedLogs();
        using var disk = SmallDisk.TryMake(Path.Combine(Folder, "disk"), megabytes: 48);
        Assert.SkipUnless(disk is not null, "Only an administrator can mount a small disk.");

        var model = await HostedFederation.RunAsync(
            Folder,
            Authority,
            change: settings => settings.Configure = builder => builder.Logging.AddProvider(logs),
            trouble: async () =>
            {
                disk!.Fill(leave);
                await logs.UntilAsync(" failed");
                disk.Free();
            },
            aggregatorFolder: disk!.Folder);

        Assert.Equal(await undisturbed.GetAsync(), model);
    }
}
