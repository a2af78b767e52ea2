namespace Actors.Contracts.Plans.Tests;

public sealed class PlanFreezerTests : IDisposable
{
    private readonly TemporaryWorkspace _workspace = new();
    private readonly PlanReader _reader = new();

    [Fact]
    public void Freeze_WritesTheMergedPlanUnderItsHash()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);

        var frozen = PlanFreezer.Freeze(_workspace.Folder, plan);

        Assert.Equal($"plan/plan_{plan.Hash.Short}.yaml", frozen.Path);
        Assert.Equal(plan.Hash, ValidPlan.Read(_workspace.Read(frozen.Path)).Hash);
        Assert.Equal(frozen, FrozenPlan.Find(_workspace.Folder));
        Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, "plan")));
    }

    [Fact]
    public void Freeze_CopyIsReadableByTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var frozen = PlanFreezer.Freeze(_workspace.Folder, ValidPlan.Read(ValidPlan.Yaml));

        Assert.Equal(UnixFileMode.UserRead, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(_workspace.Folder, frozen.Path)));
    }

    [Fact]
    public void Freeze_Again_LeavesTheCopyAsItIs()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);
        var first = PlanFreezer.Freeze(_workspace.Folder, plan);

        Assert.Equal(first, PlanFreezer.Freeze(_workspace.Folder, plan));
    }

    [Fact]
    public void Freeze_UnresolvedPlan_Throws() => Assert.Throws<ArgumentException>(
        () => PlanFreezer.Freeze(_workspace.Folder, ValidPlan.Read(ValidPlan.With("agg_port: 50051", "agg_port: auto"))));

    [Fact]
    public void Read_NothingFrozen_RunsPlanYaml()
    {
        _workspace.Write("plan/plan.yaml", ValidPlan.Yaml);

        var running = RunningPlan.Read(_workspace.Folder, _reader);

        Assert.True(running.Result.IsValid);
        Assert.Equal((null, null), (running.Frozen, running.Difference));
    }

    [Fact]
    public void Read_PlanChangedAfterFreezing_RunsTheFrozenCopyAndSaysSo()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);
        PlanFreezer.Freeze(_workspace.Folder, plan);
        _workspace.Write("plan/plan.yaml", ValidPlan.With("rounds_to_train: 3", "rounds_to_train: 9"));

        var running = RunningPlan.Read(_workspace.Folder, _reader);

        Assert.Equal(plan.Hash, running.Result.Plan!.Hash);
        Assert.Equal("aggregator.settings.rounds_to_train is 9 here and 3 there", running.Difference!.ToString());
    }

    [Fact]
    public void Read_FrozenCopyThatWasChanged_IsRefused()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);
        _workspace.Write("plan/plan_0123abcd.yaml", ValidPlan.Yaml);

        var running = RunningPlan.Read(_workspace.Folder, _reader);

        Assert.Equal(
            $"plan/plan_0123abcd.yaml: was changed after it was frozen, its hash begins with {plan.Hash.Short}; delete it and freeze the plan again.",
            running.Result.Problems.ToText());
    }

    [Fact]
    public void Read_SeveralFrozenCopies_RunsTheOneThatPlanYamlSays()
    {
        var other = PlanFreezer.Freeze(_workspace.Folder, ValidPlan.Read(ValidPlan.With("rounds_to_train: 3", "rounds_to_train: 9")));
        var frozen = PlanFreezer.Freeze(_workspace.Folder, ValidPlan.Read(ValidPlan.Yaml));
        _workspace.Write("plan/plan.yaml", ValidPlan.Yaml);

        Assert.Equal(frozen, RunningPlan.Read(_workspace.Folder, _reader).Frozen);

        _workspace.Write("plan/plan.yaml", ValidPlan.With("rounds_to_train: 3", "rounds_to_train: 4"));
        var problem = Assert.Single(RunningPlan.Read(_workspace.Folder, _reader).Result.Problems).ToString();
        Assert.Contains(other.Path, problem, StringComparison.Ordinal);
        Assert.EndsWith("delete those that are not meant to run.", problem, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
