namespace Actors.Contracts.Plans;

/// <summary>Tasks have names that travel well, and say what every task function understands in the same way.</summary>
internal sealed class TasksValidator : IPlanValidator
{
    private const int LongestName = 64;

    public void Check(PlanSections plan, PlanProblems problems)
    {
        foreach (var task in plan.Tasks)
        {
            if (!IsName(task.Name))
            {
                problems.Add(task.Fields.Values.Path, task.Place, $"is not a task name; write 1 to {LongestName} letters, digits, _ or -.");
            }

            foreach (var setting in SectionSettings.CommonArguments)
            {
                if (task.Arguments.Find(setting.Key) is { } value)
                {
                    setting.Check(value, problems);
                }
            }
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');
}
