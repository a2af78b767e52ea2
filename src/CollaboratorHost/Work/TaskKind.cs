namespace Actors.CollaboratorHost.Work;

/// <summary>What a task does with the model.</summary>
public enum TaskKind
{
    /// <summary>Trains: starts from the global model; the model after it is the collaborator's update.</summary>
    Train,

    /// <summary>Measures the global model: the plan's <c>apply: global</c>.</summary>
    ValidateGlobal,

    /// <summary>Measures the model this collaborator trained earlier in the round: the plan's <c>apply: local</c>.</summary>
    ValidateLocal,
}
