using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// The weighted average with bounded influence: x + Σ wₖ ψ(‖dₖ‖) dₖ with dₖ = yₖ − x. With the typical norm ρ of this round's changes
/// (<see cref="UpdateGeometry.TypicalNorm"/>), ψ is 1 up to <see cref="NormMultiplier"/> · ρ, shortens longer changes to that length, and
/// leaves out those beyond <see cref="LeaveOutMultiplier"/> · ρ (a redescending influence curve, Hampel 1974); wₖ is the share of the
/// samples of those that are not left out. Where no change is too long it is the weighted average, bit for bit.
/// </summary>
internal sealed class BoundedAverage : WeighingRule
{
    /// <summary>The plan's setting: how many typical norms a change may have at most; at least 1, infinite for no bound.</summary>
    public const string NormMultiplier = "norm_multiplier";

    /// <summary>The plan's setting: from how many typical norms on an update is left out; at least 1, infinite for never.</summary>
    public const string LeaveOutMultiplier = "leave_out_multiplier";

    /// <summary>Default of <see cref="NormMultiplier"/>.</summary>
    public const double DefaultNormMultiplier = 3;

    /// <summary>Default of <see cref="LeaveOutMultiplier"/>.</summary>
    public const double DefaultLeaveOutMultiplier = 10;

    public override string Name => "bounded_average";

    /// <summary>How many typical norms a change may have by a plan's choice, also of a rule that does not bound.</summary>
    public static double Multiplier(PolicyChoice choice) => choice.Number(NormMultiplier, DefaultNormMultiplier);

    /// <summary>From how many typical norms on an update is left out by a plan's choice.</summary>
    public static double LeaveOut(PolicyChoice choice) => choice.Number(LeaveOutMultiplier, DefaultLeaveOutMultiplier);

    /// <summary>How long a change of a round may be: m ρ.</summary>
    public static double Bound(PolicyChoice choice, UpdateGeometry geometry) => Times(Multiplier(choice), geometry.TypicalNorm());

    public override Weighing Weigh(PolicyChoice choice, UpdateGeometry geometry)
    {
        return NormBounded.Weigh(geometry, Bound(choice, geometry), Times(LeaveOut(choice), geometry.TypicalNorm()));
    }

    /// <summary>A multiple of the typical norm. No bound stays none, also when nobody changed anything.</summary>
    public static double Times(double multiplier, double norm) => double.IsInfinity(multiplier) ? multiplier : multiplier * norm;
}
