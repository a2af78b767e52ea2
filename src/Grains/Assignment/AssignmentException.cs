namespace Actors.Grains.Assignment;

/// <summary>An assigner does not say who has which tasks, and would not if it were asked again. The message names it.</summary>
[GenerateSerializer, Alias("assignment-exception")]
public sealed class AssignmentException : FederationException
{
    /// <summary>Makes an exception.</summary>
    public AssignmentException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
