using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Actors.Contracts.OpenFl;

/// <summary>Reads YAML as Python's library does: its scalars, its merges, and one object for all aliases of an anchor.</summary>
internal sealed class PythonYamlReader
{
    private const int MostValues = 20_000;
    private const int MostLevels = 64;

    private readonly Dictionary<AnchorName, PythonValue> _anchors = [];
    private readonly Parser _parser;
    private int _values;

    private PythonYamlReader(string yaml) => _parser = new Parser(new StringReader(yaml));

    /// <summary>The value of the text's one document.</summary>
    /// <exception cref="FormatException">It is no YAML that Python would read, or larger than a plan can be.</exception>
    public static PythonValue Read(string yaml)
    {
        try
        {
            return new PythonYamlReader(yaml).ReadDocument();
        }
        catch (Exception problem) when (problem is YamlException or InvalidOperationException)
        {
            throw new FormatException($"The plan cannot be read as Python reads it: {problem.Message}", problem);
        }
    }

    private PythonValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new PythonValue.None();
        }

        _parser.Consume<DocumentStart>();
        var value = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return value;
    }

    private PythonValue ReadNode(int level)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (++_values > MostValues || level > MostLevels)
        {
            throw new FormatException($"A plan of more than {MostValues} values or {MostLevels} levels is not read.");
        }

        if (next is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var meant) ? meant : throw new FormatException($"*{alias.Value} names no anchor above it.");
        }

        var node = (NodeEvent)next;
        PythonValue value = node switch
        {
            Scalar scalar => ReadScalar(scalar),
            { Tag: { IsEmpty: false, IsNonSpecific: false, Value: not ("tag:yaml.org,2002:seq" or "tag:yaml.org,2002:map") } } =>
                throw new FormatException($"The tag {node.Tag} is not understood."),
            SequenceStart => new PythonValue.Items([]),
            _ => new PythonValue.Map(),
        };
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value; // Before its own values: they may name it.
        }

        Fill(value, level);
        return value;
    }

    private void Fill(PythonValue value, int level)
    {
        if (value is PythonValue.Items items)
        {
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Values.Add(ReadNode(level + 1));
            }
        }
        else if (value is PythonValue.Map map)
        {
            FillMap(map, level);
        }
    }

    // A key of the map itself wins over a merged one, wherever it stands.
    private void FillMap(PythonValue.Map map, int level)
    {
        var own = new List<(PythonValue Key, PythonValue Value)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var isMerge = _parser.Accept<Scalar>(out var key) && key is { Value: "<<", Style: ScalarStyle.Plain };
            var name = ReadNode(level + 1);
            var value = ReadNode(level + 1);
            if (isMerge)
            {
                Merge(map, value);
            }
            else
            {
                own.Add((name, value));
            }
        }

        own.ForEach(entry => map.Set(entry.Key, entry.Value));
    }

    // Of several maps the first wins.
    private static void Merge(PythonValue.Map map, PythonValue other)
    {
        var maps = other is PythonValue.Items list ? Enumerable.Reverse(list.Values) : [other];
        foreach (var entry in maps.OfType<PythonValue.Map>().SelectMany(merged => merged.Entries))
        {
            map.Set(entry.Key, entry.Value);
        }
    }

    private static PythonValue ReadScalar(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? PythonScalar.Read(scalar.Value)
        : scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific || scalar.Tag.Value == "tag:yaml.org,2002:str" ? new PythonValue.Text(scalar.Value)
        : throw new FormatException($"The tag {scalar.Tag} is not understood.");
}
