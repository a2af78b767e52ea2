namespace Actors.CollaboratorHost.Work;

/// <summary>How far a step goes.</summary>
internal enum StepAction
{
    /// <summary>Run the task, keep its result and report it.</summary>
    RunAndReport,

    /// <summary>Run the task again because its weights are needed; its result has been accepted before.</summary>
    Run,

    /// <summary>Report the result that was kept.</summary>
    Report,
}
