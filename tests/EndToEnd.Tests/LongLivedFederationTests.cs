using System.Globalization;
using System.Runtime.CompilerServices;

using Actors.EndToEnd.Running;
using Actors.Experiments;
using Actors.Experiments.Federations;

namespace Actors.EndToEnd.Tests;

/// <summary>
/// A federation that lives on, each node in a folder and processes of its own: experiments are submitted and run one after the other, a
/// person looks at each on one of the hosts, and the aggregator and a host are killed in between.
/// </summary>
public sealed class LongLivedFederationTests
{
    private const int Rounds = 4;

    [Fact]
    public async Task TwoExperiments_WithAReviewAndKilledProcesses_RunToTheirEnds()
    {
        using var nodes = new Nodes();
        await PrepareAsync(nodes);
        var aggregator = Fx.Start(nodes.Aggregator, "federation", "start");
        var one = Fx.Start(nodes.Collaborator("one"), "collaborator", "serve", "-n", "one");
        using var two = Fx.Start(nodes.Collaborator("two"), "collaborator", "serve", "-n", "two");
        try
        {
            await UntilAsync(() => aggregator.Output.Contains("listening", StringComparison.Ordinal), aggregator);
            await OperatorAsync(nodes, "submit", "-w", Workspace(nodes), "-n", "first");
            await UntilAsync(() => two.Output.Contains("Experiment first waits for a person", StringComparison.Ordinal), two);
            await UntilAsync(() => aggregator.Output.Contains("the host of one says Accepted", StringComparison.Ordinal), aggregator);

            // Nothing starts before the person has decided.
            Assert.Contains("first is waiting: waits for the answer of two", await OperatorAsync(nodes, "status", "-n", "first"), StringComparison.Ordinal);
            Assert.Contains("Synthetic.SyntheticRunner", await ReviewAsync(nodes, "first"), StringComparison.Ordinal);
            await UntilAsync(() => ClosedRounds(nodes, "first") >= 1, aggregator);

            await aggregator.KillAsync();
            aggregator.Dispose();
            aggregator = Fx.Start(nodes.Aggregator, "federation", "start");
            await UntilAsync(() => aggregator.Output.Contains("listening", StringComparison.Ordinal), aggregator);
            var second = ExampleAsync(Operator(nodes), Workspace(nodes));

            // What the host started ends with it, and its folder is free for what is started next.
            await one.KillAsync();
            one.Dispose();
            one = Fx.Start(nodes.Collaborator("one"), "collaborator", "serve", "-n", "one");

            var metrics = await OperatorAsync(nodes, "metrics", "-n", "first");
            Assert.Contains("first is finished", metrics, StringComparison.Ordinal);
            Assert.Equal(Rounds, Count(metrics, "Round "));
            await UntilAsync(() => two.Output.Contains("Experiment second waits for a person", StringComparison.Ordinal), two);
            Assert.Equal(0, ClosedRounds(nodes, "second"));

            await ReviewAsync(nodes, "second");
            Assert.Equal(Enumerable.Range(0, Rounds), (await second).Select(round => round.Round));
            await RequireModelsAsync(nodes);

            await OperatorAsync(nodes, "remove", "-n", "first", "-s");
            Assert.DoesNotContain("first", await OperatorAsync(nodes, "list"), StringComparison.Ordinal);
            Assert.Empty(Directory.GetDirectories(Experiments(nodes), "first.*"));
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{problem.Message}\naggregator:\n{aggregator.Output}\none:\n{one.Output}\ntwo:\n{two.Output}", problem);
        }
        finally
        {
            aggregator.Dispose();
            one.Dispose();
        }
    }

    [Fact]
    public void Example_IsWhatIsRunHere()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "federation.md"));
        var written = Lines(page.Split("```csharp\n")[1].Split("```")[0]);
        var run = Lines(File.ReadAllText(Source()).Split("// The example.\n")[1].Split("// Its end.")[0]
            .Replace("Open(folder)", "Open(\"hospitals\")", StringComparison.Ordinal)
            .Replace("PrepareAsync(workspace, ", "PrepareAsync(\"digits\", ", StringComparison.Ordinal)
            .Replace("heard.Add(round);", "Console.WriteLine($\"round {round.Round}: {round[\"train/loss\"]}\");", StringComparison.Ordinal)
            .Replace("Path.Combine(folder, \"second.pbuf\")", "\"second.pbuf\"", StringComparison.Ordinal));

        Assert.Equal(written, run);
    }

    private static async Task<IReadOnlyList<RoundMetrics>> ExampleAsync(string folder, string workspace)
    {
        var heard = new List<RoundMetrics>();

        // The example.
        using var federation = Federation.Open(folder);
        using var package = await ExperimentPackage.PrepareAsync(workspace, "second");
        var experiment = await federation.SubmitAsync(package);
        await foreach (var round in experiment.StreamMetricsAsync())
        {
            heard.Add(round);
        }

        await experiment.SaveLastModelAsync(Path.Combine(folder, "second.pbuf"));

        // Its end.
        Assert.Equal(ExperimentState.Finished, (await experiment.GetReportAsync()).State);
        return heard;
    }

    // Both were trained alike, from the same weights: the same model, whatever was killed in between.
    private static async Task RequireModelsAsync(Nodes nodes)
    {
        await OperatorAsync(nodes, "model", "-n", "first", "-f", "first.pbuf");
        await OperatorAsync(nodes, "model", "-n", "second", "-f", "best.pbuf", "--best");
        var first = await File.ReadAllBytesAsync(Path.Combine(Operator(nodes), "first.pbuf"));
        Assert.Equal(first, await File.ReadAllBytesAsync(Path.Combine(Operator(nodes), "second.pbuf")));
        Assert.NotEqual(first, await File.ReadAllBytesAsync(Path.Combine(Workspace(nodes), "save", "synthetic_init.pbuf")));
        Assert.True(File.Exists(Path.Combine(Operator(nodes), "best.pbuf")));
    }

    private static async Task PrepareAsync(Nodes nodes)
    {
        var port = Nodes.FreePort().ToString(CultureInfo.InvariantCulture);
        foreach (var machine in new[] { "aggregator", "one", "two", "operator" })
        {
            await Fx.RunAsync(nodes.Machine(machine), "federation", "create", "--prefix", Nodes.Workspace, "-a", "localhost", "-p", port);
        }

        await Fx.RunAsync(nodes.Aggregator, "workspace", "certify", "-s");
        await Fx.RunAsync(nodes.Aggregator, "aggregator", "generate-cert-request", "--fqdn", "localhost");
        await Fx.RunAsync(nodes.Aggregator, "aggregator", "certify", "--fqdn", "localhost", "-s");
        await AdmitAsync(nodes, "one", "collaborator", "col_", ["-d", "1"]);
        await AdmitAsync(nodes, "two", "collaborator", "col_", ["-d", "2"]);
        await AdmitAsync(nodes, "operator", "operator", "op_", []);
        await File.WriteAllTextAsync(Path.Combine(nodes.Collaborator("one"), "policy.yaml"), "accept: signed-by\nauthors: [operator]\n");

        await Fx.RunAsync(nodes.Machine("operator"), "workspace", "create", "--prefix", "digits", "--template", "synthetic");
        var plan = Path.Combine(Workspace(nodes), "plan", "plan.yaml");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan))
            .Replace("rounds_to_train: 5", $"rounds_to_train: {Rounds}", StringComparison.Ordinal)
            .Replace("train_seconds: 0", "train_seconds: 1", StringComparison.Ordinal));
        await Fx.RunAsync(Workspace(nodes), "plan", "initialize", "-a", "localhost");
    }

    private static async Task AdmitAsync(Nodes nodes, string name, string kind, string prefix, string[] more)
    {
        var node = nodes.Collaborator(name);
        await Fx.RunAsync(node, [kind, "generate-cert-request", "-n", name, .. more]);
        var request = Nodes.Carry(Path.Combine(node, $"{prefix}{name}_to_agg_cert_request.zip"), nodes.Machine("aggregator"));
        await Fx.RunAsync(nodes.Aggregator, kind, "certify", "--request-pkg", request, "--silent");
        var signed = Nodes.Carry(Path.Combine(nodes.Aggregator, $"agg_to_{prefix}{name}_signed_cert.zip"), nodes.Machine(name));
        await Fx.RunAsync(node, kind, "certify", "--import", signed);
    }

    private static Task<string> ReviewAsync(Nodes nodes, string name) =>
        Fx.RunAsync(nodes.Collaborator("two"), "experiment", "review", "-n", name, "--approve", "--reason", "looks good");

    private static Task<string> OperatorAsync(Nodes nodes, params string[] arguments) => Fx.RunAsync(Operator(nodes), ["experiment", .. arguments]);

    private static string Workspace(Nodes nodes) => Path.Combine(nodes.Machine("operator"), "digits");

    private static string Operator(Nodes nodes) => nodes.Collaborator("operator");

    private static string Experiments(Nodes nodes) => Path.Combine(nodes.Aggregator, "state", "experiments");

    private static int ClosedRounds(Nodes nodes, string name) => Directory.GetDirectories(Experiments(nodes), $"{name}.*") is [var folder]
        && Path.Combine(folder, "metrics.jsonl") is var log && File.Exists(log)
            ? Count(File.ReadAllText(log), "\n")
            : 0;

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static string Source([CallerFilePath] string path = "") => path;

    private static async Task UntilAsync(Func<bool> holds, ProgramProcess process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not happen within two minutes:\n{process.Output}");
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
