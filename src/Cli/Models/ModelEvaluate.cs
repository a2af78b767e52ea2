using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Learning;

namespace Actors.Cli.Models;

/// <summary><c>fx model evaluate</c>: the plan's validation of the global model, on a model file and one collaborator's data.</summary>
internal static class ModelEvaluate
{
    private static readonly Option<string> Input = new("--input", "-i") { Description = "The model file (.pbuf).", Required = true };
    private static readonly Option<string> Name = new("--collaborator_name", "-n") { Description = "Whose data of plan/data.yaml.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: task, samples, metrics." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("evaluate", "Measure a model file on a collaborator's data with the plan's validation task.").Does(
            "fx model evaluate -i save/torch_cnn_digits_last.pbuf -n one",
            [Input, Name, Json],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var (name, path) = (parsed.GetRequiredValue(Name), WorkspacePlan.Existing(terminal, parsed.GetRequiredValue(Input)));
        var layout = WorkspacePlan.Open(terminal.Folder);
        var plan = WorkspacePlan.Running(layout, terminal);
        var data = DataPaths.Read(layout.Root).Find(name)
            ?? throw new CommandException($"plan/data.yaml has no data for '{name}'. Run: fx collaborator create -n {name} -d PATH");
        using var loaded = LoadedPlan.Load(layout, plan, data);
        using var model = ModelFile.Read(path);
        loaded.Runner.Load(model, path);
        var tasks = new PlanTasks(plan, loaded.Runner);
        var task = tasks.Tasks.FirstOrDefault(task => tasks.KindOf(task) == TaskKind.ValidateGlobal)
            ?? throw new CommandException("The plan has no task that validates the global model (kwargs: {apply: global}).");
        var result = await tasks.InvokeAsync(
            task, new TaskContext(name, model.Round, task, tasks.MetricsOf(task), new Progress<double>(), cancellationToken));
        terminal.Say(parsed.GetValue(Json)
            ? JsonSerializer.Serialize(new
            {
                task,
                samples = result.SampleCount,
                metrics = result.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value),
            })
            : $"{task} on {result.SampleCount} samples of {name}: {string.Join(", ", result.Metrics.Select(metric => $"{metric.Name} {metric.Value:G5}"))}");
        return ExitCode.Ok;
    }
}
