using TorchSharp;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

public sealed class SamplesTests
{
    [Fact]
    public void InOrder_GivesAllSamplesInOrder_TheLastBatchMayBeSmaller()
    {
        using var samples = Numbers(5);

        Assert.Equal([[0, 1], [2, 3], [4]], Collect(samples.InOrder(2)));
    }

    [Fact]
    public void Shuffled_GivesEverySampleOnce_InTheSeedsOrder()
    {
        using var samples = Numbers(20);

        var once = Collect(samples.Shuffled(8, 1));

        Assert.Equal([8, 8, 4], once.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => (long)number), once.SelectMany(batch => batch).Order());
        Assert.Equal(once, Collect(samples.Shuffled(8, 1)));
        Assert.NotEqual(once, Collect(samples.Shuffled(8, 2)));
    }

    [Fact]
    public void InOrder_Bytes_BecomeFloats()
    {
        using var samples = new Samples(SpanTensors.From<byte>([0, 255], 2, 1), SpanTensors.From<long>([0, 1], 2));
        using var batch = samples.InOrder(2).Single();

        Assert.Equal(ScalarType.Float32, batch.Input.dtype);
        Assert.Equal([0f, 255f], batch.Input.data<float>().ToArray());
        Assert.Equal(ScalarType.Int64, batch.Target.dtype);
    }

    [Fact]
    public void Batches_InsideADisposeScope_AreTheCallersAndLeaveNothingBehind()
    {
        using var samples = Numbers(4);
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var batches = new List<Batch>();
        using (NewDisposeScope())
        {
            batches.AddRange(samples.Shuffled(2, 1));
        }

        Assert.All(batches, batch => Assert.Equal(2, batch.Count));
        batches.ForEach(batch => batch.Dispose());
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Samples_OfDifferentNumbers_AreRefused()
    {
        using var inputs = zeros(3, 1);
        using var targets = zeros(2);

        var problem = Assert.Throws<ArgumentException>(() => new Samples(inputs, targets));

        Assert.Equal("Inputs [3, 1] and targets [2] need the same first axis.", problem.Message);
    }

    private static Samples Numbers(int count)
    {
        var numbers = Enumerable.Range(0, count).Select(number => (long)number).ToArray();
        return new(SpanTensors.From<float>([.. numbers.Select(number => (float)number)], count, 1), SpanTensors.From<long>(numbers, count));
    }

    private static List<long[]> Collect(IEnumerable<Batch> batches)
    {
        var collected = new List<long[]>();
        foreach (var batch in batches)
        {
            using (batch)
            {
                Assert.Equal(batch.Target.data<long>().ToArray(), batch.Input.data<float>().ToArray().Select(number => (long)number));
                collected.Add(batch.Target.data<long>().ToArray());
            }
        }

        return collected;
    }
}
