using System.Text.Json.Nodes;

using Actors.Benchmarks.Learning;

namespace Actors.Benchmarks.Scenarios;

/// <summary>Whether federations learn what they should: on Fashion-MNIST, against tables, against training in one place, and under attack.</summary>
internal sealed class LearningScenario : IScenario
{
    private static readonly ILearningPart[] Parts = [new OriginalPart(), new SpeedupsPart(), new NonIidPart(), new AttackPart(), new CodecsPart()];

    public string Name => "learning";

    public async Task<JsonObject> RunAsync(ScenarioRun run)
    {
        using var train = ImageSet.FashionMnist("train");
        using var test = ImageSet.FashionMnist("t10k");
        var figures = new JsonObject();
        var names = run.Only?.Split(',') ?? [.. Parts.Select(part => part.Name)];
        foreach (var part in Parts.Where(part => names.Any(name => LearningRun.IsIn(part.Name, name))))
        {
            ScenarioRun.Say($"learning: {part.Name}");
            var size = run.IsQuick ? LearningSize.Quick : LearningSize.Full;
            await part.RunAsync(new(train, test, size, run.Folder) { Names = names }, figures);
        }

        return figures;
    }
}
