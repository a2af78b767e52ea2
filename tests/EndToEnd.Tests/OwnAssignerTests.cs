using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>A workspace's own assigner says who has tasks, and its callback hears the metrics of every node, though it fails on some.</summary>
public sealed class OwnAssignerTests
{
    private const string Assigner = """
        namespace Synthetic;

        using Actors.Learning;

        public sealed class InTurn(int each = 1) : Assigner
        {
            public override IReadOnlyDictionary<string, IReadOnlyList<string>> Assign(RoundQuestion round) =>
                Enumerable.Range(0, each)
                    .Select(place => round.Collaborators[(round.Number + place) % round.Collaborators.Count])
                    .ToDictionary(name => name, _ => round.Tasks);
        }
        """;

    private const string Callback = """
        namespace Synthetic;

        using Actors.Learning;

        public sealed class Notes(string file) : MetricCallback
        {
            public override void Heard(string node, string task, string metric, double value, int round)
            {
                if (metric == "loss")
                {
                    throw new InvalidOperationException("I do not like losses.");
                }

                File.AppendAllText(file, $"{round} {node} {task} {metric}\n");
            }
        }
        """;

    [Fact]
    public async Task ClassesOfTheWorkspace_AssignAndHear()
    {
        using var nodes = new Nodes();
        await PaperSteps.PrepareAggregatorAsync(nodes, "synthetic", () =>
        {
            nodes.ChangePlan("rounds_to_train: 5", "rounds_to_train: 2\n    log_metric_callback: {template: Notes, settings: {file: heard.txt}}");
            nodes.ChangePlan("template: random_grouped", "template: InTurn");
            nodes.ChangePlan(
                """
                    task_groups:
                      - name: train_and_validate
                        percentage: 1.0
                        tasks:
                          - aggregated_model_validation
                          - train
                          - locally_tuned_model_validation
                """.ReplaceLineEndings("\n"),
                "    each: 1\n    seed: 3");
            File.WriteAllText(Path.Combine(nodes.Aggregator, "src", "InTurn.cs"), Assigner);
            File.WriteAllText(Path.Combine(nodes.Aggregator, "src", "Notes.cs"), Callback);
        });
        await PaperSteps.AdmitAsync(nodes, "one", "1");
        await PaperSteps.AdmitAsync(nodes, "two", "2");

        var outputs = await PaperSteps.RunAsync(nodes, "one", "two");

        Assert.Equal(
            ["0 one aggregated_model_validation accuracy", "0 one locally_tuned_model_validation accuracy"], Heard(nodes.Collaborator("one")));
        Assert.Equal(
            ["1 two aggregated_model_validation accuracy", "1 two locally_tuned_model_validation accuracy"], Heard(nodes.Collaborator("two")));
        Assert.Equal(
            [
                "0 aggregator aggregated_model_validation accuracy", "0 aggregator locally_tuned_model_validation accuracy",
                "1 aggregator aggregated_model_validation accuracy", "1 aggregator locally_tuned_model_validation accuracy",
            ],
            Heard(nodes.Aggregator));
        Assert.All(
            outputs, output => Assert.Contains("log_metric_callback failed on loss of train: I do not like losses.", output, StringComparison.Ordinal));
    }

    private static string[] Heard(string workspace) => File.ReadAllLines(Path.Combine(workspace, "heard.txt"));
}
