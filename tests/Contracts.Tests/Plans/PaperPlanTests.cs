namespace Actors.Contracts.Plans.Tests;

/// <summary>A plan in the manner of the OpenFL paper's Fig. 4: random collaborators only validate, the others train too.</summary>
public class PaperPlanTests
{
    private const string Yaml =
        """
        # The federation's plan; all parties have agreed on it.
        aggregator :
          defaults : plan/defaults/aggregator.yaml
          template : openfl.component.Aggregator
          settings :
            init_state_path : save/histology_init.pbuf
            best_state_path : save/histology_best.pbuf
            last_state_path : save/histology_latest.pbuf
            rounds_to_train : 20

        collaborator :
          defaults : plan/defaults/collaborator.yaml
          template : openfl.component.Collaborator
          settings :
            delta_updates    : false
            opt_treatment    : RESET

        data_loader :
          defaults : plan/defaults/data_loader.yaml
          template : src.HistologyShards
          settings :
            batch_size       : 64

        task_runner :
          defaults : plan/defaults/task_runner.yaml
          template : src.HistologyNetwork

        network :
          defaults : plan/defaults/network.yaml

        assigner :
          template : openfl.component.RandomGroupedAssigner
          settings :
            task_groups :
              - name       : validate_only
                percentage : 0.3
                tasks      :
                  - aggregated_model_validation
              - name       : train_and_validate
                percentage : 0.7
                tasks      :
                  - aggregated_model_validation
                  - train
                  - locally_tuned_model_validation

        tasks :
          defaults : plan/defaults/tasks.yaml

        compression_pipeline :
          template : openfl.pipelines.NoCompressionPipeline
        """;

    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["plan/defaults/aggregator.yaml"] = "template: openfl.component.Aggregator\nsettings:\n  db_store_rounds: 2\n  write_logs: true\n",
        ["plan/defaults/collaborator.yaml"] = "template: openfl.component.Collaborator\nsettings:\n  opt_treatment: CONTINUE_LOCAL\n  delta_updates: true\n",
        ["plan/defaults/data_loader.yaml"] = "template: openfl.federated.DataLoader\n",
        ["plan/defaults/task_runner.yaml"] = "template: openfl.federated.task_runner.CoreTaskRunner\n",
        ["plan/defaults/network.yaml"] =
            """
            template: openfl.federation.Network
            settings:
              agg_addr: auto
              agg_port: auto
              hash_salt: auto
              tls: true
              client_reconnect_interval: 5
              disable_client_auth: false
              cert_folder: cert
            """,
        ["plan/defaults/tasks.yaml"] =
            """
            aggregated_model_validation:
              function: validate_task
              kwargs: {apply: global, metrics: [acc]}
            locally_tuned_model_validation:
              function: validate_task
              kwargs: {apply: local, metrics: [acc]}
            train:
              function: train_task
              kwargs: {metrics: [loss], epochs: 1}
            """,
    };

    [Fact]
    public void Read_PaperPlan_UnderstandsTheOriginal()
    {
        var plan = ValidPlan.Read(Yaml, Defaults.GetValueOrDefault);

        Assert.Equal((20, 2, true), (plan.Aggregator.RoundsToTrain, plan.Aggregator.DbStoreRounds, plan.Aggregator.WriteLogs));
        Assert.Equal((OptimizerTreatment.Reset, false), (plan.Collaborator.OptimizerTreatment, plan.Collaborator.DeltaUpdates));
        Assert.Equal(new BestMetric("aggregated_model_validation", "acc", MetricGoal.Higher), plan.Aggregator.BestMetric);
        Assert.Equal("src.HistologyNetwork", plan.TaskRunner.ClassName);
        Assert.Equal(("none", "wait_all"), (plan.Compression.Template, plan.Straggler.Template));
        Assert.False(plan.IsResolved);
    }

    [Fact]
    public void Read_PaperPlan_SharesOutTwoGroups()
    {
        var assigner = ValidPlan.Read(Yaml, Defaults.GetValueOrDefault).Assigner;

        Assert.Equal("random_grouped", assigner.Template);
        Assert.Equal([("validate_only", 0.3, 1), ("train_and_validate", 0.7, 3)], assigner.TaskGroups.Select(group => (group.Name, group.Percentage ?? 0, group.Tasks.Count)));
    }

    [Fact]
    public void Resolve_PaperPlan_CanRun()
    {
        var resolved = PlanInitialization.Resolve(Yaml, null, "aggregator.hospital.org", Defaults.GetValueOrDefault);

        var plan = ValidPlan.Read(resolved.Yaml!, Defaults.GetValueOrDefault);
        Assert.Equal("aggregator.hospital.org", plan.Network.AggregatorAddress);
        Assert.InRange(plan.Network.AggregatorPort!.Value, 49152, 60998);
    }
}
