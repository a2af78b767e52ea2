namespace Actors.Contracts.Identity;

/// <summary>One task of one round. Written <c>federation/experiment/round/task</c>.</summary>
public readonly record struct TaskId
{
    /// <summary>Makes an id.</summary>
    /// <exception cref="ArgumentException">The task's name breaks <see cref="IdentifierRule"/>.</exception>
    public TaskId(RoundId round, string task) => (Round, Task) = (round, IdentifierRule.Require(task, "task"));

    /// <summary>The round.</summary>
    public RoundId Round { get; }

    /// <summary>The task's name in the plan.</summary>
    public string Task { get; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static TaskId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.LastIndexOf('/');
        return slash > 0
            ? new(RoundId.Parse(text[..slash]), text[(slash + 1)..])
            : throw new FormatException($"'{text}' is no task id: write 'federation/experiment/round/task'.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Round}/{Task}";
}
