using Actors.Contracts.Plans;

namespace Actors.Experiments.Running;

/// <summary>The plan of an experiment in one process.</summary>
internal static class LocalPlan
{
    /// <summary>The plan that stands where nothing else is said.</summary>
    public const string Default = """
        aggregator:
          template: aggregator
          settings:
            init_state_path: save/init.pbuf
            best_state_path: save/best.pbuf
            last_state_path: save/last.pbuf
            rounds_to_train: 10
            db_store_rounds: 2
            write_logs: false

        collaborator:
          template: collaborator
          settings:
            delta_updates: false
            opt_treatment: RESET

        data_loader:
          template: FederatedDataset
          settings:
            batch_size: 32

        task_runner:
          template: FederatedModel
          settings:
            seed: 0
            proximal_mu: 0

        network:
          template: network
          settings:
            agg_addr: localhost
            agg_port: auto

        assigner:
          template: random_grouped
          settings:
            seed: 0
            task_groups:
              - name: train_and_validate
                percentage: 1.0
                tasks: [aggregated_model_validation, train, locally_tuned_model_validation]

        tasks:
          aggregated_model_validation:
            function: validate_task
            kwargs:
              apply: global
              metrics: [accuracy, loss]
          train:
            function: train_task
            kwargs:
              metrics: [loss]
              epochs: 1
          locally_tuned_model_validation:
            function: validate_task
            kwargs:
              apply: local
              metrics: [accuracy, loss]

        compression_pipeline:
          template: none

        straggler_handling_policy:
          template: wait_all
        """;

    /// <summary>Reads the plan with values in its place.</summary>
    /// <param name="overrides">Values by key.</param>
    /// <param name="catalogue">What the plan may name.</param>
    /// <exception cref="PlanException">It cannot run; every problem is named.</exception>
    public static Plan With(IDictionary<string, object?> overrides, ExperimentCatalogue catalogue)
    {
        var (plan, problems) = new PlanReader(catalogue).Read(Default, overrides: overrides.AsReadOnly());
        if (plan is null)
        {
            throw new PlanException([.. problems.Select(problem => problem.ToString())]);
        }

        return plan.Network.AggregatorAddress is LocalAuthority.Host
            ? plan
            : throw new PlanException(
            [
                $"network.settings.agg_addr: \"{plan.Network.AggregatorAddress ?? "auto"}\" is not where an experiment in one process listens; "
                + $"leave it {LocalAuthority.Host}.",
            ]);
    }
}
