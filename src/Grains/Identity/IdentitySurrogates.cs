using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Identity;

// Contracts knows nothing of Orleans, so its types cross grain calls and enter grain state as these.

/// <summary>An id that is written as text.</summary>
[GenerateSerializer, Alias("id-text")]
internal struct TextSurrogate
{
    /// <summary>The text form.</summary>
    [Id(0)]
    public string Text { get; set; }
}

/// <summary>A <see cref="TensorDigest"/>.</summary>
[GenerateSerializer, Alias("digest")]
internal struct DigestSurrogate
{
    /// <summary>The upper 64 bits.</summary>
    [Id(0)]
    public ulong Upper { get; set; }

    /// <summary>The lower 64 bits.</summary>
    [Id(1)]
    public ulong Lower { get; set; }
}

/// <summary>A <see cref="Metric"/>.</summary>
[GenerateSerializer, Alias("metric")]
internal struct MetricSurrogate
{
    /// <summary>The metric's name.</summary>
    [Id(0)]
    public string Name { get; set; }

    /// <summary>The metric's value.</summary>
    [Id(1)]
    public double Value { get; set; }
}

/// <summary>A <see cref="CompressionPipeline"/>.</summary>
[GenerateSerializer, Alias("compression-pipeline")]
internal struct PipelineSurrogate
{
    /// <summary>The share of elements that is sent.</summary>
    [Id(0)]
    public double Fraction { get; set; }

    /// <summary>How values are written.</summary>
    [Id(1)]
    public int Values { get; set; }

    /// <summary>The number of centroids.</summary>
    [Id(2)]
    public int Clusters { get; set; }

    /// <summary>Bits a value.</summary>
    [Id(3)]
    public int Bits { get; set; }

    /// <summary>The level of zstd.</summary>
    [Id(4)]
    public int ZstdLevel { get; set; }
}

[RegisterConverter]
internal sealed class PipelineConverter : IConverter<CompressionPipeline, PipelineSurrogate>
{
    public CompressionPipeline ConvertFromSurrogate(in PipelineSurrogate surrogate) => new()
    {
        Fraction = surrogate.Fraction,
        Values = (ValueFormat)surrogate.Values,
        Clusters = surrogate.Clusters,
        Bits = surrogate.Bits,
        ZstdLevel = surrogate.ZstdLevel,
    };

    public PipelineSurrogate ConvertToSurrogate(in CompressionPipeline value) => new()
    {
        Fraction = value.Fraction,
        Values = (int)value.Values,
        Clusters = value.Clusters,
        Bits = value.Bits,
        ZstdLevel = value.ZstdLevel,
    };
}

[RegisterConverter]
internal sealed class FederationIdConverter : IConverter<FederationId, TextSurrogate>
{
    public FederationId ConvertFromSurrogate(in TextSurrogate surrogate) => new(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in FederationId value) => new() { Text = value.Value };
}

[RegisterConverter]
internal sealed class ExperimentIdConverter : IConverter<ExperimentId, TextSurrogate>
{
    public ExperimentId ConvertFromSurrogate(in TextSurrogate surrogate) => ExperimentId.Parse(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in ExperimentId value) => new() { Text = value.ToString() };
}

[RegisterConverter]
internal sealed class RoundIdConverter : IConverter<RoundId, TextSurrogate>
{
    public RoundId ConvertFromSurrogate(in TextSurrogate surrogate) => RoundId.Parse(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in RoundId value) => new() { Text = value.ToString() };
}

[RegisterConverter]
internal sealed class CollaboratorNameConverter : IConverter<CollaboratorName, TextSurrogate>
{
    public CollaboratorName ConvertFromSurrogate(in TextSurrogate surrogate) => new(surrogate.Text);

    public TextSurrogate ConvertToSurrogate(in CollaboratorName value) => new() { Text = value.Value };
}

[RegisterConverter]
internal sealed class DigestConverter : IConverter<TensorDigest, DigestSurrogate>
{
    public TensorDigest ConvertFromSurrogate(in DigestSurrogate surrogate) => new(new UInt128(surrogate.Upper, surrogate.Lower));

    public DigestSurrogate ConvertToSurrogate(in TensorDigest value) =>
        new() { Upper = (ulong)(value.Value >> 64), Lower = (ulong)value.Value };
}

[RegisterConverter]
internal sealed class MetricConverter : IConverter<Metric, MetricSurrogate>
{
    public Metric ConvertFromSurrogate(in MetricSurrogate surrogate) => new(surrogate.Name, surrogate.Value);

    public MetricSurrogate ConvertToSurrogate(in Metric value) => new() { Name = value.Name, Value = value.Value };
}
