using Actors.Contracts.Compression;

namespace Actors.Contracts.Plans;

/// <summary>The plan's <c>compression_pipeline</c> section.</summary>
/// <param name="Template">Our name of the pipeline. Default: <c>none</c>.</param>
/// <param name="Settings">The pipeline's settings.</param>
public sealed record CompressionPlan(string Template, PlanSettings Settings)
{
    /// <summary>What the section comes to.</summary>
    /// <exception cref="InvalidOperationException">The template is none of this version's.</exception>
    public CompressionPipeline Pipeline => Template switch
    {
        "none" => CompressionPipeline.None,
        "zstd" => new() { ZstdLevel = (int)Settings.Whole("level") },
        "float16" => Encoded(ValueFormat.Float16),
        "bfloat16" => Encoded(ValueFormat.BFloat16),
        "int8" => Encoded(ValueFormat.Int8),
        "int4" => Encoded(ValueFormat.Int4),
        "eden" => Encoded(ValueFormat.Eden) with { Bits = (int)Settings.Whole("n_bits") },
        "top_k" => Encoded(ValueFormat.Float32) with { Fraction = Settings.Number("fraction") },
        "stc" => Encoded(ValueFormat.Ternary) with { Fraction = Settings.Number("p_sparsity") },
        "kc" => Encoded(ValueFormat.KMeans) with { Clusters = (int)Settings.Whole("n_clusters") },
        "skc" => Encoded(ValueFormat.KMeans) with { Clusters = (int)Settings.Whole("n_clusters"), Fraction = Settings.Number("p_sparsity") },
        "pipeline" => Encoded(Enum.Parse<ValueFormat>(Settings.Text("values").Replace("_", "", StringComparison.Ordinal), ignoreCase: true)) with
        {
            Fraction = Settings.Number("fraction"),
            Clusters = (int)Settings.Whole("n_clusters"),
            Bits = (int)Settings.Whole("n_bits"),
        },
        _ => throw new InvalidOperationException($"The compression pipeline {Template} is not in this version. Choose another in the plan."),
    };

    private CompressionPipeline Encoded(ValueFormat values) => new() { Values = values, ZstdLevel = (int)Settings.Whole("zstd_level") };
}
