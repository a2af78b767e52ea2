namespace Actors.Contracts.Plans;

/// <summary>What becomes of a collaborator's optimizer state between rounds.</summary>
public enum OptimizerTreatment
{
    /// <summary><c>RESET</c>: begin each round with a fresh optimizer.</summary>
    Reset,

    /// <summary><c>CONTINUE_LOCAL</c>: go on with the collaborator's own state.</summary>
    ContinueLocal,

    /// <summary><c>CONTINUE_GLOBAL</c>: go on with the aggregated state of all collaborators.</summary>
    ContinueGlobal,
}
