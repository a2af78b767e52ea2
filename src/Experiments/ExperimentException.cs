namespace Actors.Experiments;

/// <summary>An experiment ended before its last round, or what was asked of a federation could not be done.</summary>
/// <param name="message">Who or what, and why.</param>
/// <param name="cause">What the model's own code threw, if it was that.</param>
public sealed class ExperimentException(string message, Exception? cause = null) : Exception(message, cause);
