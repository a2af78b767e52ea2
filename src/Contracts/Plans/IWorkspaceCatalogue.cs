namespace Actors.Contracts.Plans;

/// <summary>What a workspace's assembly offers to its plan, so that a plan can be checked against the code it will run.</summary>
public interface IWorkspaceCatalogue
{
    /// <summary>The class names that <c>data_loader.template</c> may say; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<string>? DataLoaders { get; }

    /// <summary>The class names that <c>task_runner.template</c> may say; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<string>? TaskRunners { get; }

    /// <summary>The class names that an <c>aggregation_type.template</c> may say; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<string>? AggregationRules { get; }

    /// <summary>The class names that <c>assigner.template</c> may say beside ours; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<string>? Assigners { get; }

    /// <summary>The class names that <c>log_metric_callback.template</c> may say; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<string>? MetricCallbacks { get; }

    /// <summary>The task functions of a task runner; null when they are not known and so not checked, also for an unknown runner.</summary>
    IReadOnlyCollection<TaskFunction>? FunctionsOf(string taskRunner);

    /// <summary>The settings that a data loader or task runner takes; null when they are not known and so not checked.</summary>
    IReadOnlyCollection<Setting>? SettingsOf(string className) => null;
}
