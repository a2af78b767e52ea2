using Actors.Contracts.Compression;

namespace Actors.Contracts.Plans.Tests;

public class CompressionPlanTests
{
    public static TheoryData<string, CompressionPipeline> Sections => new()
    {
        { "", CompressionPipeline.None },
        { "{template: openfl.pipelines.NoCompressionPipeline}", CompressionPipeline.None },
        { "{template: zstd}", new() { ZstdLevel = 3 } },
        { "{template: float16}", new() { Values = ValueFormat.Float16 } },
        { "{template: bfloat16}", new() { Values = ValueFormat.BFloat16 } },
        { "{template: int8, settings: {zstd_level: 9}}", new() { Values = ValueFormat.Int8, ZstdLevel = 9 } },
        { "{template: int4}", new() { Values = ValueFormat.Int4 } },
        { "{template: top_k, settings: {fraction: 0.25}}", new() { Fraction = 0.25 } },
        { "{template: openfl.pipelines.EdenPipeline, settings: {n_bits: 4, dim_threshold: 100, device: cpu}}", new() { Values = ValueFormat.Eden, Bits = 4 } },
        { "{template: openfl.pipelines.STCPipeline, settings: {p_sparsity: 0.3, n_clusters: 6}}", new() { Values = ValueFormat.Ternary, Fraction = 0.3, ZstdLevel = 3 } },
        { "{template: openfl.pipelines.KCPipeline, settings: {p_sparsity: 0.3, n_clusters: 7}}", new() { Values = ValueFormat.KMeans, Clusters = 7, ZstdLevel = 3 } },
        { "{template: openfl.pipelines.SKCPipeline}", new() { Values = ValueFormat.KMeans, Clusters = 6, Fraction = 0.1, ZstdLevel = 3 } },
        { "{template: pipeline, settings: {values: k_means, fraction: 0.5, n_clusters: 16, zstd_level: 1}}", new() { Values = ValueFormat.KMeans, Fraction = 0.5, Clusters = 16, ZstdLevel = 1 } },
        { "{template: pipeline, settings: {values: bfloat16}}", new() { Values = ValueFormat.BFloat16 } },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Section_ComesToItsPipeline(string section, CompressionPipeline expected)
    {
        var deltas = ValidPlan.With("opt_treatment: RESET", "delta_updates: true");
        var plan = ValidPlan.Read(deltas + $"compression_pipeline: {section}\n");
        Assert.Equal(expected, plan.Compression.Pipeline);
        Assert.Null(plan.Compression.Pipeline.Problem());
        Assert.True(plan.Collaborator.DeltaUpdates);
    }
}
