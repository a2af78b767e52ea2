#pragma warning disable CA1822 // A task is an instance method, whether it needs the instance or not.
using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Learning.Settings;

using static Actors.Learning.Tests.Rounds;

namespace Actors.Learning.Tasks.Tests;

public sealed class TaskCatalogueTests
{
    [Fact]
    public void For_ARunner_FindsItsTasksTheirKindsAndParameters()
    {
        var catalogue = TaskCatalogue.For(typeof(Derived));

        Assert.Equal(["check", "train_task", "wait"], catalogue.Tasks.Select(task => task.Name));
        Assert.Equal([false, true, false], catalogue.Tasks.Select(task => task.Trains));
        Assert.Equal(
            [new("epochs", typeof(int), true, null), new("learning_rate", typeof(double), false, 0.5)],
            catalogue.Find("train_task").Parameters);
    }

    [Fact]
    public void Find_AnUnknownTask_ListsTheKnown()
    {
        var problem = Assert.Throws<SettingsException>(() => TaskCatalogue.For(typeof(Derived)).Find("trian"));

        Assert.Equal("Derived has no task trian; it has check, train_task, wait.", problem.Message);
        Assert.Null(TaskCatalogue.For(typeof(Derived)).TryFind("trian"));
    }

    [Theory]
    [InlineData(typeof(string), "String is no task runner: derive it from TaskRunner.")]
    [InlineData(typeof(WithoutTask), "WithoutTask has no task: mark a public method with [TrainTask] or [ValidateTask].")]
    [InlineData(typeof(WithTwins), "WithTwins has two tasks called check; give one another name.")]
    [InlineData(typeof(WithVoid), "The task WithVoid.Check returns Void; let it return TaskResult or Task<TaskResult>.")]
    public void For_WhatCannotWork_SaysWhy(Type type, string expected)
    {
        var problem = Assert.Throws<ArgumentException>(() => TaskCatalogue.For(type));

        Assert.StartsWith(expected, problem.Message);
    }

    [Fact]
    public async Task InvokeAsync_FillsParametersByName_AndDefaultsTheRest()
    {
        using var runner = new Derived();
        var task = TaskCatalogue.For(typeof(Derived)).Find("train_task");

        var result = await task.InvokeAsync(
            runner, Given(("epochs", 3L), ("apply", "local"), ("metrics", new List<object?> { "loss" })), Context("two", 4));

        Assert.Equal(3, result.SampleCount);
        Assert.Equal([new("loss", 0.5), new("round", 4)], result.Metrics);
    }

    [Fact]
    public async Task InvokeAsync_AnAsynchronousTask_IsAwaited()
    {
        using var runner = new Derived();

        var result = await TaskCatalogue.For(typeof(Derived)).Find("wait").InvokeAsync(runner, Given(), Context());

        Assert.Equal(7, result.SampleCount);
    }

    [Fact]
    public async Task InvokeAsync_WhatTheTaskThrows_ComesThroughAsItIs()
    {
        using var runner = new Derived();
        var task = TaskCatalogue.For(typeof(Derived)).Find("check");

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => task.InvokeAsync(runner, Given(), Context()));

        Assert.Equal("no data", problem.Message);
    }

    [Fact]
    public void Bind_KwargsThatDoNotFit_NamesTheirPath()
    {
        var task = TaskCatalogue.For(typeof(Derived)).Find("train_task");

        var problem = Assert.Throws<SettingsException>(() => task.Bind(Given(("epoch", 1L)), "tasks.train.kwargs"));

        Assert.Equal(
            ["tasks.train.kwargs.epoch: no such setting; the nearest is epochs.", "tasks.train.kwargs.epochs: missing; give a whole number."],
            problem.Problems);
    }

    public class Base : TaskRunner
    {
        public override ModelManifest Model => throw new NotSupportedException();

        public override void ReadModelTensor(int index, Span<byte> destination) => throw new NotSupportedException();

        public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => throw new NotSupportedException();
    }

    public class WithTask : Base
    {
        [ValidateTask]
        public virtual TaskResult Check() => new(1, []);
    }

    public sealed class Derived : WithTask
    {
        // The mark is the overridden method's.
        public override TaskResult Check() => throw new InvalidOperationException("no data");

        [TrainTask]
        public TaskResult TrainTask(TaskContext context, int epochs, CancellationToken cancellationToken, double learningRate = 0.5)
        {
            Assert.Equal(context.CancellationToken, cancellationToken);
            return new(epochs, [new Metric("loss", learningRate), new Metric("round", context.Round)]);
        }

        [ValidateTask("wait")]
        public async Task<TaskResult> SomethingElseAsync()
        {
            await Task.Yield();
            return new(7, []);
        }
    }

    public sealed class WithoutTask : Base;

    public sealed class WithTwins : WithTask
    {
        [TrainTask("check")]
        public TaskResult Another() => new(1, []);
    }

    public sealed class WithVoid : Base
    {
        [TrainTask]
        public void Check()
        {
        }
    }
}
