using Actors.Contracts.Plans;
using Actors.Learning;
using Actors.Learning.Settings;

namespace Actors.Cli.Plans.Tests;

public sealed class ConstructorSettingsTests
{
    [Fact]
    public void Check_WhatFits_IsSilent() => Assert.Equal([], Problems("batch_size: 4\n    shuffle: true"));

    [Fact]
    public void Check_WhatDoesNotFit_IsSaidWithItsLine()
    {
        var problems = Problems("batch_size: many\n    shufle: true");
        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("batch_size: expected a whole number", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("the nearest is shuffle", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_RequiredIsMissing_IsSaid() => Assert.Contains("batch_size: missing", Assert.Single(Problems("shuffle: true")), StringComparison.Ordinal);

    private static List<string> Problems(string settings)
    {
        var problems = new PlanProblems();
        var document = PlanDocument.Parse($"data_loader:\n  settings:\n    {settings}\n", _ => null, problems)!;
        var section = (PlanValue.Map)((PlanValue.Map)document.Root.Find("data_loader")!).Find("settings")!;
        ConstructorSettings.Check(typeof(Loader), new PlanSettings(section, []), problems);
        return [.. problems.Select(problem => problem.Message)];
    }

    private sealed class Loader(string dataPath, int batchSize) : DataLoader
    {
        [PlanSetting]
        public bool Shuffle { get; set; }

        public override long TrainSampleCount => dataPath.Length;

        public override long ValidationSampleCount => batchSize;
    }
}
