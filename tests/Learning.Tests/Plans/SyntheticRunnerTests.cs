using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using Synthetic;

namespace Actors.Learning.Plans.Tests;

public sealed class SyntheticRunnerTests
{
    [Fact]
    public async Task TrainTask_IsAFixedFunctionOfModelNameAndRound()
    {
        var initial = TensorDigester.Of(new SyntheticRunner(new("0"), 3, 100).ReadModel()).ToString();

        Assert.Equal("f6abc14854603b2b35185c5ebf41ef38", initial);
        Assert.Equal("107141595474043c8873b7cba68be753", TensorDigester.Of(await TrainedAsync("one", 4)).ToString());
        Assert.Equal(await TrainedAsync("one", 4), await TrainedAsync("one", 4));
        Assert.NotEqual(await TrainedAsync("one", 4), await TrainedAsync("two", 4));
        Assert.NotEqual(await TrainedAsync("one", 4), await TrainedAsync("one", 5));
    }

    [Fact]
    public void Model_HasTheTensorsAndParametersOfThePlan()
    {
        using var runner = new SyntheticRunner(new("0"), tensors: 3, parameters: 100);

        Assert.Equal(
            ["tensor_0 Float32[34]", "tensor_1 Float32[33]", "tensor_2 Float32[33]"],
            runner.Model.Tensors.Select(tensor => tensor.ToString()));
    }

    [Fact]
    public async Task Tasks_ClaimTheSamplesOfTheIndex()
    {
        using var runner = new SyntheticRunner(new("7"));

        Assert.Equal(107, (await runner.TrainTaskAsync(Rounds.Context())).SampleCount);
        Assert.Equal(50, runner.ValidateTask(Rounds.Context()).SampleCount);
    }

    [Fact]
    public async Task TrainTask_AskedToStop_StopsWaiting()
    {
        using var runner = new SyntheticRunner(new("7"), trainSeconds: TimeSpan.FromHours(1));
        var context = Rounds.Context() with { CancellationToken = new CancellationToken(canceled: true) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.TrainTaskAsync(context));
    }

    [Fact]
    public void Loader_OfAPathThatIsNoIndex_SaysWhatToWrite()
    {
        var problem = Assert.Throws<ArgumentException>(() => new SyntheticLoader("here"));

        Assert.StartsWith("The data path 'here' is no index: write a number from 0 in plan/data.yaml.", problem.Message);
    }

    private static async Task<byte[]> TrainedAsync(string name, int round)
    {
        using var runner = new SyntheticRunner(new("0"), 3, 100);
        await runner.TrainTaskAsync(Rounds.Context(name, round));
        return runner.ReadModel();
    }
}
