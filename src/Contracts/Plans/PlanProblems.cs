using System.Collections;

namespace Actors.Contracts.Plans;

/// <summary>
/// The one list that everything which reads or checks a plan appends to, so that a person sees all problems at once.
/// Enumerated in the order of the file: the plan's own lines first, those of defaults files behind, each by line.
/// </summary>
public sealed class PlanProblems : IReadOnlyList<PlanProblem>
{
    private readonly List<PlanProblem> _problems = [];
    private readonly HashSet<PlanProblem> _known = [];

    /// <summary>How many problems there are; 0 means that everything read so far is right.</summary>
    public int Count => _problems.Count;

    /// <summary>The problem at a position in the order of the file.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public PlanProblem this[int index] => InOrder().ElementAt(index);

    /// <summary>Appends a problem; one that is already there word for word is not repeated.</summary>
    public void Add(PlanProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (_known.Add(problem))
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Appends a problem with a value: "<c>path (line): value message</c>".</summary>
    public void Add(PlanValue value, string message)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(new PlanProblem(value.Path, value.Place.Line, value.Shown, message) { File = value.Place.File });
    }

    /// <summary>Appends a problem with a key, or with what is missing under it: "<c>path (line): message</c>".</summary>
    public void Add(string path, PlanPlace place, string message) =>
        Add(new PlanProblem(path, place.Line, null, message) { File = place.File });

    /// <summary>All problems for a person, one a line, without a line break at the end; empty when there are none.</summary>
    public string ToText() => string.Join('\n', InOrder());

    /// <inheritdoc/>
    public IEnumerator<PlanProblem> GetEnumerator() => InOrder().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<PlanProblem> InOrder() =>
        _problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line);
}
