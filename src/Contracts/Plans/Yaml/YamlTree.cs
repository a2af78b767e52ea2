using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Actors.Contracts.Plans;

/// <summary>
/// Reads YAML into plan values with their paths and lines. Bad input becomes a problem, never an exception; aliases and
/// <c>&lt;&lt;</c> merges are expanded within a bound on nodes, so that a small file cannot grow into a large one.
/// </summary>
internal sealed class YamlTree
{
    private const int MaximumDepth = 64;
    private const int MaximumNodes = 20_000;
    private const string MergeKey = "<<";

    private static readonly HashSet<string> Tags =
        [.. new[] { "str", "int", "float", "bool", "null", "seq", "map" }.Select(type => $"tag:yaml.org,2002:{type}")];

    private readonly Dictionary<AnchorName, PlanValue> _anchors = [];
    private readonly Parser _parser;
    private readonly string? _file;
    private readonly PlanProblems _problems;
    private int _nodes;

    private YamlTree(Parser parser, string? file, PlanProblems problems) => (_parser, _file, _problems) = (parser, file, problems);

    /// <summary>The value of the text's one document, a null value for an empty one; null after a problem that leaves nothing to look at.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The name of a defaults file for messages; null for the plan itself.</param>
    /// <param name="path">The path of the document's top, empty for the plan itself.</param>
    /// <param name="problems">Where problems are appended.</param>
    public static PlanValue? Parse(string text, string? file, string path, PlanProblems problems)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlTree(parser, file, problems).ReadDocument(path);
        }
        catch (YamlException exception)
        {
            var place = new PlanPlace(file, (int)exception.Start.Line);
            var reason = exception.Message.TrimEnd('.');
            problems.Add(path, place, $"column {exception.Start.Column}: {reason}; write it as YAML.");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The parser's own, for some brackets that are never closed.
            var end = parser.Current?.End ?? Mark.Empty;
            problems.Add(path, new PlanPlace(file, (int)end.Line), $"column {end.Column}: from here on it cannot be understood; write it as YAML, brackets closed.");
            return null;
        }
    }

    private PlanValue ReadDocument(string path)
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new PlanValue.Null(path, new PlanPlace(_file, 1));
        }

        _parser.Consume<DocumentStart>();
        var value = ReadNode(path, 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            _problems.Add(path, PlaceOf(second), "a second document begins here; keep one.");
        }

        return value;
    }

    private PlanValue ReadNode(string path, int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        Count(next, depth);
        if (next is AnchorAlias alias)
        {
            return _anchors.TryGetValue(alias.Value, out var meant) ? Moved(meant, path, depth) with { Place = PlaceOf(alias) } : Unknown(alias, path);
        }

        var place = PlaceOf(next);
        var value = next switch
        {
            Scalar scalar => YamlScalar.Resolve(scalar.Value, scalar.Style == ScalarStyle.Plain, TagText(scalar), path, place, _problems),
            SequenceStart start => ReadList(start, path, place, depth),
            MappingStart start => ReadMap(start, path, place, depth),
            _ => throw new YamlException(next.Start, next.End, "a value is expected here"),
        };
        var node = (NodeEvent)next;
        if (!IsKnown(node.Tag))
        {
            _problems.Add(path, place, $"the tag {node.Tag} is not understood; write the value without it.");
        }

        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor] = value;
        }

        return value;
    }

    private PlanValue.Null Unknown(AnchorAlias alias, string path)
    {
        _problems.Add(path, PlaceOf(alias), $"*{alias.Value} names no anchor above it; write &{alias.Value} before the value that is meant.");
        return new PlanValue.Null(path, PlaceOf(alias));
    }

    private PlanValue.Items ReadList(SequenceStart start, string path, PlanPlace place, int depth)
    {
        var values = new List<PlanValue>();
        while (!_parser.Accept<SequenceEnd>(out _))
        {
            values.Add(ReadNode($"{path}[{values.Count}]", depth + 1));
        }

        _parser.Consume<SequenceEnd>();
        return new PlanValue.Items(values, path, place) { IsFlow = start.Style == SequenceStyle.Flow };
    }

    private PlanValue.Map ReadMap(MappingStart start, string path, PlanPlace place, int depth)
    {
        var entries = new List<PlanEntry>();
        var merged = new List<PlanValue.Map>();
        var map = new PlanValue.Map(entries, path, place) { IsFlow = start.Style == MappingStyle.Flow };
        while (!_parser.Accept<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                _problems.Add(path, PlaceOf(_parser.Current!), "a key is a list, a map or an alias; write a name.");
                ReadNode(path, depth + 1);
                ReadNode(path, depth + 1);
                continue;
            }

            var value = ReadNode(map.PathOf(key.Value), depth + 1);
            if (key.Value == MergeKey && key.Style == ScalarStyle.Plain)
            {
                merged.AddRange(Merged(value));
            }
            else if (map.FindEntry(key.Value) is { } first)
            {
                _problems.Add(map.PathOf(key.Value), PlaceOf(key), $"is given twice, first in line {first.Place.Line}; keep one.");
            }
            else
            {
                entries.Add(new PlanEntry(key.Value, PlaceOf(key), value));
            }
        }

        AddMerged(map, entries, merged, depth);
        _parser.Consume<MappingEnd>();
        return map;
    }

    private IEnumerable<PlanValue.Map> Merged(PlanValue value)
    {
        var values = value is PlanValue.Items list ? list.Values : [value];
        foreach (var other in values.Where(other => other is not PlanValue.Map))
        {
            _problems.Add(other, "is not a map; write << with an alias of a map.");
        }

        return values.OfType<PlanValue.Map>();
    }

    // A key of the map itself wins, then the first merged map that has it.
    private void AddMerged(PlanValue.Map map, List<PlanEntry> entries, List<PlanValue.Map> merged, int depth)
    {
        foreach (var entry in merged.SelectMany(other => other.Entries).Where(entry => map.FindEntry(entry.Key) is null).ToList())
        {
            if (map.FindEntry(entry.Key) is null)
            {
                entries.Add(entry with { Value = Moved(entry.Value, map.PathOf(entry.Key), depth + 1) });
            }
        }
    }

    /// <summary>The same value under another path; its text belongs to the anchor, so it cannot be edited through the new path.</summary>
    private PlanValue Moved(PlanValue value, string path, int depth)
    {
        Count(_parser.Current!, depth);
        var place = value.Place with { Start = -1, End = -1 };
        return value switch
        {
            PlanValue.Items list => list with
            {
                Values = [.. list.Values.Select((item, index) => Moved(item, $"{path}[{index}]", depth + 1))],
                Path = path,
                Place = place,
            },
            PlanValue.Map map => map with
            {
                Entries =
                [
                    .. map.Entries.Select(entry => entry with
                    {
                        Value = Moved(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", depth + 1),
                    }),
                ],
                Path = path,
                Place = place,
            },
            _ => value with { Path = path, Place = place },
        };
    }

    private void Count(ParsingEvent at, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new YamlException(at.Start, at.End, $"more than {MaximumDepth} levels of nesting");
        }

        if (++_nodes > MaximumNodes)
        {
            throw new YamlException(at.Start, at.End, $"more than {MaximumNodes} values, aliases expanded");
        }
    }

    private PlanPlace PlaceOf(ParsingEvent at) => new(_file, (int)at.Start.Line)
    {
        Start = (int)at.Start.Index,
        End = (int)at.End.Index,
        Column = (int)at.Start.Column - 1,
    };

    private static bool IsKnown(TagName tag) =>
        tag.IsEmpty || tag.IsNonSpecific || Tags.Contains(tag.Value);

    private static string TagText(Scalar scalar) => scalar.Tag.IsEmpty ? "" : scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
}
