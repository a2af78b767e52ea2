using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan check</c></summary>
internal static class PlanCheck
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: the hash, or the problems with path, line and message." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("check", "Say everything that is wrong with the plan and its lists; against the code too, once it is built.")
            .Does("fx plan check", [Json], parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var review = PlanReview.Of(layout);
        if (parsed.GetValue(Json))
        {
            terminal.Say(JsonSerializer.Serialize(new
            {
                hash = review.Plan?.Hash.ToString(),
                problems = review.Problems.Select(problem => new
                {
                    file = problem.File,
                    path = problem.Problem.Path,
                    line = problem.Problem.Line,
                    message = problem.Problem.ToString(),
                }),
            }));
        }
        else if (review.Problems.Count > 0)
        {
            var lines = review.Problems.Select(problem => $"{problem.File}: {problem.Problem}");
            throw new CommandException($"{review.Problems.Count} to correct:\n{string.Join('\n', lines)}");
        }
        else
        {
            terminal.Say($"The plan is good; its hash is {review.Plan!.Hash}.");
        }

        return review.Problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
