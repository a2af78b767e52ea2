using System.Text.Json;
using System.Text.Json.Serialization;

using Actors.Cli.Composition;
using Actors.Silo;

namespace Actors.Cli.Aggregator;

/// <summary>What an experiment came to; its JSON form is what <c>fx aggregator start --json</c> writes.</summary>
/// <param name="Experiment">Its name, with the federation's before it.</param>
/// <param name="Lifecycle">Where it is in its life, lower-case.</param>
/// <param name="Rounds">The rounds that were closed.</param>
/// <param name="Model">The model files; null before the first round was closed, and of an evaluation.</param>
internal sealed record ExperimentSummary(string Experiment, string Lifecycle, IReadOnlyList<RoundLine> Rounds, SavedModels? Model)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Looks at what the process left.</summary>
    public static ExperimentSummary Of(ExperimentEnding ending, AggregatorOptions options) => new(
        options.Experiment.ToString(),
        ending.Lifecycle.ToString().ToLowerInvariant(),
        RoundLine.ReadAll(options.Files.Metrics),
        SavedModel.At(options.Files.LastModel) is { } last ? new(last, SavedModel.At(options.Files.BestModel)) : null);

    /// <summary>The JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
