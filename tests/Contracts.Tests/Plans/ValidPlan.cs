namespace Actors.Contracts.Plans.Tests;

/// <summary>A valid plan, so that a test shows only what differs from it; lines are counted from the first key.</summary>
internal static class ValidPlan
{
    public const string Yaml =
        """
        aggregator:
          template: openfl.component.Aggregator
          settings:
            init_state_path: save/init.bin
            best_state_path: save/best.bin
            last_state_path: save/last.bin
            rounds_to_train: 3
        collaborator:
          template: openfl.component.Collaborator
          settings:
            opt_treatment: RESET
        data_loader:
          template: src.ShardLoader
          settings:
            batch_size: 64
        task_runner:
          template: src.Runner
        network:
          settings:
            agg_addr: aggregator.example.org
            agg_port: 50051
            tls: true
        assigner:
          template: random_grouped
          settings:
            task_groups:
              - name: all
                percentage: 1.0
                tasks: [validate_global, train]
        tasks:
          validate_global:
            function: validate
            kwargs: {apply: global, metrics: [acc]}
          train:
            function: train_task
            kwargs:
              epochs: 1

        """;

    /// <summary>The valid plan with one piece of its text replaced.</summary>
    public static string With(string old, string replacement)
    {
        Assert.Contains(old, Yaml, StringComparison.Ordinal);
        return Yaml.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>The valid plan with more text at its end.</summary>
    public static string And(string more) => Yaml + more;

    /// <summary>Reads a plan that must be valid.</summary>
    public static Plan Read(string yaml, Func<string, string?>? readDefaults = null)
    {
        var result = new PlanReader().Read(yaml, readDefaults);
        Assert.Equal("", result.Problems.ToText());
        return result.Plan!;
    }

    /// <summary>What is wrong with a plan, as a person reads it.</summary>
    public static string ProblemsOf(string yaml, IWorkspaceCatalogue? catalogue = null) => new PlanReader(catalogue).Read(yaml).Problems.ToText();
}
