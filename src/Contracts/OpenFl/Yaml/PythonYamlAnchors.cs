using System.Globalization;

namespace Actors.Contracts.OpenFl;

/// <summary>Names the lists, maps and days that occur more than once, in the order in which they are met again.</summary>
internal sealed class PythonYamlAnchors
{
    private readonly Dictionary<PythonValue, string?> _names = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PythonValue> _printed = new(ReferenceEqualityComparer.Instance);
    private int _named;

    public PythonYamlAnchors(PythonValue root) => Visit(root);

    /// <summary>The name of a value that occurs again; null for one that occurs once.</summary>
    public string? NameOf(PythonValue value) => _names.GetValueOrDefault(value);

    /// <summary>True when the value is asked for the first time: there it is printed itself.</summary>
    public bool IsFirst(PythonValue value) => _printed.Add(value);

    private void Visit(PythonValue value)
    {
        if (value is not (PythonValue.Items or PythonValue.Map or PythonValue.Day))
        {
            return;
        }

        if (_names.TryGetValue(value, out var name))
        {
            _names[value] = name ?? string.Create(CultureInfo.InvariantCulture, $"id{++_named:000}");
            return;
        }

        _names[value] = null;
        switch (value)
        {
            case PythonValue.Items items:
                items.Values.ForEach(Visit);
                break;
            case PythonValue.Map map:
                foreach (var (key, inner) in PythonKeys.Sorted(map.Entries))
                {
                    Visit(key);
                    Visit(inner);
                }

                break;
        }
    }
}
