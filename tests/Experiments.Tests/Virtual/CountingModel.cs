using Actors.Contracts.Tensors;

namespace Actors.Experiments.Virtual.Tests;

/// <summary>Two numbers, of which each training adds one and the collaborator's number of samples; notes who trained.</summary>
internal sealed class CountingModel(float step = 1) : IVirtualModel
{
    public ModelManifest Manifest { get; } = new([new("numbers", ElementType.Float32, new(2))]);

    public int MostWorkers => int.MaxValue;

    public List<int> FirstSamples { get; } = [];

    public void Initialize(Span<float> model, long seed) => model.Clear();

    public IVirtualTrainer NewTrainer() => new Trainer(this, step);

    private sealed class Trainer(CountingModel owner, float step) : IVirtualTrainer
    {
        public double Train(Span<float> model, ReadOnlySpan<int> samples, ulong seed)
        {
            lock (owner.FirstSamples)
            {
                owner.FirstSamples.Add(samples[0]);
            }

            model[0] += step;
            model[1] += samples.Length;
            return samples.Length;
        }

        public (double Loss, int Right) Score(ReadOnlySpan<float> model, int from, int count) => (count * model[0], count / 2);

        public void Dispose()
        {
        }
    }
}
