using System.Text.Json.Nodes;

namespace Actors.Benchmarks.Scenarios;

/// <summary>One question about what we built, answered in figures.</summary>
internal interface IScenario
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures. The answer of a data plane's scenario has an array <c>cases</c>, each an object of its own.</summary>
    Task<JsonObject> RunAsync(ScenarioRun run);
}
