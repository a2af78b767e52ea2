using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>
/// A federation of one number: quadratics fᵢ(w) = aᵢ/2 (w − bᵢ)² whose collaborators disagree. Each has one sample, x = √aᵢ and y = √aᵢ bᵢ, and
/// takes <see cref="Steps"/> steps of gradient descent a round.
/// </summary>
internal sealed class QuadraticSites : IDisposable
{
    public const int Steps = 20;
    public const double Rate = 0.1;

    public static readonly (double A, double B)[] Sites = [(1, 0), (4, 1), (0.25, 8)];

    private readonly FederatedDataset _data = new(
        [.. Sites.Select((site, index) => new CollaboratorData($"site{index}", SamplesOf(site), SamplesOf(site)))]);

    public static double Minimum => Sites.Sum(site => site.A * site.B) / Sites.Sum(site => site.A);

    public void Dispose() => _data.Dispose();

    /// <summary>Trains with a rule that does not bound: so few sites differ by more than the bound.</summary>
    public Task<double> TrainUnboundedAsync(
        string rule, int rounds, Dictionary<string, object?>? more = null, Func<IEnumerable<Parameter>, OptimizerHelper>? build = null)
    {
        var settings = new Dictionary<string, object?> { ["norm_multiplier"] = 1e9, ["leave_out_multiplier"] = 1e9 };
        return TrainAsync(rule, rounds, new(more ?? []) { ["tasks.train.aggregation_type.settings"] = settings }, build);
    }

    /// <summary>Trains; no round is one of steps of no length.</summary>
    /// <returns>The model's number.</returns>
    public async Task<double> TrainAsync(
        string rule, int rounds, Dictionary<string, object?>? more = null, Func<IEnumerable<Parameter>, OptimizerHelper>? build = null)
    {
        var options = new ExperimentOptions
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = Math.Max(rounds, 1),
                ["tasks.train.aggregation_type.template"] = rule,
                ["tasks.train.kwargs.epochs"] = Steps,
            },
        };
        foreach (var (key, value) in more ?? [])
        {
            options.Plan[key] = value;
        }

        using var result = await LocalFederation.RunExperimentAsync(
            new FederatedModel(
                () => Sequential(("scale", Linear(1, 1, hasBias: false))),
                build ?? (parameters => optim.SGD(parameters, rounds == 0 ? 0 : Rate)),
                (output, target) => (output - target).pow(2).mean() / 2),
            _data,
            options);
        return result.Model.parameters().Single().item<float>();
    }

    private static Samples SamplesOf((double A, double B) site)
    {
        var scale = Math.Sqrt(site.A);
        return new(tensor([(float)scale]).reshape(1, 1), tensor([(float)(scale * site.B)]).reshape(1, 1));
    }
}
