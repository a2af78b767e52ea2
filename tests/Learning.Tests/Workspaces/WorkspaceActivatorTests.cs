using Actors.Contracts.Tensors;
using Actors.Learning.Settings;

using static Actors.Learning.Tests.Rounds;

namespace Actors.Learning.Workspaces.Tests;

public sealed class WorkspaceActivatorTests
{
    [Fact]
    public void CreateLoader_GivesTheDataPathAndTheSettings()
    {
        var loader = (Loader)WorkspaceActivator.CreateLoader(typeof(Loader), "3", Given(("count", 4L), ("batch_size", 8L)));

        Assert.Equal(("3", 4, 8), (loader.Path, loader.Count, loader.BatchSize));
    }

    [Fact]
    public void CreateLoader_WithoutSettings_HasTheDefaults()
    {
        var loader = (Loader)WorkspaceActivator.CreateLoader(typeof(Loader), "3", Given());

        Assert.Equal((2, 32), (loader.Count, loader.BatchSize));
    }

    [Fact]
    public void CreateLoader_AnUnknownSetting_KnowsParametersAndPropertiesButNotTheDataPath()
    {
        var problem = Assert.Throws<SettingsException>(
            () => WorkspaceActivator.CreateLoader(typeof(Loader), "3", Given(("data_path", "x"))));

        Assert.Equal("data_loader.settings.data_path: no such setting; known are count, batch_size.", problem.Message);
    }

    [Fact]
    public void CreateLoader_WhatTheConstructorThrows_ComesThroughAsItIs() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WorkspaceActivator.CreateLoader(typeof(Loader), "3", Given(("batch_size", 0L))));

    [Fact]
    public void CreateRunner_GivesTheLoaderAndTheSettings()
    {
        var loader = new Loader("1");
        using var runner = (Runner)WorkspaceActivator.CreateRunner(typeof(Runner), loader, Given(("learning_rate", 0.5)));

        Assert.Same(loader, runner.Data);
        Assert.Equal(0.5, runner.LearningRate);
    }

    [Fact]
    public void CreateRunner_WithAnotherLoaderThanItTakes_NamesBoth()
    {
        var problem = Assert.Throws<SettingsException>(
            () => WorkspaceActivator.CreateRunner(typeof(Runner), new OtherLoader(), Given()));

        Assert.Equal("Runner takes a Loader, but the plan's data_loader is OtherLoader.", problem.Message);
    }

    public sealed class Loader(string dataPath, int count = 2) : DataLoader
    {
        public string Path => dataPath;

        public int Count => count;

        [PlanSetting]
        public int BatchSize
        {
            get;
            set
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
                field = value;
            }
        } = 32;

        public override long TrainSampleCount => 1;

        public override long ValidationSampleCount => 1;
    }

    public sealed class OtherLoader : DataLoader
    {
        public override long TrainSampleCount => 1;

        public override long ValidationSampleCount => 1;
    }

    public sealed class Runner(Loader data, double learningRate = 0.1) : TaskRunner
    {
        public Loader Data => data;

        public double LearningRate => learningRate;

        public override ModelManifest Model => throw new NotSupportedException();

        public override void ReadModelTensor(int index, Span<byte> destination) => throw new NotSupportedException();

        public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => throw new NotSupportedException();
    }
}
