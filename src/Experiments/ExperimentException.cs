namespace Actors.Experiments;

/// <summary>An experiment ended before its last round: a collaborator or the aggregator gave up.</summary>
/// <param name="message">Who, and why.</param>
/// <param name="cause">What the model's own code threw, if it was that.</param>
public sealed class ExperimentException(string message, Exception? cause = null) : Exception(message, cause);
