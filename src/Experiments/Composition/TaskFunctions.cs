using Actors.Contracts.Plans;
using Actors.Learning.Settings;
using Actors.Learning.Tasks;

namespace Actors.Experiments.Composition;

/// <summary>What a task runner's class offers, in the words of a plan's schema.</summary>
internal static class TaskFunctions
{
    /// <summary>The functions that a plan's tasks may name.</summary>
    public static IReadOnlyCollection<TaskFunction> Of(Type runner) =>
        [.. TaskCatalogue.For(runner).Tasks.Select(task => new TaskFunction(task.Name, [.. task.Parameters.Select(SettingOf)]))];

    /// <summary>One setting of code.</summary>
    public static Setting SettingOf(SettingSpec spec)
    {
        var type = Nullable.GetUnderlyingType(spec.Type) ?? spec.Type;
        var setting = type == typeof(int) || type == typeof(long) ? Setting.Whole(spec.Name)
            : type == typeof(double) || type == typeof(float) ? Setting.Number(spec.Name)
            : type == typeof(bool) ? Setting.Flag(spec.Name)
            : type == typeof(string) ? Setting.Text(spec.Name)
            : Setting.Anything(spec.Name);
        return spec.IsRequired ? setting.Required() : setting;
    }
}
