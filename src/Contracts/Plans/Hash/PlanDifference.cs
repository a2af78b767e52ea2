using System.Text.Json;

namespace Actors.Contracts.Plans;

/// <summary>The first key in which two plans differ, which is what a refused collaborator is told.</summary>
/// <param name="Path">The key from the top, like <c>network.settings.agg_port</c> or <c>assigner.settings.task_groups[1].percentage</c>.</param>
/// <param name="Here">The value in the first plan as canonical JSON; null when the key is absent there.</param>
/// <param name="There">The value in the second plan as canonical JSON; null when the key is absent there.</param>
public sealed record PlanDifference(string Path, string? Here, string? There)
{
    /// <summary>The first difference of two canonical texts in the sorted order of their keys; null when they say the same.</summary>
    /// <remarks>Takes time with the square of the keys of a map; whoever takes a text from a stranger bounds its length first.</remarks>
    /// <exception cref="FormatException">One of the texts is not JSON, so <see cref="CanonicalPlan"/> did not make it.</exception>
    public static PlanDifference? First(string canonicalHere, string canonicalThere)
    {
        ArgumentNullException.ThrowIfNull(canonicalHere);
        ArgumentNullException.ThrowIfNull(canonicalThere);
        try
        {
            using var here = JsonDocument.Parse(canonicalHere, Options);
            using var there = JsonDocument.Parse(canonicalThere, Options);
            return First("", here.RootElement, there.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException("A canonical plan is JSON; this text is not.", exception);
        }
    }

    /// <summary>The difference as a sentence for a person, like <c>network.settings.agg_port is 5000 here and absent there</c>.</summary>
    public override string ToString() =>
        $"{(Path.Length == 0 ? "the plan" : Path)} is {Here ?? "absent"} here and {There ?? "absent"} there";

    // A plan nests at most 64 levels below its top.
    private static JsonDocumentOptions Options => new() { MaxDepth = 128 };

    private static PlanDifference? First(string path, JsonElement here, JsonElement there)
    {
        if (here.ValueKind != there.ValueKind)
        {
            return new PlanDifference(path, here.GetRawText(), there.GetRawText());
        }

        return here.ValueKind switch
        {
            JsonValueKind.Object => FirstOfMaps(path, here, there),
            JsonValueKind.Array => FirstOfLists(path, here, there),
            _ when here.GetRawText() == there.GetRawText() => null,
            _ => new PlanDifference(path, here.GetRawText(), there.GetRawText()),
        };
    }

    private static PlanDifference? FirstOfMaps(string path, JsonElement here, JsonElement there)
    {
        var keys = here.EnumerateObject().Concat(there.EnumerateObject()).Select(property => property.Name);
        foreach (var key in keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            JsonElement? valueHere = here.TryGetProperty(key, out var found) ? found : null;
            JsonElement? valueThere = there.TryGetProperty(key, out found) ? found : null;
            if (First(path.Length == 0 ? key : $"{path}.{key}", valueHere, valueThere) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static PlanDifference? FirstOfLists(string path, JsonElement here, JsonElement there)
    {
        var (lengthHere, lengthThere) = (here.GetArrayLength(), there.GetArrayLength());
        for (var i = 0; i < Math.Max(lengthHere, lengthThere); i++)
        {
            JsonElement? valueHere = i < lengthHere ? here[i] : null;
            JsonElement? valueThere = i < lengthThere ? there[i] : null;
            if (First($"{path}[{i}]", valueHere, valueThere) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static PlanDifference? First(string path, JsonElement? here, JsonElement? there) =>
        here is { } first && there is { } second
            ? First(path, first, second)
            : new PlanDifference(path, here?.GetRawText(), there?.GetRawText());
}
