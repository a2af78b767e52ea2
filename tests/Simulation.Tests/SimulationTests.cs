using Actors.Simulation.Scenarios;

namespace Actors.Simulation.Tests;

public class SimulationTests
{
    [Fact]
    public void All_invariants_hold_for_a_few_hundred_seeds()
    {
        for (var seed = 1UL; seed <= 500; seed++)
        {
            Regressions.Holds(Scenario.Of(seed), Run.Of(Scenario.Of(seed)));
        }
    }

    [Fact]
    public void All_invariants_hold_for_a_few_hundred_seeds_with_asynchronous_rounds()
    {
        for (var seed = 1UL; seed <= 300; seed++)
        {
            Regressions.Holds(Scenario.AsyncOf(seed), Run.Of(Scenario.AsyncOf(seed)));
        }
    }

    [Fact]
    public void A_seed_replays_step_by_step()
    {
        var scenario = Scenario.Of(7);
        var (first, second) = (Run.Of(scenario), Run.Of(scenario));
        Assert.Equal(first.Steps, second.Steps);
        Assert.Equal(first.Faults, second.Faults);
    }

    [Fact]
    public void The_faults_of_a_run_replay_it_from_their_list()
    {
        var scenario = Scenario.Of(7);
        var run = Run.Of(scenario);
        List<string> trace = [];
        var replayed = Run.Of(scenario, run.Faults, trace: trace);
        Assert.Equal(run.Steps, replayed.Steps);
        Assert.NotEmpty(trace);
    }

    [Fact]
    public void Without_faults_every_scenario_ends()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            Assert.Null(Run.Of(Scenario.Of(seed), []).Violation);
            Assert.Null(Run.Of(Scenario.AsyncOf(seed), []).Violation);
        }
    }
}
