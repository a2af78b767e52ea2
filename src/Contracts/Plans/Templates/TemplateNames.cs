namespace Actors.Contracts.Plans;

/// <summary>
/// The templates a plan can choose from, by kind. A new rule, assigner, policy or pipeline is one more line in a list
/// below; a program with its own adds them by <see cref="With"/>.
/// </summary>
public sealed class TemplateNames
{
    private const string Functions = "openfl.interface.aggregation_functions";
    private const string Stragglers = "openfl.component.straggler_handling_functions";
    private const string LaterStragglers = "openfl.component.aggregator.straggler_handling";

    private readonly Dictionary<TemplateKind, IReadOnlyList<TemplateName>> _names;

    private TemplateNames(Dictionary<TemplateKind, IReadOnlyList<TemplateName>> names) => _names = names;

    /// <summary>The templates this version brings. The first of a kind stands for a section, or an <c>aggregation_type</c>, that is absent.</summary>
    public static TemplateNames BuiltIn { get; } = new(new Dictionary<TemplateKind, IReadOnlyList<TemplateName>>
    {
        [TemplateKind.Aggregator] =
        [
            new("aggregator", SectionSettings.Aggregator, "openfl.component.Aggregator", "openfl.component.aggregator.Aggregator"),
        ],
        [TemplateKind.Collaborator] =
        [
            new("collaborator", SectionSettings.Collaborator, "openfl.component.Collaborator", "openfl.component.collaborator.Collaborator"),
        ],
        [TemplateKind.Network] =
        [
            new("network", SectionSettings.Network, "openfl.federation.Network"),
        ],
        [TemplateKind.Assigner] =
        [
            new("random_grouped", SectionSettings.RandomGroups, Spellings("openfl.component", "assigner", "random_grouped_assigner", "RandomGroupedAssigner")),
            new("static_grouped", SectionSettings.StaticGroups, Spellings("openfl.component", "assigner", "static_grouped_assigner", "StaticGroupedAssigner")),
            new("fraction", SectionSettings.Fraction),
        ],
        [TemplateKind.StragglerPolicy] =
        [
            new("wait_all", [], $"{LaterStragglers}.WaitForAllPolicy"),
            new("cutoff_time", SectionSettings.CutoffTime, $"{Stragglers}.CutoffTimeBasedStragglerHandling", $"{LaterStragglers}.CutoffTimePolicy"),
            new("percentage", SectionSettings.Percentage, $"{Stragglers}.PercentageBasedStragglerHandling", $"{LaterStragglers}.PercentagePolicy"),
            new("adaptive", SectionSettings.Adaptive),
            new("async", SectionSettings.Async),
        ],
        [TemplateKind.CompressionPipeline] =
        [
            new("none", [], Spellings("openfl", "pipelines", "no_compression_pipeline", "NoCompressionPipeline")),
            new("zstd", SectionSettings.Zstd),
            new("float16", SectionSettings.Rounded),
            new("bfloat16", SectionSettings.Rounded),
            new("int8", SectionSettings.Rounded),
            new("int4", SectionSettings.Rounded),
            new("eden", SectionSettings.Eden, Spellings("openfl", "pipelines", "eden_pipeline", "EdenPipeline")),
            new("top_k", SectionSettings.TopK),
            new("stc", SectionSettings.Stc, Spellings("openfl", "pipelines", "stc_pipeline", "STCPipeline")),
            new("kc", SectionSettings.Kc, Spellings("openfl", "pipelines", "kc_pipeline", "KCPipeline")),
            new("skc", SectionSettings.Skc, Spellings("openfl", "pipelines", "skc_pipeline", "SKCPipeline")),
            new("pipeline", SectionSettings.Pipeline),
        ],
        [TemplateKind.AggregationRule] =
        [
            new("bounded_average", SectionSettings.BoundedAverage),
            new("weighted_average", [], Function("weighted_average", "WeightedAverage")),
            new("median", [], Function("median", "Median")),
            new("trimmed_mean", SectionSettings.TrimmedMean),
            new("norm_bounded", SectionSettings.NormBounded),
            new("geometric_median", SectionSettings.GeometricMedian, Function("geometric_median", "GeometricMedian")),
            new("krum", SectionSettings.Krum),
            new("multi_krum", SectionSettings.MultiKrum),
            new("fed_avg_m", SectionSettings.FedAvgM),
            new("fed_adagrad", SectionSettings.FedAdagrad, Function("adagrad_adaptive_aggregation", "AdagradAdaptiveAggregation")),
            new("fed_adam", SectionSettings.FedAdam, Function("adam_adaptive_aggregation", "AdamAdaptiveAggregation")),
            new("fed_yogi", SectionSettings.FedAdam, Function("yogi_adaptive_aggregation", "YogiAdaptiveAggregation")),
            new(TaskPlan.Scaffold, SectionSettings.Scaffold),
            new(TaskPlan.FedCurv, SectionSettings.FedCurv, Function("fedcurv_weighted_average", "FedCurvWeightedAverage")),
        ],
    });

    /// <summary>The templates of a kind; the first is the one an absent section means.</summary>
    public IReadOnlyList<TemplateName> Of(TemplateKind kind) => _names[kind];

    /// <summary>The template that a plan's spelling means; null when none does. Upper and lower case are told apart.</summary>
    public TemplateName? Find(TemplateKind kind, string template) => Of(kind).FirstOrDefault(name => name.IsSpelled(template));

    /// <summary>These names and one more.</summary>
    /// <exception cref="ArgumentException">The name or one of its aliases is taken.</exception>
    public TemplateNames With(TemplateKind kind, TemplateName template)
    {
        ArgumentNullException.ThrowIfNull(template);
        string[] spellings = [template.Name, .. template.Aliases];
        if (spellings.FirstOrDefault(spelling => Find(kind, spelling) is not null) is { } taken)
        {
            throw new ArgumentException($"{kind} {taken} is taken; give the template another name.", nameof(template));
        }

        return new TemplateNames(new Dictionary<TemplateKind, IReadOnlyList<TemplateName>>(_names) { [kind] = [.. Of(kind), template] });
    }

    private static string[] Function(string module, string type) => [$"{Functions}.{type}", $"{Functions}.{module}.{type}"];

    // Python exports a class from its package, its sub-package and its module alike.
    private static string[] Spellings(string package, string part, string module, string type) =>
        [$"{package}.{type}", $"{package}.{part}.{type}", $"{package}.{part}.{module}.{type}"];
}
