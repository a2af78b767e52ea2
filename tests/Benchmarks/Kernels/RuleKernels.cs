using Actors.Grains.Aggregation;
using Actors.Grains.Experiments;

using BenchmarkDotNet.Attributes;

namespace Actors.Benchmarks.Kernels;

/// <summary>One block of all updates combined by a rule, the numbers in the processor's cache: the arithmetic alone.</summary>
public class RuleKernels
{
    private const int BlockElements = 1 << 14;

    private readonly PolicyChoice _choice = PolicyChoice.Named("");
    private double[] _weights = [];
    private float[] _values = [];
    private double[] _wide = [];
    private readonly float[] _result = new float[BlockElements];
    private readonly double[] _wideResult = new double[BlockElements];
    private IAggregationRule _rule = AggregationRules.BuiltIn.Find("weighted_average");

    /// <summary>The rules with a kernel of their own; the others weigh the updates and then average.</summary>
    public static IEnumerable<string> Rules => AggregationRules.BuiltIn.Names.Where(name => AggregationRules.BuiltIn.Find(name) is not WeighingRule);

    /// <summary>The rule's name.</summary>
    [ParamsSource(nameof(Rules))]
    public string Rule { get; set; } = "";

    /// <summary>How many updates.</summary>
    [Params(2, 10, 32)]
    public int Updates { get; set; }

    /// <summary>Makes the updates.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(Updates);
        _rule = AggregationRules.BuiltIn.Find(Rule);
        _weights = [.. Enumerable.Repeat(1.0 / Updates, Updates)];
        _values = [.. Enumerable.Range(0, Updates * BlockElements).Select(_ => random.NextSingle() - 0.5f)];
        _wide = [.. _values.Select(value => (double)value)];
    }

    /// <summary>A model's own numbers.</summary>
    [Benchmark]
    public void Float32() => _rule.Combine(_choice, new UpdateBlocks<float>(_weights, _values, BlockElements), _result);

    /// <summary>Numbers of any other type.</summary>
    [Benchmark]
    public void Float64() => _rule.Combine(_choice, new UpdateBlocks<double>(_weights, _wide, BlockElements), _wideResult);
}
