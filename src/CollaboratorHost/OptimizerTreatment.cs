namespace Actors.CollaboratorHost;

/// <summary>What becomes of the optimizer's state between rounds: the plan's <c>collaborator.settings.opt_treatment</c>.</summary>
public enum OptimizerTreatment
{
    /// <summary>It is forgotten before every training task.</summary>
    Reset,

    /// <summary>It stays with the collaborator and goes on.</summary>
    ContinueLocal,

    /// <summary>It is reported with each update, and training starts from the aggregated one once there is one.</summary>
    ContinueGlobal,
}
