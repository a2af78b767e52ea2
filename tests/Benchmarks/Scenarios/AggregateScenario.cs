using System.Text.Json.Nodes;

namespace Actors.Benchmarks.Scenarios;

/// <summary>How fast updates become a model, against the memory they are read from.</summary>
internal sealed class AggregateScenario : IScenario
{
    public string Name => "aggregate";

    public Task<JsonObject> RunAsync(ScenarioRun run) => Task.FromResult(new JsonObject { ["cases"] = new JsonArray() });
}
