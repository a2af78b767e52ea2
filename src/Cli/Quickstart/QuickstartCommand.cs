using System.CommandLine;
using System.Globalization;

using Actors.Cli.Composition;

namespace Actors.Cli.Quickstart;

/// <summary><c>fx quickstart</c></summary>
internal static class QuickstartCommand
{
    private static readonly Option<string> Template = new("--template")
    {
        Description = "The workspace template.",
        DefaultValueFactory = _ => "torch_cnn_digits",
    };

    private static readonly Option<string> Plan = new("--plan") { Description = "One of the template's saved plans in place of its own. Example: --template unet_segmentation --plan five_sites --collaborators 5" };
    private static readonly Option<int> Collaborators = NumberOption.Of("--collaborators", "How many collaborators.", 2);
    private static readonly Option<int> Rounds = NumberOption.Of("--rounds", "How many rounds.", 5);
    private static readonly Option<long> Seed = new("--seed") { Description = "The seed of everything random.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Folder = new("--workdir") { Description = "The folder to work in; kept. Default: a new temporary one, kept too." };
    private static readonly Option<string> Json = new("--json") { Description = "A file for the summary as JSON." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("quickstart", "Run a whole federation on this machine: real processes, real certificates, real training.").Does(
            "fx quickstart --collaborators 3 --rounds 10",
            [Template, Plan, Collaborators, Rounds, Seed, Folder, Json],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var folder = parsed.GetValue(Folder) is { } given ? terminal.PathOf(given) : Directory.CreateTempSubdirectory("fx-quickstart-").FullName;
        var options = new QuickstartOptions(
            parsed.GetRequiredValue(Template), parsed.GetValue(Collaborators), parsed.GetValue(Rounds), parsed.GetValue(Seed), folder)
        {
            Plan = parsed.GetValue(Plan),
        };
        if (!Templates.Names.Contains(options.Template))
        {
            throw new CommandException($"There is no template '{options.Template}'; choose one of {string.Join(", ", Templates.Names)}.");
        }

        var summary = await new QuickstartRun(options, terminal).RunAsync(cancellationToken);
        if (parsed.GetValue(Json) is { } json)
        {
            await File.WriteAllTextAsync(terminal.PathOf(json), summary.ToJson(), cancellationToken);
        }

        Say(summary, folder, terminal);
        return ExitCode.Ok;
    }

    private static void Say(QuickstartSummary summary, string folder, Terminal terminal)
    {
        terminal.Say("");
        foreach (var (name, value) in summary.Final)
        {
            var before = summary.Initial.TryGetValue(name, out var initial) ? $"{initial.ToString("F4", CultureInfo.InvariantCulture)} before, " : "";
            terminal.Say($"{name}: {before}{value.ToString("F4", CultureInfo.InvariantCulture)} after {summary.Rounds.Count} rounds");
        }

        terminal.Say($"The trained model: {summary.Model.Last.Path}");
        terminal.Say($"The nodes' folders and logs: {folder}");
        terminal.Say($"Next: look into it with 'fx model inspect {summary.Model.Last.Path}', or change the plan in a workspace of your own:");
        terminal.Say($"  fx workspace create --prefix my_federation --template {summary.Template}");
    }
}
