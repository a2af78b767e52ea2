namespace Actors.Contracts.Plans;

/// <summary>The settings of the templates that this version brings.</summary>
internal static class SectionSettings
{
    public const string OneCertificate = "single_col_cert_common_name";

    private const double LeastPositive = 1e-12;
    private const double SmallestShare = 1e-5;
    private const double MostDecay = 0.999999;

    // Where the original compresses with gzip.
    private static readonly IReadOnlyList<Setting> Packed =
    [
        Setting.Whole("zstd_level", minimum: 0, maximum: 22, value: 3),
        Setting.Anything("data_type"),
    ];

    public static readonly IReadOnlyList<Setting> Aggregator =
    [
        Setting.WorkspacePath("init_state_path").Required(),
        Setting.WorkspacePath("best_state_path").Required(),
        Setting.WorkspacePath("last_state_path").Required(),
        Setting.Whole("rounds_to_train", minimum: 1, maximum: 1_000_000, value: 256),
        Setting.Whole("db_store_rounds", value: 1),
        Setting.Flag("write_logs", false),
        Setting.Map("best_metric", Setting.Text("task"), Setting.Text("metric"), Setting.Choice("goal", "higher", "lower")),
        Setting.Map("log_metric_callback"),
        Setting.Anything(OneCertificate),
    ];

    public static readonly IReadOnlyList<Setting> Collaborator =
    [
        Setting.Choice("opt_treatment", "RESET", "CONTINUE_LOCAL", "CONTINUE_GLOBAL"),
        Setting.Flag("delta_updates", false),
        Setting.Whole("db_store_rounds", value: 1),
        Setting.Choice("device_assignment_policy", "CPU_ONLY", "CUDA_PREFERRED"),
        Setting.Texts("local_tensors"),
        Setting.Anything("epochs_per_round"),
        Setting.Anything("polling_interval"),
    ];

    public static readonly IReadOnlyList<Setting> Network =
    [
        new HostSetting("agg_addr"),
        new PortSetting("agg_port"),
        Setting.Flag("tls", true),
        Setting.Flag("use_tls", true),
        Setting.Flag("disable_client_auth", false),
        Setting.Flag("require_client_auth", true),
        Setting.Choice("minimum_tls", "1.3", "1.2"),
        Setting.Flag("require_extended_key_usage", true),
        Setting.Number("client_reconnect_interval", 0.1, 3600, 5),
        Setting.Number("lease_seconds", 1, 86400, 60),
        Setting.WorkspacePath("cert_folder", "cert"),
        Setting.Anything("hash_salt"),
        Setting.Anything(OneCertificate),
    ];

    public static readonly IReadOnlyList<Setting> RandomGroups =
    [
        Setting.Maps("task_groups", Setting.Text("name").Required(), Setting.Fraction("percentage").Required(), Setting.Texts("tasks").Required()).Required(),
        Setting.Whole("seed", value: 0),
    ];

    public static readonly IReadOnlyList<Setting> StaticGroups =
    [
        Setting.Maps("task_groups", Setting.Text("name").Required(), Setting.Texts("collaborators").Required(), Setting.Texts("tasks").Required()).Required(),
        Setting.Whole("seed", value: 0),
    ];

    public static readonly IReadOnlyList<Setting> Fraction =
    [
        Setting.Maps("task_groups", Setting.Text("name").Required(), Setting.Texts("tasks").Required()).Required(),
        Setting.Fraction("fraction", 1),
        Setting.Number("over_selection", minimum: 1, maximum: 100, value: 1),
        Setting.Whole("seed", value: 0),
    ];

    public static readonly IReadOnlyList<Setting> CutoffTime =
    [
        Setting.Number("straggler_cutoff_time", minimum: 0, value: double.PositiveInfinity),
        Setting.Whole("minimum_reporting", minimum: 1, value: 1),
        Setting.Whole("retries", minimum: 0, value: 2),
        Setting.Anything("round_start_time"),
    ];

    public static readonly IReadOnlyList<Setting> Async =
    [
        Setting.Whole("buffer_size", minimum: 1, value: 10),
        Setting.Whole("maximum_staleness", minimum: 0, value: 10),
        Setting.Number("staleness_exponent", minimum: 0, value: 0.5),
    ];

    public static readonly IReadOnlyList<Setting> Adaptive =
    [
        Setting.Whole("minimum_reporting", minimum: 1, value: 1),
        Setting.Number("deviations", minimum: 0, value: 3),
        Setting.Number("floor_seconds", minimum: 0, value: 0),
        Setting.Number("ceiling_seconds", minimum: 0, value: double.PositiveInfinity),
        Setting.Whole("retries", minimum: 0, value: 2),
    ];

    public static readonly IReadOnlyList<Setting> Percentage =
    [
        Setting.Fraction("percent_collaborators_needed", 1),
        Setting.Whole("minimum_reporting", minimum: 1, value: 1),
    ];

    public static readonly IReadOnlyList<Setting> Zstd =
    [
        Setting.Whole("level", minimum: 1, maximum: 22, value: 3),
    ];

    public static readonly IReadOnlyList<Setting> Rounded =
    [
        Setting.Whole("zstd_level", minimum: 0, maximum: 22, value: 0),
    ];

    public static readonly IReadOnlyList<Setting> Eden =
    [
        Setting.Whole("n_bits", minimum: 1, maximum: 8, value: 8),
        Setting.Anything("dim_threshold"),
        Setting.Anything("device"),
        .. Rounded,
    ];

    public static readonly IReadOnlyList<Setting> TopK =
    [
        Setting.Number("fraction", minimum: SmallestShare, maximum: 1, value: 0.1),
        .. Rounded,
    ];

    public static readonly IReadOnlyList<Setting> Stc =
    [
        Setting.Number("p_sparsity", minimum: SmallestShare, maximum: 1, value: 0.1),
        Setting.Anything("n_clusters"),
        .. Packed,
    ];

    public static readonly IReadOnlyList<Setting> Kc =
    [
        Setting.Whole("n_clusters", minimum: 2, maximum: 256, value: 6),
        Setting.Anything("p_sparsity"),
        .. Packed,
    ];

    public static readonly IReadOnlyList<Setting> Skc =
    [
        Setting.Whole("n_clusters", minimum: 2, maximum: 256, value: 6),
        Setting.Number("p_sparsity", minimum: SmallestShare, maximum: 1, value: 0.1),
        .. Packed,
    ];

    public static readonly IReadOnlyList<Setting> Pipeline =
    [
        Setting.Choice("values", "float32", "float16", "bfloat16", "int8", "int4", "ternary", "k_means", "eden"),
        Setting.Number("fraction", minimum: SmallestShare, maximum: 1, value: 1),
        Setting.Whole("n_clusters", minimum: 2, maximum: 256, value: 6),
        Setting.Whole("n_bits", minimum: 1, maximum: 8, value: 8),
        .. Rounded,
    ];

    public static readonly IReadOnlyList<Setting> TrimmedMean =
    [
        Setting.Number("trim_fraction", minimum: 0, maximum: 0.499, value: 0.1),
    ];

    public static readonly IReadOnlyList<Setting> BoundedAverage =
    [
        Setting.Number("norm_multiplier", minimum: 1, value: 3),
        Setting.Number("leave_out_multiplier", minimum: 1, value: 10),
    ];

    public static readonly IReadOnlyList<Setting> NormBounded =
    [
        Setting.Number("bound", minimum: LeastPositive).Required(),
    ];

    public static readonly IReadOnlyList<Setting> GeometricMedian =
    [
        Setting.Number("smoothing", minimum: LeastPositive, value: 1e-6),
        Setting.Whole("maximum_iterations", minimum: 1, maximum: 1_000_000, value: 100),
        Setting.Number("tolerance", minimum: 0, maximum: 1, value: 1e-10),
    ];

    // Left out, it is the most that the round's number of updates bears.
    public static readonly IReadOnlyList<Setting> Krum =
    [
        Setting.Whole("byzantine_collaborators", minimum: 0),
    ];

    public static readonly IReadOnlyList<Setting> MultiKrum =
    [
        .. Krum,
        Setting.Whole("selected_collaborators", minimum: 1),
    ];

    public static readonly IReadOnlyList<Setting> FedAvgM =
    [
        Setting.Number("learning_rate", minimum: LeastPositive, value: 1),
        Setting.Number("beta_1", minimum: 0, maximum: MostDecay, value: 0.9),
        .. BoundedAverage,
    ];

    public static readonly IReadOnlyList<Setting> FedAdagrad =
    [
        Setting.Number("learning_rate", minimum: LeastPositive, value: 0.01),
        Setting.Number("beta_1", minimum: 0, maximum: MostDecay, value: 0),
        Setting.Number("epsilon", minimum: LeastPositive, value: 1e-3),
        Setting.Number("initial_accumulator_value", minimum: 0),
        .. BoundedAverage,
    ];

    public static readonly IReadOnlyList<Setting> FedAdam =
    [
        Setting.Number("learning_rate", minimum: LeastPositive, value: 0.01),
        Setting.Number("beta_1", minimum: 0, maximum: MostDecay, value: 0.9),
        Setting.Number("beta_2", minimum: 0, maximum: MostDecay, value: 0.99),
        Setting.Number("epsilon", minimum: LeastPositive, value: 1e-3),
        Setting.Number("initial_accumulator_value", minimum: 0),
        .. BoundedAverage,
    ];

    public static readonly IReadOnlyList<Setting> Scaffold =
    [
        Setting.Number("learning_rate", minimum: LeastPositive, value: 1),
        .. BoundedAverage,
    ];

    public static readonly IReadOnlyList<Setting> FedCurv =
    [
        Setting.Number("importance", minimum: LeastPositive, value: 1),
        Setting.Whole("fisher_samples", minimum: 1, maximum: int.MaxValue, value: 1000),
        .. BoundedAverage,
    ];

    /// <summary>What a task may say beside its name.</summary>
    public static readonly IReadOnlyList<Setting> Task =
    [
        new TextSetting("function", null) { Noun = "the name of a method of the task runner" }.Required(),
        Setting.Map("kwargs"),
        Setting.Map("aggregation_type"),
    ];

    /// <summary>The keyword arguments that mean the same for every task function.</summary>
    public static readonly IReadOnlyList<Setting> CommonArguments =
    [
        Setting.Choice("apply", "global", "local"),
        Setting.Texts("metrics"),
    ];
}
