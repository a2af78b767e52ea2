using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Aggregation;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;

namespace Actors.Experiments.Virtual;

/// <summary>One run of a <see cref="VirtualFederation"/>: the model as it is, and who trains it.</summary>
internal sealed class VirtualRun : IDisposable
{
    private const string Task = "train";
    private const int ScoredAtOnce = 500;

    private readonly IVirtualModel _model;
    private readonly VirtualShards _shards;
    private readonly int _validationSamples;
    private readonly VirtualOptions _options;
    private readonly MemoryAggregation _aggregation;
    private readonly AssignerChoice _assigner;
    private readonly CollaboratorName[] _members;
    private readonly Dictionary<CollaboratorName, int> _indices;
    private readonly ParallelOptions _parallel;
    private readonly Stack<IVirtualTrainer> _trainers = [];
    private readonly List<float[]> _updates = [];
    private readonly float[] _current;

    public VirtualRun(IVirtualModel model, VirtualShards shards, int validationSamples, VirtualOptions options, IAggregationRule rule)
    {
        (_model, _shards, _validationSamples, _options) = (model, shards, validationSamples, options);
        _aggregation = new(rule, new(options.Aggregation, options.AggregationSettings), model.Manifest);
        _assigner = new(
            "fraction", options.Seed, [new("all", [Task], 1, [])], new Dictionary<string, double> { ["fraction"] = options.Fraction });

        // Their ordinal order, in which updates are aggregated, is that of their numbers.
        var digits = (shards.Collaborators - 1).ToString(CultureInfo.InvariantCulture).Length;
        _members = [.. Enumerable.Range(0, shards.Collaborators).Select(index =>
            new CollaboratorName("v" + index.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')))];
        _indices = _members.Index().ToDictionary(member => member.Item, member => member.Index);
        _parallel = new() { MaxDegreeOfParallelism = Math.Min(options.Workers, model.MostWorkers) };
        _current = new float[model.Manifest.ByteLength / sizeof(float)];
        model.Initialize(_current, options.Seed);
    }

    public VirtualResult ToEnd(CancellationToken cancellationToken)
    {
        _parallel.CancellationToken = cancellationToken;
        var rounds = new List<VirtualRound>();
        var (trainings, processor, elapsed) = (0L, TimeSpan.Zero, TimeSpan.Zero);
        for (var round = 0; round < _options.Rounds; round++)
        {
            var (before, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var (collaborators, loss) = Train(round);
            processor += Environment.CpuUsage.TotalTime - before;
            elapsed += Stopwatch.GetElapsedTime(started);
            trainings += collaborators;
            var isScored = (round + 1) % _options.EvaluateEvery == 0 || round + 1 == _options.Rounds;
            var score = isScored && _validationSamples > 0 ? Score() : ((double Loss, double Accuracy)?)null;
            rounds.Add(new(round, collaborators, loss, score?.Loss, score?.Accuracy));
            _options.Progress?.Report(rounds[^1]);
        }

        using var process = Process.GetCurrentProcess();
        var digest = TensorDigester.Of(MemoryMarshal.AsBytes(_current.AsSpan()));
        return new(_current, digest.ToString(), rounds, trainings, processor, elapsed, process.PeakWorkingSet64);
    }

    public void Dispose()
    {
        foreach (var trainer in _trainers)
        {
            trainer.Dispose();
        }
    }

    private (int Collaborators, double Loss) Train(int round)
    {
        var assigned = Assigners.BuiltIn.Find(_assigner.Name).Assign(_assigner, round, attempt: 0, _members);
        int[] trained = [.. assigned.Tasks.Keys.Select(name => _indices[name]).Order()];
        while (_updates.Count < trained.Length)
        {
            _updates.Add(new float[_current.Length]);
        }

        var losses = new double[trained.Length];
        var samples = new long[trained.Length];
        ForEach(trained.Length, (trainer, place) =>
        {
            var (collaborator, update) = (trained[place], _updates[place]);
            var shard = _shards.Of(collaborator);
            _current.CopyTo(update, 0);
            losses[place] = trainer.Train(update, shard, new SeededRandom(unchecked((ulong)_options.Seed), SeedOf(round, collaborator)).Next());
            samples[place] = shard.Length;
            RequireFinite(update, round, collaborator);
        });
        _aggregation.Run(_current, [.. trained.Select((_, place) => ((ReadOnlyMemory<float>)_updates[place], samples[place]))], _current);
        return (trained.Length, losses.Zip(samples, (loss, count) => loss * count).Sum() / samples.Sum());
    }

    private (double Loss, double Accuracy) Score()
    {
        var parts = new (double Loss, int Right)[(_validationSamples + ScoredAtOnce - 1) / ScoredAtOnce];
        ForEach(parts.Length, (trainer, part) => parts[part] = trainer.Score(
            _current, part * ScoredAtOnce, Math.Min(ScoredAtOnce, _validationSamples - (part * ScoredAtOnce))));
        return (parts.Sum(part => part.Loss) / _validationSamples, (double)parts.Sum(part => part.Right) / _validationSamples);
    }

    // As many trainers as workers, whoever's turn it is.
    private void ForEach(int count, Action<IVirtualTrainer, int> work)
    {
        try
        {
            Parallel.For(0, count, _parallel, Take, (place, _, trainer) =>
            {
                work(trainer, place);
                return trainer;
            }, Return);
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions[0];
        }
    }

    private IVirtualTrainer Take()
    {
        lock (_trainers)
        {
            return _trainers.TryPop(out var trainer) ? trainer : _model.NewTrainer();
        }
    }

    private void Return(IVirtualTrainer trainer)
    {
        lock (_trainers)
        {
            _trainers.Push(trainer);
        }
    }

    private static ulong SeedOf(int round, int collaborator) => ((ulong)round << 32) | (uint)collaborator;

    // As an aggregator refuses it at its door.
    private void RequireFinite(ReadOnlySpan<float> update, int round, int collaborator)
    {
        foreach (var number in update)
        {
            if (!float.IsFinite(number))
            {
                throw new ExperimentException(
                    $"{_members[collaborator]} came to a number that is not finite in round {round}. Lower the learning rate.");
            }
        }
    }
}
