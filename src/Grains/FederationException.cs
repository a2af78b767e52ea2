namespace Actors.Grains;

/// <summary>Something is broken that the aggregator cannot mend by itself. The message names the thing, the value and the remedy.</summary>
[GenerateSerializer, Alias("federation-exception")]
public class FederationException : Exception
{
    /// <summary>Makes an exception.</summary>
    public FederationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
