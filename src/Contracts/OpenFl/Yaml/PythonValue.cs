using System.Globalization;
using System.Numerics;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// A value as Python's YAML library reads it. Lists and maps are compared by reference: what an alias names is the same object,
/// and is printed as one.
/// </summary>
internal abstract class PythonValue
{
    private PythonValue()
    {
    }

    /// <summary>None.</summary>
    public sealed class None : PythonValue;

    /// <summary>A truth value.</summary>
    public sealed class Truth(bool value) : PythonValue
    {
        public bool Value { get; } = value;
    }

    /// <summary>A whole number of any size.</summary>
    public sealed class Whole(BigInteger value) : PythonValue
    {
        public BigInteger Value { get; } = value;
    }

    /// <summary>A double.</summary>
    public sealed class Number(double value) : PythonValue
    {
        public double Value { get; } = value;
    }

    /// <summary>A day without a time.</summary>
    public sealed class Day(DateOnly value) : PythonValue
    {
        public DateOnly Value { get; } = value;
    }

    /// <summary>A text.</summary>
    public sealed class Text(string value) : PythonValue
    {
        public string Value { get; } = value;
    }

    /// <summary>A list.</summary>
    public sealed class Items(List<PythonValue> values) : PythonValue
    {
        public List<PythonValue> Values { get; } = values;
    }

    /// <summary>A map; keys are unique, and in the order in which they were first written.</summary>
    public sealed class Map : PythonValue
    {
        public List<(PythonValue Key, PythonValue Value)> Entries { get; } = [];

        /// <summary>The value of a text key; null when there is none.</summary>
        public PythonValue? Find(string key) => Entries.Find(entry => entry.Key is Text text && text.Value == key).Value;

        /// <summary>Puts a value under a key, in the place of an equal one.</summary>
        public void Set(PythonValue key, PythonValue value)
        {
            var place = Entries.FindIndex(entry => PythonKeys.AreEqual(entry.Key, key));
            if (place < 0)
            {
                Entries.Add((key, value));
            }
            else
            {
                Entries[place] = (Entries[place].Key, value);
            }
        }

        /// <summary>Puts a value under a text key, in the place of an equal one.</summary>
        public void Set(string key, PythonValue value) => Set(new Text(key), value);

        /// <summary>Takes a text key out; changes nothing when it is not there.</summary>
        public void Remove(string key) => Entries.RemoveAll(entry => entry.Key is Text text && text.Value == key);
    }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        Text text => text.Value,
        Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        _ => GetType().Name,
    };
}
