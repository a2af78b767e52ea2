using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Learning.Torch.Tests;

/// <summary>Two clouds of points in the plane, one a class.</summary>
public sealed class Blobs : TorchDataLoader
{
    public Blobs(int count = 24)
    {
        var chance = new Random(3);
        var classes = Enumerable.Range(0, count).Select(index => (long)(index % 2)).ToArray();
        var points = classes.SelectMany(c => new[] { c + chance.NextSingle(), c - chance.NextSingle() }).ToArray();
        BatchSize = 8;
        Train = new(SpanTensors.From<float>(points, count, 2), SpanTensors.From<long>(classes, count));
        Validation = new(SpanTensors.From<float>(points, count, 2), SpanTensors.From<long>(classes, count));
    }
}

/// <summary>A network with everything that a state can have: weights, float and integer buffers, chance.</summary>
public sealed class BlobsNetwork(Blobs data, Func<IEnumerable<Parameter>, OptimizerHelper> optimizer) : TorchTaskRunner(data)
{
    public static Module<Tensor, Tensor> NewNetwork() => Sequential(
        ("fc1", Linear(2, 4)),
        ("norm", BatchNorm1d(4)),
        ("relu", ReLU()),
        ("drop", Dropout(0.1)),
        ("fc2", Linear(4, 2)));

    protected override Module<Tensor, Tensor> BuildNetwork() => NewNetwork();

    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optimizer(parameters);
}
