using System.Globalization;
using System.Text;

using Actors.Simulation.Silo;

namespace Actors.Simulation.Scenarios;

/// <summary>A failing run for a person: its trace, and a test to paste.</summary>
internal static class Regression
{
    public static string Describe(Failing failing, Mutation mutation = Mutation.None)
    {
        var trace = new List<string>();
        var run = Run.Of(failing.Scenario, failing.Faults, mutation, trace);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{run.Violation?.Invariant}: {run.Violation?.Message}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{failing.Scenario}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Shortest trace, {failing.Faults.Count} faults:");
        trace.ForEach(line => text.AppendLine(line));
        return text.AppendLine().Append(Test(failing)).ToString();
    }

    /// <summary>The run as a test; it belongs in the Regressions class of the tests.</summary>
    public static string Test(Failing failing)
    {
        var (scenario, seed) = (failing.Scenario, failing.Scenario.Seed);
        var faults = string.Join("\n", failing.Faults.Select(fault => $"            new(FaultKind.{fault.Kind}, {fault.Occasion}),"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
                [Fact]
                public void Seed_{{seed}}_{{failing.Run.Violation?.Invariant}}() => Holds(
                    Scenario.{{(scenario.Policy == "async" ? "AsyncOf" : "Of")}}({{seed}}) with { Collaborators = {{scenario.Collaborators}}, Rounds = {{scenario.Rounds}}, HasValidators = {{(scenario.HasValidators ? "true" : "false")}} },
                    [
            {{faults}}
                    ]);

            """);
    }
}
