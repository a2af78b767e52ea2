using System.Text.Json.Nodes;

namespace Actors.Benchmarks.Learning;

/// <summary>One claim about learning, with what shows it.</summary>
internal interface ILearningPart
{
    /// <summary>The name for <c>--only</c>, and the key of its figures.</summary>
    string Name { get; }

    /// <summary>Trains, and adds figures under its name.</summary>
    Task RunAsync(LearningRun run, JsonObject figures);
}
