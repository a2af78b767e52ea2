using System.Security.Cryptography;
using System.Text;

namespace Actors.Contracts.OpenFl.Tests;

public sealed class PythonPlanTests
{
    private const string Canonical = """
        aggregator:
          settings:
            empty: {}
            extra: null
            list: []
            lr: 1.0e-05
            note: 'a: b'
            num: '12'
            rounds_to_train: 3
            write_logs: true
          template: openfl.component.Aggregator
        assigner:
          settings:
            task_groups:
            - name: g
              percentage: 1.0
              tasks:
              - a
              - b
        network:
          settings:
            agg_addr: agg.example.org
            agg_port: 50052
            disable_client_auth: false
            tls: true
          template: openfl.federation.Network

        """;

    private const string Split = """
        aggregator:
          defaults: plan/defaults/aggregator.yaml
          template: openfl.component.Aggregator
          settings:
            init_state_path: save/torch_cnn_mnist_init.pbuf
            rounds_to_train: 2
        collaborator:
          template: openfl.component.Collaborator
          settings: {delta_updates: no, opt_treatment: RESET}
        network:
          settings: {agg_addr: auto, agg_port: auto, tls: true}
        tasks:
          train:
            function: train_task
            kwargs: {metrics: [loss], epochs: 1, lr: 1.0e-5, note: "yes"}
        """;

    private const string AggregatorDefaults = "template: other\nextra: 010\nsettings: {db_store_rounds: 2, rounds_to_train: 10, write_logs: true}\n";

    [Fact]
    public void Text_OfACanonicalPlan_IsThatPlan()
    {
        var plan = PythonPlan.Read(Canonical, "plan.yaml", _ => null);

        Assert.Equal(Canonical, plan.Text);
        Assert.StartsWith("6cb44b39c48b07b9", Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(plan.Text))));
        Assert.Equal(new OpenFlNames("plan.yaml_6cb44b39", "aggregator_plan.yaml_6cb44b39"), plan.Names);
        Assert.Equal(53343, plan.AutomaticPort("agg.example.org"));
    }

    [Fact]
    public void Text_OfOtherSpellings_IsTheSame()
    {
        var spelled = Canonical
            .Replace("1.0e-05", "0.00001", StringComparison.Ordinal)
            .Replace("write_logs: true", "write_logs: yes  # always", StringComparison.Ordinal)
            .Replace("'12'", "\"12\"", StringComparison.Ordinal)
            .Replace("extra: null", "extra:", StringComparison.Ordinal);

        Assert.Equal(Canonical, PythonPlan.Read(spelled, "plan.yaml", _ => null).Text);
    }

    [Fact]
    public void Read_WithDefaults_MergesSettingsOneLevelDeepAndGivesEachSectionSome()
    {
        var plan = PythonPlan.Read(Split, "plan.yaml", name => name == "plan/defaults/aggregator.yaml" ? AggregatorDefaults : null);

        Assert.Equal(
            """
            aggregator:
              extra: 8
              settings:
                db_store_rounds: 2
                init_state_path: save/torch_cnn_mnist_init.pbuf
                rounds_to_train: 2
                write_logs: true
              template: openfl.component.Aggregator
            collaborator:
              settings:
                delta_updates: false
                opt_treatment: RESET
              template: openfl.component.Collaborator
            network:
              settings:
                agg_addr: auto
                agg_port: auto
                tls: true
            tasks:
              settings: {}
              train:
                function: train_task
                kwargs:
                  epochs: 1
                  lr: 1.0e-05
                  metrics:
                  - loss
                  note: 'yes'

            """,
            plan.Text);
        Assert.Empty(plan.MissingDefaults);
        Assert.Equal("plan.yaml_0853dcca", plan.Names.Federation);
    }

    [Fact]
    public void AutomaticPort_IsOfThePlanWithItsAddress_AndTheNamesStayThoseOfAuto()
    {
        var plan = PythonPlan.Read(Split, "plan.yaml", _ => AggregatorDefaults);

        Assert.Equal(50113, plan.AutomaticPort("agg.example.org"));
        Assert.Equal("plan.yaml_0853dcca", plan.Names.Federation);
    }

    [Fact]
    public void Read_DefaultsThatAreNotThere_AreNamed() =>
        Assert.Equal(["plan/defaults/aggregator.yaml"], PythonPlan.Read(Split, "plan.yaml", _ => null).MissingDefaults);

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("aggregator: 5")]
    public void Read_NoSections_IsAFormatException(string yaml) =>
        Assert.Throws<FormatException>(() => PythonPlan.Read(yaml, "plan.yaml", _ => null));
}
