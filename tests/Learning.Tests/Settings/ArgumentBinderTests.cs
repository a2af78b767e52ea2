using static Actors.Learning.Tests.Rounds;

namespace Actors.Learning.Settings.Tests;

public sealed class ArgumentBinderTests
{
    private enum Device
    {
        Cpu,
        FastGpu,
    }

    public static TheoryData<Type, object?, object?> Fitting => new()
    {
        { typeof(int), 3L, 3 },
        { typeof(long), 3L, 3L },
        { typeof(double), 3L, 3.0 },
        { typeof(double), 0.5, 0.5 },
        { typeof(float), 0.5, 0.5f },
        { typeof(float), 2L, 2f },
        { typeof(bool), true, true },
        { typeof(string), "text", "text" },
        { typeof(string), null, null },
        { typeof(int?), null, null },
        { typeof(int?), 4L, 4 },
        { typeof(Device), "cpu", Device.Cpu },
        { typeof(Device), "fast_gpu", Device.FastGpu },
        { typeof(TimeSpan), 2L, TimeSpan.FromSeconds(2) },
        { typeof(TimeSpan), 0.25, TimeSpan.FromMilliseconds(250) },
        { typeof(int[]), new List<object?> { 1L, 2L }, new[] { 1, 2 } },
        { typeof(IReadOnlyList<double>), new List<object?> { 1L, 0.5 }, new List<double> { 1, 0.5 } },
        { typeof(List<string>), new List<object?> { "a" }, new List<string> { "a" } },
        { typeof(int[][]), new List<object?> { new List<object?> { 1L } }, new[] { new[] { 1 } } },
    };

    public static TheoryData<Type, object?, string> Unfitting => new()
    {
        { typeof(int), 3.5, "s.x: expected a whole number, found 3.5." },
        { typeof(int), 3_000_000_000L, "s.x: expected a whole number, found 3000000000." },
        { typeof(int), null, "s.x: expected a whole number, found nothing." },
        { typeof(double), "fast", "s.x: expected a number, found the text 'fast'." },
        { typeof(bool), 1L, "s.x: expected true or false, found 1." },
        { typeof(string), 1L, "s.x: expected a text, found 1." },
        { typeof(string), true, "s.x: expected a text, found true." },
        { typeof(Device), "tpu", "s.x: expected one of cpu, fast_gpu, found the text 'tpu'." },
        { typeof(TimeSpan), -1L, "s.x: expected a number of seconds, not negative, found -1." },
        { typeof(int[]), 1L, "s.x: expected a list, each a whole number, found 1." },
        { typeof(int[]), new List<object?> { "a" }, "s.x: expected a list, each a whole number, found a list." },
        { typeof(int), new Dictionary<string, object?>(), "s.x: expected a whole number, found a map." },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void Bind_AValueThatFits_IsConverted(Type type, object? value, object? expected)
    {
        var bound = ArgumentBinder.Bind([new("x", type, true, null)], Given(("x", value)), "s");

        Assert.Equal(expected, bound["x"]);
    }

    [Theory]
    [MemberData(nameof(Unfitting))]
    public void Bind_AValueThatDoesNotFit_SaysWhatIsExpected(Type type, object? value, string expected)
    {
        var problem = Assert.Throws<SettingsException>(
            () => ArgumentBinder.Bind([new("x", type, true, null)], Given(("x", value)), "s"));

        Assert.Equal(expected, problem.Message);
    }

    [Fact]
    public void Bind_EitherSpelling_IsTheSameSetting()
    {
        var bound = ArgumentBinder.Bind([new("batch_size", typeof(int), true, null)], Given(("batchSize", 8L)), "s");

        Assert.Equal(8, bound["batch_size"]);
    }

    [Fact]
    public void Bind_WhatIsNotGiven_IsNotInTheResult() =>
        Assert.Empty(ArgumentBinder.Bind([new("x", typeof(int), false, 1)], Given(), "s"));

    [Fact]
    public void Bind_WhatTheHostTakes_IsNotUnknown() =>
        Assert.Empty(ArgumentBinder.Bind([], Given(("apply", "global")), "s", "apply"));

    [Fact]
    public void Bind_ManyProblems_ReportsEach()
    {
        SettingSpec[] known = [new("learning_rate", typeof(double), false, 0.1), new("epochs", typeof(int), true, null)];

        var problem = Assert.Throws<SettingsException>(() => ArgumentBinder.Bind(
            known, Given(("learning_rte", 1L), ("momentum", 1L), ("learning_rate", "x"), ("learningRate", 1L)), "task_runner.settings"));

        Assert.Equal(
            [
                "task_runner.settings.learning_rte: no such setting; the nearest is learning_rate.",
                "task_runner.settings.momentum: no such setting; known are learning_rate, epochs.",
                "task_runner.settings.learning_rate: expected a number, found the text 'x'.",
                "task_runner.settings.learningRate: given twice; keep one spelling, learning_rate.",
                "task_runner.settings.epochs: missing; give a whole number.",
            ],
            problem.Problems);
        Assert.Equal(string.Join('\n', problem.Problems), problem.Message);
    }

    [Fact]
    public void Bind_WhereThereAreNone_SaysSo()
    {
        var problem = Assert.Throws<SettingsException>(() => ArgumentBinder.Bind([], Given(("x", 1L)), "s"));

        Assert.Equal("s.x: no such setting; there are none.", problem.Message);
    }
}
