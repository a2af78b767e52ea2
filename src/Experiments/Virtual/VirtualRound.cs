namespace Actors.Experiments.Virtual;

/// <summary>What a round of virtual collaborators came to.</summary>
/// <param name="Round">Its number, from 0.</param>
/// <param name="Collaborators">How many trained.</param>
/// <param name="Loss">The mean of their losses, weighted by their samples.</param>
/// <param name="ValidationLoss">The next model's mean loss on the samples put aside; null when it was not scored.</param>
/// <param name="Accuracy">The part of those samples it gets right.</param>
public sealed record VirtualRound(int Round, int Collaborators, double Loss, double? ValidationLoss, double? Accuracy);
