namespace Actors.Pki;

/// <summary>How roles are called and written.</summary>
internal static class PeerRoles
{
    /// <summary>The usage that makes a client's certificate an operator's. From a random UUID (X.667), so nobody else uses it.</summary>
    public const string OperatorUsage = "2.25.244010516750574801342254932149157278061";

    /// <summary>A role as a noun.</summary>
    public static string Noun(this PeerRole role) => role switch
    {
        PeerRole.Aggregator => "aggregator",
        PeerRole.Operator => "operator",
        _ => "collaborator",
    };

    /// <summary>What the names of a client's files begin with.</summary>
    public static string FilePrefix(this PeerRole role) => role == PeerRole.Operator ? "op_" : "col_";
}
