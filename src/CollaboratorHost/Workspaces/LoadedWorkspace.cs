using System.Reflection;

using Actors.Contracts.Workspaces;
using Actors.Learning;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>
/// A workspace's classes, loaded from the agreed assemblies. Disposing lets the assemblies go once nothing of them is used any more.
/// </summary>
public sealed class LoadedWorkspace : IDisposable
{
    private readonly WorkspaceLoadContext _context;
    private readonly WorkspaceLayout _layout;
    private readonly IReadOnlyList<Type> _types;

    private LoadedWorkspace(WorkspaceLayout layout, WorkspaceManifest manifest)
    {
        (_layout, Manifest) = (layout, manifest);
        _context = new(layout, manifest);
        _types = [.. _context.LoadAll().Where(BuildsOnLearning).SelectMany(TypesOf)];
    }

    /// <summary>What was agreed on.</summary>
    public WorkspaceManifest Manifest { get; }

    /// <summary>The classes that a plan may name as its <c>task_runner.template</c>.</summary>
    public IReadOnlyList<Type> TaskRunners => Derived(typeof(TaskRunner));

    /// <summary>The classes that a plan may name as its <c>data_loader.template</c>.</summary>
    public IReadOnlyList<Type> DataLoaders => Derived(typeof(DataLoader));

    /// <summary>The classes that a plan may name as an <c>aggregation_type</c>.</summary>
    public IReadOnlyList<Type> AggregationRules => Derived(typeof(AggregationRule));

    /// <summary>The classes that a plan may name as its <c>assigner.template</c>.</summary>
    public IReadOnlyList<Type> Assigners => Derived(typeof(Assigner));

    /// <summary>The classes that a plan may name as its <c>log_metric_callback.template</c>.</summary>
    public IReadOnlyList<Type> MetricCallbacks => Derived(typeof(MetricCallback));

    /// <summary>Loads the assemblies in <c>build/</c>.</summary>
    /// <exception cref="WorkspaceLoadException">An assembly is missing, is not the agreed one, or needs one that is not there.</exception>
    /// <exception cref="WorkspaceException">The workspace is not built.</exception>
    public static LoadedWorkspace Load(WorkspaceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new(layout, WorkspaceManifest.Read(layout));
    }

    /// <summary>Finds the task runner a plan names.</summary>
    /// <param name="template">The class's full name, or its simple name when only one has it; of a dotted path the last part counts.</param>
    /// <exception cref="WorkspaceLoadException">There is none, or several; the message lists the known ones.</exception>
    public Type TaskRunnerNamed(string template) => Find(template, TaskRunners, nameof(TaskRunner));

    /// <summary>Finds the data loader a plan names; as <see cref="TaskRunnerNamed"/>.</summary>
    /// <exception cref="WorkspaceLoadException">There is none, or several; the message lists the known ones.</exception>
    public Type DataLoaderNamed(string template) => Find(template, DataLoaders, nameof(DataLoader));

    /// <summary>Finds the aggregation rule a plan names; as <see cref="TaskRunnerNamed"/>.</summary>
    /// <exception cref="WorkspaceLoadException">There is none, or several; the message lists the known ones.</exception>
    public Type AggregationRuleNamed(string template) => Find(template, AggregationRules, nameof(AggregationRule));

    /// <summary>Finds the assigner a plan names; as <see cref="TaskRunnerNamed"/>.</summary>
    /// <exception cref="WorkspaceLoadException">There is none, or several; the message lists the known ones.</exception>
    public Type AssignerNamed(string template) => Find(template, Assigners, nameof(Assigner));

    /// <summary>Finds the metric callback a plan names; as <see cref="TaskRunnerNamed"/>.</summary>
    /// <exception cref="WorkspaceLoadException">There is none, or several; the message lists the known ones.</exception>
    public Type MetricCallbackNamed(string template) => Find(template, MetricCallbacks, nameof(MetricCallback));

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();

    private Type Find(string template, IReadOnlyList<Type> known, string kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(template);
        if (known.FirstOrDefault(type => type.FullName == template) is { } exact)
        {
            return exact;
        }

        // The original writes src.module.Class; a module has no counterpart here.
        var name = template[(template.LastIndexOf('.') + 1)..];
        return known.Where(type => type.Name == name).ToList() switch
        {
            [var only] => only,
            [] => throw new WorkspaceLoadException(
                $"{_layout.Name}: no {kind} is called '{template}'; the workspace has {List(known)}."),
            var several => throw new WorkspaceLoadException(
                $"{_layout.Name}: '{template}' is the name of several {kind} classes; name one in full: {List(several)}."),
        };
    }

    private static string List(IReadOnlyList<Type> types) =>
        types.Count == 0 ? "none" : string.Join(", ", types.Select(type => type.FullName));

    private List<Type> Derived(Type parent) => [.. _types.Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsSubclassOf(parent))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)];

    private static bool BuildsOnLearning(Assembly assembly) =>
        Array.Exists(assembly.GetReferencedAssemblies(), reference => reference.Name == typeof(TaskRunner).Assembly.GetName().Name);

    private Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException problem)
        {
            var causes = problem.LoaderExceptions.Select(cause => cause?.Message).Distinct();
            throw new WorkspaceLoadException(
                $"{_layout.Name}: build/{assembly.GetName().Name}.dll cannot be used ({string.Join(" ", causes)}); build the workspace again.", problem);
        }
    }
}
