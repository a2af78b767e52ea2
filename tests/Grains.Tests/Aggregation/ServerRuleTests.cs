using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation.Tests;

/// <summary>Three rounds of each optimizer against the paper's equations, written out anew.</summary>
public class ServerRuleTests
{
    private static readonly ModelManifest Two = new([new("w", ElementType.Float64, new(2)), new("n", ElementType.Int64, new(1))]);

    // The pseudo-gradients of three rounds: weighted means of two collaborators' changes.
    private static readonly double[][] Deltas = [[0.75, -0.25], [0.1, 0.4], [-0.3, 0.05]];

    [Fact]
    public void FedAvgM_ThreeRounds()
    {
        var (x, v) = (new[] { 1.0, -2.0 }, new double[2]);
        foreach (var delta in Deltas)
        {
            for (var i = 0; i < 2; i++)
            {
                v[i] = (0.8 * v[i]) + delta[i];
                x[i] += 0.5 * v[i];
            }
        }

        AssertClose(x, ThreeRounds(Given.Choice("fed_avg_m", ("learning_rate", 0.5), ("beta_1", 0.8))));
    }

    [Fact]
    public void FedAdagrad_ThreeRounds() => AssertClose(
        Adaptive((v, g) => v + (g * g), beta1: 0, eta: 0.1, tau: 0.01, v0: 1e-4),
        ThreeRounds(Given.Choice("fed_adagrad", ("learning_rate", 0.1), ("epsilon", 0.01))));

    [Fact]
    public void FedAdam_ThreeRounds() => AssertClose(
        Adaptive((v, g) => (0.95 * v) + (0.05 * g * g), beta1: 0.7, eta: 0.1, tau: 0.01, v0: 1e-4),
        ThreeRounds(Given.Choice("fed_adam", ("learning_rate", 0.1), ("epsilon", 0.01), ("beta_1", 0.7), ("beta_2", 0.95))));

    [Fact]
    public void FedYogi_ThreeRounds() => AssertClose(
        Adaptive((v, g) => v - (0.05 * g * g * (v > g * g ? 1 : -1)), beta1: 0.7, eta: 0.1, tau: 0.01, v0: 0.04),
        ThreeRounds(Given.Choice(
            "fed_yogi", ("learning_rate", 0.1), ("epsilon", 0.01), ("beta_1", 0.7), ("beta_2", 0.95), ("initial_accumulator_value", 0.04))));

    // From zero states FedAdam's first step: m = (1 - 0.9) Δ, v = 0.99 τ² + 0.01 Δ².
    [Fact]
    public void FedAdam_FirstRound_ByTheDefaults()
    {
        var v = (0.99 * 1e-6) + (0.01 * 0.25);
        Assert.Equal([0.01 * 0.05 / (Math.Sqrt(v) + 1e-3)], Aggregation.Of(PolicyChoice.Named("fed_adam"), [0], [[0.5]]), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Run_ACounter_IsAveragedAndHasNoState()
    {
        var found = Round(PolicyChoice.Named("fed_adam"), [1, 2], 7, [0.5, 0.5], null);
        Assert.Equal([9], ModelBytes.Tensor(Two, found.Bytes, 1));
        Assert.All(found.States, state => Assert.Equal([0], ModelBytes.Tensor(Two, state, 1)));
    }

    [Fact]
    public void Run_AnAbsurdChange_DoesNotReachTheState()
    {
        var honest = Aggregation.Of(PolicyChoice.Named("fed_avg_m"), [0], [[1], [1], [1]]);
        Assert.Equal(honest, Aggregation.Of(PolicyChoice.Named("fed_avg_m"), [0], [[1], [1], [1], [-1e9]]));
    }

    [Fact]
    public void Run_AStepBeyondTheNumbersThereAre_SaysWhatToChange()
    {
        var manifest = new ModelManifest([new("w", ElementType.Float32, new(1))]);
        var problem = Assert.Throws<FederationException>(() => Aggregation.Run(
            manifest, Given.Choice("fed_avg_m", ("learning_rate", 1e30)), ModelBytes.Of(manifest, [0]), [(ModelBytes.Of(manifest, [1e20]), 1)]));
        Assert.Equal("The step of fed_avg_m left the numbers that Float32 has. Lower its learning_rate in the plan.", problem.Message);
    }

    private static double[] Adaptive(Func<double, double, double> moment, double beta1, double eta, double tau, double v0)
    {
        double[] x = [1, -2];
        for (var i = 0; i < 2; i++)
        {
            var (m, v) = (0.0, v0);
            foreach (var delta in Deltas)
            {
                m = (beta1 * m) + ((1 - beta1) * delta[i]);
                v = moment(v, delta[i]);
                x[i] += eta * m / (Math.Sqrt(v) + tau);
            }
        }

        return x;
    }

    private static double[] ThreeRounds(PolicyChoice choice)
    {
        double[] model = [1, -2];
        IReadOnlyList<byte[]>? states = null;
        foreach (var delta in Deltas)
        {
            var found = Round(choice, model, 0, delta, states);
            (model, states) = (ModelBytes.Tensor(Two, found.Bytes, 0), found.States);
        }

        return model;
    }

    // Two collaborators with 1 and 3 samples whose changes have the mean that is asked for; their counters went on by 2.
    private static Aggregated Round(PolicyChoice choice, double[] model, double counter, double[] delta, IReadOnlyList<byte[]>? states)
    {
        var sources = new (double Part, long Samples)[] { (1.6, 1), (0.8, 3) }.Select(one => new UpdateSource(
            Aggregation.Reader(ModelBytes.Of(Two, [.. model.Zip(delta, (x, d) => x + (one.Part * d))], [counter + 2])), one.Samples));
        return Aggregation.Run(Two, choice, ModelBytes.Of(Two, model, [counter]), [.. sources], before: states);
    }

    private static void AssertClose(double[] expected, double[] found) => Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) < 1e-12);
}
