namespace Actors.Grains.Queue;

/// <summary>What became of a submission.</summary>
public enum SubmitOutcome
{
    /// <summary>It is in the queue.</summary>
    Queued = 0,

    /// <summary>The very same experiment was there already.</summary>
    Already = 1,

    /// <summary>Another experiment has the name.</summary>
    NameTaken = 2,

    /// <summary>The federation has no member that could be asked.</summary>
    NobodyToAsk = 3,

    /// <summary>It asks somebody who is no member.</summary>
    UnknownCollaborator = 4,
}
